package attempt

import (
	"net/url"
	"slices"
	"strings"

	"opposer/internal/gate"
	"opposer/internal/locate"
	"opposer/internal/profile"
)

const (
	// presses is how often an interrupt's button is pressed before it counts
	// as not to be sent away.
	presses = 3
	// askings is how often a gate of one cause is offered in an attempt: a
	// person may return without having done what was asked.
	askings = 3
)

// interrupt is the move for the first interrupt that the page shows; nil when
// it shows none.
func interrupt(l look, w where) move {
	for _, i := range l.job.Profile.Interrupts {
		if !shows(l, i.When) || passed(l, w, i) || isOwnCode(l, w, i) {
			continue
		}
		switch {
		case i.Press != "":
			if m := sendAway(l, w, i); m != nil {
				return m
			}
		case i.Gate != "" && !l.page.Quiet && !l.late:
			return wait{cause{code: stillThere, about: i.Name}} // it may pass by itself, or not be all there yet
		case i.Gate != "":
			return callPerson(w, i)
		case i.Stop != "":
			return stop{why: cause{code: locked, about: i.Stop}}
		case i.Next:
			return next{cause{code: pageGone}}
		}
	}
	return nil
}

// sendAway presses the interrupt's button; nil when the page offers none (yet)
// and the steps may go on.
func sendAway(l look, w where, i profile.Interrupt) move {
	v := locate.Find(l.page, l.bound.Press(i))
	switch {
	case w.pressed[i.Name] > 0 && !l.page.Quiet && !l.late:
		return wait{cause{code: stillThere, about: i.Name}} // a dialog takes a moment to go
	case v.Is == locate.Chosen && w.pressed[i.Name] < presses:
		return press{i, v.Best().Node}
	case v.Is == locate.Ambiguous && l.page.Quiet:
		if n, ok := chosenBefore(w.answers["button:"+i.Name], v); ok {
			return press{i, n}
		}
		return askWhich("button:"+i.Name, v)
	default:
		return nil
	}
}

func callPerson(w where, i profile.Interrupt) move {
	key := "interrupt:" + i.Name
	if w.asked[key] >= askings {
		return stop{cause{code: stillThere, about: i.Name}, gate.Kind(i.Gate)}
	}
	kind := gate.Kind(i.Gate)
	return ask{kind: kind, key: key, need: Needed(kind, ""), reopen: i.Reopen}
}

// passed says that a person did what was asked and the page bears it out
// though the thing is still to be seen: a ticked captcha stays where it was.
func passed(l look, w where, i profile.Interrupt) bool {
	return w.answers["interrupt:"+i.Name] != "" && solved(l, i)
}

// isOwnCode says that the code's box is the form's own, whose turn it is, and
// not a login's: the form asks the person for it.
func isOwnCode(l look, w where, i profile.Interrupt) bool {
	if i.Gate != string(gate.Code) || pathIn(l.page.Main().URL, i.When.Paths) {
		return false
	}
	steps := w.form(l.job.Profile)
	for at, s := range steps {
		f, ok := s.(profile.Fill)
		if !ok || f.Value != profile.FillCode || isPrepared(steps, at, w) {
			continue
		}
		if w.formAt == at || at >= 2 && preparedBefore(steps[at-2], w) {
			return boxIs(l, f)
		}
	}
	return false
}

// preparedBefore says that a step is a preparing send that was made.
func preparedBefore(s profile.Step, w where) bool {
	b, ok := s.(profile.Submit)
	return ok && w.prepared[b.Commits]
}

// solved says that a captcha shows its tick.
func solved(l look, i profile.Interrupt) bool {
	if i.Gate != string(gate.Captcha) {
		return false
	}
	names := folded(l.bound.Words(i.When.Button))
	for _, f := range l.page.Frames {
		theirs := hostIn(f.URL, i.When.Frames)
		for _, n := range f.Nodes {
			if n.Role == "checkbox" && n.Checked && (theirs || names[locate.Fold(n.Name)]) {
				return true
			}
		}
	}
	return false
}

// cleared reports whether what a gate of that key was opened for is there no
// longer, on a quiet page of the service's own.
func cleared(l look, key string) bool {
	if !l.page.Quiet || !l.job.Profile.Knows(l.page.Main().Origin) || personNeeded(l, key) {
		return false
	}
	for _, i := range l.job.Profile.Interrupts {
		if "interrupt:"+i.Name == key {
			return !shows(l, i.When) || solved(l, i)
		}
	}
	return false
}

// personNeeded says that the page asks for a person, by another gate than the
// one with that key.
func personNeeded(l look, but string) bool {
	return slices.ContainsFunc(l.job.Profile.Interrupts, func(i profile.Interrupt) bool {
		return i.Gate != "" && "interrupt:"+i.Name != but && shows(l, i.When) && !solved(l, i)
	})
}

// shows reports whether any of the signs is on the page.
func shows(l look, when profile.When) bool {
	main := l.page.Main()
	return slices.Contains(when.Status, l.status) && l.status != 0 ||
		pathIn(main.URL, when.Paths) ||
		when.Title != "" && len(locate.SeeTitles(l.page, sourced(l.bound.Words(when.Title)))) > 0 ||
		when.Words != "" && len(locate.See(l.page, sourced(l.bound.Words(when.Words)))) > 0 ||
		called(l.page, l.bound.Words(when.Button)) ||
		anyNode(l.page, func(n locate.Node) bool { return fieldIn(n, when.Fields) || imageIn(n, when.Images) }) ||
		frameShown(l.page, when.Frames)
}

// sourced leaves out the words that may not decide alone.
func sourced(list []locate.Word) []locate.Word {
	return slices.DeleteFunc(slices.Clone(list), func(w locate.Word) bool { return w.Weight < 0.5 })
}

func pathIn(address string, prefixes []string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(u.Path, p) })
}

func anyNode(p *locate.Page, is func(locate.Node) bool) bool {
	for _, f := range p.Frames {
		if !f.Visible {
			continue
		}
		for _, n := range f.Nodes {
			if n.Hidden == "" && is(n) {
				return true
			}
		}
	}
	return false
}

// called reports whether a button is named exactly by one of the words that
// may decide.
func called(p *locate.Page, list []locate.Word) bool {
	names := folded(list)
	return len(names) > 0 && anyNode(p, func(n locate.Node) bool {
		return (n.Role == "button" || n.Role == "checkbox") && names[locate.Fold(n.Name)]
	})
}

// folded are the sourced words of a list, folded.
func folded(list []locate.Word) map[string]bool {
	names := map[string]bool{}
	for _, w := range sourced(list) {
		names[locate.Fold(w.Text)] = true
	}
	return names
}

func fieldIn(n locate.Node, kinds []string) bool {
	return slices.ContainsFunc(kinds, func(k string) bool {
		return n.Type == k || slices.Contains(strings.Fields(n.Autocomplete), k)
	})
}

func imageIn(n locate.Node, parts []string) bool {
	return n.Role == "img" && slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(n.Src, p) })
}

func frameShown(p *locate.Page, hosts []string) bool {
	return len(hosts) > 0 && (anyNode(p, func(n locate.Node) bool { return n.Role == "iframe" && hostIn(n.Src, hosts) }) ||
		slices.ContainsFunc(p.Frames, func(f locate.Frame) bool { return f.Parent != "" && f.Visible && hostIn(f.URL, hosts) }))
}

// hostIn reports whether the address's host is one of the hosts or stands
// below one.
func hostIn(address string, hosts []string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	return slices.ContainsFunc(hosts, func(h string) bool {
		return u.Hostname() == h || strings.HasSuffix(u.Hostname(), "."+h)
	})
}
