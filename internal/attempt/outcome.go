package attempt

import (
	"bytes"
	"regexp"
	"slices"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// wire is the answer to a send as it came over the network.
type wire struct {
	status int
	body   []byte
	broken bool // the loading failed: nothing is proven by it
}

// reading is what the wire's answer says by itself.
type reading int

const (
	silent      reading = iota // nothing either way
	saysTaken                  // a mark of success
	saysNot                    // the same form may be sent again
	saysRefused                // the service says no
	saysBroken                 // an error, or no answer at all
)

// readWire reads an answer's body by the profile's marks. A status of 400 or
// more, or a loading that failed, contradicts whatever the page says. Marks of
// failure come before marks of success: an answer may hold both.
func readWire(a profile.Answer, w wire) (reading, string) {
	ref := ""
	if a.Reference != "" {
		if re, err := regexp.Compile(a.Reference); err == nil {
			if m := re.FindSubmatch(w.body); len(m) > 1 {
				ref = string(m[1])
			}
		}
	}
	holds := func(marks []string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return bytes.Contains(w.body, []byte(m)) })
	}
	switch {
	case w.broken, w.status >= 400:
		return saysBroken, ref
	case holds(a.Refused):
		return saysRefused, ref
	case holds(a.NotTaken):
		return saysNot, ref
	case holds(a.Taken):
		return saysTaken, ref
	default:
		return silent, ref
	}
}

// awaitAnswer concludes only where page and wire agree: a sentence that is new
// since the click, and an answer that does not contradict it.
func awaitAnswer(l look, w where) move {
	said, ref := readWire(w.sent.Answer, w.answer)
	if w.sent.Prepares {
		return awaitPrepared(l, w, said, ref)
	}
	means, sentence := newSentence(l, w, said)
	if means == "" && said == saysNot && (!formStands(l, w) || hinted(l, w)) {
		return wait{cause{code: noAnswer}} // the page has not said yet what it makes of it, or says otherwise
	}
	if v, ok := agree(means, said); ok {
		return conclude{verdict: v, sentence: sentence, reference: ref}
	}
	if m := sendAwayWhileSent(l, w); m != nil {
		return m
	}
	if means == "" && (said == silent || said == saysTaken) && nextSendIsDue(l, w) {
		return conclude{verdict: journal.TakenMore, reference: ref}
	}
	return wait{cause{code: noAnswer}}
}

// agree is the table of page against wire. What is not in it is unclear. A case
// number says that a request was received: a refusal goes with it, and a thanks.
func agree(page profile.Meaning, w reading) (journal.Verdict, bool) {
	switch {
	case page == profile.Taken && (w == saysTaken || w == silent):
		return journal.Taken, true
	case page == profile.Refused && (w == saysRefused || w == saysTaken || w == silent):
		return journal.Refused, true
	case page == profile.Already && (w == saysTaken || w == silent):
		return journal.AlreadyHonoured, true
	case page == profile.NotTaken && (w == saysNot || w == silent), page == "" && w == saysNot:
		return journal.NotTaken, true
	default:
		return "", false
	}
}

// newSentence is the first outcome, in the profile's order, of which a visible
// sentence was not there before the click. Common and inferred sentences count
// beside an answer that says the same by itself, and only there: what nobody
// saw on a page decides nothing alone.
func newSentence(l look, w where, said reading) (profile.Meaning, string) {
	for _, o := range l.job.Profile.Outcomes {
		list := l.bound.Words(o.Words)
		switch {
		case !o.Wire:
			list = sourced(list)
		case !saysToo(o.Means, said), o.Means == profile.Taken && refusalHinted(l, w):
			continue
		}
		if text := fresh(l, w, list); text != "" {
			return o.Means, text
		}
	}
	return "", ""
}

// hinted says that the page shows, in whatever words, that the send was taken
// or judged: an answer that speaks of an error is then contradicted, and no
// licence to send again.
func hinted(l look, w where) bool {
	return slices.ContainsFunc(l.job.Profile.Outcomes, func(o profile.Outcome) bool {
		return o.Means != profile.NotTaken && o.Means != profile.Broken && fresh(l, w, l.bound.Words(o.Words)) != ""
	})
}

// anotherCode says that the page asks for the code again after one was sent, and
// says nothing else: its box is empty, and no sentence tells of an outcome. That
// send made no objection.
func anotherCode(l look, w where) bool {
	steps := w.form(l.job.Profile)
	if w.sentAt <= 0 || w.sentAt >= len(steps) {
		return false
	}
	f, ok := steps[w.sentAt-1].(profile.Fill)
	said, _ := readWire(w.sent.Answer, w.answer)
	if !ok || f.Value != profile.FillCode || said != silent || hinted(l, w) {
		return false
	}
	want := l.bound.Fill(f)
	want.Frames = l.job.Profile.Origins.Type
	v := locate.Find(l.page, want)
	return v.Is == locate.Chosen && v.Best().Node.Value.Is == personal.Empty
}

// refusalHinted says that the page speaks, in whatever words, of a refusal: a
// common thanks beside it is no consent.
func refusalHinted(l look, w where) bool {
	return slices.ContainsFunc(l.job.Profile.Outcomes, func(o profile.Outcome) bool {
		return o.Means == profile.Refused && fresh(l, w, l.bound.Words(o.Words)) != ""
	})
}

// fresh is the first visible text with one of the words that was not there
// before the click, in a frame of an origin the profile knows.
func fresh(l look, w where, list []locate.Word) string {
	for _, h := range locate.See(l.page, list) {
		f, ok := l.page.Frame(h.Frame)
		if !ok || !f.Visible || !l.job.Profile.Knows(f.Origin) {
			continue
		}
		if text := f.Blocks[h.Block].Text; !w.before[locate.Fold(text)] {
			return text
		}
	}
	return ""
}

// saysToo reports whether the wire's answer says by itself what a sentence of
// that meaning would.
func saysToo(m profile.Meaning, said reading) bool {
	switch m {
	case profile.Taken:
		return said == saysTaken
	case profile.Refused:
		return said == saysRefused
	case profile.NotTaken:
		return said == saysNot
	case profile.Already, profile.Broken:
	}
	return false
}

// sentences are the visible ones now, folded, to tell later which are new.
func sentences(p *locate.Page) map[string]bool {
	seen := map[string]bool{}
	for _, f := range p.Frames {
		for _, b := range f.Blocks {
			seen[locate.Fold(b.Text)] = true
		}
	}
	return seen
}

// sendAwayWhileSent closes what covers the answer; no gate opens by itself
// while an answer is due.
func sendAwayWhileSent(l look, w where) move {
	for _, i := range l.job.Profile.Interrupts {
		if i.Press != "" && shows(l, i.When) {
			if m := sendAway(l, w, i); m != nil {
				if p, ok := m.(press); ok {
					return p
				}
			}
		}
	}
	return nil
}

// formStands says that the form is still there on a quiet page, as it is where
// it was not taken.
func formStands(l look, w where) bool {
	steps := w.form(l.job.Profile)
	for _, s := range steps[min(w.formAt, len(steps)):] {
		f, ok := s.(profile.Fill)
		if !ok {
			continue
		}
		return l.page.Quiet && boxIs(l, f)
	}
	return l.page.Quiet
}

// nextSendIsDue says that the page asks for what the form's next send needs: a
// code's box where the form was. A form without another send has none due,
// however much the page still looks like it.
func nextSendIsDue(l look, w where) bool {
	steps := w.form(l.job.Profile)
	for i := afterOutcome(steps, w.sentAt); i < len(steps); i++ {
		f, ok := steps[i].(profile.Fill)
		if !ok {
			continue
		}
		return l.page.Quiet && boxIs(l, f)
	}
	return false
}

// afterOutcome is the form's first step after the outcome of the send that
// stands at a step.
func afterOutcome(steps []profile.Step, at int) int {
	for i := at + 1; i < len(steps); i++ {
		if _, ok := steps[i].(profile.Expect); ok {
			return i + 1
		}
	}
	return len(steps)
}
