package main

import (
	"strings"

	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// summary is what a run comes to in one line: "2 submitted, 1 covered."
func (a *app) summary(results []run.Result) string {
	var order []string
	count, looks := map[string]int{}, map[string]mark{}
	for _, r := range results {
		m := ended(r)
		key := m.in(a.lang)
		if count[key] == 0 {
			order = append(order, key)
		}
		count[key]++
		looks[key] = m
	}
	parts := make([]string, len(order))
	for i, key := range order {
		parts[i] = a.say(looks[key].tally(count[key]))
	}
	if len(parts) == 0 {
		return a.say(words.T("There is nothing to do."))
	}
	return strings.Join(parts, ", ") + "."
}

// nextSteps are the commands that go on from these results, as they can be
// pasted, and what each does. Again is the command line up to the selection:
// "opposer run --rehearse".
func (a *app) nextSteps(results []run.Result, again string) []example {
	var out []example
	broke := false
	for _, r := range results {
		id := " --account " + quoted(r.Item.Account.ID)
		switch {
		case r.Came == run.Broke || r.Came == run.NotStarted || r.Came == run.Held:
			broke = true
		case r.Came == run.TakenBack:
			out = append(out, example{again + id, words.T("send this one by itself")})
		case r.State.Is == journal.NeedsHuman:
			out = append(out, example{again + id + " --headed", words.T("look at the page and answer")})
		case r.State.Is == journal.Drifted:
			out = append(out, example{again + id + " --headed", words.T("look at the page that changed")})
		case r.State.Is == journal.Failed:
			out = append(out, example{again + id, words.T("try again: nothing was sent")})
		case r.State.Is == journal.InDoubt:
			out = append(out, example{"opposer status", words.T("what is known of the one in doubt; wait for the service's mail")})
		}
	}
	if broke {
		out = append(out, example{again, words.T("go on with the rest: what was sent is not sent again")})
	}
	return out
}

// quoted is a word as a POSIX shell reads it back.
func quoted(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+=") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
