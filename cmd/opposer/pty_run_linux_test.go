//go:build !race

package main

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"opposer/internal/rehearsal/screentest"
)

// sitting is a person at a pseudo-terminal.
type sitting struct {
	t       *testing.T
	person  *os.File
	program *os.File
	read    chan struct{} // closed when nothing is shown any more
}

func sitDown(t *testing.T) *sitting {
	t.Helper()
	person, program := pty(t)
	return &sitting{t: t, person: person, program: program, read: make(chan struct{})}
}

// shownOn puts what the terminal shows where a test reads it.
func (s *sitting) shownOn(seen *shown) {
	go func() {
		defer close(s.read)
		_, _ = io.Copy(seen, s.person)
	}()
}

func (s *sitting) types(text string) {
	s.t.Helper()
	if _, err := s.person.WriteString(text); err != nil {
		s.t.Fatal(err)
	}
}

// TestTheFormsCodeIsGivenAtTheTerminal: a code that was mailed is typed where
// the run was started, once wrong; it is not shown, and nothing that goes on
// meanwhile stands in the question.
func TestTheFormsCodeIsGivenAtTheTerminal(t *testing.T) {
	for name, more := range map[string][]string{
		"alone":               nil,
		"with the log":        {"-v"},
		"with the local page": {"--supervise"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			s := sitDown(t)
			p := perform(ctx, t, stage{chrome: headlessChrome, terminal: s}, append([]string{"--rehearse=code"}, more...)...)
			waitHidden(t, s.program, p.said)
			asked := p.said.String()
			s.types("246810\n")
			p.ends(2)
			if !echoes(t, s.program) {
				t.Error("the terminal stays without echo")
			}
			// The codes of a rehearsal are told once, at its beginning.
			_, seen, _ := strings.Cut(played(t, p.said.String()), "objection will be sent")
			if strings.Contains(seen, "246810") || strings.Contains(p.told.String(), "246810") {
				t.Errorf("the code is shown: %s", seen)
			}
			_, question, whole := strings.Cut(played(t, asked), "● needs you")
			if !whole || !strings.HasSuffix(strings.ReplaceAll(question, "\a", ""), "\n> ") {
				t.Errorf("garbled:\n%s", question)
			}
			if logged := strings.Contains(seen, " INF "); logged != (name == "with the log") {
				t.Errorf("logged: %t\n%s", logged, seen)
			}
		})
	}
}

// TestTheTerminalOpensAWindow: who sits at the terminal of a headless run, and
// has a display, takes the gate there.
func TestTheTerminalOpensAWindow(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	screen := screentest.Start(ctx, t)
	t.Setenv("DISPLAY", screen.Display())
	s := sitDown(t)
	p := perform(ctx, t, stage{chrome: windowedChrome, display: screen.Display(), terminal: s}, "--rehearse=login")
	p.said.holds(t, "> ")
	if !strings.Contains(p.said.String(), "[w] open it in a window") {
		t.Errorf("no window is offered: %s", p.said)
	}
	s.types("w\n")
	p.said.holds(t, "[w] bring the window to the front")
	passings()["a login"].pass(onScreen{p, screen})
	p.ends(1)
}

// TestARunTellsACommandAndNoSecret: what the person is asked goes to their
// command as they would read it, masked, and a command that hangs keeps the run
// from nothing.
func TestARunTellsACommandAndNoSecret(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s := sitDown(t)
	path, heard := listens(t)
	p := perform(ctx, t, stage{chrome: headlessChrome, terminal: s}, "--rehearse=prefilled-other+code",
		"--notify-command", "env | grep ^OPPOSER_ > "+path+"; exec sleep 1000")
	p.said.holds(t, "> ")
	heard.holds(t, "OPPOSER_GATE=choice")
	s.types("2\n")
	p.said.holds(t, "[code] type it")
	waitHidden(t, s.program, p.said)
	heard.holds(t, "OPPOSER_GATE=code")
	s.types("246810\n")
	p.ends(2)
	all := heard.String()
	for _, secret := range []string{"marie.curie@example.org", "marie.curie", "@example", "246810"} {
		if strings.Contains(all, secret) {
			t.Errorf("the command was told %s:\n%s", secret, all)
		}
	}
	for _, want := range []string{
		"OPPOSER_EVENT=opened\n", "OPPOSER_ACCOUNT=marie-fb\n", "OPPOSER_ORIGIN=https://www.facebook.com\n",
		"OPPOSER_NEED=The page shows s•••@e•••.net",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if strings.Contains(all, "OPPOSER_UNTIL=\n") {
		t.Errorf("until when is not told:\n%s", all)
	}
}
