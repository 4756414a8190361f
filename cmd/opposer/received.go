package main

import (
	"opposer/internal/personal"
	"opposer/internal/rehearsal"
	"opposer/internal/words"
)

// heard compares what the played pages received with the config: how many
// forms, and how many of them hold exactly one account's values.
func heard(received []rehearsal.Received, accounts []personal.Account) (forms, right int) {
	for _, r := range received {
		for _, a := range accounts {
			if a.Service == r.Service && sameValues(r, a) {
				right++
				break
			}
		}
	}
	return len(received), right
}

// sameValues reports whether a received form holds the account's values and no
// others. A field that the form does not have is no difference.
func sameValues(r rehearsal.Received, a personal.Account) bool {
	email := r.Email == a.Email.Reveal(personal.ForMatching)
	phone := r.Phone == "" || a.Phone.Matches(r.Phone)
	reason := r.Reason == a.Reason.Reveal(personal.ForMatching)
	return email && phone && reason
}

// heardText tells a person what the rehearsal's pages received.
func heardText(forms, right int) words.Text {
	if forms == 0 {
		return words.T("The played pages received nothing.")
	}
	if forms == right {
		return words.N(forms, "The played pages received %d form, with the values of your config.",
			"The played pages received %d forms, each with the values of your config.", forms)
	}
	return words.T("The played pages received %d forms; %d of them with the values of your config.", forms, right)
}
