package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// steps are the next steps after a run, and what each does.
func steps(a *app, o runOptions, results ...run.Result) (lines, does []string) {
	for _, e := range a.nextSteps(results, o) {
		lines, does = append(lines, e.line), append(does, a.say(e.does))
	}
	return lines, does
}

// atDesk is a person whose desktop is there, or with "" is not.
func atDesk(display string, lang words.Language) *app {
	return &app{process: process{env: environ("DISPLAY", display), now: time.Now}, lang: lang}
}

func TestNextStepsCanBePasted(t *testing.T) {
	a := atDesk(":0", words.English)
	rests := attempted("g", journal.NeedsHuman)
	rests.Item.Until = time.Now().Add(48 * time.Hour)
	o := runOptions{rehearse: true, scenario: "login"}
	lines, _ := steps(a, o,
		attempted("it's", journal.NeedsHuman), attempted("b", journal.Failed), attempted("c", journal.Submitted),
		run.Result{Item: of("d"), Came: run.NotStarted}, run.Result{Item: of("e"), Came: run.TakenBack},
		attempted("f", journal.InDoubt), attempted("h", journal.Drifted), attempted("i", journal.Failed), rests)
	if !slices.Equal(lines, []string{
		"opposer run --rehearse=login --account e",
		`opposer run --rehearse=login --account 'it'\''s' --headed`,
		"opposer run --rehearse=login --account g --headed",
		"opposer run --rehearse=login --account h --headed",
		"opposer run --rehearse=login --account b,i",
		"opposer status --rehearse",
		"opposer run --rehearse=login",
	}) {
		t.Errorf("%q", lines)
	}
	if lines, _ := steps(a, o, attempted("c", journal.Submitted)); len(lines) != 0 {
		t.Errorf("after everything went well: %q", lines)
	}
}

// TestWhatRestsIsNotTriedTooSoon: the step says from when on by the
// person's clock, which is when the last of them has rested.
func TestWhatRestsIsNotTriedTooSoon(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.FixedZone("", 2*60*60))
	a := atDesk(":0", words.English)
	a.now = func() time.Time { return now }
	var results []run.Result
	for id, days := range map[string]int{"a": 2, "b": 5, "c": 3} {
		r := attempted(id, journal.NeedsHuman)
		r.Item.Until = now.AddDate(0, 0, days).UTC()
		results = append(results, r)
	}
	lines, does := steps(a, runOptions{}, results...)
	if len(lines) != 1 || !strings.Contains(does[0], "not before Tue 1 Dec, 12:00,") {
		t.Errorf("%q %q", lines, does)
	}
}

// TestThePageIsLookedAtWhereItCanBe: where it was the last time, else in a
// window, and on the local page where there is none.
func TestThePageIsLookedAtWhereItCanBe(t *testing.T) {
	for _, c := range []struct{ display, supervise, want string }{
		{":0", "", "opposer run --account a --headed"},
		{":0", anyAddress, "opposer run --account a --supervise"},
		{"", anyAddress, "opposer run --account a --supervise"},
		{"", "", "opposer run --account a --supervise"},
	} {
		a := atDesk(c.display, words.English)
		if c.display == "" && a.hasDisplay() {
			continue // a system that always has one
		}
		lines, _ := steps(a, runOptions{supervise: c.supervise}, attempted("a", journal.NeedsHuman))
		if !slices.Equal(lines, []string{c.want}) {
			t.Errorf("display %q, page %q: %q", c.display, c.supervise, lines)
		}
	}
}

// TestManyOfOneKindAreOneStep that says whom it is about without listing a
// whole config.
func TestManyOfOneKindAreOneStep(t *testing.T) {
	a := atDesk(":0", words.English)
	var waits, doubts []run.Result
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		waits, doubts = append(waits, attempted(id, journal.NeedsHuman)), append(doubts, attempted(id, journal.InDoubt))
	}
	lines, does := steps(a, runOptions{dryRun: true, place: " --state s"}, append(waits[:2:2], doubts...)...)
	if !slices.Equal(lines, []string{"opposer run --state s --dry-run --only waiting --headed", "opposer status --state s --dry-run"}) {
		t.Fatalf("%q", lines)
	}
	if !strings.HasPrefix(does[0], "a, b: ") || !strings.HasPrefix(does[1], "a, b, c, d and 2 more: ") {
		t.Errorf("%q", does)
	}
	if lines, does := steps(a, runOptions{}, waits...); len(lines) != 1 || !strings.HasPrefix(does[0], "a, b, c, d and 2 more: ") {
		t.Errorf("%q %q", lines, does)
	}
}

// TestEveryEndingThatLeavesSomethingHasAStep in every language, and no other
// ending has one.
func TestEveryEndingThatLeavesSomethingHasAStep(t *testing.T) {
	for _, lang := range []words.Language{words.English, words.French} {
		a := atDesk(":0", lang)
		for name, res := range everyEnding() {
			want := 0
			switch name {
			case "held", "broke", "not started", "taken back",
				string(journal.NeedsHuman), string(journal.Drifted), string(journal.Failed), string(journal.InDoubt):
				want = 1
			}
			lines, does := steps(a, runOptions{}, res)
			if len(lines) != want {
				t.Errorf("%s: %q", name, lines)
				continue
			}
			if want == 1 && (!strings.HasPrefix(lines[0], "opposer ") || does[0] == "") {
				t.Errorf("%s: %q %q", name, lines, does)
			}
		}
	}
}
