package profile

import (
	"slices"
	"strings"

	"opposer/internal/locate"
)

// Words are the phrases under a key, the given language's first (then its
// primary subtag's), then all the others in order of their names: a logged-in
// page speaks the account's language whatever was asked for.
func (s *Set) Words(key, language string) []locate.Word {
	if key == "" {
		return nil
	}
	var out []locate.Word
	for _, l := range s.languages(language) {
		out = appendWords(out, s.Lexicons[l].Words[key], l)
	}
	return out
}

// languages are the lexicons' languages, the nearest to the given one first.
func (s *Set) languages(language string) []string {
	primary, _, _ := strings.Cut(language, "-")
	order := make([]string, 0, len(s.Lexicons))
	for l := range s.Lexicons {
		order = append(order, l)
	}
	rank := func(l string) int {
		switch p, _, _ := strings.Cut(l, "-"); {
		case l == language:
			return 0
		case p == primary:
			return 1
		default:
			return 2
		}
	}
	slices.SortFunc(order, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return order
}

// appendWords adds lexicon entries as locate reads them.
func appendWords(out []locate.Word, entries []Entry, language string) []locate.Word {
	for _, e := range entries {
		out = append(out, locate.Word{Text: e.Text, Language: language, Weight: e.Weight()})
	}
	return out
}
