package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"opposer/internal/chrome"
	"opposer/internal/config"
	"opposer/internal/journal"
	"opposer/internal/profile"
	"opposer/internal/rehearsal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// faults are the errors that a person can meet, with the exit code of each and
// a word of what is said.
func faults() map[string]struct {
	err     error
	code    int
	english string
	french  string
} {
	type fault = struct {
		err     error
		code    int
		english string
		french  string
	}
	deep := func(err error) error {
		return fmt.Errorf("doing this: %w", errors.Join(fmt.Errorf("and that: %w", err)))
	}
	_, noAccount := run.NewPlan(run.Known{Set: &profile.Set{}}, run.Selection{Accounts: []string{"x"}})
	_, noService := run.NewPlan(run.Known{Set: &profile.Set{}}, run.Selection{Services: []string{"x"}})
	_, noScenario := rehearsal.Start(context.Background(), rehearsal.Options{Scenario: "none such"})
	_, noChrome := chrome.Find(chrome.FindOptions{Bin: "/no/such/program"})
	return map[string]fault{
		"config":        {deep(config.Problems{{File: "a.yaml", Line: 3, Column: 1, Reason: words.T("Stopped.")}}), 2, "1 thing to mend. Nothing was started.", "1 chose à corriger"},
		"profiles":      {deep(profile.Problems{{File: "b.yaml"}, {File: "c.yaml"}}), 2, "2 things to mend", "2 choses à corriger"},
		"usage":         {deep(&usageError{reason: words.T("There is no flag %s.", "--x")}), 2, "There is no flag --x.", "Il n’y a pas d’option --x."},
		"account":       {deep(noAccount), 2, "no account x", "pas de compte x"},
		"service":       {deep(noService), 2, "no profile for a service x", "pas de profil"},
		"scenario":      {deep(noScenario), 2, "opposer rehearsal list", "répétition"},
		"no browser":    {deep(noChrome), 7, "Nothing was sent.", "Rien n’a été envoyé."},
		"bad browser":   {deep(&chrome.StartError{Reason: words.T("Stopped.")}), 7, "Chrome did not start: Stopped. Nothing was sent.", "Chrome n’a pas démarré\u00a0: Arrêté."},
		"browser gone":  {deep(chrome.ErrGone), 7, "The browser ended", "Le navigateur"},
		"newer journal": {deep(journal.ErrNewerSchema), 2, "newer opposer", "plus récent"},
		"held":          {deep(journal.ErrHeld), 7, "Another opposer", "Un autre opposer"},
		"disk full":     {deep(&fs.PathError{Op: "write", Path: "/x", Err: syscall.ENOSPC}), 7, "The disk is full.", "Le disque est plein."},
		"read-only":     {deep(&fs.PathError{Op: "open", Path: "/state/x", Err: syscall.EROFS}), 7, "/state/x", "/state/x"},
		"not allowed":   {deep(&fs.PathError{Op: "open", Path: "/state/x", Err: fs.ErrPermission}), 7, "--state", "--state"},
		"somewhere":     {deep(syscall.EROFS), 7, "the folder of the journal", "le dossier du journal"},
		"nobody reads":  {deep(syscall.EPIPE), 7, "", ""},
		"stopped":       {deep(context.Canceled), 130, "Stopped.", "Arrêté."},
		"our fault":     {deep(&journal.TransitionError{}), 1, "Something went wrong inside this program", "dans ce programme"},
		"unknown":       {errors.New("the moon"), 1, "the moon", "the moon"},
	}
}

func TestEveryErrorHasItsSentenceAndCode(t *testing.T) {
	for name, f := range faults() {
		if f.err == nil {
			t.Fatalf("%s: no error to explain", name)
		}
		for lang, want := range map[words.Language]string{words.English: f.english, words.French: f.french} {
			var stderr bytes.Buffer
			a := &app{process: process{stderr: &stderr, env: environ()}, lang: lang}
			if code := a.conclude(f.err); code != f.code {
				t.Errorf("%s: exit %d, want %d", name, code, f.code)
			}
			if !strings.Contains(stderr.String(), want) {
				t.Errorf("%s in %s: %q, want %q in it", name, lang, stderr.String(), want)
			}
		}
	}
}

func TestWhatIsDoneSaysNoMore(t *testing.T) {
	var stderr bytes.Buffer
	a := &app{process: process{stderr: &stderr}}
	if code := a.conclude(fmt.Errorf("x: %w", &doneError{6})); code != 6 || stderr.Len() > 0 {
		t.Errorf("%d %q", code, stderr.String())
	}
	if code := a.conclude(nil); code != 0 || stderr.Len() > 0 {
		t.Errorf("%d %q", code, stderr.String())
	}
}

func TestProblemsAreLinesThatEditorsOpen(t *testing.T) {
	a := &app{process: process{env: environ("HOME", "/home/m")}, lang: words.English}
	got := a.problemLines([]problem{
		{"/home/m/opposer.yaml", 7, 12, `phone "06•••••"`, words.T("Stopped."), words.T("Nothing was sent.")},
		{"b.yaml", 0, 0, "", words.T("Stopped."), words.Text{}},
	})
	want := "~/opposer.yaml:7:12  phone \"06•••••\"  Stopped.; Nothing was sent.\nb.yaml                                Stopped.\n"
	if got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestHomely(t *testing.T) {
	for _, c := range [][3]string{
		{"/home/m", "/home/m/x", "~/x"}, {"/home/m", "/home/marie/x", "/home/marie/x"}, {"", "/x", "/x"}, {"/", "/x", "/x"}, {"/home/m/", "/home/m/x", "~/x"},
	} {
		p := process{env: environ("HOME", c[0])}
		if got := p.homely(c[1]); got != c[2] {
			t.Errorf("home %q: %q, want %q", c[0], got, c[2])
		}
	}
}
