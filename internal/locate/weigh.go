package locate

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// What each part of the evidence is worth, in points. Points add up; a
// candidate's score is 1 − 2^(−points), so that one point is 0.50, two 0.75,
// three 0.88, and no pile of hints ever reaches certainty. Name points are
// multiplied by the word's weight (its confidence letter).
//
// The figures are ordered, not measured: an exact word in its place beats an
// exact word out of its place, which beats a part of a longer name in the
// right place. testdata/*.txtar holds the pages that each of them decides.
const (
	nameExact   = 1.7 // a link or button is called just so
	namePart    = 0.5 // the word stands in a longer name …
	nameShare   = 0.8 // … and this much more by the share of the name that it is
	labelExact  = 1.5 // a field is labelled just so
	labelPart   = 0.7 // the label holds the word, and nameShare as above
	ownLanguage = 0.05
	tokenIs     = 1.5 // autocomplete says what the field is for (HTML §4.10.18.7)
	typeIs      = 1.0 // type=email, type=tel
	hintIs      = 0.5 // name, id or placeholder of a field; a fifth of it for the rest
	scopeIn     = 0.8 // under the heading; half of it one level further up
	scopeNear   = 0.4 // the heading's words stand in plain text just above
	scopeOut    = 0.8 // against: a scope is asked and this is elsewhere
	paragraphIs = 0.6
	paragraphNo = 0.3 // against
	sentenceIs  = 0.5
	sentenceNo  = 0.2 // against
	addressIs   = 0.6
	covered     = 0.1 // against: something lies on top of it just now
)

// How points become a verdict.
const (
	floorPoints  = 0.3  // less is no candidate: the page does not have it
	weakPoints   = 0.9  // less is not acted on without a person
	marginPoints = 0.45 // a lead smaller than this is a tie
)

// Unsourced is the weight of a word whose source nobody knows. Words of this
// weight or less never decide alone.
const Unsourced = 0.3

// above is how many blocks above its own a scope's words may stand in plain
// text and still speak for a node: a box's title is not always a heading.
const above = 3

// weighed is a candidate while it is compared.
type weighed struct {
	Candidate
	points  float64
	alone   bool // nothing but an unsourced word speaks for it
	exact   bool // by a sourced word
	inPlace bool // no scope is asked, or its nearest heading is the scope
	outside bool // a scope is asked, and neither it nor a known address speaks for this
	order   int  // place on the page
}

// plus notes points for the candidate; explain reads as a person would say it.
func (c *weighed) plus(points float64, format string, args ...any) {
	c.points += points
	c.For = append(c.For, fmt.Sprintf(format, args...))
}

// minus notes points against the candidate.
func (c *weighed) minus(points float64, format string, args ...any) {
	c.points -= points
	c.Against = append(c.Against, fmt.Sprintf(format, args...))
}

// score turns points into the 0 to 1 that people and logs see.
func score(points float64) float64 {
	return math.Round((1-math.Exp2(-max(points, 0)))*1000) / 1000
}

// weigh gives one node of a visible frame its points; false when it cannot be
// what is sought at all. name is its name, folded.
func (s *seeker) weigh(f *Frame, n *Node, name string) (weighed, bool) {
	hit, named := s.words.best(name)
	if !named && !isField(n.Role) {
		return weighed{}, false // hints alone never make a link or a button
	}
	c := weighed{Candidate: Candidate{Node: *n}, inPlace: s.scope.none()}
	if named {
		s.weighName(&c, hit, name)
	}
	known := s.weighField(&c, n)
	if !named && !known && len(c.For) == 0 {
		return c, false
	}
	c.alone = !known && (!named || hit.word.Weight <= Unsourced)
	s.weighPlace(&c, f, n)
	if n.Href != "" && hasPrefix(n.Href, s.want.Addresses) {
		to, _, _ := strings.Cut(n.Href, "?") // a query may hold what is one account's
		c.plus(addressIs, "it leads to %s", to)
		c.outside = false
	}
	if n.Covered != "" {
		c.minus(covered, "%s lies on top of it", n.Covered)
	}
	return c, true
}

// weighName adds what the name says.
func (s *seeker) weighName(c *weighed, hit found, name string) {
	exact, part := nameExact, namePart
	if isField(c.Node.Role) {
		exact, part = labelExact, labelPart
	}
	w := hit.word
	points := part + nameShare*share(hit, name)
	says := "its name holds «%s» (%s)"
	if hit.exact {
		points, says = exact, "its name is «%s» (%s)"
		c.exact = w.Weight > Unsourced
	}
	if hit.rank == 0 && w.Weight > Unsourced {
		points += ownLanguage
	}
	c.plus(points*w.Weight, says, w.Text, w.Language)
	if w.Weight <= Unsourced {
		c.minus(0, "nobody knows where the word «%s» was seen", w.Text)
	}
}

// weighField adds what the markup says; true when it settles what a field is.
func (s *seeker) weighField(c *weighed, n *Node) bool {
	field, known := isField(n.Role), false
	if field && s.hasToken(n.Autocomplete) {
		c.plus(tokenIs, "autocomplete is %s", n.Autocomplete)
		known = true
	}
	if kind := typeOf(n); field && slices.Contains(s.want.Types, kind) {
		c.plus(typeIs, "its type is %s", kind)
		known = true
	}
	for _, h := range s.hints {
		if strings.Contains(Fold(n.NameAttr), h) || strings.Contains(Fold(n.IDAttr), h) || strings.Contains(Fold(n.Placeholder), h) {
			points := hintIs
			if !field {
				points /= 5
			}
			c.plus(points, "«%s» stands in its markup", h)
			break
		}
	}
	return known
}

// typeOf is a field's type as HTML's type property gives it: a text area's is
// textarea.
func typeOf(n *Node) string {
	if n.Type == "" {
		return strings.ToLower(n.Tag)
	}
	return strings.ToLower(n.Type)
}

// hasToken reports whether one of an autocomplete attribute's tokens is
// sought: "section-a shipping email" holds email.
func (s *seeker) hasToken(autocomplete string) bool {
	for tok := range strings.FieldsSeq(strings.ToLower(autocomplete)) {
		if slices.Contains(s.want.Tokens, tok) {
			return true
		}
	}
	return false
}

// weighPlace adds what headings, paragraph and sentence say.
func (s *seeker) weighPlace(c *weighed, f *Frame, n *Node) {
	if !s.scope.none() {
		s.weighScope(c, f, n)
	}
	if p := s.want.Paragraph; p > 0 && n.Paragraph > 0 {
		if n.Paragraph == p {
			c.plus(paragraphIs, "it stands in paragraph %d", p)
		} else {
			c.minus(paragraphNo, "it stands in paragraph %d, not %d", n.Paragraph, p)
		}
	}
	if s.sentence.none() || n.Block < 0 || n.Block >= len(f.Blocks) {
		return
	}
	if hit, ok := s.sentence.best(Fold(f.Blocks[n.Block].Text)); ok {
		c.plus(sentenceIs*hit.word.Weight, "its sentence holds «%s»", hit.word.Text)
	} else {
		c.minus(sentenceNo, "its sentence is another")
	}
}

// weighScope adds what stands above the node.
func (s *seeker) weighScope(c *weighed, f *Frame, n *Node) {
	points := scopeIn
	titles := n.Headings
	if n.Group != "" { // the question of a radio button is nearer than any heading
		titles = append([]string{n.Group}, titles...)
	}
	for i, h := range titles {
		if hit, ok := s.scope.best(s.folded(h)); ok {
			c.inPlace = i == 0 && hit.word.Weight > Unsourced
			c.plus(points*hit.word.Weight, "it stands under «%s»", h)
			return
		}
		points /= 2
	}
	for b := min(n.Block, len(f.Blocks)) - 1; b >= max(0, n.Block-above); b-- {
		if f.Blocks[b].Role == "heading" {
			break // what stands above a heading is another section
		}
		if s.scope.any(s.folded(f.Blocks[b].Text)) {
			c.plus(scopeNear, "«%s» stands just above", f.Blocks[b].Text)
			return
		}
	}
	c.outside = true
	c.minus(scopeOut, "it stands elsewhere on the page")
}
