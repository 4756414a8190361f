package main

import (
	"slices"
	"strings"

	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/run"
	"opposer/internal/words"
)

// planText is the plan as a person sees it before anything happens: how many
// will be sent, then one line an account, then what should be known of some.
func (a *app) planText(p run.Plan, dryRun bool) string {
	var b strings.Builder
	b.WriteString(columnGap + a.say(planHeading(p, dryRun)) + "\n")
	rows := make([][]cell, len(p.Items))
	for n, i := range p.Items {
		rows[n] = []cell{
			{text: i.Account.ID},
			{text: i.Profile.Title},
			{text: i.Account.Email.String()},
			{text: i.Account.Phone.String()},
			{text: a.planned(i)},
		}
	}
	b.WriteString(table(slim(rows), a.colourful(a.tty.err)))
	for _, i := range p.Items {
		for _, note := range i.Notes {
			b.WriteString(columnGap + a.say(note) + "\n")
		}
	}
	return b.String()
}

func planHeading(p run.Plan, dryRun bool) words.Text {
	do, all := p.Count(run.Do), len(p.Items)
	switch {
	case all == 0:
		return words.T("No account is selected.")
	case do == 0 && slices.ContainsFunc(p.Items, func(i run.Item) bool { return !i.Until.IsZero() }):
		return words.T("Nothing is sent now.") // some are left alone for a time only
	case do == 0:
		return words.T("Nothing is left to send.")
	case dryRun:
		return words.N(do, "%d objection is filled in and not sent; accounts: %d", "%d objections are filled in and not sent; accounts: %d", do, all)
	default:
		return words.N(do, "%d objection will be sent; accounts: %d", "%d objections will be sent; accounts: %d", do, all)
	}
}

// planned is the first route and the account's language, or why nothing is done.
func (a *app) planned(i run.Item) string {
	if i.Doing != run.Do {
		return a.say(i.Reason)
	}
	way := a.firstRoute(i.Profile)
	if l := i.Account.Language; l != "" {
		way += ", " + a.say(languageName(i.Account))
	}
	if i.Reopen || i.Early() {
		way += " – " + a.say(words.T("again, as you asked"))
	}
	return way
}

// firstRoute is the way that is tried first, and how sure it is where fewer
// than several sources tell of it.
func (a *app) firstRoute(p *profile.Profile) string {
	if len(p.Routes) == 0 {
		return ""
	}
	r := p.Routes[0]
	switch r.Confidence {
	case "B":
		return a.say(words.T("%s (one source tells of it)", r.Called()))
	case "C", "D":
		return a.say(words.T("%s (no source quotes it)", r.Called()))
	default:
		return a.say(r.Called())
	}
}

// languageName is the name of an account's language where it is one that most
// people's pages speak; its tag otherwise.
func languageName(a personal.Account) words.Text {
	switch a.Language {
	case "en":
		return words.T("English")
	case "fr":
		return words.T("French")
	case "de":
		return words.T("German")
	default:
		return words.Verbatim(a.Language)
	}
}

// slim leaves out the columns in which no row has anything.
func slim(rows [][]cell) [][]cell {
	used := map[int]bool{}
	for _, row := range rows {
		for i, c := range row {
			used[i] = used[i] || c.text != ""
		}
	}
	out := make([][]cell, len(rows))
	for n, row := range rows {
		for i, c := range row {
			if used[i] {
				out[n] = append(out[n], c)
			}
		}
	}
	return out
}
