package run

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// What a selection can name.
const (
	Account = "account"
	Service = "service"
	Choice  = "choice"
)

// Waiting chooses what needs a person.
const Waiting = "waiting"

// Choices are the words that [Selection.Only] knows.
func Choices() []string { return []string{Waiting} }

// UnknownError says that a selection names something that does not exist.
type UnknownError struct {
	What  string   // Account, Service or Choice
	Name  string   // as the person wrote it
	Known []string // what there is
}

// Error names what is unknown, and what it may have been meant to be.
func (e *UnknownError) Error() string {
	s := fmt.Sprintf("selecting %s %q: no such %s", e.What, e.Name, e.What)
	if n := e.Nearest(); n != "" {
		s += "; did you mean " + n
	}
	return s
}

// Nearest is the known name that was most likely meant; "" when none is near.
func (e *UnknownError) Nearest() string { return words.Nearest(e.Name, e.Known) }

// Remedy says what to write instead.
func (e *UnknownError) Remedy() words.Text {
	switch n := e.Nearest(); {
	case n != "":
		return words.T("Did you mean %s?", n)
	case len(e.Known) == 0:
		return words.T("There is none in your config.")
	default:
		return words.T("There are: %s", strings.Join(e.Known, ", "))
	}
}

func (s Selection) check(k Known) error {
	ids := make([]string, len(k.Accounts))
	for i, a := range k.Accounts {
		ids[i] = a.ID
	}
	for _, id := range s.Accounts {
		if !slices.Contains(ids, id) {
			return &UnknownError{What: Account, Name: id, Known: ids}
		}
	}
	for _, name := range s.Services {
		if !slices.ContainsFunc(slices.Collect(maps.Values(k.Set.Profiles)), func(p *profile.Profile) bool { return named(p, name) }) {
			return &UnknownError{What: Service, Name: name, Known: services(k.Set)}
		}
	}
	if s.Only != "" && !slices.Contains(Choices(), s.Only) {
		return &UnknownError{What: Choice, Name: s.Only, Known: Choices()}
	}
	return nil
}

// chooses reports whether what stands for an account is asked for.
func (s Selection) chooses(at journal.Standing) bool {
	return s.Only == "" || at.State.Is == journal.NeedsHuman
}

func (s Selection) selects(a personal.Account, p *profile.Profile) bool {
	return (len(s.Accounts) == 0 || slices.Contains(s.Accounts, a.ID)) &&
		(len(s.Services) == 0 || slices.ContainsFunc(s.Services, func(name string) bool { return named(p, name) }))
}

// named accepts a service's name and its title: people write Facebook.
func named(p *profile.Profile, name string) bool {
	return name == p.Service || strings.EqualFold(name, p.Title)
}

func services(s *profile.Set) []string { return slices.Sorted(maps.Keys(s.Profiles)) }
