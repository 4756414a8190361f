package rehearsal

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// ErrUnknownLanguage is matched by the error of [Start] for an Options.Language
// in which nothing is written.
var ErrUnknownLanguage = errors.New("no pages in that language")

// tongue is every word of the pages in one language, by key
// (web/text/<language>/*.json). All languages have the same keys; a template
// that asks for one that is not there is an error.
type tongue map[string]string

// languages are what the pages are written in; the first is what a browser gets
// that speaks none of them.
func languages() []string { return []string{"en", "fr", "de", "it", "es", "nl", "pt-BR", "pl"} }

// texts are the files of one language. The words of Instagram stand in for
// Facebook's of the same key, where a page is Instagram's.
func texts() []string {
	return []string{"facebook", "routes", "gates", "forms", "portal", "whatsapp", "decoys", "mails"}
}

// tongues are the words by service and language.
type tongues map[string]map[string]tongue

func loadTongues() (tongues, error) {
	all := tongues{facebook: {}, instagram: {}, whatsapp: {}}
	for _, lang := range languages() {
		words := tongue{"lang": lang}
		for _, name := range texts() {
			part, err := loadText(lang, name)
			if err != nil {
				return nil, err
			}
			maps.Copy(words, part)
		}
		other, err := loadText(lang, instagram)
		if err != nil {
			return nil, err
		}
		all[facebook][lang], all[whatsapp][lang] = words, words
		all[instagram][lang] = maps.Clone(words)
		maps.Copy(all[instagram][lang], other)
	}
	return all, nil
}

func loadText(lang, name string) (tongue, error) {
	raw, err := web.ReadFile("web/text/" + lang + "/" + name + ".json")
	if err != nil {
		return nil, fmt.Errorf("reading the words of %s: %w", lang, err)
	}
	words := tongue{}
	if err := json.Unmarshal(raw, &words); err != nil {
		return nil, fmt.Errorf("reading the words of %s for %s: %w", lang, name, err)
	}
	return words, nil
}

// message is a heading and the paragraphs key_1, key_2 … there are.
func (t tongue) message(key string) *message {
	m := &message{Heading: t[key+"_title"]}
	for _, number := range []string{"_1", "_2", "_3"} {
		if text, ok := t[key+number]; ok {
			m.Paragraphs = append(m.Paragraphs, text)
		}
	}
	return m
}

// languageOf is the language of a page here: the one that is forced, as the
// account's language would be, else the one of the request.
func (s *Site) languageOf(r *http.Request) string {
	if s.options.Language != "" && strings.HasPrefix(r.URL.Path, s.options.LanguageAt) {
		return matched(s.options.Language)
	}
	return languageOf(r)
}

// languageOf is the language a page is shown in: what the address asks for
// (?locale=fr_FR, WhatsApp's ?lang=fr), then the host name, then what the browser
// prefers.
func languageOf(r *http.Request) string {
	for _, name := range []string{"locale", "lang"} {
		if asked := r.URL.Query().Get(name); asked != "" {
			return matched(asked)
		}
	}
	if fixed := languageHosts()[hostOf(r)]; fixed != "" {
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

// speaks refuses a forced language in which nothing is written: a page in
// English would be a test of something else.
func speaks(lang string) error {
	if lang == "" || slices.Contains(languages(), lang) {
		return nil
	}
	return fmt.Errorf("choosing rehearsal language %q: %w, there are %s",
		lang, ErrUnknownLanguage, strings.Join(languages(), ", "))
}

// locale is how Meta writes a language in its forms.
func locale(lang string) string {
	switch lang {
	case "en":
		return "en_GB"
	case "pt-BR":
		return "pt_BR"
	default:
		return lang + "_" + strings.ToUpper(lang)
	}
}

// Languages are what [Options].Language may name.
func Languages() []string { return languages() }
