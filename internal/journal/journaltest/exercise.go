package journaltest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/gate"
	"opposer/internal/journal"
)

// Exercise checks what journal.Store promises. Each call of open gives a new,
// empty store, which is closed at the end of its test.
func Exercise(t *testing.T, open func(t *testing.T) journal.Store) {
	t.Helper()
	for name, check := range map[string]func(*testing.T, journal.Store){
		"an event comes back as it was kept":           comesBack,
		"a history holds one objection in order":       keepsApart,
		"all histories stand in the order they came":   keepsOrder,
		"an unknown objection has no events":           knowsNothing,
		"a number that is not next is refused":         refusesRaces,
		"of events that race for a number one is kept": oneWins,
		"an ended context appends nothing":             hearsTheEnd,
		"an objection is held once":                    holdsOnce,
		"of claims that race one holds":                oneHolds,
		"objections are held apart":                    holdsApart,
		"a late release lets go of nothing":            releasesOnce,
		"after Close nothing is kept":                  closes,
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() { _ = s.Close() }) // some tests close it themselves
			check(t, s)
		})
	}
}

// Event is a made-up event of an objection, with every field set.
func Event(key journal.Key, seq int64) journal.Event {
	return journal.Event{
		Seq: seq, Key: key, Run: "k3",
		At:   time.Date(2026, 11, 23, 15, 8, 12, 123456789, time.UTC),
		Kind: journal.HasLeft,
		State: journal.State{
			Is: journal.Waiting, Gate: gate.Outcome, From: journal.Left,
			Send: "submit", By: journal.Person, Armed: true, Gone: true,
		},
		Objection: &journal.Objection{Key: key, Service: "facebook", Account: "marie-fb", Email: "m•••@e•••.org", Phone: "+33 ••• ••78"},
		Gate:      gate.Captcha, Send: "submit", By: journal.Machine, Armed: true, Verdict: journal.NotTaken,
		Request: &journal.Departing{Method: "POST", Origin: "https://www.facebook.com", Path: "/api/é", Body: "00ff"},
		Route:   "form", Origin: "https://www.facebook.com", Reference: "№ 12", Sentence: "“Merci” \x00 <b>&\u2028",
		Evidence: "evidence/marie-fb/1", Signature: "abc", Detail: "link-missing: opposer, vous opposer",
	}
}

func put(t *testing.T, s journal.Store, events ...journal.Event) {
	t.Helper()
	for _, e := range events {
		if err := s.Append(t.Context(), e); err != nil {
			t.Fatalf("Append(%d of %s): %v", e.Seq, e.Key, err)
		}
	}
}

func expect(t *testing.T, s journal.Store, key journal.Key, want ...journal.Event) {
	t.Helper()
	got, err := s.History(t.Context(), key)
	if err != nil {
		t.Fatalf("History(%q): %v", key, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("History(%q): want -, got +\n%s", key, diff)
	}
}

func comesBack(t *testing.T, s journal.Store) {
	bare := journal.Event{Seq: 2, Key: "a", Kind: journal.Noted, At: time.Unix(1, 0).UTC(), State: journal.State{Is: journal.Pending}}
	put(t, s, Event("a", 1), bare)
	expect(t, s, "a", Event("a", 1), bare)
}

func keepsApart(t *testing.T, s journal.Store) {
	put(t, s, Event("a", 1), Event("b", 1), Event("a", 2), Event("b", 2), Event("a", 3))
	expect(t, s, "a", Event("a", 1), Event("a", 2), Event("a", 3))
	expect(t, s, "b", Event("b", 1), Event("b", 2))
}

func keepsOrder(t *testing.T, s journal.Store) {
	events := []journal.Event{Event("b", 1), Event("a", 1), Event("b", 2), Event("c", 1), Event("a", 2)}
	put(t, s, events...)
	expect(t, s, "", events...)
}

func knowsNothing(t *testing.T, s journal.Store) {
	expect(t, s, "a")
	expect(t, s, "")
}

func refusesRaces(t *testing.T, s journal.Store) {
	put(t, s, Event("a", 1), Event("a", 2))
	for _, seq := range []int64{-1, 0, 1, 2, 4, 1 << 40} {
		if err := s.Append(t.Context(), Event("a", seq)); !errors.Is(err, journal.ErrRaced) {
			t.Errorf("Append of event %d after event 2: %v, want ErrRaced", seq, err)
		}
	}
	if err := s.Append(t.Context(), Event("b", 2)); !errors.Is(err, journal.ErrRaced) {
		t.Errorf("Append of event 2 first: %v, want ErrRaced", err)
	}
	expect(t, s, "", Event("a", 1), Event("a", 2))
}

func oneWins(t *testing.T, s journal.Store) {
	const racers, rounds = 4, 10
	for seq := int64(1); seq <= rounds; seq++ {
		errs := race(racers, func() error { return s.Append(context.WithoutCancel(t.Context()), Event("a", seq)) })
		if won := count(t, errs, journal.ErrRaced); won != 1 {
			t.Fatalf("event %d was kept %d times", seq, won)
		}
	}
	got, err := s.History(t.Context(), "a")
	if err != nil || len(got) != rounds {
		t.Errorf("History holds %d events (%v), want %d", len(got), err, rounds)
	}
}

func hearsTheEnd(t *testing.T, s journal.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Append(ctx, Event("a", 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Append: %v, want context.Canceled", err)
	}
	if release, err := s.Lock(ctx, "a"); !errors.Is(err, context.Canceled) || release != nil {
		t.Errorf("Lock: %v, want context.Canceled", err)
	}
	expect(t, s, "a")
}

func hold(t *testing.T, s journal.Store, key journal.Key) func() error {
	t.Helper()
	release, err := s.Lock(t.Context(), key)
	if err != nil {
		t.Fatalf("Lock(%q): %v", key, err)
	}
	return release
}

func let(t *testing.T, release func() error) {
	t.Helper()
	if err := release(); err != nil {
		t.Errorf("release: %v", err)
	}
}

func holdsOnce(t *testing.T, s journal.Store) {
	release := hold(t, s, "a")
	if _, err := s.Lock(t.Context(), "a"); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("second Lock: %v, want ErrHeld", err)
	}
	put(t, s, Event("a", 1)) // a lock is no obstacle to whoever has it
	let(t, release)
	let(t, hold(t, s, "a"))
}

func oneHolds(t *testing.T, s journal.Store) {
	var mu sync.Mutex
	var releases []func() error
	errs := race(8, func() error {
		release, err := s.Lock(context.WithoutCancel(t.Context()), "a")
		if err == nil {
			mu.Lock()
			releases = append(releases, release)
			mu.Unlock()
		}
		return err
	})
	if held := count(t, errs, journal.ErrHeld); held != 1 {
		t.Errorf("%d hold it at once", held)
	}
	for _, release := range releases {
		let(t, release)
	}
}

func holdsApart(t *testing.T, s journal.Store) {
	// Keys that a careless file name would make equal.
	keys := []journal.Key{"a", "A", "a/b", "a_b", "../a", "a\x00", "é"}
	for _, key := range keys {
		release := hold(t, s, key)
		defer let(t, release)
	}
}

func releasesOnce(t *testing.T, s journal.Store) {
	early := hold(t, s, "a")
	let(t, early)
	late := hold(t, s, "a")
	_ = early() // may be an error, must not be a release
	if _, err := s.Lock(t.Context(), "a"); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("Lock after an old release: %v, want ErrHeld", err)
	}
	let(t, late)
}

func closes(t *testing.T, s journal.Store) {
	put(t, s, Event("a", 1))
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if err := s.Append(t.Context(), Event("a", 2)); err == nil {
		t.Error("Append after Close reported success")
	}
	if _, err := s.History(t.Context(), "a"); err == nil {
		t.Error("History after Close reported success")
	}
}

// race runs one call several times at once.
func race(n int, call func() error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			<-start
			errs[i] = call()
		})
	}
	close(start)
	wg.Wait()
	return errs
}

// count counts the successes; an error that is not the expected one is told.
func count(t *testing.T, errs []error, expected error) int {
	t.Helper()
	n := 0
	for _, err := range errs {
		switch {
		case err == nil:
			n++
		case !errors.Is(err, expected):
			t.Error(fmt.Errorf("want %w, got: %w", expected, err))
		}
	}
	return n
}
