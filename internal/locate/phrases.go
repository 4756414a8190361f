package locate

import (
	"strings"
	"unicode/utf8"
)

// phrase is a word ready to be looked for: folded, without signs around it.
type phrase struct {
	word Word
	text string
	rank int // of its language: 0 for the first language of the list
}

// phrases is a list of words ready to be looked for in many texts. Words are
// reached by their first token, so that the cost of a text depends on its own
// length and not on how many languages the lexicon has.
type phrases struct {
	byFirst map[string][]phrase
	loose   []phrase // of scripts without spaces: looked for everywhere
	weight  float64  // of the best word
}

// found is a phrase and where it stands in a text.
type found struct {
	phrase
	start int
	exact bool // it is the whole text but for signs around it
}

// end is the offset behind the phrase.
func (f found) end() int { return f.start + len(f.text) }

// compile readies words; empty ones are dropped.
func compile(words []Word) phrases {
	ph := phrases{byFirst: make(map[string][]phrase, len(words))}
	ranks := map[string]int{}
	for _, w := range words {
		if _, ok := ranks[w.Language]; !ok {
			ranks[w.Language] = len(ranks)
		}
		p := phrase{word: w, text: bare(Fold(w.Text)), rank: ranks[w.Language]}
		ph.weight = max(ph.weight, w.Weight)
		if first := token(p.text); first == "" && p.text != "" {
			ph.loose = append(ph.loose, p)
		} else if p.text != "" {
			ph.byFirst[first] = append(ph.byFirst[first], p)
		}
	}
	return ph
}

// none reports whether there is nothing to look for.
func (ph phrases) none() bool { return len(ph.byFirst) == 0 && len(ph.loose) == 0 }

// in calls yield for every phrase that stands in the folded text as whole
// words, until it returns false.
func (ph phrases) in(folded string, yield func(found) bool) {
	if ph.none() || folded == "" {
		return
	}
	whole := bare(folded)
	for i := 0; i < len(folded); {
		tok := token(folded[i:])
		if tok == "" {
			_, n := utf8.DecodeRuneInString(folded[i:])
			i += n
			continue
		}
		for _, p := range ph.byFirst[tok] {
			if at(folded, i, p.text) && !yield(found{p, i, p.text == whole}) {
				return
			}
		}
		i += len(tok)
	}
	for _, p := range ph.loose {
		if i := strings.Index(folded, p.text); i >= 0 && !yield(found{p, i, p.text == whole}) {
			return
		}
	}
}

// best is the phrase that says most about the folded text: exact before a part
// of it, then by weight times the share of the text that it is.
func (ph phrases) best(folded string) (found, bool) {
	var top found
	worth := -1.0
	ph.in(folded, func(f found) bool {
		w := f.word.Weight * (share(f, folded) - 0.001*float64(f.rank))
		if f.exact {
			w += 1
		}
		if w > worth {
			top, worth = f, w
		}
		return true
	})
	return top, worth >= 0
}

// any reports whether one of the phrases stands in the folded text.
func (ph phrases) any(folded string) bool {
	hit := false
	ph.in(folded, func(found) bool { hit = true; return false })
	return hit
}

// share is how much of the text the phrase is, 0 to 1.
func share(f found, folded string) float64 {
	return float64(len(f.text)) / float64(max(len(folded), 1))
}

// token is the word at the beginning of folded text; "" when there is none or
// its script has no spaces.
func token(folded string) string {
	for i := range len(folded) {
		c := folded[i]
		if c >= utf8.RuneSelf {
			return folded[:i+len(longToken(folded[i:]))]
		}
		if !isWordRune(rune(c)) {
			return folded[:i]
		}
	}
	return folded
}

// longToken is token for text that goes on beyond ASCII.
func longToken(folded string) string {
	for i, r := range folded {
		if !isWordRune(r) || isUnspaced(r) {
			return folded[:i]
		}
	}
	return folded
}

// at reports whether the phrase stands at offset i, ending at a word's edge.
func at(folded string, i int, text string) bool {
	if !strings.HasPrefix(folded[i:], text) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(folded[i+len(text):])
	last, _ := utf8.DecodeLastRuneInString(text)
	return after == utf8.RuneError || !isWordRune(after) || isUnspaced(after) || !isWordRune(last)
}
