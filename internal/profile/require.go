package profile

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"opposer/internal/locate"
	"opposer/internal/words"
)

// need flags a value that is missing or empty.
func (r *reader) need(path, value string) {
	if strings.TrimSpace(value) == "" {
		within := strings.TrimPrefix(path[strings.LastIndexByte(path, ']')+1:], ".")
		name := path[strings.LastIndexByte(path, '.')+1:]
		r.flag(path, words.T("%s is missing or empty", within), words.T("add it: %s: …", name))
	}
}

// once flags a value that stands among those before it.
func (r *reader) once(path, value string, before []string) {
	if value != "" && slices.Contains(before, value) {
		r.flag(path, words.T("%q is used twice", value), words.T("give each its own name"))
	}
}

// noEmpty flags empty texts of a list: an empty text is found everywhere.
func (r *reader) noEmpty(path string, list []string) {
	for i, s := range list {
		if strings.TrimSpace(s) == "" {
			r.flag(fmt.Sprintf("%s[%d]", path, i), words.T("an empty text would be found on every page"), words.T("write the text, or remove the line"))
		}
	}
}

// key flags a lexicon key that nothing has; "" is no key.
func (c checker) key(path, key string) {
	if key == "" || slices.Contains(c.keys, key) {
		return
	}
	remedy := words.T("add it to a file in lexicon/, or to words: in this file")
	if near := words.Nearest(key, c.keys); near != "" {
		remedy = words.T("did you mean %s?", near)
	}
	c.flag(path, words.T("no lexicon has the key %s", key), remedy)
}

// meant is the remedy for a name that is not among the known ones.
func (r *reader) meant(name string, known []string) words.Text {
	if near := words.Nearest(name, known); near != "" {
		return words.T("did you mean %s?", near)
	}
	if len(known) == 0 {
		return words.Text{}
	}
	return words.T("it is one of: %s", strings.Join(known, ", "))
}

// oneOf flags a value that is not in the closed list of that name.
func (r *reader) oneOf(path, value, list string) {
	known := Closed()[list]
	switch {
	case value == "":
		r.need(path, value)
	case !slices.Contains(known, value):
		r.flag(path, words.T("%q is not known here", value), r.meant(value, known))
	}
}

// Closed are the values that a key may have where only some are known, by
// "type.key" as the types of this package are named.
func Closed() map[string][]string {
	needs := []string{string(Required), string(Optional), string(Unused)}
	letters := []string{"A", "B", "C", "D"}
	return map[string][]string{
		"Requires.email": needs, "Requires.phone": needs, "Requires.country": needs,
		"Route.confidence": letters, "Covers.confidence": letters, "Entry.confidence": letters,
		"Fill.value": {FillEmail, FillPhone, FillNational, FillReason, FillCountry, FillCode},
		// the gates that a page's looks can open; what is about to be done opens the others
		"Interrupt.gate": {"login", "captcha", "code", "decision"},
		"Outcome.means":  {string(Taken), string(Refused), string(Already), string(NotTaken), string(Broken)},
	}
}

// checkLexicon checks a lexicon file that could be decoded at all.
func (r *reader) checkLexicon(l *Lexicon) {
	if len(r.places) == 0 {
		return
	}
	name := stem(r.file)
	if tag, err := language.Parse(l.Language); err != nil || tag.String() != l.Language {
		r.flag("language", words.T("%q is not a language's code", l.Language), words.T("write it as fr or pt-BR"))
	} else if l.Language != name {
		r.flag("language", words.T("the language is %s and the file is named %s", l.Language, name), words.T("name the file %s.yaml", l.Language))
	}
	if len(l.Words) == 0 {
		r.flag("words", words.T("the lexicon has no words"), words.T("add: words: with keys and entries"))
	}
	for key, entries := range l.Words {
		r.checkEntries("words."+key, entries)
	}
}

// checkEntries checks the phrases under one key.
func (r *reader) checkEntries(path string, entries []Entry) {
	if len(entries) == 0 {
		r.flag(path, words.T("the key has no words"), words.T("add an entry, or remove the key"))
	}
	said := map[string]bool{}
	for i, e := range entries {
		at := fmt.Sprintf("%s[%d]", path, i)
		folded := locate.Fold(e.Text)
		switch {
		case folded == "":
			r.flag(at, words.T("an empty text would be found on every page"), words.T("write the text, or remove the line"))
		case said[folded]:
			r.flag(at, words.T("%q stands here twice", e.Text), words.T("case, accents and apostrophes do not count: keep one of the two"))
		}
		said[folded] = true
		r.need(at+".source", e.Source)
		if e.Source != unsourced {
			r.oneOf(at+".confidence", e.Confidence, "Entry.confidence")
		}
	}
}
