package main

import (
	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// mark is how a state looks: a sign, a word, a colour. Each says it alone.
type mark struct {
	sign string
	word words.Text
	paint
}

// in is sign and word in a language.
func (m mark) in(l words.Language) string { return m.sign + " " + m.word.In(l) }

// markOf is how the state of an objection looks.
func markOf(n journal.Name) mark {
	switch n {
	case journal.Submitted:
		return mark{"✓", words.T("submitted"), green}
	case journal.Confirmed:
		return mark{"✓", words.T("confirmed"), green}
	case journal.Already:
		return mark{"✓", words.T("already done"), green}
	case journal.Rejected:
		return mark{"✗", words.T("rejected"), red}
	case journal.InDoubt:
		return mark{"?", words.T("in doubt"), yellow}
	case journal.NeedsHuman:
		return mark{"●", words.T("needs you"), yellow}
	case journal.Drifted, journal.Failed:
		return mark{"✗", words.T("stopped"), red}
	case journal.Opening, journal.Filling, journal.Ready, journal.Waiting, journal.Sending, journal.Left:
		return mark{"…", words.T("under way"), plain}
	case journal.Pending:
		return mark{"·", words.T("not sent"), plain}
	}
	return mark{"·", words.T("not sent"), plain}
}

// ended is how the end of an item looks.
func ended(r run.Result) mark {
	switch r.Came {
	case run.CoveredFor:
		return coveredMark()
	case run.TakenBack, run.NotStarted:
		return mark{"·", words.T("not sent"), plain}
	case run.Held:
		return mark{"·", words.T("busy"), yellow}
	case run.Broke:
		return mark{"✗", words.T("stopped"), red}
	case run.Attempted, run.Skipped:
	}
	if r.DryRun && r.State.Is == journal.Ready {
		return mark{"✓", words.T("ready"), green}
	}
	return markOf(r.State.Is)
}

// tally says how many look like this. (French puts the number last: its words
// would have to agree with it.)
func (m mark) tally(n int) words.Text {
	switch m.sign + m.word.String() {
	case "✓submitted":
		return words.T("%d submitted", n)
	case "✓confirmed":
		return words.T("%d confirmed", n)
	case "✓already done":
		return words.T("%d already done", n)
	case "✓ready":
		return words.T("%d ready", n)
	case "✗rejected":
		return words.T("%d rejected", n)
	case "✗stopped":
		return words.T("%d stopped", n)
	case "?in doubt":
		return words.T("%d in doubt", n)
	case "●needs you":
		return words.N(n, "%d needs you", "%d need you", n)
	case "–covered":
		return words.T("%d covered", n)
	default:
		return words.T("%d not sent", n)
	}
}

func coveredMark() mark { return mark{"–", words.T("covered"), faint} }

// stateName is the stable word for programs; it never changes with a language.
func stateName(r run.Result) string {
	switch r.Came {
	case run.CoveredFor:
		return "covered"
	case run.TakenBack, run.NotStarted:
		return "pending"
	case run.Held:
		return "held"
	case run.Broke:
		if r.State.Is == "" {
			return "broke"
		}
	case run.Attempted, run.Skipped:
	}
	if r.State.Is == "" {
		return string(journal.Pending)
	}
	return string(r.State.Is)
}

// markWidth is the columns that the longest mark takes.
func markWidth(l words.Language) int {
	n := 0
	for _, s := range [...]journal.Name{
		journal.Submitted, journal.Confirmed, journal.Already, journal.Rejected, journal.InDoubt,
		journal.NeedsHuman, journal.Drifted, journal.Opening, journal.Pending,
	} {
		n = max(n, wide(markOf(s).in(l)))
	}
	return max(n, wide(coveredMark().in(l)))
}
