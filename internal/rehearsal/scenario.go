package rehearsal

import (
	"fmt"
	"strings"
)

// Ordinary is the scenario in which nothing goes wrong; the empty name means it.
const Ordinary = "ordinary"

// Scenario is one way the pages can behave, with one sentence for a person in
// each of the program's languages.
type Scenario struct {
	Name    string // as given to Options.Scenario
	English string
	French  string
}

// UnknownScenarioError says that no scenario has the name. Known lists those
// that exist, in the order of [Scenarios]. It matches [ErrUnknownScenario].
type UnknownScenarioError struct {
	Name  string
	Known []string
}

// Error names the scenario and the ones that exist.
func (e *UnknownScenarioError) Error() string {
	return fmt.Sprintf("choosing rehearsal scenario %q: no such scenario, there are %s",
		e.Name, strings.Join(e.Known, ", "))
}

// Is matches [ErrUnknownScenario].
func (e *UnknownScenarioError) Is(target error) bool { return target == ErrUnknownScenario }

// Scenarios lists every scenario that exists, the ordinary one first.
func Scenarios() []Scenario {
	var all []Scenario
	for _, e := range entries() {
		all = append(all, e.Scenario)
	}
	return all
}

// traitsOf composes the traits of one or several scenarios joined with "+".
// They are applied from left to right: of two that concern the same trait the
// later wins.
func traitsOf(name string) (traits, error) {
	t := plain()
	if name == "" {
		return t, nil
	}
	for part := range strings.SplitSeq(name, "+") {
		bend, err := bendOf(part)
		if err != nil {
			return traits{}, err
		}
		bend(&t)
	}
	return t, nil
}

func bendOf(name string) (func(*traits), error) {
	var known []string
	for _, e := range entries() {
		if e.Name == name {
			return e.bend, nil
		}
		known = append(known, e.Name)
	}
	return nil, &UnknownScenarioError{Name: name, Known: known}
}
