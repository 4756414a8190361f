package locate

import (
	"net/url"
	"slices"
	"strings"
)

// Find looks for one thing on a page as a person would, and abstains as a
// careful one would. Candidates are the visible nodes of visible frames whose
// role is asked for; what rules them out is said at [Want], what speaks for
// them and how much in weigh.go.
//
// The verdict is [Missing] when nothing could be it; [Ambiguous] when the best
// is weak, leads by too little, stands outside the scope that is asked, or has
// only a word that nobody knows the source of; else [Chosen]. A disabled node may be chosen: acting on it waits.
// Find is pure: the same page and want give the same verdict.
func Find(p *Page, w Want) Verdict {
	s := newSeeker(w)
	var all []weighed
	var out []Candidate
	for fi := range p.frames() {
		f := &p.Frames[fi]
		if !p.isSeen(f) || len(w.Frames) > 0 && !slices.Contains(w.Frames, f.Origin) {
			continue
		}
		for ni := range f.Nodes {
			c, ok := s.consider(f, &f.Nodes[ni])
			if !ok {
				continue
			}
			c.order = len(all)
			c.Score = score(c.points)
			if c.points < floorPoints {
				out = append(out, c.Candidate)
				continue
			}
			all = append(all, c)
		}
	}
	return s.judge(all, out)
}

// frames are the page's frames; none of a nil page.
func (p *Page) frames() []Frame {
	if p == nil {
		return nil
	}
	return p.Frames
}

// isSeen reports whether a person can see the frame: it and every frame around
// it. A frame whose parent is not on the page, or that is its own ancestor, is
// not seen.
func (p *Page) isSeen(f *Frame) bool {
	for range len(p.Frames) {
		if !f.Visible {
			return false
		}
		if f.Parent == "" {
			return true
		}
		i := slices.IndexFunc(p.Frames, func(g Frame) bool { return g.ID == f.Parent })
		if i < 0 {
			return false
		}
		f = &p.Frames[i]
	}
	return false
}

// seeker is a want made ready for many nodes.
type seeker struct {
	want                          Want
	words, never, scope, sentence phrases
	hints                         []string
	memo                          map[string]string // headings stand above many nodes: folded once
}

func newSeeker(w Want) *seeker {
	s := &seeker{
		want:  w,
		words: compile(w.Words), never: compile(w.Never),
		scope: compile(w.Scope), sentence: compile(w.Sentence),
		memo: map[string]string{},
	}
	for _, h := range w.Hints {
		if h = Fold(h); h != "" {
			s.hints = append(s.hints, h)
		}
	}
	return s
}

// folded is Fold with a memory, for texts that many nodes share.
func (s *seeker) folded(text string) string {
	f, ok := s.memo[text]
	if !ok {
		f = Fold(text)
		s.memo[text] = f
	}
	return f
}

// consider is weigh for nodes that nothing rules out.
func (s *seeker) consider(f *Frame, n *Node) (weighed, bool) {
	if n.Hidden != "" || !slices.Contains(s.want.Roles, n.Role) {
		return weighed{}, false
	}
	if n.Href != "" && hasPrefix(n.Href, s.want.Shun) {
		return weighed{}, false
	}
	name := Fold(f.label(n))
	if !s.never.none() && s.isNever(name) {
		return weighed{}, false
	}
	return s.weigh(f, n, name)
}

// isNever reports whether a name holds a word that rules it out. A shorter
// such word inside a longer sought one does not: «allow» inside «allow
// essential cookies only» is part of what is sought.
func (s *seeker) isNever(name string) bool {
	ruled := false
	s.never.in(name, func(no found) bool {
		inside := false
		s.words.in(name, func(yes found) bool {
			inside = yes.start <= no.start && no.end() <= yes.end() && len(yes.text) > len(no.text)
			return !inside
		})
		ruled = !inside
		return !ruled
	})
	return ruled
}

// judge orders the candidates and says what to make of them.
func (s *seeker) judge(all []weighed, out []Candidate) Verdict {
	slices.SortStableFunc(all, func(a, b weighed) int {
		switch {
		case a.points > b.points:
			return -1
		case a.points < b.points:
			return 1
		default:
			return a.order - b.order
		}
	})
	v := Verdict{Is: Missing, Near: out[:min(len(out), nearKept)]}
	if len(all) == 0 {
		return v
	}
	best := firstOfTwins(all)
	for _, c := range all {
		v.Candidates = append(v.Candidates, c.Candidate)
	}
	v.Is = Ambiguous
	v.Weak = best.points < weakPoints || best.alone || best.outside
	v.Faint = v.Weak && !best.outside
	if v.Weak || hasRival(all, best) {
		return v
	}
	v.Is = Chosen
	v.Strong = best.exact && best.inPlace
	return v
}

// nearKept is how many nodes that came short are kept for the trace.
const nearKept = 5

// firstOfTwins puts, among those that are the best candidate's twins and
// within the margin, the one that comes first on the page in front.
func firstOfTwins(all []weighed) weighed {
	first := 0
	for i, c := range all {
		if all[0].points-c.points < marginPoints && isTwin(&all[0], &c) && c.order < all[first].order {
			first = i
		}
	}
	best := all[first]
	copy(all[1:first+1], all[:first])
	all[0] = best
	return best
}

// hasRival reports whether another thing is as good, or nearly.
func hasRival(all []weighed, best weighed) bool {
	for i := range all[1:] {
		c := &all[1+i]
		if best.points-c.points < marginPoints && !isTwin(&best, c) {
			return true
		}
	}
	return false
}

// isTwin reports whether pressing either does the same: two links of one name
// and destination, or one thing told twice (a link inside a button).
func isTwin(a, b *weighed) bool {
	x, y := &a.Node, &b.Node
	if x.Document != y.Document || x.Frame != y.Frame || Fold(x.Name) != Fold(y.Name) {
		return false
	}
	if x.Role == "link" && y.Role == "link" && x.Href != "" {
		return x.Href == y.Href
	}
	return !isField(x.Role) && x.Covered == y.Covered && x.Href == y.Href &&
		(x.Box.holds(y.Box) || y.Box.holds(x.Box))
}

// holds reports whether a box that has an area lies within this one.
func (b Box) holds(o Box) bool {
	return o.W > 0 && o.H > 0 && b.X <= o.X && b.Y <= o.Y &&
		b.X+b.W >= o.X+o.W && b.Y+b.H >= o.Y+o.H
}

// isField reports whether a role is one that a value is given to, rather than
// one that is pressed. A field may be told by its markup alone.
func isField(role string) bool {
	switch role {
	case "textbox", "searchbox", "combobox", "listbox", "spinbutton":
		return true
	}
	return false
}

// hasPrefix reports whether an address begins with one of the prefixes, at the
// edge of a path segment: …/contact/71 is not the beginning of …/contact/712.
// A prefix that begins with / is compared with the path alone, whatever the
// host.
func hasPrefix(address string, prefixes []string) bool {
	for _, p := range prefixes {
		rest := address
		if strings.HasPrefix(p, "/") {
			u, err := url.Parse(address)
			if err != nil {
				continue
			}
			rest = u.EscapedPath()
		}
		if rest, ok := strings.CutPrefix(rest, p); ok && p != "" &&
			(rest == "" || strings.HasSuffix(p, "/") || strings.ContainsRune("/?#", rune(rest[0]))) {
			return true
		}
	}
	return false
}
