package attempt

import (
	"slices"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/profile"
)

// form is the form's steps as the page that is read shows it.
func (l look) form() []profile.Step { return l.job.Profile.FormAt(l.page.Main().Origin) }

// stand notes in which look the form is met: where a page moves to another
// one in mid-flow, nothing of the first is behind us in the second.
func (w *where) stand(p *profile.Profile, origin string) {
	at := 1 + slices.IndexFunc(p.Looks, func(k profile.Look) bool { return slices.Contains(k.At, origin) })
	if at == w.look || w.sent != nil {
		return
	}
	w.look, w.formAt, w.ours = at, 0, false
	clear(w.typed)
	clear(w.prepared)
}

// awaitPrepared concludes a send by which no objection is made: the page shows
// what comes after it, or the answer says that it was not taken.
func awaitPrepared(l look, w where, said reading, ref string) move {
	switch {
	case said == saysNot && l.page.Quiet:
		return conclude{verdict: journal.NotTaken, reference: ref}
	case (said == silent || said == saysTaken) && l.page.Quiet && preparedFor(l, w):
		return conclude{verdict: journal.Prepared, reference: ref}
	}
	if m := sendAwayWhileSent(l, w); m != nil {
		return m
	}
	return wait{cause{code: noAnswer}}
}

// preparedFor says that the box is there for which the send has asked, or
// gone when it has proven what stood in it.
func preparedFor(l look, w where) bool {
	steps := l.form()
	after := afterOutcome(steps, w.sentAt)
	if after < len(steps) {
		if f, ok := steps[after].(profile.Fill); ok {
			return boxIs(l, f)
		}
	}
	for i := w.sentAt - 1; i >= 0; i-- {
		if f, ok := steps[i].(profile.Fill); ok {
			return !boxIs(l, f)
		}
	}
	return true
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
