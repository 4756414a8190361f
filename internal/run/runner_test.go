package run

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
	"opposer/internal/personal"
)

// claims plays the journal: who is refused, and what stands afterwards.
type claims struct {
	refuse    map[string]error // by account id
	reopened  []string
	standings []journal.Standing
	err       error // of Standings
}

func (c *claims) Claim(_ context.Context, _ string, o journal.Objection) (journal.Claim, error) {
	return journal.Claim{}, c.refuse[o.Account]
}

func (c *claims) Reopen(_ context.Context, _ string, o journal.Objection) error {
	c.reopened = append(c.reopened, o.Account)
	return c.refuse["reopen "+o.Account]
}

func (c *claims) Standings(context.Context) ([]journal.Standing, error) { return c.standings, c.err }

// bench is a runner with what it did, and when.
type bench struct {
	Runner
	claims *claims
	began  time.Time
	log    []string
}

// newBench attempts everything with the state that ends gives to an account,
// submitted where it gives none.
func newBench(ends map[string]journal.Name) *bench {
	b := &bench{claims: &claims{refuse: map[string]error{}}, began: time.Now()}
	b.Journal, b.ID = b.claims, "k3"
	b.Attempt = func(_ context.Context, _ journal.Claim, i Item, _ *Turn) (Outcome, error) {
		b.log = append(b.log, fmt.Sprintf("%s@%v", i.Account.ID, time.Since(b.began)))
		is, ok := ends[i.Account.ID]
		if !ok {
			is = journal.Submitted
		}
		return Outcome{State: journal.State{Is: is}}, nil
	}
	return b
}

func (b *bench) run(t *testing.T, accounts ...personal.Account) []Result {
	t.Helper()
	return b.Run(t.Context(), plan(t, accounts, b.claims.standings, Selection{}))
}

// told are results in one line: "a=attempted/submitted b=covered".
func told(results []Result) string {
	var parts []string
	for _, r := range results {
		s := r.Item.Account.ID + "=" + string(r.Came)
		if r.State.Is != "" {
			s += "/" + string(r.State.Is)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

func four(t *testing.T) []personal.Account {
	t.Helper()
	return []personal.Account{
		acct(t, "a", "facebook", "a@example.org", ""), acct(t, "b", "facebook", "b@example.org", ""),
		acct(t, "c", "instagram", "c@example.org", ""), acct(t, "d", "facebook", "d@example.org", ""),
	}
}

func TestPaceBetweenObjectionsToOneService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(nil)
		b.Pace = Pace{Between: time.Minute}
		results := b.run(t, four(t)...)
		if got, want := strings.Join(b.log, " "), "a@0s b@1m0s c@1m0s d@2m0s"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if ExitCode(results) != OK {
			t.Error(told(results))
		}
	})
}

func TestNoPaceAfterWhatWasNotAttempted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(nil)
		accounts := four(t)
		b.Pace = Pace{Between: time.Minute}
		b.claims.standings = []journal.Standing{stand(accounts[0], journal.Submitted)}
		b.claims.refuse["b"] = journal.ErrHeld
		results := b.run(t, accounts...)
		if got, want := strings.Join(b.log, " "), "c@0s d@0s"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got, want := told(results), "a=skipped/submitted b=held c=attempted/submitted d=attempted/submitted"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

func TestThePauseIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(nil)
		b.Pace = Pace{Between: time.Minute}
		var pauses []string
		b.Pausing = func(i Item, d time.Duration) { pauses = append(pauses, i.Account.ID+" "+d.String()) }
		b.run(t, four(t)...)
		if got, want := strings.Join(pauses, ", "), "b 1m0s, d 1m0s"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

func TestStopDuringThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stop := make(chan struct{})
		b := newBench(nil)
		b.Pace, b.Stop = Pace{Between: time.Hour}, stop
		timer := time.AfterFunc(10*time.Second, func() { close(stop) })
		defer timer.Stop()
		results := b.run(t, four(t)...)
		if got, want := told(results), "a=attempted/submitted b=not started c=not started d=not started"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if took := time.Since(b.began); took != 10*time.Second {
			t.Errorf("it took %v to stop", took)
		}
		if ExitCode(results) != Stopped {
			t.Error(ExitCode(results))
		}
	})
}

func TestTheContextsEndDuringThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		b := newBench(nil)
		b.Pace = Pace{Between: time.Hour}
		results := b.Run(ctx, plan(t, four(t), nil, Selection{}))
		if ExitCode(results) != Stopped || time.Since(b.began) != 10*time.Second {
			t.Error(told(results), time.Since(b.began))
		}
	})
}

func TestStopDuringAnAttempt(t *testing.T) {
	stop := make(chan struct{})
	b := newBench(nil)
	b.Stop = stop
	b.Attempt = func(_ context.Context, _ journal.Claim, i Item, _ *Turn) (Outcome, error) {
		close(stop)
		return Outcome{State: journal.State{Is: journal.NeedsHuman}}, nil
	}
	results := b.run(t, four(t)...)
	if !results[0].Interrupted || ExitCode(results) != Stopped || results[1].Came != NotStarted {
		t.Error(told(results))
	}
}

func TestAnAttemptThatEndedWhileStoppingCounts(t *testing.T) {
	stop := make(chan struct{})
	b := newBench(nil)
	b.Stop = stop
	b.Attempt = func(context.Context, journal.Claim, Item, *Turn) (Outcome, error) {
		close(stop)
		return Outcome{State: journal.State{Is: journal.Submitted}}, nil
	}
	results := b.run(t, four(t)[0])
	if results[0].Interrupted || ExitCode(results) != OK {
		t.Errorf("what was submitted is submitted: %s", told(results))
	}
}

func TestOurOwnFaultEndsTheRun(t *testing.T) {
	full := errors.New("disk full")
	b := newBench(nil)
	b.Attempt = func(_ context.Context, _ journal.Claim, i Item, _ *Turn) (Outcome, error) {
		b.log = append(b.log, i.Account.ID)
		return Outcome{State: journal.State{Is: journal.Ready}}, full
	}
	accounts := four(t)
	b.claims.standings = []journal.Standing{stand(accounts[3], journal.Submitted)}
	results := b.run(t, accounts...)
	if got, want := told(results), "a=broke/ready b=not started c=not started d=skipped/submitted"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !errors.Is(results[0].Err, full) || results[0].Interrupted || len(b.log) != 1 {
		t.Errorf("%v %v", results[0].Err, b.log)
	}
}

func TestAClaimThatBreaksEndsTheRun(t *testing.T) {
	b := newBench(nil)
	b.claims.refuse["b"] = errors.New("journal is read-only")
	if got, want := told(b.run(t, four(t)...)), "a=attempted/submitted b=broke c=not started d=not started"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestFoundSettledIsNotAttempted: another process submitted it meanwhile, or
// the claim found that it had left before a crash.
func TestFoundSettledIsNotAttempted(t *testing.T) {
	accounts := four(t)
	b := newBench(nil)
	b.claims.refuse["b"] = fmt.Errorf("claiming: %w", journal.ErrSettled)
	p := plan(t, accounts, nil, Selection{})
	b.claims.standings = []journal.Standing{stand(accounts[1], journal.InDoubt)}
	results := b.Run(t.Context(), p)
	if results[1].Came != Skipped || results[1].State.Is != journal.InDoubt || ExitCode(results) != InDoubt {
		t.Error(told(results))
	}
	b.claims.err = errors.New("journal is gone")
	if results := b.Run(t.Context(), p); results[1].Came != Broke {
		t.Error(told(results))
	}
}

// TestAPlainRunReopensNothing: what another process settled since the plan was
// made is not made pending by attempting it.
func TestAPlainRunReopensNothing(t *testing.T) {
	b := newBench(nil)
	b.run(t, four(t)...)
	if len(b.claims.reopened) > 0 {
		t.Errorf("reopened %v", b.claims.reopened)
	}
}

// TestAClaimEndsWithItsAttempt, however that ended: the next run can have it.
func TestAClaimEndsWithItsAttempt(t *testing.T) {
	for name, fault := range map[string]error{"done": nil, "broke": errors.New("our own fault")} {
		j := journal.New(journaltest.NewMemory(), []byte("a secret of thirty-two bytes 123"), time.Now)
		a := four(t)[0]
		p, err := NewPlan(Known{Accounts: []personal.Account{a}, Set: set(), Objection: j.Objection, Now: now}, Selection{})
		if err != nil {
			t.Fatal(err)
		}
		r := Runner{Journal: j, ID: "k3", Attempt: func(_ context.Context, c journal.Claim, _ Item, _ *Turn) (Outcome, error) {
			if !c.Valid() {
				t.Errorf("%s: attempted without a claim", name)
			}
			return Outcome{State: c.State()}, fault
		}}
		r.Run(t.Context(), p)
		c, err := j.Claim(t.Context(), "k4", j.Objection(a))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := c.Release(); err != nil {
			t.Error(err)
		}
	}
}

func TestReopenComesBeforeTheClaim(t *testing.T) {
	a := four(t)[0]
	b := newBench(nil)
	p := plan(t, []personal.Account{a}, []journal.Standing{stand(a, journal.InDoubt)}, Selection{Accounts: []string{"a"}, Again: true})
	if got := told(b.Run(t.Context(), p)); got != "a=attempted/submitted" || len(b.claims.reopened) != 1 {
		t.Errorf("%s %v", got, b.claims.reopened)
	}
	b.claims.refuse["reopen a"] = journal.ErrHeld
	if got := told(b.Run(t.Context(), p)); got != "a=held" {
		t.Error(got)
	}
}

// TestCoverageFollowsTheOther: covered is no state of its own.
func TestCoverageFollowsTheOther(t *testing.T) {
	for is, want := range map[journal.Name]string{
		journal.Submitted:  "b=covered exit 0: covered by a, as your config says (same Accounts Centre)",
		journal.Already:    "b=covered exit 0: covered by a, as your config says (same Accounts Centre)",
		journal.NeedsHuman: "b=covered exit 3: covered by a as soon as that one is submitted",
		journal.Failed:     "b=covered exit 7: covered by a as soon as that one is submitted",
		journal.Rejected:   "b=taken back exit 4: no longer covered: a was rejected. Run again to send this one.",
		journal.InDoubt:    "b=taken back exit 6: no longer covered: a is in doubt. Run again to send this one.",
	} {
		bench := newBench(map[string]journal.Name{"a": is})
		a, b := acct(t, "a", "facebook", "a@example.org", "home"), acct(t, "b", "facebook", "b@example.org", "home")
		results := bench.run(t, a, b)
		got := fmt.Sprintf("%s exit %d: %s", told(results[1:]), ExitCode(results), results[1].Reason)
		if got != want {
			t.Errorf("a is %s: %s\nwant %s", is, got, want)
		}
		if len(bench.log) != 1 {
			t.Errorf("attempted: %v", bench.log)
		}
	}
}

func TestEachEndingIsToldOnce(t *testing.T) {
	bench := newBench(nil)
	accounts := append(four(t), acct(t, "x", "facebook", "x@example.org", "home"), acct(t, "y", "facebook", "y@example.org", "home"))
	var ended, began []string
	bench.Ended = func(r Result) { ended = append(ended, r.Item.Account.ID) }
	bench.Began = func(i Item) { began = append(began, i.Account.ID) }
	bench.run(t, accounts...)
	if got := strings.Join(ended, ""); got != "abcdxy" {
		t.Errorf("ended: %s", got)
	}
	if got := strings.Join(began, ""); got != "abcdx" {
		t.Errorf("began: %s", got)
	}
}

func TestADryRunThatIsReadyIsWell(t *testing.T) {
	b := newBench(map[string]journal.Name{"a": journal.Ready})
	b.DryRun = true
	stop := make(chan struct{})
	close(stop)
	if results := b.run(t, four(t)[0]); ExitCode(results) != OK || !results[0].DryRun {
		t.Error(told(results))
	}
	b.Stop = stop
	if results := b.run(t, four(t)[0]); results[0].Came != NotStarted {
		t.Error(told(results))
	}
}
