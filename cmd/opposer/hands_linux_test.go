//go:build !race

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"opposer/internal/rehearsal"
	"opposer/internal/rehearsal/screentest"
)

const (
	windowedChrome = "/usr/bin/chromium"
	headlessChrome = "/usr/bin/chromium-headless-shell"
)

// stage is where a run is played for a person.
type stage struct {
	chrome   string
	display  string   // DISPLAY; "": there is none
	accounts string   // of the config; "": one, of Facebook
	terminal *sitting // at which the person sits; nil: at none
}

// performance is a run of the whole program against played pages that tell
// where their controls are, as a person sees it.
type performance struct {
	t    *testing.T
	ctx  context.Context
	site *rehearsal.Site
	said *shown
	told bytes.Buffer
	code chan int
	dir  string
}

// perform starts a run and returns when its pages are there.
func perform(ctx context.Context, t *testing.T, on stage, args ...string) *performance {
	t.Helper()
	p := &performance{t: t, ctx: ctx, said: &shown{news: make(chan struct{}, 1)}, code: make(chan int, 1), dir: t.TempDir()}
	if on.accounts == "" {
		on.accounts = "  - {id: marie-fb, service: facebook, email: marie.curie@example.org, country: FR, language: fr}\n"
	}
	config := "chrome: " + on.chrome + "\n" + "accounts:\n" + on.accounts
	if err := os.WriteFile(filepath.Join(p.dir, "opposer.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	nobody, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = nobody.Close() })
	sites := make(chan *rehearsal.Site, 1)
	process := process{
		args: append([]string{"run", "--lang", "en", "--state", filepath.Join(p.dir, "state")}, args...),
		env:  environ("HOME", p.dir, "DISPLAY", on.display), cwd: p.dir, super: os.Geteuid() == 0,
		stdin: nobody, stdout: &p.told, stderr: p.said,
		now: time.Now, width: func() int { return 0 }, exit: os.Exit,
		signal: func() (signals, end) { return nil, func() {} },
		play: func(ctx context.Context, o rehearsal.Options) (*rehearsal.Site, error) {
			o.Places = true
			site, err := rehearsal.Start(ctx, o)
			if err == nil {
				sites <- site
			}
			return site, err
		},
	}
	if s := on.terminal; s != nil {
		s.shownOn(p.said)
		process.stdin, process.stderr = s.program, s.program
		process.tty = terminals{in: true, out: false, err: true}
		process.width = func() int { return 200 }
	}
	go func() { p.code <- execute(process) }()
	select {
	case p.site = <-sites:
	case code := <-p.code:
		t.Fatalf("ended with %d before its pages: %s", code, p.said)
	case <-ctx.Done():
		t.Fatalf("no pages: %s", p.said)
	}
	return p
}

// ends waits until the run is over and checks that it went well: the objection
// is submitted, and so many forms arrived, with the account's values.
func (p *performance) ends(received int) {
	p.t.Helper()
	select {
	case code := <-p.code:
		if code != 0 {
			p.t.Errorf("exit code %d\n%s\n%s", code, p.said, &p.told)
		}
	case <-p.ctx.Done():
		p.t.Fatalf("never ended\n%s", p.said)
	}
	if !strings.Contains(p.told.String(), "✓ submitted") {
		p.t.Errorf("not submitted\n%s\n%s", p.said, &p.told)
	}
	got := p.site.Received()
	if len(got) != received || got[0].Email != "marie.curie@example.org" {
		p.t.Errorf("received %v, want %d", got, received)
	}
	if d := fmt.Sprint(p.site.Decoys()); d != "[]" {
		p.t.Errorf("decoys: %s", d)
	}
}

// hand is a person's: it presses what it sees and types.
type hand interface {
	press(name string)
	type_(text string)
	enter()
}

// passings are gates, and how a person passes each of them.
func passings() map[string]struct {
	scenario string
	pass     func(hand)
	received int
} {
	logIn := func(h hand) {
		h.press("Adresse e-mail ou numéro de téléphone")
		h.type_("marie.curie@example.org")
		h.press("Mot de passe")
		h.type_("rehearsal")
		h.enter()
	}
	tick := func(h hand) { h.press("Je ne suis pas un robot") }
	return map[string]struct {
		scenario string
		pass     func(hand)
		received int
	}{
		"a captcha":       {"captcha", tick, 1},
		"a proof of work": {"altcha", tick, 1},
		"a login":         {"login", logIn, 1},
		"a login's code": {"two-factor", func(h hand) {
			logIn(h)
			h.press("Code")
			h.type_("246810")
			h.enter()
		}, 1},
	}
}

// onScreen is a person in front of Chrome's own window: what they do comes from
// the display's mouse and keyboard.
type onScreen struct {
	performance *performance
	screen      *screentest.Screen
}

func (h onScreen) press(name string) {
	h.performance.t.Helper()
	x, y, err := h.performance.site.Place(h.performance.ctx, name)
	if err != nil {
		h.performance.t.Fatalf("%v\n%s", err, h.performance.said)
	}
	h.screen.Press(x, y)
}

func (h onScreen) type_(text string) { h.screen.Type(text) }
func (h onScreen) enter()            { h.screen.Key("Return") }

// TestAPersonPassesGatesInChromesWindow, in a real headed Chrome under Xvfb, by
// clicks and keys that come from outside of it.
func TestAPersonPassesGatesInChromesWindow(t *testing.T) {
	for name, gate := range passings() {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			screen := screentest.Start(ctx, t)
			t.Setenv("DISPLAY", screen.Display())
			p := perform(ctx, t, stage{chrome: windowedChrome, display: screen.Display()}, "--headed", "--rehearse="+gate.scenario)
			p.said.holds(t, "Do it in the Chrome window")
			gate.pass(onScreen{p, screen})
			p.ends(gate.received)
		})
	}
}
