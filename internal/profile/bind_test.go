package profile_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/locate"
	"opposer/internal/profile"
	"opposer/profiles"
)

func shipped(t testing.TB) (*profile.Set, *profile.Profile) {
	t.Helper()
	s, err := profile.Load(profiles.FS)
	if err != nil {
		t.Fatal(err)
	}
	return s, s.Profiles["facebook"]
}

func texts(words []locate.Word) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.Language+" "+w.Text)
	}
	return out
}

func TestWordsOwnLanguageFirst(t *testing.T) {
	entry := func(s string) []profile.Entry {
		return []profile.Entry{{Text: s, Source: "here", Confidence: "A"}}
	}
	s := &profile.Set{Lexicons: map[string]*profile.Lexicon{}}
	for _, l := range []string{"en", "fr", "pt", "pt-BR", "de"} {
		s.Lexicons[l] = &profile.Lexicon{Language: l, Words: map[string][]profile.Entry{"k": entry("word in " + l)}}
	}
	own := &profile.Profile{Words: map[string][]profile.Entry{"k": entry("own word")}}
	for language, want := range map[string][]string{
		"fr":    {"fr", "de", "en", "pt", "pt-BR"},
		"pt-BR": {"pt-BR", "pt", "de", "en", "fr"},
		"pt-PT": {"pt", "pt-BR", "de", "en", "fr"},
		"":      {"de", "en", "fr", "pt", "pt-BR"},
	} {
		wants := []string{"und own word"}
		for _, l := range want {
			wants = append(wants, l+" word in "+l)
		}
		if diff := cmp.Diff(wants, texts(s.Bind(own, language).Words("k"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", language, diff)
		}
	}
	if got := s.Words("", "fr"); got != nil {
		t.Errorf("words of no key: %v", got)
	}
}

func TestWeightFollowsTheSource(t *testing.T) {
	for want, e := range map[float64]profile.Entry{
		1:                {Source: "x", Confidence: "A"},
		0.9:              {Source: "x", Confidence: "B"},
		0.7:              {Source: "x", Confidence: "C"},
		0.5:              {Source: "x", Confidence: "D"},
		locate.Unsourced: {Source: "unsourced", Confidence: "A"},
	} {
		if e.Weight() != want {
			t.Errorf("%+v weighs %v, not %v", e, e.Weight(), want)
		}
	}
}

func TestFollowFindsMetasLink(t *testing.T) {
	s, p := shipped(t)
	follow, ok := p.Routes[0].Steps[1].(profile.Follow)
	if !ok {
		t.Fatalf("%T", p.Routes[0].Steps[1])
	}
	link := func(ref int, name, href string, paragraph int) locate.Node {
		return locate.Node{Role: "link", Ref: ref, Name: name, Href: href, Block: -1, Headings: []string{"L’IA chez Meta"}, Paragraph: paragraph}
	}
	page := &locate.Page{Frames: []locate.Frame{{Visible: true, Nodes: []locate.Node{
		link(1, "s’opposer aux publicités", "https://www.facebook.com/ads", 3),
		link(2, "opposer", "https://www.facebook.com/help/contact/1266025207620918", 2),
		link(3, "opposer", "https://www.facebook.com/help/contact/712876720715583", 2),
		link(4, "object", "https://www.facebook.com/object", 4),
	}}}}
	v := locate.Find(page, s.Bind(p, "fr").Follow(follow))
	if v.Is != locate.Chosen || v.Best().Node.Ref != 3 || !v.Strong {
		t.Errorf("%s %+v", v.Is, v.Candidates)
	}
}

func TestFillKnowsHTMLsMarkup(t *testing.T) {
	s, p := shipped(t)
	b := s.Bind(p, "fr")
	for value, want := range map[string]locate.Node{
		profile.FillEmail:   {Role: "textbox", Type: "email"},
		profile.FillPhone:   {Role: "textbox", Type: "tel"},
		profile.FillReason:  {Role: "textbox", Tag: "textarea"},
		profile.FillCode:    {Role: "spinbutton", Autocomplete: "one-time-code"},
		profile.FillCountry: {Role: "combobox", Autocomplete: "country"},
	} {
		other := locate.Node{Role: "textbox", Type: "text", Ref: 1, Name: "Something"}
		page := func(origin string) *locate.Page {
			return &locate.Page{Frames: []locate.Frame{{Visible: true, Origin: origin, Nodes: []locate.Node{other, want}}}}
		}
		w := b.Fill(profile.Fill{Value: value})
		if v := locate.Find(page("https://www.facebook.com"), w); v.Is != locate.Chosen || v.Best().Node.Ref != 0 {
			t.Errorf("%s: %s", value, v.Is)
		}
		for _, origin := range []string{"https://m.facebook.com", "https://evil.example", "null", ""} {
			if v := locate.Find(page(origin), w); v.Is != locate.Missing {
				t.Errorf("%s: found on %q, where nothing may be typed", value, origin)
			}
		}
	}
	if w := b.Fill(profile.Fill{Value: profile.FillEmail, Types: []string{}, Tokens: []string{}}); len(w.Types)+len(w.Tokens) > 0 {
		t.Errorf("an empty list is not the default: %+v", w)
	}
}

func TestWantsOfTheOtherSteps(t *testing.T) {
	s, p := shipped(t)
	b := s.Bind(p, "de")
	submit := b.Submit(profile.Submit{Button: "form.submit", Never: "cookies.allow"})
	if submit.Words[0].Text != "Senden" || !slices.Equal(submit.Roles, []string{"button"}) || len(submit.Never) == 0 || !slices.Equal(submit.Frames, p.Origins.Type) {
		t.Errorf("submit: %+v", submit)
	}
	if submit.What != "the button «Senden»" {
		t.Errorf("said as %q", submit.What)
	}
	press := b.Press(p.Interrupts[0])
	if press.Words[0].Text != "Optionale Cookies ablehnen" || len(press.Frames) > 0 || len(press.Never) == 0 {
		t.Errorf("press: %+v", press)
	}
	choose := profile.Choose{Option: "country", Group: "form.country"}
	got := texts(b.Choose(choose, "FR", "").Words)
	if len(got) != len(s.Lexicons) || got[0] != "de Frankreich" || !slices.Contains(got, "fr France") || !slices.Contains(got, "fi Ranska") {
		t.Errorf("France is called %v", got)
	}
	if w := b.Choose(choose, "", ""); w.Words != nil {
		t.Errorf("no country is called %v", w.Words)
	}
	if w := b.Group(choose); !slices.Contains(w.Roles, "combobox") || w.Words[0].Text != "Land" {
		t.Errorf("group: %+v", w)
	}
	if w := b.Check(profile.Check{Label: "form.email"}); !slices.Contains(w.Roles, "checkbox") || len(w.Words) == 0 {
		t.Errorf("check: %+v", w)
	}
	if w := b.Choose(profile.Choose{Option: "form.submit"}, "FR", ""); w.Words[0].Text != "Senden" {
		t.Errorf("an option by key: %+v", w.Words)
	}
}

func TestCountriesThatAreNone(t *testing.T) {
	s, _ := shipped(t)
	for _, code := range []string{"", "XX", "150", "France", "fr-FR"} {
		if got := s.Countries(code, "fr"); got != nil {
			t.Errorf("%q is called %v", code, got)
		}
	}
}
