package main

import (
	"strings"

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

// quoted is a word as a POSIX shell reads it back.
func quoted(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+=,") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
