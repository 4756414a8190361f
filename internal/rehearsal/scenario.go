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

// The values below are read by the pages' scripts as well (web/static/form.js):
// a word changed here is changed there.
type (
	linkage string // how the Privacy Center leads to the form
	prefill string // what the e-mail field holds when the form appears
	leaving string // when the form goes to the look-alike host
	shell   string // what the form stands in
	button  string // what the send button hears
	wire    string // how the form travels
	answer  string // what the submit address says
)

const (
	linkOne  linkage = "one"
	linkTwo  linkage = "two"  // two boxes with the same sentence and link word
	linkNone linkage = "none" // the box has lost its link
	linkTwin linkage = "twin" // a box about ads has the same link word

	prefillNone  prefill = "none"
	prefillOwn   prefill = "own"   // the logged-in person's, else Options.Prefill
	prefillOther prefill = "other" // somebody else's: OtherEmail

	leaveNever   leaving = "never"
	leaveAtOnce  leaving = "at-once"  // the form's address redirects
	leaveOnFocus leaving = "on-focus" // a script goes there when a field is entered

	shellPage   shell = "page"
	shellFrame  shell = "frame"  // a frame of help.meta.com
	shellShadow shell = "shadow" // a closed shadow root

	buttonHears  button = "hears"
	buttonDeaf   button = "deaf"
	buttonSecond button = "second" // the first press is lost

	wireFetch     wire = "fetch"
	wireXHR       wire = "xhr"
	wireTwice     wire = "twice" // a script's own retry, sent without being asked
	wireKeepalive wire = "keepalive"
	wireBeacon    wire = "beacon" // telemetry without values goes first
	wireNative    wire = "native" // a form's own POST and a new page

	answerTaken   answer = "taken"
	answerRefused answer = "refused"
	answerUnclear answer = "unclear"
	answerBroken  answer = "broken" // HTTP 500
	answerError   answer = "error"  // HTTP 200, errorSummary in the body
	answerField   answer = "field"  // the first time a field is wrong, then taken
	answerCode    answer = "code"   // a code by mail is wanted before it counts
)

// traits is everything that can differ between scenarios.
type traits struct {
	unreachable bool // every connection is broken before TLS
	login       bool // a login stands before every page
	ads         bool // the choice about ads stands before every page
	alert       bool // alert() on load
	captcha     bool
	slow        bool // the answer waits, see Options.SlowFor and Release
	privacyGone bool // 404 for the Privacy Center
	formGone    bool // 404 for the form
	formEmpty   bool // the form's page stands there without a form
	thanks      bool // the page says thanks whatever the answer is
	links       linkage
	prefill     prefill
	leaving     leaving
	shell       shell
	button      button
	wire        wire
	answer      answer
}

// plain is the ordinary site, from which every scenario departs.
func plain() traits {
	return traits{
		links: linkOne, prefill: prefillNone, leaving: leaveNever, shell: shellPage,
		button: buttonHears, wire: wireFetch, answer: answerTaken,
	}
}
