package gate

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"opposer/internal/personal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestLeaseIsOutUntilReturned(t *testing.T) {
	l := Offer()
	if !l.Out() || closed(l.Taken()) {
		t.Fatal("a new lease is not out, or taken already")
	}
	if _, ok := l.Answer(); ok {
		t.Error("an answer before the return")
	}
	if err := l.Take(); err != nil {
		t.Fatal(err)
	}
	if !l.Out() || !closed(l.Taken()) {
		t.Error("a taken lease is out")
	}
	if err := l.Return(Answer{Verb: Done, By: "window"}); err != nil {
		t.Fatal(err)
	}
	if l.Out() {
		t.Error("a returned lease is still out: the machine would never act again")
	}
	if a, ok := l.Answer(); !ok || a.Verb != Done {
		t.Errorf("%v %v", a, ok)
	}
}

func TestASecondReturnIsRefused(t *testing.T) {
	l := Offer()
	if err := l.Return(Answer{Verb: GiveUp}); err != nil {
		t.Fatal(err)
	}
	if err := l.Return(Answer{Verb: Approve}); !errors.Is(err, ErrReturned) {
		t.Errorf("%v", err)
	}
	if err := l.Take(); !errors.Is(err, ErrReturned) {
		t.Errorf("taken after its end: %v", err)
	}
	if a, _ := l.Answer(); a.Verb != GiveUp {
		t.Errorf("a late answer replaced the first: %q", a.Verb)
	}
}

func TestNoLeaseIsNotOut(t *testing.T) {
	var l *Lease
	if l.Out() {
		t.Error("nobody holds a lease that was never offered")
	}
}

func TestReturnedWakesWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := Offer()
		woken := false
		go func() { <-l.Returned(); woken = true }()
		synctest.Wait()
		if woken {
			t.Fatal("woken before the return")
		}
		if err := l.Return(Answer{Verb: RanOut}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if !woken {
			t.Error("nobody was told")
		}
	})
}

func TestOfManyReturnsOneWins(t *testing.T) {
	l := Offer()
	var wins, refused int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			err := l.Return(Answer{Verb: Approve})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				wins++
			} else if errors.Is(err, ErrReturned) {
				refused++
			}
		})
	}
	wg.Wait()
	if wins != 1 || refused != 31 {
		t.Errorf("%d won, %d were refused", wins, refused)
	}
}

func TestAnAnswerNeverPrintsItsCode(t *testing.T) {
	a := Answer{Verb: Give, Code: personal.NewCode("482913")}
	if got := a.Code.String(); got == "482913" {
		t.Error("the code is printed")
	}
}

func TestKindsAreAllOfThem(t *testing.T) {
	seen := map[Kind]bool{}
	for _, k := range Kinds() {
		if seen[k] || k == "" {
			t.Errorf("%q twice or empty", k)
		}
		seen[k] = true
	}
	if len(seen) != 7 {
		t.Errorf("%d kinds, design has 7", len(seen))
	}
}
