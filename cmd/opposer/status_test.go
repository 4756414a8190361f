package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"opposer/internal/journal"
	"opposer/internal/journal/sqlite"
	"opposer/internal/personal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// TestWhatLeftTheConfigStandsAllTheSame: an objection that was sent is told
// though its account is gone, and another e-mail under its id is another.
func TestWhatLeftTheConfigStandsAllTheSame(t *testing.T) {
	dir := t.TempDir()
	store, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := sqlite.Secret(dir)
	if err != nil {
		t.Fatal(err)
	}
	email, err := personal.ParseEmail("old@example.org")
	if err != nil {
		t.Fatal(err)
	}
	j := journal.New(store, secret, time.Now)
	c, err := j.Claim(t.Context(), "k1", j.Objection(personal.Account{ID: "marie-fb", Service: "facebook", Email: email}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append(t.Context(), c, journal.Event{Kind: journal.NoRoute}); err != nil {
		t.Fatal(err)
	}
	for _, end := range []func() error{c.Release, store.Close} {
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "opposer.yaml")
	if err := os.WriteFile(file, []byte("accounts:\n  - {id: marie-fb, service: facebook, email: new@example.org, country: FR}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := execute(process{
		args: []string{"status", "--json", "--config", file, "--state", dir}, env: environ("HOME", t.TempDir()),
		stdout: &stdout, stderr: &stderr, now: time.Now, width: func() int { return 0 }, cwd: t.TempDir(),
	})
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	if code != 0 || len(lines) != 2 {
		t.Fatalf("%d\n%s%s", code, &stdout, &stderr)
	}
	for n, parts := range [][]string{
		{`"account":"marie-fb"`, `"state":"pending"`, `"in_config":true`},
		{`"account":"marie-fb"`, `"state":"drifted"`, `"in_config":false`},
	} {
		for _, part := range parts {
			if !strings.Contains(lines[n], part) {
				t.Errorf("line %d has no %s: %s", n+1, part, lines[n])
			}
		}
	}
	if strings.Contains(stdout.String(), "@example") {
		t.Errorf("an address is told: %s", &stdout)
	}
}

// TestWhatIsInDoubtHasAWayOn that a person decides on: no program reads it as
// what comes next.
func TestWhatIsInDoubtHasAWayOn(t *testing.T) {
	h, _ := told()
	i := run.Item{Account: personal.Account{ID: "marie fb"}, Standing: journal.Standing{State: journal.State{Is: journal.InDoubt}}}
	says, next := h.app.whatNext(i, "opposer run --state there")
	if want := "wait for the service's mail; it is not sent again by itself. If none comes: opposer run --state there --again 'marie fb'"; says.In(words.English) != want || next != "" {
		t.Errorf("%q, %q", says, next)
	}
}
