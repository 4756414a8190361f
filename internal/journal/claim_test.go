package journal_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

func TestClaimBeginsAnAttempt(t *testing.T) {
	f := begin(t)
	c := f.claim()
	want := journal.Event{
		Seq: 1, Key: f.marie.Key, Run: "run-1", At: time.Date(2026, 11, 23, 14, 0, 1, 0, time.UTC),
		Kind: journal.Claimed, State: journal.State{Is: journal.Opening}, Objection: &f.marie,
	}
	if diff := cmp.Diff(want, f.last()); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if !c.Valid() || c.Key() != f.marie.Key || c.State().Is != journal.Opening {
		t.Errorf("the claim is %v of %s in %s", c.Valid(), c.Key(), c.State().Is)
	}
}

// TestClaimHoldsAlone: two claims of one objection exclude each other, two of
// different ones do not.
func TestClaimHoldsAlone(t *testing.T) {
	f := begin(t)
	c := f.claim()
	if _, err := f.Claim(t.Context(), "run-2", f.marie); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("a second claim: %v, want ErrHeld", err)
	}
	if err := f.Reopen(t.Context(), "run-2", f.marie); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("Reopen: %v, want ErrHeld", err)
	}
	if _, err := f.Settle(t.Context(), "run-2", f.marie, journal.Event{Verdict: journal.Taken}); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("Settle: %v, want ErrHeld", err)
	}
	other := f.Objection(account(t, "paul-fb", "paul@example.org"))
	if _, err := f.Claim(t.Context(), "run-2", other); err != nil {
		t.Errorf("another objection: %v", err)
	}
	if len(f.history()) != 1 {
		t.Errorf("a refused claim left its trace: %v", f.history())
	}
	f.release(c)
	f.release(f.claim())
}

// TestClaimResolvesInterruptions tries a death in every state.
func TestClaimResolvesInterruptions(t *testing.T) {
	for _, at := range interruptions() {
		t.Run(at.name, func(t *testing.T) {
			f := begin(t)
			at.walk(f, f.claim())
			f.store.Crash()

			c, err := f.Claim(t.Context(), "run-2", f.marie)
			if at.then.Settled() {
				if !errors.Is(err, journal.ErrSettled) || c.Valid() {
					t.Fatalf("the next claim: %v, want ErrSettled", err)
				}
				if e := f.last(); e.Kind != journal.Interrupted || e.State.Is != at.then || e.Run != "run-2" {
					t.Errorf("last is %s to %s in %s", e.Kind, e.State.Is, e.Run)
				}
				return
			}
			if err != nil {
				t.Fatalf("the next claim: %v", err)
			}
			events := f.history()
			if e := events[len(events)-2]; e.Kind != journal.Interrupted || e.State.Is != at.then {
				t.Errorf("the event before the claim is %s to %s, want interrupted to %s", e.Kind, e.State.Is, at.then)
			}
			if c.State().Is != journal.Opening {
				t.Errorf("the new attempt is %s", c.State().Is)
			}
		})
	}
}

// TestSettledIsLeftAlone: submitted, confirmed, already, rejected, in_doubt are
// not attempted by a plain run, and are free again afterwards.
func TestSettledIsLeftAlone(t *testing.T) {
	for _, v := range []journal.Verdict{journal.Taken, journal.Honoured, journal.AlreadyHonoured, journal.Refused, journal.Unclear} {
		t.Run(string(v), func(t *testing.T) {
			f := begin(t)
			c := f.claim()
			f.ready(c)
			f.leave(f.permit(c, "submit", true))
			state := f.append(c, journal.Event{Kind: journal.Answered, Verdict: v})
			f.release(c)
			before := len(f.history())
			for range 2 {
				if _, err := f.Claim(t.Context(), "run-2", f.marie); !errors.Is(err, journal.ErrSettled) {
					t.Fatalf("claim of %s: %v, want ErrSettled", state.Is, err)
				}
			}
			if len(f.history()) != before {
				t.Error("a refused claim left its trace")
			}
			if err := f.Reopen(t.Context(), "run-2", f.marie); err != nil {
				t.Fatal(err)
			}
			f.release(f.claim())
		})
	}
}

func TestReopenLeavesTheRestAlone(t *testing.T) {
	f := begin(t)
	if err := f.Reopen(t.Context(), "run-1", f.marie); err != nil || len(f.history()) != 0 {
		t.Errorf("never attempted: %v, %d events", err, len(f.history()))
	}
	c := f.claim()
	f.append(c, journal.Event{Kind: journal.Broke})
	f.release(c)
	if err := f.Reopen(t.Context(), "run-1", f.marie); err != nil || f.last().Kind != journal.Broke {
		t.Errorf("failed: %v, last is %s", err, f.last().Kind)
	}
}

func TestSettleKeepsAPersonsWord(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	f.leave(f.permit(c, "submit", true))
	f.store.Crash()
	s, err := f.Settle(t.Context(), "run-2", f.marie, journal.Event{Verdict: journal.Taken, Reference: "12"})
	if err != nil || s.Is != journal.Submitted {
		t.Fatalf("%s, %v", s.Is, err)
	}
	if e := f.last(); e.Kind != journal.Settled || e.Reference != "12" || e.Run != "run-2" {
		t.Errorf("last is %+v", e)
	}
	var refused *journal.TransitionError
	if _, err := f.Settle(t.Context(), "run-2", f.marie, journal.Event{Verdict: journal.Lost}); !errors.As(err, &refused) {
		t.Errorf("a submitted one lost: %v", err)
	}
	if _, err := f.Settle(t.Context(), "run-2", f.marie, journal.Event{Verdict: journal.Honoured}); err != nil {
		t.Errorf("the lock was not given back: %v", err)
	}
}

// TestReleasedClaimIsRefused, and so is every other that holds nothing.
func TestReleasedClaimIsRefused(t *testing.T) {
	f := begin(t)
	released := f.claim()
	f.ready(released)
	permit := f.permit(released, "submit", true)
	f.release(released)
	if err := released.Release(); err != nil {
		t.Errorf("a second release: %v", err)
	}
	foreign, err := journal.New(journaltest.NewMemory(), secret(), clock()).Claim(t.Context(), "run", f.marie)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]journal.Claim{"released": released, "zero": {}, "another journal's": foreign} {
		if _, err := f.Append(t.Context(), c, journal.Event{Kind: journal.Noted}); !errors.Is(err, journal.ErrNoClaim) {
			t.Errorf("%s: Append: %v", name, err)
		}
		if p, err := f.BeginSending(t.Context(), c, journal.Intent{Send: "submit", By: journal.Machine}); !errors.Is(err, journal.ErrNoClaim) || p.Valid() {
			t.Errorf("%s: BeginSending: %v", name, err)
		}
	}
	if d, err := f.MarkLeft(t.Context(), permit, request()); !errors.Is(err, journal.ErrNoClaim) || d.Valid() {
		t.Errorf("MarkLeft: %v", err)
	}
	if permit.Valid() || released.Valid() {
		t.Error("a permit outlives its claim")
	}
	if n := len(f.history()); n != 4 {
		t.Errorf("%d events were kept, want 4", n)
	}
	zero := journal.Claim{}
	if zero.Valid() || zero.Key() != "" || zero.State().Is != journal.Pending || zero.Release() != nil {
		t.Error("the zero claim is something")
	}
}

// TestAppendRefuses what would bypass a permission, and what does not happen.
func TestAppendRefuses(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	for _, k := range []journal.Kind{journal.Claimed, journal.Interrupted, journal.SendingBegan, journal.HasLeft, journal.Reopened} {
		e := journal.Event{Kind: k, Send: "submit", By: journal.Machine, Request: &journal.Departing{}}
		if _, err := f.Append(t.Context(), c, e); !errors.Is(err, journal.ErrOurs) {
			t.Errorf("%s: %v, want ErrOurs", k, err)
		}
	}
	var refused *journal.TransitionError
	s, err := f.Append(t.Context(), c, journal.Event{Kind: journal.NotHeld})
	if !errors.As(err, &refused) || s.Is != journal.Ready {
		t.Errorf("not-held in ready: %s, %v", s.Is, err)
	}
	if len(f.history()) != 3 {
		t.Errorf("%d events were kept, want 3", len(f.history()))
	}
}

// TestAppendFillsIn what a caller cannot know, and nothing else.
func TestAppendFillsIn(t *testing.T) {
	f := begin(t)
	c := f.claim()
	given := journal.Event{Seq: 99, Key: "x", Run: "x", At: time.Unix(1, 0), State: journal.State{Is: journal.Submitted}, Kind: journal.GateOpened, Gate: gate.Login, Detail: "d"}
	s := f.append(c, given)
	got := f.last()
	if got.Seq != 2 || got.Key != f.marie.Key || got.Run != "run-1" || got.State != s || s.Is != journal.Waiting || got.At.Year() != 2026 {
		t.Errorf("kept %+v", got)
	}
	if got.At.Location() != time.UTC {
		t.Errorf("its time is told in %s: the journal tells where the person is", got.At.Location())
	}
	if got.Gate != gate.Login || got.Detail != "d" {
		t.Errorf("lost what was given: %+v", got)
	}
}

// TestStoreFaultChangesNothing: after a fault the claim stands where it stood
// and goes on from there.
func TestStoreFaultChangesNothing(t *testing.T) {
	f := begin(t)
	full := errors.New("disk full")
	f.store.Fail(func(journal.Event) error { return full })
	if c, err := f.Claim(t.Context(), "run-1", f.marie); !errors.Is(err, full) || c.Valid() {
		t.Fatalf("claim: %v", err)
	}
	f.store.Fail(nil)
	c := f.claim() // the lock was given back
	f.store.Fail(func(journal.Event) error { return full })
	if s, err := f.Append(t.Context(), c, journal.Event{Kind: journal.FormFound}); !errors.Is(err, full) || s.Is != journal.Opening {
		t.Errorf("append: %s, %v", s.Is, err)
	}
	f.store.Fail(nil)
	if s := f.append(c, journal.Event{Kind: journal.FormFound}); s.Is != journal.Filling {
		t.Errorf("afterwards: %s", s.Is)
	}
}

// TestInterruptionThatCannotBeKept claims nothing.
func TestInterruptionThatCannotBeKept(t *testing.T) {
	f := begin(t)
	f.claim()
	f.store.Crash()
	full := errors.New("disk full")
	f.store.Fail(func(journal.Event) error { return full })
	if _, err := f.Claim(t.Context(), "run-2", f.marie); !errors.Is(err, full) {
		t.Fatalf("claim: %v", err)
	}
	f.store.Fail(nil)
	f.release(f.claim())
}

func TestDamagedHistoryIsNotClaimed(t *testing.T) {
	j := journal.New(gaps{journaltest.NewMemory()}, secret(), clock())
	if _, err := j.Claim(t.Context(), "run", journal.Objection{Key: "a"}); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("claim: %v, want ErrDamaged", err)
	}
}

func TestShortSecretIsRefused(t *testing.T) {
	j := journal.New(journaltest.NewMemory(), []byte("short"), clock())
	if _, err := j.Claim(t.Context(), "run", journal.Objection{Key: "a"}); err == nil {
		t.Error("objections named by a guessable key are claimed")
	}
}
