package run

import (
	"strings"
	"time"

	"opposer/internal/journal"
	"opposer/internal/words"
)

// lockedRest is how long an account is left alone whose site suspected a robot
// or locked it: trying sooner may lock it for longer (the help pages speak of a
// day or two).
const lockedRest = 48 * time.Hour

// locked is the word of the journal's detail that says so.
const locked = "locked"

// RestsUntil is when an objection may be tried again whose account its site
// locked; zero when it is not left alone.
func RestsUntil(s journal.Standing) time.Time {
	word, _, _ := strings.Cut(s.Last.Detail, ":")
	if word, _, _ = strings.Cut(word, " "); s.State.Is != journal.NeedsHuman || word != locked {
		return time.Time{}
	}
	return s.Since.Add(lockedRest)
}

// rests reports whether it is left alone for a time.
func (i Item) rests() bool { return i.Doing == Skip && !i.Until.IsZero() }

// Early reports whether it is tried though it should be left alone until
// [Item.Until]: a person asked for it by name, and should be asked again.
func (i Item) Early() bool { return i.Doing == Do && !i.Until.IsZero() }

// resting gives the sentence with which it is left alone, and until when.
func (p planner) resting(s journal.Standing) (words.Text, time.Time, bool) {
	until := RestsUntil(s)
	if !until.After(p.Now) {
		return words.Text{}, time.Time{}, false
	}
	return words.T("the site suspects a robot or has locked the account, since %s. Left alone until %s. What helps is to log in there by hand first.",
		words.When(s.Since, p.Now), words.When(until, p.Now)), until, true
}
