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
		{mainHost, "locale=pt_BR", "de", "pt-BR"},
		{mainHost, "", "nl-BE,fr;q=0.5", "nl"},
		{"it-it.facebook.com", "", "de", "it"},
		{instagramHelpHost, "", "es-MX", "es"},
		{whatsappHelpHost, "locale=pl_PL", "de", "pl"},
		{whatsappHost, "lang=de", "fr", "de"},
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
	all, err := loadTongues()
	if err != nil {
		t.Fatal(err)
	}
	rest := []string{"twin_after", "notice_after", "policy_right_after"} // may be a full stop
	for service, tongues := range all {
		keys := slices.Sorted(maps.Keys(all[facebook]["en"]))
		for lang, words := range tongues {
			if got := slices.Sorted(maps.Keys(words)); !slices.Equal(got, keys) {
				t.Errorf("%s, %s: keys %q, want those of en", service, lang, got)
			}
			for key, text := range words {
				if text == "" || !slices.Contains(rest, key) && len(text) < 2 {
					t.Errorf("%s: %s is %q", lang, key, text)
				}
				if lang != "en" && len(text) > 25 && text == tongues["en"][key] {
					t.Errorf("%s: %s is English", lang, key)
				}
			}
		}
	}
}

// TestWordsOfAnswersExist: messages are looked up by a composed key, which no
// template checks.
func TestWordsOfAnswersExist(t *testing.T) {
	all, err := loadTongues()
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range all[facebook] {
		for _, key := range []string{
			"taken", "refused", "unclear", "already", "queued", "fault", "expired", "human", "letters", "field", "short",
			"code", "wrong_code", "chats_taken", "contact_taken", "portal_taken",
		} {
			if m := words.message(key); m.Heading == "" || len(m.Paragraphs) == 0 {
				t.Errorf("%s: %s is %+v", lang, key, m)
			}
		}
	}
}

// TestCountriesInEveryLanguage: each list holds every country once, by a name.
func TestCountriesInEveryLanguage(t *testing.T) {
	all, err := loadCountries()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages() {
		seen := map[string]bool{}
		for _, c := range all.in(lang) {
			if c.Name == "" || c.Dial == "" || seen[c.ISO] {
				t.Errorf("%s: %+v", lang, c)
			}
			seen[c.ISO] = true
		}
		if len(seen) != len(all.Dial) || !all.has("FR") || all.has("XX") {
			t.Errorf("%s: %d countries, want %d", lang, len(seen), len(all.Dial))
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

// everyPage is an address of each kind of page, by scenario.
func everyPage() map[string][]string {
	main, ig := "https://"+mainHost, "https://"+instagramHost
	igCenter, wa := "https://"+instagramCenterHost, "https://"+whatsappHost
	sections := []string{
		main + "/ajax/privacy/section/", main + "/ajax/privacy/section/?topic=topic", main + "/ajax/privacy/section/?topic=policy",
		igCenter + "/ajax/privacy/section/?topic=topic",
	}
	pages := map[string][]string{
		"alert": {
			center, main + "/privacy/genai", main + "/privacy/guide/generative-ai/", main + "/help/2069235856423257",
			main + "/login/?wrong=1", main + "/login/", main + "/privacy/consent/", main + "/privacy/policy/",
			main + "/checkpoint/", main + picturePath, main + picturePath + "?wrong=1", ig + instagramPicturePath,
			main + twoFactorPath + "?wrong=1", main + "/privacy/consent/user_cookie_choice/",
			ig + "/accounts/login/", ig + "/accounts/onetap/", ig + "/challenge/", ig + "/consent/", ig + instagramTwoFactorPath,
			ig + "/consent/?flow=user_cookie_choice_v2", igCenter + "/", igCenter + "/privacy/genai/", igCenter + "/policy/",
			"https://" + instagramHelpHost + "/181495968648557", "https://" + instagramHelpHost + "/contact/" + questionForm,
			"https://" + whatsappHelpHost + "/" + whatsappArticle, "https://" + whatsappHelpHost + "/1", wa + "/", wa + "/legal/",
			"https://" + whatsappHelpHost + "/ajax/article/", "https://" + portalHost + "/support/privacy",
		},
		"link-missing":     append([]string{direct}, sections...),
		"policy-section":   append([]string{main + "/help/contact/" + questionForm}, sections...),
		"question-reveals": {main + "/help/contact/" + questionForm, "https://" + instagramHelpHost + "/contact/" + questionForm},
		"choice-radios":    append([]string{brandFor(facebook).Choice, brandFor(instagram).Choice}, sections...),
		"choice-2026":      {brandFor(facebook).Choice},
		"topic-panel":      sections,
		"two-links":        sections,
		"ads-twin":         sections,
		"frame":            {direct, brandFor(instagram).Form()},
		"form-2024":        {direct},
		"form-brazil":      {direct, brandFor(instagram).Form(), brandFor(facebook).Chats()},
		"friendly":         {direct},
		"altcha":           {direct},
		"turnstile":        {direct},
		"friendly+portal":  {direct},
		"portal":           {direct, brandFor(instagram).Form(), brandFor(facebook).Chats(), "https://" + portalHost + "/requests/" + movedCopyright},
	}
	for _, all := range []string{"portal-country+portal-code+hidden-twins+portal-bare+form-2024", "lazy+message-first+hidden-twins+split-text+form-radios"} {
		pages[all] = append([]string{direct, center}, sections...)
	}
	for id, f := range forms() {
		pages[Ordinary] = append(pages[Ordinary], brandFor(f.At).Contact(id))
	}
	return pages
}

// TestEveryPageInEveryLanguage renders all there is; a word that is missing is a
// status 500 here.
func TestEveryPageInEveryLanguage(t *testing.T) {
	for scenario, addresses := range everyPage() {
		s := started(t, Options{Scenario: scenario})
		for _, lang := range languages() {
			v := newVisitor(t, s, lang)
			for _, address := range addresses {
				p := v.open(address)
				if p.status != http.StatusOK {
					t.Errorf("%s %s in %s: %d %.200s", scenario, address, lang, p.status, p.body)
				}
				if strings.Contains(p.body, "{{") || strings.Contains(p.body, "ZgotmplZ") || strings.Contains(p.body, "/%!") {
					t.Errorf("%s %s in %s: an unfilled page", scenario, address, lang)
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
