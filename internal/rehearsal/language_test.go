package rehearsal

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestLanguageOf(t *testing.T) {
	for _, c := range []struct{ host, query, accept, want string }{
		{mainHost, "", "fr-FR,fr;q=0.9,en;q=0.8", "fr"},
		{mainHost, "", "de-CH", "de"},
		{mainHost, "", "sv,de;q=0.5", "de"},
		{mainHost, "", "ja", "en"},
		{mainHost, "", "", "en"},
		{mainHost, "", "\x00;;q=?", "en"},
		{frenchHost, "", "de", "fr"},
		{germanHost + ":443", "", "fr", "de"},
		{frenchHost, "locale=de_DE", "fr", "de"},
		{mainHost, "locale=fr_FR", "de", "fr"},
		{mainHost, "locale=xx", "de", "en"},
	} {
		r := &http.Request{Host: c.host, URL: &url.URL{RawQuery: c.query}, Header: http.Header{"Accept-Language": {c.accept}}}
		if got := languageOf(r); got != c.want {
			t.Errorf("%+v is shown in %q", c, got)
		}
	}
}

// TestTonguesAreComplete: the same keys everywhere, nothing empty, and no two
// languages that say the same at length (a text left untranslated).
func TestTonguesAreComplete(t *testing.T) {
	tongues, err := loadTongues()
	if err != nil {
		t.Fatal(err)
	}
	keys := slices.Sorted(maps.Keys(tongues["en"]))
	for lang, words := range tongues {
		if got := slices.Sorted(maps.Keys(words)); !slices.Equal(got, keys) {
			t.Errorf("%s: keys %q, want those of en", lang, got)
		}
		for key, text := range words {
			if text == "" || key != "twin_after" && key != "notice_after" && len(text) < 2 {
				t.Errorf("%s: %s is %q", lang, key, text)
			}
			if lang != "en" && len(text) > 25 && text == tongues["en"][key] {
				t.Errorf("%s: %s is English", lang, key)
			}
		}
	}
}

// TestWordsOfAnswersExist: messages are looked up by a composed key, which no
// template checks.
func TestWordsOfAnswersExist(t *testing.T) {
	tongues, err := loadTongues()
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range tongues {
		for _, key := range []string{"taken", "refused", "unclear", "queued", "fault", "expired", "human", "field", "code", "wrong_code"} {
			if m := words.message(key); m.Heading == "" || len(m.Paragraphs) == 0 {
				t.Errorf("%s: %s is %+v", lang, key, m)
			}
		}
	}
}

func TestWordNamesWhatIsMissing(t *testing.T) {
	words := tongue{"lang": "fr", "third_title": "x"}
	if got, err := word(words, "third", "title"); got != "x" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := word(words, "third", "none"); err == nil || !strings.Contains(err.Error(), "third_none") {
		t.Errorf("%v does not name the key", err)
	}
}

// TestEveryPageInEveryLanguage renders all there is; a word that is missing is a
// status 500 here.
func TestEveryPageInEveryLanguage(t *testing.T) {
	pages := map[string][]string{
		"alert":        {"/privacy/center/", "/privacy/genai", "/privacy/guide/generative-ai/", "/help/2069235856423257", "/login/?wrong=1", "/login/", "/privacy/consent/", "/help/contact/" + formLong, "/help/contact/" + formShort + "/"},
		"link-missing": {"/help/contact/" + formLong, "/ajax/privacy/section/"},
		"two-links":    {"/ajax/privacy/section/"},
		"ads-twin":     {"/ajax/privacy/section/"},
		"frame":        {"/help/contact/" + formLong},
	}
	for id := range forms() {
		pages[Ordinary] = append(pages[Ordinary], "/help/contact/"+id)
	}
	for scenario, paths := range pages {
		s := started(t, Options{Scenario: scenario})
		for _, lang := range languages() {
			v := newVisitor(t, s, lang)
			for _, path := range paths {
				if p := v.open("https://" + mainHost + path); p.status != http.StatusOK {
					t.Errorf("%s %s in %s: %d %.200s", scenario, path, lang, p.status, p.body)
				}
			}
		}
	}
}

// FuzzLanguageOf: whatever a browser says, a page comes in a language there is.
func FuzzLanguageOf(f *testing.F) {
	f.Add("fr_FR", "de")
	f.Add("", "en;q=0.1,*")
	f.Fuzz(func(t *testing.T, asked, accept string) {
		r := &http.Request{
			Host: mainHost, URL: &url.URL{RawQuery: url.Values{"locale": {asked}}.Encode()},
			Header: http.Header{"Accept-Language": {accept}},
		}
		if got := languageOf(r); !slices.Contains(languages(), got) {
			t.Errorf("language %q", got)
		}
	})
}
