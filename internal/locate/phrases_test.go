package locate

import (
	"slices"
	"testing"
)

func list(texts ...string) []Word {
	var out []Word
	for _, t := range texts {
		out = append(out, Word{Text: t, Language: "xx", Weight: 1})
	}
	return out
}

func TestPhrasesIn(t *testing.T) {
	for _, c := range []struct {
		name, text string
		words      []string
		want       []string
	}{
		{"whole words", "object to objections", []string{"object", "objection"}, []string{"object"}},
		{"in order of place", "two one two", []string{"one", "two"}, []string{"two", "one", "two"}},
		{"behind an apostrophe", "s’opposer", []string{"opposer", "s'opposer"}, []string{"s'opposer", "opposer"}},
		{"beside a hyphen", "e-mail", []string{"mail", "e mail", "e-mail"}, []string{"e-mail", "mail"}},
		{"several words with one beginning", "le droit de vous opposer", []string{"droit de", "droit de vous opposer", "droit d"}, []string{"droit de", "droit de vous opposer"}},
		{"signs inside are kept", "yes, no", []string{"yes no", "yes, no"}, []string{"yes, no"}},
		{"signs around the word are not", "send", []string{"«Send»!"}, []string{"send"}},
		{"at the very end", "please send", []string{"send"}, []string{"send"}},
		{"digits are words", "form 71", []string{"7", "71"}, []string{"71"}},
		{"mixed scripts", "metaで異議を", []string{"meta", "異議", "metaで"}, []string{"meta", "metaで", "異議"}},
		{"a word of signs is itself", "go →", []string{"→", "!"}, []string{"→"}},
		{"nothing", "", []string{"a"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			compile(list(c.words...)).in(Fold(c.text), func(f found) bool {
				got = append(got, f.text)
				return true
			})
			if !slices.Equal(got, c.want) {
				t.Errorf("in %q: %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestPhrasesStopWhenTold(t *testing.T) {
	calls := 0
	compile(list("a", "b", "異")).in("a b 異", func(found) bool { calls++; return false })
	if calls != 1 {
		t.Errorf("called %d times after being told to stop", calls)
	}
}

func TestBestPhrase(t *testing.T) {
	words := []Word{
		{Text: "object", Language: "en", Weight: 1},
		{Text: "object to this", Language: "en", Weight: 0.9},
		{Text: "to this use", Language: "fr", Weight: 0.3},
	}
	ph := compile(words)
	for text, want := range map[string]string{
		"Object": "object", "Object to this": "object to this", "I object to this use": "object to this", "to this use": "to this use", "nothing": "",
	} {
		f, ok := ph.best(Fold(text))
		if f.word.Text != want || ok != (want != "") {
			t.Errorf("%q says %q", text, f.word.Text)
		}
	}
}

// TestEvidenceIsOrdered: the figures of weigh.go keep the order that their
// comment promises, whatever they are set to.
func TestEvidenceIsOrdered(t *testing.T) {
	type step struct {
		name   string
		points float64
	}
	for _, ladder := range [][]step{
		{
			{"exact in its place", nameExact + scopeIn + paragraphIs + sentenceIs},
			{"exact out of its place", nameExact - scopeOut - paragraphNo - sentenceNo},
		}, {
			{"exact word alone", nameExact}, {"half of a longer name", namePart + nameShare/2}, {"nothing but hints", hintIs},
		}, {
			{"label", labelExact}, {"type", typeIs}, {"a hint alone is too weak", hintIs},
		},
	} {
		for i := range ladder[1:] {
			if ladder[i].points <= ladder[i+1].points {
				t.Errorf("%s (%.2f) does not beat %s (%.2f)", ladder[i].name, ladder[i].points, ladder[i+1].name, ladder[i+1].points)
			}
		}
	}
	full := scopeIn + paragraphIs + sentenceIs + addressIs
	if unsourced := nameExact * Unsourced; unsourced >= weakPoints || full+unsourced < weakPoints {
		t.Error("an unsourced word has to be weak alone and shown when in its place")
	}
	if hintIs >= weakPoints || typeIs < weakPoints || tokenIs < weakPoints {
		t.Error("a type or token suffices for a field, a hint does not")
	}
	if ownLanguage >= marginPoints || covered >= marginPoints {
		t.Error("neither the language nor a banner decides between two")
	}
}

func TestScore(t *testing.T) {
	for points, want := range map[float64]float64{-3: 0, 0: 0, 1: 0.5, 2: 0.75, 3: 0.875, 100: 1} {
		if got := score(points); got != want {
			t.Errorf("%v points score %v, not %v", points, got, want)
		}
	}
}

func TestHasPrefix(t *testing.T) {
	for _, c := range []struct {
		address, prefix string
		want            bool
	}{
		{"https://a.example/x/1", "https://a.example/x/1", true},
		{"https://a.example/x/1/", "https://a.example/x/1", true},
		{"https://a.example/x/1?y", "https://a.example/x/1", true},
		{"https://a.example/x/1#y", "https://a.example/x/1", true},
		{"https://a.example/x/12", "https://a.example/x/1", false},
		{"https://a.example/x/12", "https://a.example/x/", true},
		{"https://a.example.evil/x", "https://a.example", false},
		{"https://b.example/x/1", "/x/1", true},
		{"https://b.example/x/12", "/x/1", false},
		{"https://b.example/?next=/x/1", "/x/1", false},
		{"https://b.example/%zz", "/", false},
		{"https://b.example", "", false},
	} {
		if got := hasPrefix(c.address, []string{c.prefix}); got != c.want {
			t.Errorf("%s begins with %q: %t", c.address, c.prefix, got)
		}
	}
}

func TestTwins(t *testing.T) {
	box := Box{X: 10, Y: 10, W: 100, H: 40}
	node := func(change func(*Node)) *weighed {
		w := &weighed{Candidate: Candidate{Node: Node{Role: "button", Name: "Envoyer", Document: "D", Frame: "F", Box: box}}}
		if change != nil {
			change(&w.Node)
		}
		return w
	}
	for _, c := range []struct {
		name   string
		change func(*Node)
		want   bool
	}{
		{"the same place", nil, true},
		{"inside", func(n *Node) { n.Box = Box{X: 12, Y: 12, W: 20, H: 20} }, true},
		{"around", func(n *Node) { n.Box = Box{X: 0, Y: 0, W: 200, H: 200} }, true},
		{"overlapping", func(n *Node) { n.Box.X = 50 }, false},
		{"elsewhere", func(n *Node) { n.Box.Y = 500 }, false},
		{"without a size", func(n *Node) { n.Box = Box{X: 20, Y: 20} }, false},
		{"another name", func(n *Node) { n.Name = "Supprimer" }, false},
		{"another frame", func(n *Node) { n.Frame = "G" }, false},
		{"another document", func(n *Node) { n.Document = "E" }, false},
		{"covered by it", func(n *Node) { n.Covered = "dialog" }, false},
		{"leading elsewhere", func(n *Node) { n.Href = "https://a.example" }, false},
	} {
		if got := isTwin(node(nil), node(c.change)); got != c.want {
			t.Errorf("%s: twin %t", c.name, got)
		}
	}
}
