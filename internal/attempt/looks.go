package attempt

import (
	"maps"
	"slices"
	"strings"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/profile"
)

// form is the form's steps in the look in which it was met.
func (w where) form(p *profile.Profile) []profile.Step {
	if w.look == 0 {
		return p.Form
	}
	return p.Looks[w.look-1].Form
}

// about is what tells the form from its look-alikes in that look.
func (w where) about(p *profile.Profile) profile.About {
	about := p.About
	if w.look > 0 && p.Looks[w.look-1].About.Words != "" {
		about.Words = p.Looks[w.look-1].About.Words
	}
	if w.look > 0 && p.Looks[w.look-1].About.Never != "" {
		about.Never = p.Looks[w.look-1].About.Never
	}
	return about
}

// stand notes in which look the form is met: where a page moves to another
// one in mid-flow, nothing of the first is behind us in the second.
func (w *where) stand(p *profile.Profile, origin string) {
	at := 1 + slices.IndexFunc(p.Looks, func(k profile.Look) bool { return slices.Contains(k.At, origin) })
	if at == w.look || w.sent != nil || !slices.Contains(p.Origins.Type, origin) {
		return // also on the way between two pages, where the origin is none
	}
	w.look, w.formAt, w.ours = at, 0, ""
	clear(w.typed)
	clear(w.picked)
	clear(w.prepared)
	maps.DeleteFunc(w.answers, func(key, _ string) bool { // they name steps of the other look
		return strings.HasPrefix(key, "field:") || strings.HasPrefix(key, "value:")
	})
}

// awaitPrepared concludes a send by which no objection is made: the page shows
// what comes after it, or the answer says that it was not taken.
func awaitPrepared(l look, w where, said reading, ref string) move {
	switch {
	case hinted(l, w) || receivedBy(l, w.answer):
		// It was the objection after all: no licence to send another.
	case said == saysNot && l.page.Quiet && formStands(l, w):
		return conclude{verdict: journal.NotTaken, reference: ref}
	case said == silent && l.page.Quiet && preparedFor(l, w):
		return conclude{verdict: journal.Prepared, reference: ref}
	}
	if m := sendAwayWhileSent(l, w); m != nil {
		return m
	}
	return wait{cause{code: noAnswer}}
}

// receivedBy says that an answer holds the mark of any send by which an
// objection is made, or a number of the service's for it.
func receivedBy(l look, answer wire) bool {
	return slices.ContainsFunc(l.job.Profile.Sends, func(s profile.Send) bool {
		said, ref := readWire(s.Answer, answer)
		return !s.Prepares && (said == saysTaken || ref != "")
	})
}

// preparedFor says that what the send was for is there: the box for the code,
// or, once that is gone, the button that sends the objection.
func preparedFor(l look, w where) bool {
	steps := w.form(l.job.Profile)
	after := afterOutcome(steps, w.sentAt)
	if after >= len(steps) {
		return false
	}
	switch next := steps[after].(type) {
	case profile.Fill:
		return boxIs(l, next)
	case profile.Submit:
		return !codeIsAsked(l, w) && buttonIs(l, w, next)
	case profile.Open, profile.Follow, profile.Choose, profile.Check, profile.Expect:
	}
	return false
}

// codeIsAsked says that the box of the code that was sent last is still there.
func codeIsAsked(l look, w where) bool {
	steps := w.form(l.job.Profile)
	for i := min(w.sentAt, len(steps)) - 1; i >= 0; i-- {
		if f, ok := steps[i].(profile.Fill); ok {
			return boxIs(l, f)
		}
	}
	return false
}

// buttonIs says that the page shows the button.
func buttonIs(l look, w where, s profile.Submit) bool {
	want := l.bound.Submit(s)
	want.Frames = l.job.Profile.Origins.Type
	_, ok := beyondDoubt(l, w, locate.Find(l.page, want), want)
	return ok
}

// boxIs says that the page shows the field.
func boxIs(l look, f profile.Fill) bool {
	want := l.bound.Fill(f)
	want.Frames = l.job.Profile.Origins.Type
	return locate.Find(l.page, want).Is == locate.Chosen
}

// isPrepared says that a step stands before a preparing send that has been
// made, for its sake: the code's box and its button.
func isPrepared(steps []profile.Step, i int, w where) bool {
	switch s := steps[i].(type) {
	case profile.Submit:
		return s.Commits != "" && w.prepared[s.Commits]
	case profile.Fill:
		if s.Value != profile.FillCode {
			return false
		}
		for _, next := range steps[i+1:] {
			if b, ok := next.(profile.Submit); ok {
				return w.prepared[b.Commits]
			}
		}
	case profile.Open, profile.Follow, profile.Choose, profile.Check, profile.Expect:
	}
	return false
}
