package journal

//go:generate go test . -run Diagram -update

import (
	"fmt"
	"slices"
)

// TransitionError says that an event does not happen in a state: a fault of
// ours, or a journal that was changed by other hands. Nothing was appended.
type TransitionError struct {
	From    State
	Event   Kind
	Verdict Verdict // Answered, Settled
}

// Error names the state and the event.
func (e *TransitionError) Error() string {
	what := string(e.Event)
	if e.Verdict != "" {
		what += " " + string(e.Verdict)
	}
	return fmt.Sprintf("no %s in state %s", what, e.From.place())
}

// Next is the state after an event: the whole state machine of an objection.
// It is pure. An event that does not happen in that state, or that lacks what
// it must carry (a gate's kind, a send's name), is a [*TransitionError] and
// leaves the state as it was.
//
// One rule stands above the table: where something may have left (see
// [State.Doubtful]) whatever ends the attempt without an answer leads to
// in_doubt, never to a state that a plain run tries again.
func Next(s State, e Event) (State, error) {
	if s.Is == "" {
		s.Is = Pending
	}
	for _, r := range table() {
		if !r.matches(s, e) {
			continue
		}
		if to, ok := r.to(s, e); ok {
			return to, nil
		}
	}
	return s, &TransitionError{From: s, Event: e.Kind, Verdict: e.Verdict}
}

// rule is one row of the table: in one of these places, on one of these
// events (with that verdict, where one is named), the state becomes.
type rule struct {
	in      []Name
	on      []Kind
	verdict Verdict
	to      effect
}

// effect makes the state after an event; false when the event lacks something.
type effect func(State, Event) (State, bool)

func (r rule) matches(s State, e Event) bool {
	return (r.verdict == "" || r.verdict == e.Verdict) &&
		slices.Contains(r.on, e.Kind) && slices.Contains(r.in, s.place())
}

// The places of a waiting objection. What an event means there depends on
// where the wait began, so the table tells three apart.
const (
	waitingForm    Name = "waiting"               // from opening, filling, ready
	waitingSending Name = "waiting while sending" // the click is done, nothing has left
	waitingOutcome Name = "waiting after left"
)

// place is the state's name in the table; "" where the state makes no sense.
func (s State) place() Name {
	if s.Is != Waiting {
		return s.Is
	}
	switch s.From {
	case Opening, Filling, Ready:
		return waitingForm
	case Sending:
		return waitingSending
	case Left:
		return waitingOutcome
	default:
		return ""
	}
}
