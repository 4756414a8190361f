package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/run"
	"opposer/internal/words"
)

func of(id string) run.Item {
	return run.Item{
		Account: personal.Account{ID: id, Service: "facebook", Language: "fr"},
		Profile: &profile.Profile{Service: "facebook", Title: "Facebook", Routes: []profile.Route{{Title: "Privacy Center"}}},
		Doing:   run.Do,
	}
}

func attempted(id string, n journal.Name) run.Result {
	return run.Result{Item: of(id), Came: run.Attempted, Took: 4100 * time.Millisecond, Outcome: run.Outcome{State: journal.State{Is: n}}}
}

// every way in which an item can end, by a name for the test.
func everyEnding() map[string]run.Result {
	all := map[string]run.Result{
		"covered":     {Item: of("x"), Came: run.CoveredFor},
		"taken back":  {Item: of("x"), Came: run.TakenBack},
		"held":        {Item: of("x"), Came: run.Held},
		"not started": {Item: of("x"), Came: run.NotStarted},
		"broke":       {Item: of("x"), Came: run.Broke, Err: errors.New("the moon")},
	}
	for _, n := range journal.Names() {
		all[string(n)] = attempted("x", n)
	}
	return all
}

// newDesk is a reporter with what it wrote: to standard output and the screen.
func newDesk(lang words.Language, asJSON bool, ids ...string) (r *reporter, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	a := &app{process: process{stdout: stdout, stderr: stderr, env: environ("HOME", "/home/m"), now: time.Now}, lang: lang}
	var p run.Plan
	for _, id := range ids {
		p.Items = append(p.Items, of(id))
	}
	return newReporter(a, &screen{out: stderr, width: func() int { return 0 }}, p, asJSON), stdout, stderr
}

func TestRowsStandUnderOneAnother(t *testing.T) {
	r, stdout, _ := newDesk(words.English, false, "marie-fb", "paul")
	good := attempted("marie-fb", journal.Submitted)
	good.Sentence, good.Reference = "We have received\x1b[2J your objection", "42"
	bad := attempted("paul", journal.NeedsHuman)
	bad.Reason, bad.Evidence = words.T("Nothing was sent."), "/home/m/state/evidence/paul/1"
	r.ended(good)
	r.ended(bad)
	want := "  marie-fb    ✓ submitted       “We have received[2J your objection”  4.1 s\n" +
		"                                The service's number for it: 42\n" +
		"  paul        ● needs you       Nothing was sent.\n" +
		"                                What the page showed: ~/state/evidence/paul/1\n"
	if stdout.String() != want {
		t.Errorf("%s\nwant\n%s", stdout, want)
	}
	if r.err != nil {
		t.Error(r.err)
	}
}

func TestADryRunShowsWhatWouldBeSent(t *testing.T) {
	r, stdout, _ := newDesk(words.French, false, "marie-fb")
	res := attempted("marie-fb", journal.Ready)
	res.DryRun, res.Route = true, words.Said("Privacy Center", "Centre de confidentialité")
	res.Form = []gate.Line{{Label: "E-mail", Value: "m•••@e•••.org"}, {Label: "Motif"}}
	r.ended(res)
	for _, want := range []string{"✓ prête", "serait envoyée, par « Centre de confidentialité »\u00a0:", "E-mail  m•••@e•••.org", "Motif   (vide)", "4,1 s"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("%q is not in\n%s", want, stdout)
		}
	}
}

func TestEveryEndingHasAWordASignAndAnObject(t *testing.T) {
	for _, lang := range []words.Language{words.English, words.French} {
		for name, res := range everyEnding() {
			m := ended(res)
			if m.sign == "" || m.in(lang) == "" || m.word.IsZero() {
				t.Errorf("%s has no look", name)
			}
			if text := m.tally(2).In(lang); !strings.Contains(text, "2") {
				t.Errorf("%s is not counted: %q", name, text)
			}
			r, stdout, _ := newDesk(lang, true, "x")
			r.ended(res)
			var o map[string]any
			if err := json.Unmarshal(stdout.Bytes(), &o); err != nil {
				t.Fatalf("%s: %v in %q", name, err, stdout)
			}
			for _, key := range []string{"account", "service", "state", "reference", "evidence", "exit"} {
				if _, ok := o[key]; !ok {
					t.Errorf("%s: no %q in %s", name, key, stdout)
				}
			}
			if state, _ := o["state"].(string); state == "" || strings.Contains(state, " ") {
				t.Errorf("%s: its state is %q", name, state)
			}
		}
	}
}

func TestNoDryWordForWhatIsReal(t *testing.T) {
	if got := ended(attempted("x", journal.Ready)); got.word.String() == "ready" {
		t.Error("ready is how a dry run ends, and no other")
	}
}

func TestJSONIsAlone(t *testing.T) {
	r, stdout, stderr := newDesk(words.English, true, "marie-fb", "paul")
	r.ended(attempted("marie-fb", journal.Submitted))
	cover := run.Result{Item: of("paul"), Came: run.CoveredFor}
	cover.Item.CoveredBy = "marie-fb"
	r.ended(cover)
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %s", len(lines), stdout)
	}
	var o object
	if err := json.Unmarshal([]byte(lines[1]), &o); err != nil || o.CoveredBy != "marie-fb" || o.State != "covered" || o.Attempted {
		t.Errorf("%+v %v", o, err)
	}
	if !strings.Contains(stderr.String(), "marie-fb") {
		t.Error("nobody beside the program sees what goes on")
	}
}

func TestABrokenStandardOutputIsTold(t *testing.T) {
	r, _, _ := newDesk(words.English, false, "x")
	r.app.stdout = closedPipe{}
	r.ended(attempted("x", journal.Submitted))
	if !errors.Is(r.err, syscall.EPIPE) {
		t.Error(r.err)
	}
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

func TestWhatBrokeHasTheCodeOfItsCause(t *testing.T) {
	full := run.Result{Came: run.Broke, Err: syscall.ENOSPC}
	fault := run.Result{Came: run.Broke, Err: errors.New("the moon")}
	stopped := run.Result{Came: run.Broke, Err: syscall.ENOSPC, Interrupted: true}
	for _, c := range []struct {
		results []run.Result
		want    int
	}{
		{[]run.Result{full}, 7},
		{[]run.Result{full, fault}, 1},
		{[]run.Result{full, stopped}, 130},
		{nil, 0},
		{[]run.Result{attempted("x", journal.InDoubt), full}, 6},
	} {
		if got := exitCode(c.results); got != c.want {
			t.Errorf("%d, want %d", got, c.want)
		}
	}
}

func TestSummary(t *testing.T) {
	results := []run.Result{
		attempted("a", journal.Submitted), attempted("b", journal.NeedsHuman), attempted("c", journal.Submitted),
		{Item: of("d"), Came: run.CoveredFor},
		attempted("e", journal.Failed), attempted("f", journal.Drifted),
	}
	for lang, want := range map[words.Language]string{
		words.English: "2 submitted, 1 needs you, 1 covered, 2 stopped.",
		words.French:  "envoyées\u00a0: 2, vous attendent\u00a0: 1, couvertes\u00a0: 1, arrêtées\u00a0: 2.",
	} {
		a := &app{lang: lang}
		if got := a.summary(results); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if got := a.summary(nil); got == "" || got == "." {
			t.Errorf("nothing to do: %q", got)
		}
	}
}

func TestThePlanIsShownMasked(t *testing.T) {
	email, err := personal.ParseEmail("marie@example.org")
	if err != nil {
		t.Fatal(err)
	}
	do, cover, again := of("marie-fb"), of("marie-fb2"), of("paul")
	do.Account.Email = email
	do.Notes = []words.Text{words.T("Nothing was sent.")}
	cover.Doing, cover.Reason = run.Covered, words.T("covered by %s as soon as that one is submitted", "marie-fb")
	again.Reopen, again.Account.Language = true, "pt-BR"
	p := run.Plan{Items: []run.Item{do, cover, again}}
	a := &app{process: process{env: environ()}, lang: words.English}
	want := "  2 objections will be sent; accounts: 3\n" +
		"  marie-fb   Facebook  m•••@e•••.org  Privacy Center, French\n" +
		"  marie-fb2  Facebook                 covered by marie-fb as soon as that one is submitted\n" +
		"  paul       Facebook                 Privacy Center, pt-BR – again, as you asked\n" +
		"  Nothing was sent.\n"
	if got := a.planText(p, false); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	for text, p := range map[string]run.Plan{"No account is selected.": {}, "Nothing is left to send.": {Items: []run.Item{cover}}} {
		if got := a.planText(p, false); !strings.Contains(got, text) {
			t.Errorf("%q: %s", text, got)
		}
	}
	if got := a.planText(p, true); !strings.Contains(got, "filled in and not sent") {
		t.Error(got)
	}
}
