package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"opposer/internal/journal"
	"opposer/internal/personal"
)

// legs are how long an attempt works, waits for a person, works, and so on.
type legs []time.Duration

// sitting is a bench whose attempts wait for a person, with what happened when.
type sitting struct {
	*bench
	working atomic.Int32

	mu    sync.Mutex
	say   []string
	clash bool // two worked at once
}

// sit attempts each account by its legs; ten seconds of work where it has none.
func sit(by map[string]legs) *sitting {
	s := &sitting{bench: newBench(nil)}
	s.Attempt = func(ctx context.Context, _ journal.Claim, i Item, t *Turn) (Outcome, error) {
		all := by[i.Account.ID]
		if len(all) == 0 {
			all = legs{10 * time.Second}
		}
		for n, leg := range all {
			if n%2 == 0 {
				s.work(i, leg)
				continue
			}
			s.note(i, "waits") // before the next may note anything
			t.Away()
			if !pass(ctx, leg) || !back(ctx, t) {
				return Outcome{State: journal.State{Is: journal.NeedsHuman}}, nil
			}
		}
		return Outcome{State: journal.State{Is: journal.Submitted}}, nil
	}
	s.Ended = func(r Result) { s.note(r.Item, "ends") }
	return s
}

func (s *sitting) work(i Item, d time.Duration) {
	if s.working.Add(1) > 1 {
		s.mu.Lock()
		s.clash = true
		s.mu.Unlock()
	}
	s.note(i, "works")
	<-time.After(d)
	s.working.Add(-1)
}

// pass waits; false when ctx ended before.
func pass(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func back(ctx context.Context, t *Turn) bool { return t.Back(ctx) == nil }

func (s *sitting) note(i Item, what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.say = append(s.say, fmt.Sprintf("%s %s %v", i.Account.ID, what, time.Since(s.began)))
}

func (s *sitting) wants(t *testing.T, want ...string) {
	t.Helper()
	if s.clash {
		t.Error("two attempts worked at once")
	}
	if got := strings.Join(s.say, ", "); got != strings.Join(want, ", ") {
		t.Errorf("%s\nwant %s", got, strings.Join(want, ", "))
	}
}

// TestGatesAreGathered is the promise to a person: while one account waits for
// them the next ones go on, so that all that they have to do is there at once.
func TestGatesAreGathered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(map[string]legs{
			"a": {5 * time.Second, time.Minute, 5 * time.Second},
			"b": {5 * time.Second, 20 * time.Second, 5 * time.Second},
		})
		results := s.run(t, four(t)...)
		s.wants(t, "a works 0s", "a waits 5s", "b works 5s", "b waits 10s", "c works 10s", "c ends 20s",
			"d works 20s", "d ends 30s", "b works 30s", "b ends 35s", "a works 1m5s", "a ends 1m10s")
		if got := told(results); got != "a=attempted/submitted b=attempted/submitted c=attempted/submitted d=attempted/submitted" {
			t.Errorf("the plan's order is lost: %s", got)
		}
	})
}

// TestWhoComesBackIsServedInOrder: whoever asked for the machine first has it.
func TestWhoComesBackIsServedInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(map[string]legs{
			"a": {time.Second, 5 * time.Second, time.Second},
			"b": {time.Second, 2 * time.Second, time.Second},
			"c": {20 * time.Second},
		})
		s.run(t, four(t)...)
		s.wants(t, "a works 0s", "a waits 1s", "b works 1s", "b waits 2s", "c works 2s", "c ends 22s",
			"d works 22s", "d ends 32s", "b works 32s", "b ends 33s", "a works 33s", "a ends 34s")
	})
}

func TestNoMoreWaitThanMay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(map[string]legs{
			"a": {time.Second, time.Minute, time.Second},
			"b": {time.Second, time.Hour, time.Second},
			"c": {time.Second, time.Second, time.Second},
		})
		s.Waiting = 2
		s.run(t, four(t)...)
		s.wants(t, "a works 0s", "a waits 1s", "b works 1s", "b waits 2s", "a works 1m1s", "a ends 1m2s",
			"c works 1m2s", "c waits 1m3s", "c works 1m4s", "c ends 1m5s", "d works 1m5s", "d ends 1m15s", "b works 1h0m2s", "b ends 1h0m3s")
	})
}

// TestTheDefaultBoundsTheTabs: each that waits holds a tab open.
func TestTheDefaultBoundsTheTabs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var accounts []personal.Account
		by := map[string]legs{}
		for n := range 48 {
			id := fmt.Sprintf("a%d", n)
			accounts = append(accounts, acct(t, id, "facebook", id+"@example.org", ""))
			by[id] = legs{time.Second, time.Hour, time.Second}
		}
		s := sit(by)
		var open, most int
		s.Began = func(Item) { open++; most = max(most, open) }
		s.Ended = func(Result) { open-- }
		results := s.run(t, accounts...)
		if most != defaultWaiting || s.clash || ExitCode(results) != OK {
			t.Errorf("%d were open, two at work: %t, exit %d", most, s.clash, ExitCode(results))
		}
	})
}

// TestThePauseCountsFromTheLastWork: a service that was worked at while a
// person was waited for has its pause from then.
func TestThePauseCountsFromTheLastWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(map[string]legs{"a": {5 * time.Second, 40 * time.Second, 5 * time.Second}})
		s.Pace = Pace{Between: time.Minute}
		var pauses []string
		s.Pausing = func(i Item, d time.Duration) { pauses = append(pauses, i.Account.ID+" "+d.String()) }
		s.run(t, four(t)...)
		s.wants(t, "a works 0s", "a waits 5s", "a works 45s", "a ends 50s", "b works 1m50s", "b ends 2m0s",
			"c works 2m0s", "c ends 2m10s", "d works 3m0s", "d ends 3m10s")
		if got := strings.Join(pauses, ", "); got != "b 1m0s, b 45s, d 1m0s" {
			t.Errorf("paused %s", got)
		}
	})
}

// TestStopWhileOneWaits: nothing more begins, and what waits for a person ends
// as it would.
func TestStopWhileOneWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stop := make(chan struct{})
		s := sit(map[string]legs{
			"a": {5 * time.Second, 30 * time.Second, 5 * time.Second},
			"b": {10 * time.Second, time.Hour},
		})
		s.Stop, s.Waiting = stop, 2
		timer := time.AfterFunc(20*time.Second, func() { close(stop) })
		defer timer.Stop()
		results := s.run(t, four(t)...)
		s.wants(t, "a works 0s", "a waits 5s", "b works 5s", "b waits 15s", "a works 35s", "a ends 40s",
			"b ends 1h0m15s", "c ends 1h0m15s", "d ends 1h0m15s")
		if got := told(results); got != "a=attempted/submitted b=attempted/submitted c=not started d=not started" || ExitCode(results) != Stopped {
			t.Error(got)
		}
	})
}

// TestTheContextsEndWhileSomeWait: they do not come back; who works ends its
// work.
func TestTheContextsEndWhileSomeWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(map[string]legs{
			"a": {time.Second, 5 * time.Second, time.Second},
			"b": {time.Second, time.Hour, time.Second},
			"c": {20 * time.Second},
		})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		results := s.Run(ctx, plan(t, four(t), nil, Selection{}))
		if took := time.Since(s.began); took != 22*time.Second || s.clash {
			t.Errorf("it took %v", took)
		}
		// c was submitted, which counts though the run was over.
		if got := told(results); got != "a=attempted/needs_human b=attempted/needs_human c=attempted/submitted d=not started" ||
			!results[0].Interrupted || !results[1].Interrupted || results[2].Interrupted {
			t.Errorf("%s", got)
		}
	})
}

// TestOneBreaksWhileOthersWait: nothing more begins, and those that wait end by
// themselves.
func TestOneBreaksWhileOthersWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(map[string]legs{
			"a": {time.Second, time.Minute, time.Second},
			"b": {time.Second, 2 * time.Minute, time.Second},
		})
		attempt := s.Attempt
		s.Attempt = func(ctx context.Context, c journal.Claim, i Item, turn *Turn) (Outcome, error) {
			out, err := attempt(ctx, c, i, turn)
			if i.Account.ID == "c" {
				err = errors.New("disk full")
			}
			return out, err
		}
		results := s.run(t, four(t)...)
		want := "a=attempted/submitted b=attempted/submitted c=broke/submitted d=not started"
		if got := told(results); got != want || results[0].Interrupted {
			t.Errorf("%s, want %s", got, want)
		}
		if s.clash {
			t.Error("two attempts worked at once")
		}
	})
}

// TestTwoNeverWorkAtOnce, nor are two things told at once, whoever waits how
// long.
func TestTwoNeverWorkAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var accounts []personal.Account
		by := map[string]legs{}
		for n := range 40 {
			id := fmt.Sprintf("a%d", n)
			accounts = append(accounts, acct(t, id, "facebook", id+"@example.org", ""))
			for leg := range n%5 + 1 {
				by[id] = append(by[id], time.Duration((n*3+leg*7)%10+1)*time.Second)
			}
		}
		s := sit(by)
		var telling atomic.Int32
		once := func() {
			if telling.Add(1) > 1 {
				t.Error("two things were told at once")
			}
			<-time.After(time.Millisecond)
			telling.Add(-1)
		}
		s.Began, s.Ended = func(Item) { once() }, func(Result) { once() }
		results := s.run(t, accounts...)
		if s.clash || ExitCode(results) != OK || len(results) != len(accounts) {
			t.Errorf("two at work: %t, %s", s.clash, told(results))
		}
	})
}

// TestTheWorkIsWatched: the other tests would see an attempt that works without
// its turn.
func TestTheWorkIsWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(nil)
		s.Attempt = func(_ context.Context, _ journal.Claim, i Item, turn *Turn) (Outcome, error) {
			turn.Away()
			s.work(i, time.Second)
			return Outcome{State: journal.State{Is: journal.Submitted}}, nil
		}
		s.run(t, four(t)...)
		if !s.clash {
			t.Error("nobody noticed")
		}
	})
}

func TestATurnCanBeGivenAwayOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(nil)
		s.Attempt = func(ctx context.Context, _ journal.Claim, i Item, turn *Turn) (Outcome, error) {
			for range 2 {
				turn.Away()
			}
			for range 2 {
				if err := turn.Back(ctx); err != nil {
					t.Error(err)
				}
			}
			s.work(i, time.Second)
			turn.Away()
			return Outcome{State: journal.State{Is: journal.Submitted}}, nil
		}
		results := s.run(t, four(t)...)
		if s.clash || ExitCode(results) != OK {
			t.Errorf("two at work: %t, %s", s.clash, told(results))
		}
	})
	var alone *Turn
	alone.Away()
	if err := alone.Back(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWhatIsSettledIsToldInItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		accounts := four(t)
		s := sit(map[string]legs{"c": {time.Second, time.Minute}})
		s.claims.standings = []journal.Standing{stand(accounts[1], journal.Submitted)}
		s.run(t, accounts...)
		s.wants(t, "a works 0s", "a ends 10s", "b ends 10s", "c works 10s", "c waits 11s", "d works 11s", "d ends 21s", "c ends 1m11s")
	})
}

// TestACrashIsRaisedWhereTheRunIs, when those that wait have ended, with the
// place where it happened.
func TestACrashIsRaisedWhereTheRunIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(map[string]legs{"a": {time.Second, time.Minute, time.Second}})
		attempt := s.Attempt
		s.Attempt = func(ctx context.Context, c journal.Claim, i Item, turn *Turn) (Outcome, error) {
			if i.Account.ID == "b" {
				panic("the moon")
			}
			return attempt(ctx, c, i, turn)
		}
		defer func() {
			crash, ok := recover().(*Crash)
			if !ok || crash.Value != "the moon" || !strings.Contains(string(crash.Stack), "gather_test.go") {
				t.Errorf("raised %+v", crash)
			}
			s.wants(t, "a works 0s", "a waits 1s", "a works 1m1s", "a ends 1m2s", "c ends 1m2s", "d ends 1m2s")
		}()
		s.run(t, slices.Clone(four(t))...)
	})
}
