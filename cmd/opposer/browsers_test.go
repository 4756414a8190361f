package main

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/chrome"
	"opposer/internal/journal"
	"opposer/internal/run"
)

// TestAKeptLoginIsForOneAttemptAtATime: of three attempts two share a login.
// The third, which has another, comes to its end while one of the two is away
// with the login and the other waits for it.
func TestAKeptLoginIsForOneAttemptAtATime(t *testing.T) {
	var b browsers
	var inside, met atomic.Int32
	other := make(chan struct{})
	r := run.Runner{
		Journal: freely{},
		Attempt: func(ctx context.Context, _ journal.Claim, i run.Item, turn *run.Turn) (run.Outcome, error) {
			session := "shared"
			if i.Account.ID == "c" {
				session = "own"
			}
			leave, err := b.alone(ctx, session, turn)
			if err != nil {
				return run.Outcome{}, err
			}
			defer leave()
			submitted := run.Outcome{State: journal.State{Is: journal.Submitted}}
			if session == "own" {
				close(other)
				return submitted, nil
			}
			if n := inside.Add(1); n != 1 {
				t.Errorf("%d attempts have the login", n)
			}
			defer inside.Add(-1)
			met.Add(1)
			turn.Away()
			<-other
			return submitted, turn.Back(ctx)
		},
	}
	results := r.Run(t.Context(), run.Plan{Items: []run.Item{of("a"), of("b"), of("c")}})
	if run.ExitCode(results) != run.OK || met.Load() != 2 {
		t.Errorf("%d met, %+v", met.Load(), results)
	}
}

func TestWaitingForAKeptLoginEndsWithTheRun(t *testing.T) {
	var b browsers
	leave, err := b.alone(t.Context(), "shared", nil)
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.alone(ended, "shared", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("two have it: %v", err)
	}
	leave()
	again, err := b.alone(t.Context(), "shared", nil)
	if err != nil {
		t.Fatal(err)
	}
	again()
}

// shellAlone is a browser of its own, in no folder that is kept.
func shellAlone(t *testing.T) *chrome.Browser {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	found, err := chrome.Find(chrome.FindOptions{Env: os.Getenv})
	if err != nil {
		t.Skip("no Chrome here")
	}
	b, err := chrome.Start(ctx, chrome.Options{Bin: found.Path, NoSandbox: os.Geteuid() == 0, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = farewellTo(context.Background(), b) })
	return b
}

// TestAFolderHasOneBrowserAtATime: Chrome has one process a folder, so that the
// one before has ended before the next one starts, and the folder is let go
// when none is left.
func TestAFolderHasOneBrowserAtATime(t *testing.T) {
	var open []*chrome.Browser
	b := &browsers{start: func(_ context.Context, k browserKey) (*chrome.Browser, error) {
		if k.language != "" {
			t.Errorf("a second browser for the folder: %+v", k)
		}
		for _, other := range open {
			if !gone(other.Gone()) {
				t.Error("the folder has a browser already")
			}
		}
		made := shellAlone(t)
		open = append(open, made)
		return made, nil
	}}
	kept := browserKey{session: "folder", language: "fr"}
	first, err := b.get(t.Context(), kept)
	if err != nil {
		t.Fatal(err)
	}
	kept.language = "de"
	if same, err := b.get(t.Context(), kept); err != nil || same != first {
		t.Errorf("another browser for another language: %v", err)
	}
	shown, err := b.windowed(t.Context(), kept, first)
	if err != nil || shown == first || !gone(first.Gone()) {
		t.Fatalf("the first one is still there: %v", err)
	}
	if !b.has(browserKey{session: "folder", headed: true}) || b.has(browserKey{session: "folder"}) {
		t.Error("the window is not the folder's browser")
	}
	if err := farewellTo(t.Context(), shown); err != nil {
		t.Fatal(err)
	}
	kept.headed = true
	third, err := b.get(t.Context(), kept)
	if err != nil || third == shown {
		t.Fatalf("one that has gone is given: %v", err)
	}
	released := false
	b.after(func() error {
		released = true
		if !gone(third.Gone()) {
			t.Error("the folder is let go before its browser has ended")
		}
		return nil
	})
	if err := b.close(); err != nil || !released {
		t.Errorf("let go: %t, %v", released, err)
	}
}
