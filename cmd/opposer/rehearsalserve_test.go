package main

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"opposer/internal/run"
)

// lines is a writer that hands over what is written once it holds a line end.
type lines struct {
	all  strings.Builder
	told chan string
}

func (l *lines) Write(b []byte) (int, error) {
	n, err := l.all.Write(b)
	if strings.HasSuffix(l.all.String(), "\n") {
		l.told <- l.all.String()
	}
	return n, err
}

// TestServeIsWhatItPrints: the command that is printed shows a Chrome the played
// pages; Ctrl-C ends the serving in order, and the folder goes with it.
func TestServeIsWhatItPrints(t *testing.T) {
	p, interrupt, _ := signalled()
	out, notes := &lines{told: make(chan string, 1)}, &strings.Builder{}
	p.stdout, p.stderr, p.env, p.super = out, notes, environ("HOME", t.TempDir()), os.Geteuid() == 0
	p.args = []string{"rehearsal", "serve", "--page-language", "it", "--lang", "en"}
	code := make(chan int, 1)
	go func() { code <- execute(p) }()
	command := strings.TrimSpace(<-out.told)
	if shell, err := exec.LookPath("chromium-headless-shell"); err == nil {
		shown := dumped(t, shell, command)
		if !strings.Contains(shown, `<html lang="it"`) || !strings.Contains(shown, "opporti") {
			t.Errorf("Chrome shows %.400s", shown)
		}
	}
	interrupt <- os.Interrupt
	if got := <-code; got != run.OK {
		t.Errorf("exit code %d: %s", got, notes)
	}
	folder := regexp.MustCompile(`--user-data-dir=(\S+)`).FindStringSubmatch(command)
	if folder == nil {
		t.Fatalf("no folder of its own in %s", command)
	}
	if _, err := os.Stat(folder[1]); !os.IsNotExist(err) {
		t.Errorf("%s is left behind: %v", folder[1], err)
	}
	if !strings.Contains(notes.String(), "Forms received: 0.") {
		t.Errorf("it tells %s", notes)
	}
}

// dumped runs the printed command with another browser and one address, as a
// shell does, and gives the page.
func dumped(t *testing.T, shell, command string) string {
	t.Helper()
	_, flags, _ := strings.Cut(command, " ")
	flags, _, _ = strings.Cut(flags, " https://")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, "sh", "-c", shell+" --headless --dump-dom --virtual-time-budget=9000 "+flags+
		" https://www.facebook.com/privacy/center/").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
