package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"opposer/internal/run"
)

// faulty is a standard output that panics with something personal in hand.
type faulty struct{}

func (faulty) Write([]byte) (int, error) { panic(errors.New("on marie@example.org")) }

// TestAFaultTellsNoValue: what a panic holds may be anything, so that only its
// type is told.
func TestAFaultTellsNoValue(t *testing.T) {
	var stderr bytes.Buffer
	code := execute(process{
		args: []string{"version"}, env: environ(), stdout: faulty{}, stderr: &stderr,
		width: func() int { return 0 },
	})
	if code != run.Fault || !strings.Contains(stderr.String(), "This program has a fault (*errors.errorString).") {
		t.Errorf("%d %s", code, &stderr)
	}
	if strings.Contains(stderr.String(), "marie") {
		t.Errorf("the value is told: %s", &stderr)
	}
}

// TestColourIsForTerminalsThatWantIt (no-color.org).
func TestColourIsForTerminalsThatWantIt(t *testing.T) {
	for _, c := range []struct {
		env      []string
		terminal bool
		want     bool
	}{
		{nil, true, true},
		{nil, false, false},
		{[]string{"NO_COLOR", "1"}, true, false},
		{[]string{"NO_COLOR", ""}, true, true},
		{[]string{"TERM", "dumb"}, true, false},
		{[]string{"TERM", "xterm-256color"}, true, true},
	} {
		if got := (process{env: environ(c.env...)}).colourful(c.terminal); got != c.want {
			t.Errorf("%v at a terminal %t: colour is %t", c.env, c.terminal, got)
		}
	}
}

// TestASecondCtrlCIsAStop: the errors that it causes are not told as faults;
// those that nobody caused are.
func TestASecondCtrlCIsAStop(t *testing.T) {
	fault := errors.New("the moon")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	asked := &stopping{asked: make(chan struct{})}
	close(asked.asked)
	for name, c := range map[string]struct {
		ctx  context.Context
		stop *stopping
		want error
	}{
		"asked twice":     {ended, asked, context.Canceled},
		"asked once":      {t.Context(), asked, fault},
		"nobody asked":    {t.Context(), &stopping{}, fault},
		"it ended itself": {ended, &stopping{}, fault},
	} {
		if err := (&app{}).orStopped(c.ctx, fault, c.stop); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestTheClosingWordsAreNotForPrograms: with --json they stand beside the
// result.
func TestTheClosingWordsAreNotForPrograms(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		r, stdout, stderr := newDesk("en", asJSON, "marie-fb")
		h := &house{app: r.app, report: r, options: runOptions{json: asJSON}, dir: "/home/m/state"}
		h.closing([]run.Result{attempted("marie-fb", "submitted")})
		person, program := stdout.String(), stderr.String()
		if asJSON {
			person, program = program, person
		}
		if !strings.Contains(person, "1 submitted") || !strings.Contains(person, "~/state/evidence") || program != "" {
			t.Errorf("json %t: standard output %q, beside it %q", asJSON, stdout, stderr)
		}
	}
}
