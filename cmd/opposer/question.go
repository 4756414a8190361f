package main

import (
	"net/url"
	"strconv"
	"strings"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// heading is what a gate looks like before the first answer: who needs the
// person, what for, what can be answered, until when.
func (t *terminal) heading(g gate.Gate) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\n") }
	state := yellow.on(words.T("● needs you").In(t.lang), t.screen.colourful)
	line("\n" + columnGap + g.Account + columnGap + state + columnGap + asking(g))
	line("")
	line(g.Need.In(t.lang))
	if g.Title != "" {
		line(words.T("The page's title: %s", clean(g.Title)).In(t.lang))
	}
	if len(g.Form) > 0 {
		b.WriteString("\n" + table(formRows(g.Form, t.lang), t.screen.colourful) + "\n")
	}
	for n, o := range g.Options {
		line(columnGap + "[" + strconv.Itoa(n+1) + "] " + clean(o.Label.In(t.lang)))
		if o.Detail != "" {
			line("      " + clean(o.Detail))
		}
	}
	if g.Picture != "" {
		line(words.T("Picture of the page: %s", g.Picture).In(t.lang))
	}
	line(columnGap + t.keys(g))
	return b.String()
}

// asking is the service and the host that asks.
func asking(g gate.Gate) string {
	u, err := url.Parse(g.Origin)
	if err != nil || u.Host == "" {
		return g.Service
	}
	return g.Service + " (" + clean(u.Host) + ")"
}

// formRows is a form as it will be sent, masked.
func formRows(form []gate.Line, l words.Language) [][]cell {
	rows := make([][]cell, len(form))
	for i, f := range form {
		value := clean(f.Value)
		if value == "" {
			value = words.T("(empty)").In(l)
		}
		rows[i] = []cell{{text: clean(f.Label)}, {text: value}}
	}
	return rows
}

// keys are the answers that the gate takes, and until when it waits.
func (t *terminal) keys(g gate.Gate) string {
	var text words.Text
	switch {
	case g.Kind == gate.Code:
		text = words.T("[code] type it, it is not shown   [s] stop this one")
	case g.Kind == gate.Review:
		text = words.T("[y] send it   [s] stop this one")
	case len(g.Options) > 0:
		text = words.T("[number] choose   [s] stop this one")
	default:
		text = words.T("[Enter] done   [s] stop this one")
	}
	keys := text.In(t.lang)
	if !g.Until.IsZero() {
		keys += "      " + words.T("waits until %s", g.Until.Format("15:04")).In(t.lang)
	}
	return keys
}
