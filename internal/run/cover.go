package run

import (
	"slices"

	"opposer/internal/journal"
	"opposer/internal/words"
)

// coveredBy reports whether the objection of by counts for another account:
// both share an Accounts Centre, on one service or on one that by's profile
// says is covered.
func (i Item) coveredBy(by *Item) bool {
	return i.Account.AccountsCentre != "" && i.Account.AccountsCentre == by.Account.AccountsCentre &&
		i.Account.ID != by.Account.ID && by.Profile.CoversService(i.Account.Service)
}

// cover leaves the fewest objections and marks the others. Those that count
// are, in this order: ones that were sent and stand; the first selected ones
// that can be sent, now or when they have rested, and for which none of these
// counts. One that was rejected or is in doubt counts for nobody, so the next
// takes its place.
func cover(all []Item, selected func(Item) bool) {
	var counting []*Item
	covering := func(i Item) *Item {
		n := slices.IndexFunc(counting, func(by *Item) bool { return i.coveredBy(by) })
		if n < 0 {
			return nil
		}
		return counting[n]
	}
	for i := range all {
		if stands(all[i]) {
			counting = append(counting, &all[i])
		}
	}
	for i := range all {
		if (all[i].Doing == Do || all[i].rests()) && selected(all[i]) && (covering(all[i]) == nil || all[i].Reopen) {
			counting = append(counting, &all[i])
		}
	}
	for i := range all {
		by := covering(all[i])
		if by == nil || slices.Contains(counting, &all[i]) || all[i].Doing != Do && !all[i].rests() {
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
