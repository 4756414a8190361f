package main

import (
	"context"
	"strings"
	"time"

	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// leftover is what a run left to do, as ids of accounts.
type leftover struct {
	alone   []string // the account that would have counted for it did not
	waits   []string // it needs a person
	rests   []string // so does it, but it is left alone for a time
	until   time.Time
	changed []string // the page is another one than we know
	failed  []string
	doubt   []string // it may have been sent
	undone  bool     // something was not begun, or broke
}

func leftOf(results []run.Result) leftover {
	var l leftover
	add := func(list *[]string, r run.Result) { *list = append(*list, r.Item.Account.ID) }
	for _, r := range results {
		switch {
		case r.Came == run.Broke || r.Came == run.NotStarted || r.Came == run.Held:
			l.undone = true
		case r.Came == run.TakenBack:
			add(&l.alone, r)
		case r.State.Is == journal.NeedsHuman && !r.Item.Until.IsZero():
			add(&l.rests, r)
			if r.Item.Until.After(l.until) {
				l.until = r.Item.Until
			}
		case r.State.Is == journal.NeedsHuman:
			add(&l.waits, r)
		case r.State.Is == journal.Drifted:
			add(&l.changed, r)
		case r.State.Is == journal.Failed:
			add(&l.failed, r)
		case r.State.Is == journal.InDoubt:
			add(&l.doubt, r)
		}
	}
	return l
}

// nextSteps are the commands that go on from these results, as they can be
// pasted, and what each does: one for everything that is left to do in one way.
func (a *app) nextSteps(results []run.Result, o runOptions) []example {
	l := leftOf(results)
	var out []example
	add := func(ids []string, line string, does words.Text) {
		if len(ids) > 0 {
			out = append(out, example{line, does})
		}
	}
	look := " " + a.looking(o)
	these := func(ids []string) string { return o.command() + " --account " + quoted(strings.Join(ids, ",")) }
	add(l.alone, these(l.alone), words.N(len(l.alone), "send this one by itself", "send these by themselves"))
	if len(l.waits) > 1 {
		add(l.waits, o.command()+" --only "+run.Waiting+look, words.T("%s: look at the pages and answer, in one sitting", some(l.waits)))
	} else {
		add(l.waits, these(l.waits)+look, words.T("look at the page and answer"))
	}
	if len(l.rests) > 0 {
		when := words.When(l.until, a.now())
		add(l.rests, these(l.rests)+look, words.T("not before %s, and after you have logged in there by hand", when))
	}
	add(l.changed, these(l.changed)+look, words.N(len(l.changed), "look at the page that changed", "look at the pages that changed"))
	add(l.failed, these(l.failed), words.T("try again"))
	add(l.doubt, o.status(), words.T("%s: what is known of what is in doubt; wait for the service's mail", some(l.doubt)))
	if l.undone {
		out = append(out, example{o.command(), words.T("go on with the rest: what was sent is not sent again")})
	}
	return out
}

// looking is the flag with which a page is looked at: as it was the last time,
// else in a window where one can be shown.
func (a *app) looking(o runOptions) string {
	if o.supervise != "" || !a.hasDisplay() {
		return "--supervise"
	}
	return "--headed"
}

// some are ids for a person, who has a config of their own to look into.
func some(ids []string) words.Text {
	const most = 4
	if len(ids) <= most {
		return words.Verbatim(strings.Join(ids, ", "))
	}
	return words.T("%s and %d more", strings.Join(ids[:most], ", "), len(ids)-most)
}

// resting notes until when an account is left alone whose site locked it in
// this run: the journal knows why it needs a person.
func (h *house) resting(ctx context.Context, results []run.Result) []run.Result {
	all, err := h.journal.Standings(context.WithoutCancel(ctx))
	if err != nil {
		log := h.line("end")
		log.Warn().Err(err).Msg("why they need a person is not known")
		return results
	}
	for n := range results {
		for _, s := range all {
			if results[n].Came == run.Attempted && s.Objection.Key == results[n].Item.Objection.Key {
				results[n].Item.Until = run.RestsUntil(s)
			}
		}
	}
	return results
}
