package profile

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"opposer/internal/locate"
)

// Countries are the names of a country (ISO 3166-1 alpha-2) in every language
// the set speaks, the given one's first: what an option that stands for the
// account's country may be called (Unicode CLDR). nil when the code is none.
func (s *Set) Countries(code, lang string) []locate.Word {
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() {
		return nil
	}
	var out []locate.Word
	for _, l := range s.languages(lang) {
		tag, err := language.Parse(l)
		if err != nil {
			continue
		}
		if namer := display.Regions(tag); namer != nil {
			if name := namer.Name(region); name != "" {
				out = append(out, locate.Word{Text: name, Language: l, Weight: 1})
			}
		}
	}
	return out
}
