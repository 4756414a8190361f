package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"opposer/internal/words"
)

// Gap is a key that a profile uses and a language has no words for.
type Gap struct {
	Language string
	Key      string
	Services []string // the profiles that use it, sorted
}

// Missing lists what each lexicon lacks of the keys that the profiles use and
// do not have among their own words, by language and key.
func (s *Set) Missing() []Gap {
	users := map[string][]string{}
	for _, service := range s.Services() {
		p := s.Profiles[service]
		for _, key := range p.Keys() {
			if len(p.Words[key]) == 0 {
				users[key] = append(users[key], service)
			}
		}
	}
	var gaps []Gap
	for _, l := range slices.Sorted(maps.Keys(s.Lexicons)) {
		for _, key := range slices.Sorted(maps.Keys(users)) {
			if len(s.Lexicons[l].Words[key]) == 0 {
				gaps = append(gaps, Gap{l, key, users[key]})
			}
		}
	}
	return gaps
}

// Keys are the lexicon keys that a profile uses, sorted, each once.
func (p *Profile) Keys() []string {
	used := []string{p.About.Words, p.About.Never}
	for _, r := range p.Routes {
		for _, s := range r.Steps {
			used = append(used, keysOf(s)...)
		}
	}
	for _, l := range p.Looks {
		used = append(used, l.About.Words, l.About.Never)
	}
	for _, form := range p.forms() {
		for _, s := range form {
			used = append(used, keysOf(s)...)
		}
	}
	for _, in := range p.Interrupts {
		used = append(used, in.Press, in.Never, in.When.Words, in.When.Title, in.When.Button)
	}
	for _, o := range p.Outcomes {
		used = append(used, o.Words)
	}
	used = slices.DeleteFunc(used, func(k string) bool { return k == "" })
	slices.Sort(used)
	return slices.Compact(used)
}

func keysOf(s Step) []string {
	switch s := s.(type) {
	case Follow:
		return []string{s.Link, s.Scope, s.Sentence, s.Never}
	case Fill:
		return []string{s.Label, s.Never}
	case Choose:
		if s.Option == FillCountry || s.Option == ChooseCallingCode {
			return []string{s.Group}
		}
		return []string{s.Option, s.Group}
	case Check:
		return []string{s.Label}
	case Submit:
		return []string{s.Button, s.Never}
	case Open, Expect:
	}
	return nil
}

// lint fills in the warnings of a set that has no problems.
func (s *Set) lint(profiles, lexicons []*reader) {
	for _, r := range lexicons {
		l := s.Lexicons[stem(r.file)]
		for key, entries := range l.Words {
			r.lintEntries("words."+key, entries)
		}
		r.lintGaps(s.Missing(), l.Language)
		s.warnings = append(s.warnings, r.problems...)
	}
	for _, r := range profiles {
		p := s.Profiles[stem(r.file)]
		for key, entries := range p.Words {
			r.lintEntries("words."+key, entries)
		}
		s.warnings = append(s.warnings, r.problems...)
	}
	s.warnings = s.warnings.sorted()
}

// lintGaps says in one warning what a language lacks that the same profiles
// use: a language is mended in one go, and a line a key would hide the rest.
func (r *reader) lintGaps(gaps []Gap, language string) {
	keys, order := map[string][]string{}, []string(nil)
	for _, gap := range gaps {
		if gap.Language != language {
			continue
		}
		users := strings.Join(gap.Services, ", ")
		if keys[users] == nil {
			order = append(order, users)
		}
		keys[users] = append(keys[users], gap.Key)
	}
	for _, users := range order {
		r.flag("words", words.T("no words for %s, which %s uses", strings.Join(keys[users], ", "), users), words.T("add what the pages say, with its source"))
	}
}

// lintEntries says in one warning which words under a key nobody knows the
// source of.
func (r *reader) lintEntries(path string, entries []Entry) {
	first, texts := -1, []string(nil)
	for i, e := range entries {
		if e.Source != unsourced {
			continue
		}
		if first < 0 {
			first = i
		}
		texts = append(texts, e.Text)
	}
	if first < 0 {
		return
	}
	r.flag(fmt.Sprintf("%s[%d]", path, first), words.N(len(texts),
		"nobody knows where «%s» was seen; it never decides alone", "nobody knows where «%s» were seen; they never decide alone",
		strings.Join(texts, "», «")), words.T("add its source, or remove it"))
}
