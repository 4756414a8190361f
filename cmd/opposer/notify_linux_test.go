package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// notifies is a notifier with a command alone, and what it logs.
func notifies(command string) (*notifier, *shown) {
	log := &shown{news: make(chan struct{}, 1)}
	ctx, over := context.WithCancel(context.Background())
	return &notifier{command: command, lang: words.English, log: zerolog.New(log), run: ctx, over: over}, log
}

// listens is a pipe with a name that a command writes to, and what came of it.
func listens(t *testing.T) (path string, heard *shown) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "told")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	// Open for both, it has no end when one writer goes.
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	heard = &shown{news: make(chan struct{}, 1)}
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, _ = io.Copy(heard, f)
	}()
	t.Cleanup(func() {
		_ = f.Close()
		<-over
	})
	return path, heard
}

// toldIn are the facts that a command wrote to a file: a line each.
func toldIn(t *testing.T, file string) map[string]string {
	t.Helper()
	all, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]string{}
	for line := range strings.Lines(string(all)) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\n"), "=")
		facts[name] = value
	}
	return facts
}

// choice is a gate at which a value of the account stands masked.
func choice() gate.Gate {
	return gate.Gate{
		Kind: gate.Choice, Service: "Facebook", Account: "marie-fb", Origin: "https://www.facebook.com", Title: "a title",
		Need: words.T("The page shows %s, which is not what your config says: choose.", "s•••@e•••.net"),
	}
}

// waiting is a person who answers when the notices have ended.
type waiting struct{ by *notifier }

func (w waiting) Meet(context.Context, gate.Gate, *gate.Lease) (gate.Answer, error) {
	w.by.aside.Wait()
	return gate.Answer{Verb: gate.Done}, nil
}

// TestACommandIsToldOfAGate when it opens, and when its time is almost over.
func TestACommandIsToldOfAGate(t *testing.T) {
	until := time.Date(2026, 11, 26, 15, 38, 0, 0, time.UTC)
	g := choice()
	file := filepath.Join(t.TempDir(), "told")
	n, log := notifies("env | grep ^OPPOSER_ > " + file)
	h := &house{notices: n}
	for event, tell := range map[string]func(){
		opened: func() {
			l := gate.Offer()
			ctx, cancel := context.WithCancel(t.Context())
			done := l.Start(ctx, gate.Clocks{Come: time.Hour}, nil)
			until = l.Until()
			if a, err := (notified{waiting{n}, n}).Meet(ctx, g, l); err != nil || a.Verb != gate.Done {
				t.Errorf("%+v %v", a, err)
			}
			cancel()
			<-done
		},
		expiring: func() { h.soon(g, until); n.aside.Wait() },
	} {
		tell()
		want := map[string]string{
			"OPPOSER_EVENT": event, "OPPOSER_GATE": "choice", "OPPOSER_ACCOUNT": "marie-fb", "OPPOSER_SERVICE": "Facebook",
			"OPPOSER_ORIGIN": "https://www.facebook.com", "OPPOSER_UNTIL": until.Format(time.RFC3339),
			"OPPOSER_NEED": "The page shows s•••@e•••.net, which is not what your config says: choose.",
		}
		got := toldIn(t, file)
		for name, value := range want {
			if got[name] != value {
				t.Errorf("%s: %s is %q, want %q", event, name, got[name], value)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: told %v", event, got)
		}
	}
	if log.String() != "" {
		t.Error(log)
	}
}

// TestTheDesktopIsToldInTheReadersZone, by what the system has for it: the
// texts are arguments, and none is taken for an option.
func TestTheDesktopIsToldInTheReadersZone(t *testing.T) {
	until, read := farEast(t)
	bin := t.TempDir()
	file := filepath.Join(bin, "told")
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + file + "\n"
	if err := os.WriteFile(filepath.Join(bin, "notify-send"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	n, log := notifies("")
	n.desktop = true
	for event, title := range map[string]string{
		opened:   "marie-fb needs you",
		expiring: "marie-fb waits for you until " + read + " only",
	} {
		n.tell(t.Context(), choice(), event, until)
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v %s", err, log)
		}
		want := "--app-name=opposer\n--\n" + title + "\n" +
			"Facebook: The page shows s•••@e•••.net, which is not what your config says: choose.\n"
		if string(got) != want {
			t.Errorf("%s: %s", event, got)
		}
	}
}

// answersOnceTold is a person who answers when the notice of the gate is under
// way.
type answersOnceTold struct {
	t     *testing.T
	heard *shown
}

func (a answersOnceTold) Meet(context.Context, gate.Gate, *gate.Lease) (gate.Answer, error) {
	a.heard.holds(a.t, "started")
	return gate.Answer{Verb: gate.Done}, nil
}

// TestACommandThatFailsOrHangsHoldsNothingUp: the first is logged, the other
// ends with the answer, or with the run.
func TestACommandThatFailsOrHangsHoldsNothingUp(t *testing.T) {
	g := gate.Gate{Kind: gate.Login, Account: "marie-fb"}
	n, log := notifies("exit 3")
	n.tell(t.Context(), g, opened, time.Time{})
	if !strings.Contains(log.String(), "nobody was told") || !strings.Contains(log.String(), "exit status 3") {
		t.Errorf("not logged: %s", log)
	}
	for name, hold := range map[string]func(*house, *shown) error{
		"opened": func(h *house, heard *shown) error {
			_, err := notified{answersOnceTold{t, heard}, h.notices}.Meet(t.Context(), g, gate.Offer())
			h.notices.aside.Wait()
			return err
		},
		"expiring": func(h *house, heard *shown) error {
			h.soon(g, time.Time{})
			heard.holds(t, "started")
			return h.notices.close()
		},
	} {
		path, heard := listens(t)
		n, log := notifies("echo started > " + path + "; exec sleep 1000")
		ended := make(chan error, 1)
		go func() { ended <- hold(&house{notices: n}, heard) }()
		select {
		case err := <-ended:
			if err != nil || !strings.Contains(log.String(), "signal: killed") {
				t.Errorf("%s: %v %s", name, err, log)
			}
		case <-time.After(noticeTime / 2): // before it would have ended by itself
			t.Fatalf("%s: held up", name)
		}
	}
}
