package rehearsal

import (
	"encoding/json"
	"fmt"
	"net/http"

	"golang.org/x/text/language"
)

// tongue is every word of the pages in one language, by key
// (web/text/<language>.json). All have the same keys; a template that asks for
// one that is not there is an error.
type tongue map[string]string

// languages are what the pages are written in; the first is what a browser gets
// that speaks none of them.
func languages() []string { return []string{"en", "fr", "de"} }

func loadTongues() (map[string]tongue, error) {
	all := map[string]tongue{}
	for _, lang := range languages() {
		raw, err := web.ReadFile("web/text/" + lang + ".json")
		if err != nil {
			return nil, fmt.Errorf("reading the words of %s: %w", lang, err)
		}
		words := tongue{}
		if err := json.Unmarshal(raw, &words); err != nil {
			return nil, fmt.Errorf("reading the words of %s: %w", lang, err)
		}
		words["lang"] = lang
		all[lang] = words
	}
	return all, nil
}

// languageOf is the language a page is shown in: what the address asks for
// (?locale=fr_FR, then the host name), then what the browser prefers.
func languageOf(r *http.Request) string {
	if asked := r.URL.Query().Get("locale"); asked != "" {
		return matched(asked)
	}
	if fixed := hostLanguage(hostOf(r)); fixed != "" {
		return fixed
	}
	return matched(r.Header.Get("Accept-Language"))
}

// matched is the language nearest to what is preferred (RFC 4647 lookup, as
// x/text does it), the first of ours where none is near.
func matched(preferences string) string {
	names := languages()
	var tags []language.Tag
	for _, name := range names {
		tags = append(tags, language.Make(name))
	}
	_, index := language.MatchStrings(language.NewMatcher(tags), preferences)
	return names[index]
}

// locale is how Meta writes a language in its forms.
func locale(lang string) string {
	switch lang {
	case "fr":
		return "fr_FR"
	case "de":
		return "de_DE"
	default:
		return "en_GB"
	}
}
