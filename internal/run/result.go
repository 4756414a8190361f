package run

import (
	"slices"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/words"
)

// Came is how an item of the plan ended.
type Came string

// The ways in which an item ends.
const (
	Attempted  Came = "attempted"   // State says where the objection stands now
	Skipped    Came = "skipped"     // as planned, or found settled when it was claimed
	CoveredFor Came = "covered"     // another account's objection counts for it
	TakenBack  Came = "taken back"  // it was covered and is no longer
	Held       Came = "held"        // another process has it
	NotStarted Came = "not started" // the run was stopped before
	Broke      Came = "broke"       // our own work could not be done: Err
)

// Outcome is what one attempt came to.
type Outcome struct {
	State     journal.State
	Reason    words.Text  // why it stopped there; zero when the state says enough
	Sentence  string      // the page's own, masked
	Reference string      // the service's number for it
	Evidence  string      // folder of the attempt
	Route     words.Text  // title of the route that led to the form
	Form      []gate.Line // the filled form, masked; of a dry run
}

// Result is what came of one item.
type Result struct {
	Item Item
	Came Came
	Outcome
	Interrupted bool // a person asked to stop before it was settled
	DryRun      bool
	Took        time.Duration
	Err         error // Broke
}

// The exit codes of the program, a contract with scripts.
const (
	OK         = 0   // every objection is submitted, confirmed, already honoured or covered
	Fault      = 1   // an internal fault
	Usage      = 2   // usage or config
	NeedsHuman = 3   // a person is needed
	Rejected   = 4   // the service rejected one
	Drifted    = 5   // a page drifted from its profile
	InDoubt    = 6   // one is in doubt
	Failed     = 7   // something failed before sending: network, browser
	Stopped    = 130 // interrupted
)

// Worst is the first code of several that a script has to hear of.
func Worst(codes ...int) int {
	for _, c := range [...]int{Stopped, Fault, Usage, InDoubt, Drifted, Rejected, Failed, NeedsHuman} {
		if slices.Contains(codes, c) {
			return c
		}
	}
	return OK
}

// ExitCode is the program's for these results.
func ExitCode(results []Result) int {
	codes := make([]int, len(results))
	for i, r := range results {
		codes[i] = r.Code()
	}
	return Worst(codes...)
}

// Code is the exit code of a run with this result alone.
func (r Result) Code() int {
	switch {
	case r.Interrupted, r.Came == NotStarted:
		return Stopped
	case r.Came == Broke:
		return Fault
	case r.Came == Held:
		return Failed
	case r.Came == CoveredFor:
		return OK
	case r.Came == TakenBack:
		return NeedsHuman
	default:
		return codeOf(r.State.Is, r.DryRun)
	}
}

// codeOf is the exit code of a state. One in which no attempt ends by itself
// is our fault.
func codeOf(n journal.Name, dryRun bool) int {
	switch n {
	case journal.Submitted, journal.Confirmed, journal.Already:
		return OK
	case journal.Rejected:
		return Rejected
	case journal.InDoubt:
		return InDoubt
	case journal.Drifted:
		return Drifted
	case journal.Failed:
		return Failed
	case journal.NeedsHuman:
		return NeedsHuman
	case journal.Ready:
		if dryRun {
			return OK
		}
		return Fault
	case journal.Pending, journal.Opening, journal.Filling, journal.Waiting, journal.Sending, journal.Left:
		return Fault
	}
	return Fault
}
