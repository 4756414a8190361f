//go:build !race

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"opposer/internal/config"
	"opposer/internal/personal"
	"opposer/internal/rehearsal/screentest"
	"opposer/internal/run"
	"opposer/internal/session"
)

// people are Marie with two accounts in one Accounts Centre, Jonas with one,
// and one that shares a login by its name.
func people() []personal.Account {
	return []personal.Account{
		{ID: "marie-fb", Service: "facebook", AccountsCentre: "marie"},
		{ID: "marie-ig", Service: "instagram", AccountsCentre: "marie"},
		{ID: "jonas-fb", Service: "facebook", Session: "verein"},
		{ID: "club", Service: "facebook", Session: "verein"},
	}
}

func TestAccountsThatShareALoginHaveOneWindow(t *testing.T) {
	list, err := keptLogins(session.In(t.TempDir()), people(), []string{"marie-ig", "marie-fb", "club"})
	if err != nil {
		t.Fatal(err)
	}
	got := make([]string, len(list))
	for i, k := range list {
		got[i] = k.ids()
	}
	if want := "marie-fb, marie-ig; jonas-fb, club"; strings.Join(got, "; ") != want {
		t.Errorf("%q, want %q", got, want)
	}
	var unknown *run.UnknownError
	if _, err := keptLogins(session.In(t.TempDir()), people(), []string{"club", "marie"}); !errors.As(err, &unknown) || unknown.Name != "marie" {
		t.Errorf("an unknown id: %v", err)
	}
}

// TestARunHasTheLoginToItself: two runs in one data folder would be one
// another's Chrome. A rehearsal leaves the real login alone.
func TestARunHasTheLoginToItself(t *testing.T) {
	state := t.TempDir()
	h := &house{config: &config.Config{StateDir: state}}
	all := people()
	if dir, ok, err := h.sessionFor(all[0]); dir != "" || ok || err != nil {
		t.Errorf("none kept: %q, %t, %v", dir, ok, err)
	}
	kept := session.In(state).For(all[0])
	if err := os.MkdirAll(kept.Path(), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, acc := range all[:2] {
		if dir, ok, err := h.sessionFor(acc); dir != kept.Path() || !ok || err != nil {
			t.Errorf("%s: %q, %t, %v", acc.ID, dir, ok, err)
		}
	}
	other := &house{config: h.config}
	if _, ok, err := other.sessionFor(all[0]); ok || !errors.Is(err, session.ErrInUse) {
		t.Errorf("a second run: %t, %v", ok, err)
	}
	played := &house{config: h.config, options: runOptions{rehearse: true}}
	if _, ok, err := played.sessionFor(all[0]); ok || err != nil {
		t.Errorf("a rehearsal uses the real login: %t, %v", ok, err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := other.sessionFor(all[0]); !ok || err != nil {
		t.Errorf("after the first run: %t, %v", ok, err)
	}
	if err := other.close(); err != nil {
		t.Fatal(err)
	}
}

// TestLoginUntilTheWindowIsClosed opens an ordinary Chrome on a folder of the
// account's own and is done when the person closes it; logout leaves nothing.
func TestLoginUntilTheWindowIsClosed(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	display := screentest.Start(ctx, t)
	home := t.TempDir()
	t.Setenv("DISPLAY", display.Display())
	t.Setenv("WAYLAND_DISPLAY", "")
	config := "chrome: " + windowedChrome + "\naccounts:\n  - {id: marie-fb, service: facebook, email: marie.curie@example.org, country: FR}\n"
	if err := os.WriteFile(filepath.Join(home, "opposer.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	p, _, _ := signalled()
	var out bytes.Buffer
	told := &shown{news: make(chan struct{}, 1)}
	p.stdout, p.stderr, p.cwd, p.super, p.now = &out, told, home, os.Geteuid() == 0, time.Now
	p.width = func() int { return 0 }
	p.env = environ("HOME", home, "XDG_STATE_HOME", filepath.Join(home, "state"), "DISPLAY", display.Display())
	p.play = osProcess().play
	p.args = []string{"login", "--rehearse", "marie-fb", "--lang", "en"}
	code := make(chan int, 1)
	go func() { code <- execute(p) }()
	told.holds(t, "close the window")
	for ended := false; !ended; {
		display.Key("ctrl+shift+w") // until there is a window that hears it
		select {
		case got := <-code:
			if got != 0 {
				t.Errorf("exit code %d: %s", got, told)
			}
			ended = true
		case <-time.After(500 * time.Millisecond):
		case <-ctx.Done():
			t.Fatalf("the window is still open; told: %s", told)
		}
	}
	folder := filepath.Join(home, "state", "opposer", "rehearsal", "sessions")
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		t.Fatalf("nothing is kept: %v", err)
	}
	for _, want := range []string{"Kept for: marie-fb.", "opposer run --rehearse --account marie-fb", "opposer logout marie-fb --rehearse"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %s", want, out.String())
		}
	}
	for _, want := range []string{"opens on www.facebook.com", "Password: rehearsal"} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("no %q in %s", want, told)
		}
	}
	out.Reset()
	p.args = []string{"logout", "--rehearse", "marie-fb", "--lang", "en"}
	if got := execute(p); got != 0 || !strings.Contains(out.String(), "Removed") {
		t.Errorf("logout: %d %s", got, out.String())
	}
	if _, err := os.Stat(filepath.Join(folder, "marie-fb")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is left: %v", err)
	}
}
