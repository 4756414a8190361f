package attempt

import (
	"opposer/internal/gate"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// submission is the form's button with everything filled above it.
type submission struct {
	profile.Submit
	step   int
	form   form
	fields []locate.Node
}

// pressSubmit is reached only when every step above is as it should be. It is
// nil where the form does without the button.
func pressSubmit(l look, w where, s submission) move {
	want := l.bound.Submit(s.Submit)
	want.Frames = l.job.Profile.Origins.Type
	v := locate.Find(l.page, want)
	if n, ok := beyondDoubt(l, w, v, want); ok {
		return commit(l, w, s, n)
	}
	switch {
	case v.Is == locate.Missing && s.Optional && l.page.Quiet:
		return nil
	case v.Is == locate.Missing, v.Is == locate.Ambiguous && !l.page.Quiet:
		return wait{cause{code: buttonMissing}}
	default:
		if n, ok := chosenBefore(w.answers["button"], v); ok {
			return commit(l, w, s, n)
		}
		return askWhich("button", v)
	}
}

func commit(l look, w where, s submission, button locate.Node) move {
	if s.Commits == "" {
		if m := aboutAI(l, w, button); m != nil {
			return m
		}
		return advance{s.step, button}
	}
	s.form.frame = button.Frame
	if button.Disabled {
		return wait{cause{code: notReady}}
	}
	s.form.signature = locate.SignatureOf(l.page, s.fields, button, w.sentence)
	switch {
	case l.job.DryRun:
		return ready{s.form}
	case !approved(l, w, s.form.signature):
		return ask{kind: gate.Review, key: "review", need: Needed(gate.Review, ""), form: s.form, button: button}
	default:
		return send{step: s.step, name: s.Commits, node: button, form: s.form}
	}
}

// reveal is the account's value of that name, for typing only; "" when the
// account has none.
func reveal(a personal.Account, value string) string {
	switch value {
	case "email":
		if !a.Email.IsZero() {
			return a.Email.Reveal(personal.ForTyping)
		}
	case "phone":
		if !a.Phone.IsZero() {
			return a.Phone.Reveal(personal.ForTyping)
		}
	case profile.FillNational:
		if !a.Phone.IsZero() {
			return a.Phone.National(personal.ForTyping)
		}
	case "reason":
		return a.Reason.Reveal(personal.ForTyping)
	case "country":
		return a.Country
	}
	return ""
}

func valueOptions(theirs string) []gate.Option {
	return []gate.Option{
		{ID: keepTheirs, Label: words.T("Keep what the page holds (%s)", theirs)},
		{ID: useOurs, Label: words.T("Use what the config says")},
	}
}

// goOn presses a button on the way to the form: it sends nothing of ours.
func goOn(l look, w where, s profile.Submit) move {
	want := l.bound.Submit(s)
	v := locate.Find(l.page, want)
	n, sure := beyondDoubt(l, w, v, want)
	switch {
	case sure && (v.Strong || l.page.Quiet):
		return advance{-1 - w.step, n}
	case v.Is == locate.Missing && s.Optional && l.page.Quiet:
		return advance{step: -1 - w.step}
	case v.Is == locate.Ambiguous && l.page.Quiet:
		if n, ok := chosenBefore(w.answers["button"], v); ok {
			return advance{-1 - w.step, n}
		}
		return askWhich("button", v)
	default:
		return wait{cause{code: buttonMissing}}
	}
}
