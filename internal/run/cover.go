package run

import (
	"opposer/internal/journal"
	"opposer/internal/words"
)

// group names the accounts of which one objection counts for all: those that
// share an Accounts Centre, on one service.
type group struct{ centre, service string }

func (i Item) group() (group, bool) {
	return group{i.Account.AccountsCentre, i.Account.Service}, i.Account.AccountsCentre != ""
}

// cover leaves one objection to each group and marks the others. The one that
// counts is, in this order: one that was sent and stands; the first selected
// one that can be sent. One that was rejected or is in doubt counts for
// nobody, so the next takes its place.
func cover(all []Item, selected func(Item) bool) {
	counts := map[group]*Item{}
	for i := range all {
		g, ok := all[i].group()
		if ok && stands(all[i]) && counts[g] == nil {
			counts[g] = &all[i]
		}
	}
	for i := range all {
		g, ok := all[i].group()
		if ok && counts[g] == nil && all[i].Doing == Do && selected(all[i]) {
			counts[g] = &all[i]
		}
	}
	for i := range all {
		g, ok := all[i].group()
		by := counts[g]
		if !ok || by == nil || by == &all[i] || all[i].Doing != Do || all[i].Reopen {
			continue
		}
		all[i].Doing, all[i].CoveredBy = Covered, by.Account.ID
		all[i].Reason = words.T("covered by %s, as your config says (same Accounts Centre)", by.Account.ID)
	}
}

// stands reports whether the objection was sent and nothing speaks against it.
func stands(i Item) bool { return i.Doing == Skip && counts(i.Standing.State.Is) }

// counts reports whether an objection in that state counts for the accounts
// that share its Accounts Centre.
func counts(n journal.Name) bool {
	return n == journal.Submitted || n == journal.Confirmed || n == journal.Already
}

// takenBack gives the sentence with which a coverage ends; false as long as it
// may still come true.
func takenBack(by string, s journal.State) (words.Text, bool) {
	switch s.Is {
	case journal.Rejected:
		return words.T("no longer covered: %s was rejected. Run again to send this one.", by), true
	case journal.InDoubt:
		return words.T("no longer covered: %s is in doubt. Run again to send this one.", by), true
	default:
		return words.Text{}, false
	}
}
