package main

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// heading is what a gate looks like before the first answer: who needs the
// person, what for, what can be answered, until when.
func (t *terminal) heading(g gate.Gate, until time.Time) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\n") }
	state := yellow.on(words.T("● needs you").In(t.lang), t.screen.colourful)
	line("\n" + columnGap + g.Account + columnGap + state + columnGap + asking(g))
	line("")
	line(g.Need.In(t.lang))
	if g.OnPage && !g.Window && t.page {
		line(words.T("Do it on your page, by the link above.").In(t.lang))
	}
	if g.Title != "" {
		line(words.T("The page's title: %s", clean(g.Title)).In(t.lang))
	}
	if len(g.Form) > 0 {
		b.WriteString("\n" + table(formRows(g.Form, t.lang), t.screen.colourful) + "\n")
	}
	if len(g.Changed) > 0 {
		line(words.T("It differs from the form that was approved before:").In(t.lang))
		for _, c := range g.Changed {
			line(columnGap + clean(c.In(t.lang)))
		}
		line("")
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
	line(columnGap + t.keys(g, until))
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
func (t *terminal) keys(g gate.Gate, until time.Time) string {
	var keys []string
	add := func(text words.Text) { keys = append(keys, text.In(t.lang)) }
	switch {
	case g.OnPage && g.Window:
		add(words.T("[Enter] done"))
	case g.OnPage: // there is nothing to be done here
	case g.Kind == gate.Code:
		add(words.T("[code] type it, it is not shown"))
	case g.Kind == gate.Review:
		add(words.T("[y] send it"))
	case len(g.Options) > 0:
		add(words.T("[number] choose"))
	}
	switch {
	case g.Window:
		add(words.T("[w] bring the window to the front"))
	case g.Windows:
		add(words.T("[w] open it in a window"))
	}
	add(words.T("[s] stop this one"))
	if !until.IsZero() {
		add(words.T("   waits until %s", until.Local().Format("15:04")))
	}
	return strings.Join(keys, "   ")
}
