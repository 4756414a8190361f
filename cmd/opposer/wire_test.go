package main

import (
	"path/filepath"
	"testing"
	"time"

	"opposer/internal/attempt"
	"opposer/internal/config"
	"opposer/internal/gate"
	"opposer/internal/personal"
	"opposer/internal/rehearsal"
	"opposer/internal/run"
)

// TestWhatIsPlayedNeverStandsBesideWhatIsReal: each kind of run has a folder,
// and only a rehearsal's may be forgotten (--fresh removes it whole).
func TestWhatIsPlayedNeverStandsBesideWhatIsReal(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range []struct {
		rehearse, dry bool
		want          string
	}{
		{false, false, "state"},
		{false, true, "state/dry-run"},
		{true, false, "state/rehearsal"},
		{true, true, "state/rehearsal/dry-run"},
	} {
		got := stateFolder("state", k.rehearse, k.dry)
		if filepath.ToSlash(got) != k.want || seen[got] {
			t.Errorf("%+v keeps its state in %s", k, got)
		}
		seen[got] = true
	}
}

// TestARealFormIsLookedAt unless the person said that it need not be.
func TestARealFormIsLookedAt(t *testing.T) {
	for _, c := range []struct {
		name        string
		options     runOptions
		yes, played bool
	}{
		{"real", runOptions{}, false, false},
		{"real, to a program", runOptions{json: true}, false, false},
		{"real, again", runOptions{again: []string{"x"}}, false, false},
		{"dry", runOptions{dryRun: true}, false, false},
		{"they said so", runOptions{yes: true}, true, false},
		{"a rehearsal", runOptions{rehearse: true}, false, true},
	} {
		h := &house{config: &config.Config{}, options: c.options}
		if j := h.job(run.Item{}); (j.Review == attempt.ReviewNever) != c.yes || j.Played != c.played {
			t.Errorf("%s: yes is %v, played %t", c.name, j.Review, j.Played)
		}
	}
}

func TestThePaceIsAPersonsExceptOnPlayedPages(t *testing.T) {
	h := &house{config: &config.Config{Pace: run.PersonsPace}}
	if p := h.pace(); p.Between != time.Minute || p.Spread <= 0 || p.Draw == nil {
		t.Errorf("the real pace is %+v", p)
	}
	h.options.rehearse = true
	if p := h.pace(); p.Between != 0 {
		t.Errorf("a rehearsal waits %v", p.Between)
	}
}

// TestAPersonIsMetOnlyWhereOneSits: a question in a file, or an answer from a
// pipe, is nobody's.
func TestAPersonIsMetOnlyWhereOneSits(t *testing.T) {
	for _, c := range []struct {
		tty    terminals
		nobody bool
	}{
		{terminals{in: true, out: true, err: true}, false},
		{terminals{in: true, err: true}, false},
		{terminals{out: true, err: true}, true},
		{terminals{in: true, out: true}, true},
		{terminals{}, true},
	} {
		h := &house{app: &app{process: process{tty: c.tty}}, config: &config.Config{}}
		if _, nobody := h.channel(&stopping{}).(gate.None); nobody != c.nobody {
			t.Errorf("%+v: nobody is met: %t", c.tty, nobody)
		}
	}
}

// TestOnlyAFormWithThatAccountsValuesIsRight: what the played pages received is
// compared value by value.
func TestOnlyAFormWithThatAccountsValuesIsRight(t *testing.T) {
	email, err := personal.ParseEmail("marie@example.org")
	if err != nil {
		t.Fatal(err)
	}
	phone, err := personal.ParsePhone("06 12 34 56 78", "FR")
	if err != nil {
		t.Fatal(err)
	}
	marie := personal.Account{ID: "marie", Service: "facebook", Email: email, Phone: phone, Reason: personal.NewReason("I object")}
	good := rehearsal.Received{Service: "facebook", Email: "marie@example.org", Phone: "0612345678", Reason: "I object"}
	for name, c := range map[string]struct {
		change func(*rehearsal.Received)
		right  int
	}{
		"the account's":              {func(*rehearsal.Received) {}, 1},
		"a form without a telephone": {func(r *rehearsal.Received) { r.Phone = "" }, 1},
		"another address":            {func(r *rehearsal.Received) { r.Email = "paul@example.org" }, 0},
		"no address":                 {func(r *rehearsal.Received) { r.Email = "" }, 0},
		"another telephone":          {func(r *rehearsal.Received) { r.Phone = "0612345679" }, 0},
		"another reason":             {func(r *rehearsal.Received) { r.Reason = "I agree" }, 0},
		"another service":            {func(r *rehearsal.Received) { r.Service = "instagram" }, 0},
	} {
		got := good
		c.change(&got)
		if forms, right := heard([]rehearsal.Received{got}, []personal.Account{marie}); forms != 1 || right != c.right {
			t.Errorf("%s: %d forms, %d right", name, forms, right)
		}
	}
}
