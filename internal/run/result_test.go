package run

import (
	"errors"
	"testing"

	"opposer/internal/journal"
)

func came(n journal.Name) Result {
	return Result{Came: Attempted, Outcome: Outcome{State: journal.State{Is: n}}}
}

// endings are all the ways in which an item can end, with its code.
func endings() map[string]struct {
	res  Result
	code int
} {
	stopped := came(journal.NeedsHuman)
	stopped.Interrupted = true
	ready := came(journal.Ready)
	ready.DryRun = true
	doubt := came(journal.InDoubt)
	doubt.Came = Skipped
	return map[string]struct {
		res  Result
		code int
	}{
		"submitted":        {came(journal.Submitted), 0},
		"confirmed":        {came(journal.Confirmed), 0},
		"already":          {came(journal.Already), 0},
		"covered":          {Result{Came: CoveredFor}, 0},
		"ready, dry run":   {ready, 0},
		"broke":            {Result{Came: Broke, Err: errors.New("disk full")}, 1},
		"ready":            {came(journal.Ready), 1},
		"needs a human":    {came(journal.NeedsHuman), 3},
		"taken back":       {Result{Came: TakenBack}, 3},
		"rejected":         {came(journal.Rejected), 4},
		"drifted":          {came(journal.Drifted), 5},
		"in doubt":         {came(journal.InDoubt), 6},
		"in doubt before":  {doubt, 6},
		"failed":           {came(journal.Failed), 7},
		"held":             {Result{Came: Held}, 7},
		"not started":      {Result{Came: NotStarted}, 130},
		"interrupted":      {stopped, 130},
		"broke, cancelled": {Result{Came: Broke, Interrupted: true, Err: errors.New("cancelled")}, 130},
	}
}

// rank is design.md's order, written out apart from the code's.
func rank(code int) int {
	return map[int]int{130: 0, 1: 1, 2: 2, 6: 3, 5: 4, 4: 5, 7: 6, 3: 7, 0: 8}[code]
}

func TestExitCodeOfEveryEnding(t *testing.T) {
	for name, e := range endings() {
		if got := ExitCode([]Result{e.res}); got != e.code {
			t.Errorf("%s: %d, want %d", name, got, e.code)
		}
	}
	if got := ExitCode(nil); got != OK {
		t.Errorf("an empty plan: %d", got)
	}
}

func TestExitCodeOfEveryPair(t *testing.T) {
	for one, a := range endings() {
		for other, b := range endings() {
			want := a.code
			if rank(b.code) < rank(a.code) {
				want = b.code
			}
			if got := ExitCode([]Result{a.res, b.res}); got != want {
				t.Errorf("%s and %s: %d, want %d", one, other, got, want)
			}
		}
	}
}

func TestEveryStateHasACode(t *testing.T) {
	for _, n := range []journal.Name{
		journal.Pending, journal.Opening, journal.Filling, journal.Waiting, journal.Sending, journal.Left, "", "unheard of",
	} {
		if got := came(n).Code(); got != Fault {
			t.Errorf("an attempt that ended %q: %d; it cannot, so it is our fault", n, got)
		}
	}
}

func TestWorstOfNothingIsOK(t *testing.T) {
	if Worst() != OK || Worst(OK, OK) != OK || Worst(OK, Usage) != Usage {
		t.Error("the order is broken")
	}
}
