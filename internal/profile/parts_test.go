package profile

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestParseOrigin(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.facebook.com":     "https://www.facebook.com",
		"HTTPS://WWW.Facebook.COM":     "https://www.facebook.com",
		"https://www.facebook.com:443": "https://www.facebook.com",
		"https://a.example:8443":       "https://a.example:8443",
		"http://127.0.0.1:80":          "http://127.0.0.1",
		"http://127.0.0.1:8080":        "http://127.0.0.1:8080",
		"http://[::1]:8080":            "http://[::1]:8080",
		"http://localhost:3000":        "http://localhost:3000",
		"http://form.localhost":        "http://form.localhost",
		"http://LOCALHOST":             "http://localhost",
		"http://127.0.0.2":             "",
		"http://localhost.example":     "",
		"http://mylocalhost":           "",
		"http://0.0.0.0":               "",
		"http://192.168.1.1":           "",
		"https://a.example/":           "",
		"https://a.example?":           "",
		"https://a.example#":           "",
		"https://a.example?x=1":        "",
		"https://u:p@a.example":        "",
		"https://*.a.example":          "",
		"https://":                     "",
		"https://:443":                 "",
		"//a.example":                  "",
		"a.example":                    "",
		"file:///etc":                  "",
		"javascript:alert(1)":          "",
		"https://a.example\x00":        "",
		"":                             "",
		"https://пример.example":       "",
	} {
		got, reason, _ := parseOrigin(in)
		if got != want || (want == "") == reason.IsZero() {
			t.Errorf("%q is %q, %v", in, got, reason)
		}
	}
}

func TestAddressOrigin(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.facebook.com/help/contact/1?x=2#y": "https://www.facebook.com",
		"https://www.facebook.com:443/":                 "https://www.facebook.com",
		"http://www.facebook.com/":                      "",
		"http://127.0.0.1:9/x":                          "http://127.0.0.1:9",
		"https://u@www.facebook.com/":                   "",
		"/help":                                         "", "": "", "data:text/html,x": "",
	} {
		if got := addressOrigin(in); got != want {
			t.Errorf("%q is on %q, want %q", in, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	long := ""
	for range 100 {
		long += "é"
	}
	if got := []rune(shorten(long)); len(got) != 60 || got[59] != '…' {
		t.Errorf("%d runes, ending in %q", len(got), got[len(got)-1])
	}
	if got := shorten("short"); got != "short" {
		t.Errorf("%q", got)
	}
}

// TestColumnsCountCharacters: a place after accents is where an editor goes.
func TestColumnsCountCharacters(t *testing.T) {
	l := &Lexicon{}
	r := read("lexicon/fr.yaml", []byte("language: fr\nwords:\n  k:\n    - {text: \"déjà été\", sorce: x}\n"), l, false)
	if len(r.problems) != 1 || r.problems[0].Line != 4 || r.problems[0].Column != 26 {
		t.Errorf("%v", r.problems)
	}
}

func TestKeysAreThoseOfEveryPart(t *testing.T) {
	p := &Profile{
		About:  About{Words: "a1", Never: "a2"},
		Routes: []Route{{Steps: []Step{Open{"https://x"}, Follow{Link: "r1", Scope: "r2", Sentence: "r3", Never: "r4"}}}},
		Form: []Step{
			Fill{Value: "email", Label: "f1", Never: "f2"},
			Choose{Option: "country", Group: "f3"},
			Choose{Option: "f4"},
			Check{Label: "f5"},
			Submit{Button: "f6", Never: "f7"},
			Expect{true},
		},
		Interrupts: []Interrupt{{When: When{Words: "i1", Title: "i2"}, Press: "i3", Never: "i4"}},
		Outcomes:   []Outcome{{Words: "o1"}, {Words: "o1"}},
	}
	want := []string{"a1", "a2", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "i1", "i2", "i3", "i4", "o1", "r1", "r2", "r3", "r4"}
	if got := p.Keys(); !slices.Equal(got, want) {
		t.Errorf("keys %v\nwant %v", got, want)
	}
}

// TestMissingCountsAProfilesOwnWords: a key that every profile has words of
// its own for is no gap.
func TestMissingCountsAProfilesOwnWords(t *testing.T) {
	own := map[string][]Entry{"k": {{Text: "x", Source: ownSource, Confidence: "A"}}}
	s := &Set{
		Profiles: map[string]*Profile{
			"a": {About: About{Words: "k"}, Words: own},
			"b": {About: About{Words: "k", Never: "n"}},
			"c": {About: About{Never: "n"}},
		},
		Lexicons: map[string]*Lexicon{
			"fr": {Language: "fr", Words: map[string][]Entry{"n": own["k"]}},
			"de": {Language: "de"},
		},
	}
	got := s.Missing()
	want := []Gap{{"de", "k", []string{"b"}}, {"de", "n", []string{"b", "c"}}, {"fr", "k", []string{"b"}}}
	if len(got) != len(want) {
		t.Fatalf("gaps %v", got)
	}
	for i := range want {
		if got[i].Language != want[i].Language || got[i].Key != want[i].Key || !slices.Equal(got[i].Services, want[i].Services) {
			t.Errorf("gap %+v, want %+v", got[i], want[i])
		}
	}
}

// TestOriginsAreNormalised: what a profile writes in capitals or with a
// default port is what a frame's origin is compared with.
func TestOriginsAreNormalised(t *testing.T) {
	text := `
service: m
title: M
requires: {}
origins: {type: ["HTTPS://A.example:443"], read: ["http://LOCALHOST:80"]}
about: {words: k}
sends: [{name: s}]
routes: [{id: r, steps: [open: "https://a.example/"]}]
form: [submit: {button: k, commits: s}, expect: outcome]
outcomes: [{means: taken, words: k}]
words: {k: [x]}
`
	s, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	if p := s.Profiles["m"]; !p.Knows("https://a.example") || !p.Knows("http://localhost") {
		t.Errorf("origins %+v", p.Origins)
	}
}
