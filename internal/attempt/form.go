package attempt

import (
	"slices"
	"strconv"

	"opposer/internal/gate"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// retypes is how often a value that does not stay is typed.
const retypes = 2

// formSteps looks at the form from its first step that is not behind us: the
// first one that is not as it should be is the move. Every earlier one is
// looked at again each time, so what a script set back is seen.
func formSteps(l look, w where) move {
	var f form
	var fields []locate.Node
	var skip bool // the code's box is not there: its button is not looked for
	var late move // an option that was set back: chosen again when all else is filled
	steps := w.form(l.job.Profile)
	for i := w.formAt; i < len(steps); i++ {
		if isPrepared(steps, i, w) {
			continue
		}
		var m move
		switch s := steps[i].(type) {
		case profile.Fill:
			var n *locate.Node
			if n, m = fillField(l, w, field{step: i, Fill: s, frame: f.frame, kept: keptBefore(steps[:i], s.Value, w)}); n != nil {
				f.frame = n.Frame
				fields = append(fields, *n)
				f.lines = append(f.lines, lineOf(l, s, *n))
			}
			skip = s.Value == profile.FillCode && n == nil && m == nil
		case profile.Choose:
			m = chooseOption(l, w, choice{step: i, Choose: s})
			if t, ok := m.(tick); ok && w.typed[i] > 0 {
				late, m = t, nil
			}
		case profile.Check:
			m = tickBox(l, w, i, s)
		case profile.Submit:
			if skip || s.Optional && s.Commits == "" && isPastIt(l, steps[i+1:]) {
				skip = false
				continue
			}
			if late != nil {
				return late
			}
			if m = pressSubmit(l, w, submission{step: i, Submit: s, form: f, fields: fields}); m != nil {
				return m
			}
		case profile.Open, profile.Follow, profile.Expect:
			// An outcome is waited for where a send is; here its send was left out.
		}
		if _, waits := m.(wait); waits && late != nil {
			return late // what is missing may hang on it
		}
		if m != nil {
			return m
		}
	}
	return wait{cause{code: buttonMissing}}
}

// lineOf is a field as a person reviews it; of a code nothing is shown.
func lineOf(l look, s profile.Fill, n locate.Node) gate.Line {
	line := gate.Line{Label: l.page.Label(n), Value: n.Value.Masked, Required: n.Required}
	if s.Value == profile.FillCode {
		line.Value = "•••••"
	}
	return line
}

// isPastIt says that what a wizard's optional button leads to is there already:
// a form on one page has no such button, and what looks like it would send.
func isPastIt(l look, steps []profile.Step) bool {
	for _, s := range steps {
		if f, ok := s.(profile.Fill); ok {
			return boxIs(l, f)
		}
	}
	return false
}

// field is one Fill of the form, with the frame its earlier fields stand in.
type field struct {
	profile.Fill
	step  int
	frame string
	kept  bool // it asks once more for what a person kept as the page held it
}

// fillField gives the field as it stands when it is right or was left out, or
// the move that it needs.
func fillField(l look, w where, f field) (*locate.Node, move) {
	want := l.bound.Fill(f.Fill)
	want.Frames = l.job.Profile.Origins.Type
	v := locate.Find(l.page, want)
	switch {
	case v.Is == locate.Missing && f.Optional && l.page.Quiet:
		return nil, nil
	case v.Is == locate.Missing, v.Is == locate.Ambiguous && !l.page.Quiet:
		return nil, wait{cause{code: formMissing}}
	}
	node, ok := beyondDoubt(l, w, v, want)
	if !ok {
		if node, ok = chosenBefore(w.answers[fieldKey(f.step)], v); !ok {
			return nil, askWhich(fieldKey(f.step), v)
		}
	}
	if f.frame != "" && node.Frame != f.frame {
		return nil, wait{cause{code: formMissing}}
	}
	if m := aboutAI(l, w, node); m != nil {
		return nil, m
	}
	m := valueOf(l, w, f, node)
	return &node, m
}

func fieldKey(step int) string { return "field:" + strconv.Itoa(step) }
func valueKey(step int) string { return "value:" + strconv.Itoa(step) }

// aboutAI is nil when the form says that it is ours: one of the profile's
// words stands above the field, and none of those that name another form. A
// wizard says so on its first step.
func aboutAI(l look, w where, n locate.Node) move {
	about := w.about(l.job.Profile)
	if len(locate.SeeTitles(l.page, l.bound.Words(about.Never))) > 0 {
		return next{cause{code: otherForm}}
	}
	list := l.bound.Words(about.Words)
	if w.ours != "" && w.ours == l.page.Main().Document {
		return nil
	}
	if len(locate.SeeTitles(l.page, list)) > 0 {
		return nil
	}
	above := func(h locate.Hit) bool { return h.Frame == n.Frame && (n.Block < 0 || h.Block <= n.Block) }
	if slices.ContainsFunc(locate.See(l.page, list), above) {
		return nil
	}
	if !l.page.Quiet {
		return wait{cause{code: otherForm}}
	}
	return next{cause{code: otherForm}}
}

// valueOf compares what the field holds with what it should.
func valueOf(l look, w where, f field, n locate.Node) move {
	if reveal(l.job.Account, f.Value) == "" && f.Value != "code" {
		return withoutValue(f, n)
	}
	switch typed := w.typed[f.step]; {
	case f.kept && n.Value.Is == personal.Other:
		return nil
	case f.kept:
		return stop{why: cause{keptTwice, f.Value}} // ours would contradict it
	case n.Value.Is == personal.Ours && !n.Invalid:
		return nil
	case f.Value == profile.FillCode && typed > 0 && n.Value.Is != personal.Empty:
		return nil // a code is nothing of the account's: no reading calls it ours
	case n.Value.Is == personal.Ours && typed > 0 && l.page.Quiet:
		return stop{why: cause{valueRefused, f.Value}}
	case n.Value.Is == personal.Ours:
		return wait{cause{valueRefused, f.Value}}
	case n.Value.Is == personal.Other && typed == 0 && (f.Value == "email" || f.Value == "phone" || f.Value == profile.FillNational):
		return anothersValue(w, f, n)
	case typed >= retypes:
		return stop{why: cause{wontStay, f.Value}}
	default:
		return fill{step: f.step, value: f.Value, node: n}
	}
}

func withoutValue(f field, n locate.Node) move {
	if n.Required && n.Value.Is == personal.Empty {
		return stop{why: cause{valueMissing, f.Value}}
	}
	return nil
}

// The answers to a prefilled value that is not ours.
const (
	keepTheirs = "keep"
	useOurs    = "ours"
)

// keptBefore reports whether a person chose to leave an earlier field of that
// value as the page held it.
func keptBefore(steps []profile.Step, value string, w where) bool {
	for i, s := range steps {
		if s, ok := s.(profile.Fill); ok && s.Value == value && w.answers[valueKey(i)] == keepTheirs {
			return true
		}
	}
	return false
}

// anothersValue asks whose form this is: another person may be logged in.
func anothersValue(w where, f field, n locate.Node) move {
	switch w.answers[valueKey(f.step)] {
	case keepTheirs:
		return nil
	case useOurs:
		return fill{step: f.step, value: f.Value, node: n}
	}
	return ask{
		kind: gate.Choice, key: valueKey(f.step),
		need:    Needed(gate.Choice, n.Value.Masked),
		options: valueOptions(n.Value.Masked), about: n.Value.Masked,
	}
}

func tickBox(l look, w where, step int, s profile.Check) move {
	want := l.bound.Check(s)
	want.Frames = l.job.Profile.Origins.Type
	v := locate.Find(l.page, want)
	switch {
	case v.Is == locate.Chosen && v.Best().Node.Checked:
		return nil
	case v.Is == locate.Chosen && w.typed[step] >= choosings && l.page.Quiet:
		return stop{why: cause{wontStay, "option"}}
	case v.Is == locate.Chosen:
		return tick{step, v.Best().Node}
	case v.Is == locate.Missing && s.Optional && l.page.Quiet:
		return nil
	default:
		return wait{cause{code: formMissing}}
	}
}
