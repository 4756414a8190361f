package gate

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var halfAnHour = Clocks{Come: 30 * time.Minute, Finish: 10 * time.Minute, Soon: 2 * time.Minute}

// ran is what came of a lease whose clocks ran.
type ran struct {
	answer Answer
	took   time.Duration
	soon   []time.Duration // when it was said that a clock ends soon
}

// runs lets a person do with a lease what they do while its clocks run.
func runs(t *testing.T, c Clocks, person func(*Lease)) ran {
	t.Helper()
	var r ran
	synctest.Test(t, func(t *testing.T) {
		l, began := Offer(), time.Now()
		var come sync.WaitGroup
		come.Go(func() { person(l) })
		l.Run(t.Context(), c, func(time.Time) { r.soon = append(r.soon, time.Since(began)) })
		r.answer, _ = l.Answer()
		r.took = time.Since(began)
		come.Wait()
	})
	return r
}

func TestNobodyComesInTime(t *testing.T) {
	r := runs(t, halfAnHour, func(*Lease) {})
	if r.answer.Verb != RanOut || r.took != 30*time.Minute {
		t.Errorf("%+v", r)
	}
	if len(r.soon) != 1 || r.soon[0] != 28*time.Minute {
		t.Errorf("said to end soon: %v", r.soon)
	}
}

func TestWhoComesHasTheirOwnTime(t *testing.T) {
	r := runs(t, halfAnHour, func(l *Lease) {
		<-time.After(29 * time.Minute)
		if err := l.Take(); err != nil {
			t.Error(err)
		}
	})
	if r.answer.Verb != RanOut || r.took != 39*time.Minute {
		t.Errorf("%+v", r)
	}
	if len(r.soon) != 2 || r.soon[1] != 37*time.Minute {
		t.Errorf("said to end soon: %v", r.soon)
	}
}

func TestWhoFinishesInTimeIsHeard(t *testing.T) {
	r := runs(t, halfAnHour, func(l *Lease) {
		<-time.After(time.Minute)
		_, _ = l.Drive()
		<-time.After(time.Minute)
		_ = l.Return(Answer{Verb: Done})
	})
	if r.answer.Verb != Done || r.took != 2*time.Minute || len(r.soon) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestALateReturnIsRefused(t *testing.T) {
	var late error
	r := runs(t, halfAnHour, func(l *Lease) {
		<-time.After(time.Hour)
		late = l.Return(Answer{Verb: Approve})
	})
	if r.answer.Verb != RanOut {
		t.Errorf("%+v", r)
	}
	if !errors.Is(late, ErrReturned) {
		t.Error(late)
	}
}

func TestNoClockIsNoEnd(t *testing.T) {
	r := runs(t, Clocks{}, func(l *Lease) {
		<-time.After(1000 * time.Hour)
		_ = l.Take()
		<-time.After(1000 * time.Hour)
		_ = l.Return(Answer{Verb: Done})
	})
	if r.answer.Verb != Done || r.took != 2000*time.Hour {
		t.Errorf("%+v", r)
	}
}

func TestUntilFollowsTheClockThatRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, began := Offer(), time.Now()
		if !l.Until().IsZero() {
			t.Error("an end though no clock runs")
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { l.Run(ctx, halfAnHour, nil); close(ended) }()
		synctest.Wait()
		if got := l.Until().Sub(began); got != 30*time.Minute {
			t.Errorf("until somebody comes: %s", got)
		}
		<-time.After(time.Minute)
		if err := l.Take(); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := l.Until().Sub(began); got != 11*time.Minute {
			t.Errorf("until they finish: %s", got)
		}
		cancel()
		<-ended
		if !l.Out() {
			t.Error("the run's end is not the lease's")
		}
	})
}

func TestOneDrivesAndTheLastWhoTookTheWheel(t *testing.T) {
	l := Offer()
	if (Drive{}).Current(l) || (Drive{}).Current(nil) {
		t.Error("the zero drive permits something")
	}
	first, err := l.Drive()
	if err != nil || !first.Current(l) || !closed(l.Taken()) {
		t.Fatalf("%v", err)
	}
	if first.Current(Offer()) {
		t.Error("a drive of another lease permits")
	}
	second, err := l.Drive()
	if err != nil || first.Current(l) || !second.Current(l) {
		t.Errorf("two drive at once: %v", err)
	}
	if err := l.Return(Answer{Verb: Done}); err != nil {
		t.Fatal(err)
	}
	if second.Current(l) {
		t.Error("a returned lease is driven")
	}
	if _, err := l.Drive(); !errors.Is(err, ErrReturned) {
		t.Errorf("%v", err)
	}
}

// TestWhoIsAskedKnowsAtOnceUntilWhen: a channel that is asked right after the
// clocks began never tells that there is no end.
func TestWhoIsAskedKnowsAtOnceUntilWhen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		l, began := Offer(), time.Now()
		done := l.Start(ctx, halfAnHour, nil)
		if got := l.Until().Sub(began); got != 30*time.Minute {
			t.Errorf("until somebody comes: %s", got)
		}
		cancel()
		<-done
	})
}
