package attempt

import (
	"slices"
	"strings"

	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// choosings is how often an option is chosen that does not stay: looking it up
// counts too.
const choosings = 4

// choice is one Choose, of the form (step ≥ 0) or of the route (below 0).
type choice struct {
	profile.Choose
	step int
}

// chooseOption is nil when the option is chosen or may be left out.
func chooseOption(l look, w where, c choice) move {
	want := wanted(l, c)
	want.Frames = l.job.Profile.Origins.Type
	if n, option, ok := inSelect(l.page, want); ok {
		return settleSelect(w, n, option, c)
	}
	v := locate.Find(l.page, want)
	n, sure := beyondDoubt(l, w, v, want)
	switch {
	case sure && n.Checked:
		return nil
	case sure && w.typed[c.step] >= choosings && l.page.Quiet:
		return stop{why: cause{wontStay, c.Option}}
	case sure:
		return tick{c.step, n}
	case v.Is == locate.Missing && c.Option == profile.FillCountry && l.page.Quiet:
		return lookUpCountry(l, w, c)
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
	case c.Option == profile.ChooseCallingCode && listsCallingCodes(locate.Find(l.page, l.bound.Group(c.Choose))):
		return wait{cause{valueRefused, profile.FillPhone}} // its list is there, without the phone's country
	default:
		return wait{cause{code: formMissing}}
	}
}

// wanted is the option that is right for the account. A calling code stands in
// lists by its country, which is the phone's.
func wanted(l look, c choice) locate.Want {
	country, phone := l.job.Account.Country, l.job.Account.Phone
	if c.Option == profile.ChooseCallingCode {
		country = phone.Country(country)
	}
	return l.bound.Choose(c.Choose, country, phone.CallingCode())
}

// listsCallingCodes reports whether what was found best is a list that writes
// calling codes as we look for them: in one that we cannot read, nothing is missing.
func listsCallingCodes(v locate.Verdict) bool {
	return slices.ContainsFunc(v.Best().Node.Options, func(s string) bool { return strings.Contains(s, " (+") })
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

func settleSelect(w where, n locate.Node, option int, c choice) move {
	switch {
	case n.Selected == option:
		return nil
	case w.typed[c.step] >= choosings:
		return stop{why: cause{wontStay, c.Option}}
	}
	return pick{step: c.step, option: option, node: n}
}

// lookUpCountry types the country's name into a box that looks it up and
// offers what fits; nil when it was taken from what was offered, or when the
// form does without.
func lookUpCountry(l look, w where, c choice) move {
	want := l.bound.Group(c.Choose)
	v := locate.Find(l.page, want)
	n, sure := beyondDoubt(l, w, v, want)
	names := wanted(l, c).Words
	switch {
	case len(names) == 0, v.Is == locate.Missing && c.Optional:
		return nil
	case !sure:
		return wait{cause{code: formMissing}}
	case n.Value.Is != personal.Empty && w.picked[c.step]:
		return nil
	case w.typed[c.step] >= choosings:
		return stop{why: cause{wontStay, c.Option}}
	}
	if m := aboutAI(l, w, n); m != nil {
		return m
	}
	return lookUp{step: c.step, text: names[0].Text, node: n}
}

func allowed(origin string, origins []string) bool {
	if slices.Contains(origins, origin) {
		return true
	}
	return len(origins) == 0
}
