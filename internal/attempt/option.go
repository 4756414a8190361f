package attempt

import (
	"slices"

	"opposer/internal/locate"
	"opposer/internal/profile"
)

// choice is one Choose, of the form (step ≥ 0) or of the route (below 0).
type choice struct {
	profile.Choose
	step int
}

// chooseOption is nil when the option is chosen or may be left out.
func chooseOption(l look, w where, c choice) move {
	want := l.bound.Choose(c.Choose, l.job.Account.Country)
	want.Frames = l.job.Profile.Origins.Type
	if n, option, ok := inSelect(l.page, want); ok {
		return settleSelect(n, option, c.step)
	}
	v := locate.Find(l.page, want)
	switch {
	case v.Is == locate.Chosen && v.Best().Node.Checked:
		return nil
	case v.Is == locate.Chosen && w.typed[c.step] >= retypes && l.page.Quiet:
		return stop{why: cause{wontStay, c.Option}}
	case v.Is == locate.Chosen:
		return tick{c.step, v.Best().Node}
	case v.Is == locate.Missing && c.Optional && l.page.Quiet:
		return nil
	case v.Is == locate.Ambiguous && l.page.Quiet:
		if n, ok := chosenBefore(w.answers[fieldKey(c.step)], v); ok {
			if n.Checked {
				return nil
			}
			return tick{c.step, n}
		}
		return askWhich(fieldKey(c.step), v)
	default:
		return wait{cause{code: formMissing}}
	}
}

// inSelect finds the select element that has the option, and the option's
// index.
func inSelect(p *locate.Page, w locate.Want) (locate.Node, int, bool) {
	for _, f := range p.Frames {
		if !f.Visible || !allowed(f.Origin, w.Frames) {
			continue
		}
		for _, n := range f.Nodes {
			if i := optionIndex(n, w.Words); i >= 0 && n.Hidden == "" {
				return n, i, true
			}
		}
	}
	return locate.Node{}, 0, false
}

func optionIndex(n locate.Node, list []locate.Word) int {
	for i, label := range n.Options {
		for _, word := range list {
			if locate.Fold(label) == locate.Fold(word.Text) {
				return i
			}
		}
	}
	return -1
}

func settleSelect(n locate.Node, option, step int) move {
	if n.Selected == option {
		return nil
	}
	return pick{step: step, option: option, node: n}
}

func allowed(origin string, origins []string) bool {
	if slices.Contains(origins, origin) {
		return true
	}
	return len(origins) == 0
}
