package profile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/locate"
	"opposer/internal/profile"
)

// TestEveryLanguageOfTheListHasALexicon counts what is known, by language and
// letter; run it with -v to read the table.
func TestEveryLanguageOfTheListHasALexicon(t *testing.T) {
	s, _ := shipped(t)
	list := []string{"cs", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nb", "nl", "pl", "pt-BR", "pt-PT", "ro", "sv"}
	if diff := cmp.Diff(list, s.Languages()); diff != "" {
		t.Errorf("(-list +lexicons):\n%s", diff)
	}
	for _, tally := range s.Tally() {
		entries := 0
		for _, of := range s.Lexicons[tally.Language].Words {
			entries += len(of)
		}
		if tally.Total() != entries || entries == 0 {
			t.Errorf("%s: %d of %d entries are counted", tally.Language, tally.Total(), entries)
		}
		t.Logf("%-5s %3d %v, %d keys without words", tally.Language, entries, tally.Of, tally.Missing)
	}
}

// TestNoWordWithoutSourceDecides: what nobody saw on a page settles nothing
// that words alone settle.
func TestNoWordWithoutSourceDecides(t *testing.T) {
	s, _ := shipped(t)
	for _, fault := range deciding(s) {
		t.Error(fault)
	}
}

// deciding lists the entries that could decide although nobody saw them: an
// entry without a source that weighs more than [locate.Unsourced], one that
// tells our form from others, and an inferred one among the outcomes that are
// believed without the wire.
func deciding(s *profile.Set) []string {
	var faults []string
	alone := map[string]string{} // by key, what the word would settle
	for _, p := range s.Profiles {
		alone[p.About.Words] = "lets personal data be typed"
		for _, o := range p.Outcomes {
			if !o.Wire && o.Means != profile.Broken {
				alone[o.Words] = "says " + string(o.Means)
			}
		}
	}
	for _, language := range s.Languages() {
		for key, entries := range s.Lexicons[language].Words {
			for _, e := range entries {
				at := fmt.Sprintf("%s %s «%s»", language, key, e.Text)
				told := strings.HasPrefix(e.Source, "https://") || e.Source == "public code, November 2026" || e.Source == "mail of Meta, kept by its receiver, 2025"
				switch letter := e.Letter(); {
				case letter == "unsourced" && e.Weight() > locate.Unsourced:
					faults = append(faults, at+" has no source and weighs too much")
				case letter != "unsourced" && !told:
					faults = append(faults, at+" has no source that a reader could look at")
				case alone[key] != "" && letter == "unsourced":
					faults = append(faults, at+" has no source and "+alone[key])
				case strings.HasPrefix(alone[key], "says ") && letter == "D":
					faults = append(faults, at+" is inferred and "+alone[key])
				}
			}
		}
	}
	return faults
}

// TestWordsThatExcludeEachOther: all languages are tried on every page, so
// one language's never must not be another's always.
func TestWordsThatExcludeEachOther(t *testing.T) {
	s, _ := shipped(t)
	for _, fault := range clashing(s) {
		t.Error(fault)
	}
}

// clashing lists the phrases that stand, folded, under two keys that exclude
// each other, in whatever languages.
func clashing(s *profile.Set) []string {
	var faults []string
	for _, pair := range [][2]string{
		{"link.object", "link.never"},
		{"link.shared-info", "link.never"},
		{"link.topics", "link.never"},
		{"choice.ours", "link.never"},
		{"whatsapp.option", "link.never"},
		{"about.ai", "about.never"},
		{"link.scope", "about.never"},
		{"whatsapp.title", "about.never"},
		{"cookies.decline", "cookies.allow"},
		{"form.email", "form.email-confirm"},
		{"form.next", "form.submit"},
		{"form.verify", "form.request-code"},
		{"form.verify", "form.resend-code"},
		{"outcome.taken", "outcome.refused"},
		{"outcome.taken", "outcome.not-taken"},
		{"outcome.generic-taken", "outcome.generic-refused"},
	} {
		yes := map[string]string{}
		for _, w := range s.Words(pair[0], "") {
			yes[locate.Fold(w.Text)] = w.Language
		}
		for _, w := range s.Words(pair[1], "") {
			if in, both := yes[locate.Fold(w.Text)]; both {
				faults = append(faults, fmt.Sprintf("«%s» is %s in %s and %s in %s", w.Text, pair[0], in, pair[1], w.Language))
			}
		}
	}
	return faults
}

// TestTheLexiconsFaultsAreSeen proves that the tests above can fail.
func TestTheLexiconsFaultsAreSeen(t *testing.T) {
	entry := func(text, source, letter string) profile.Entry {
		return profile.Entry{Text: text, Source: source, Confidence: letter}
	}
	s := &profile.Set{
		Profiles: map[string]*profile.Profile{"a": {
			About: profile.About{Words: "about.ai"},
			Outcomes: []profile.Outcome{
				{Means: profile.Taken, Words: "outcome.taken"}, {Means: profile.Taken, Words: "outcome.generic-taken", Wire: true},
			},
		}},
		Lexicons: map[string]*profile.Lexicon{
			"fr": {Language: "fr", Words: map[string][]profile.Entry{
				"about.ai":              {entry("IA", "unsourced", "")},
				"outcome.taken":         {entry("merci", "https://a.example", "D"), entry("bien reçu", "unsourced", ""), entry("reçu", "https://a.example", "C")},
				"outcome.generic-taken": {entry("envoyé", "https://a.example", "D"), entry("transmis", "unsourced", "")},
				"link.never":            {entry("Opposer\u00a0!", "hearsay", "B"), entry("OBJECT", "https://a.example", "A")},
			}},
			"en": {Language: "en", Words: map[string][]profile.Entry{"link.object": {entry("object", "https://a.example", "A")}}},
		},
	}
	got := deciding(s)
	slices.Sort(got)
	want := []string{
		"fr about.ai «IA» has no source and lets personal data be typed",
		"fr link.never «Opposer\u00a0!» has no source that a reader could look at",
		"fr outcome.taken «bien reçu» has no source and says taken",
		"fr outcome.taken «merci» is inferred and says taken",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := clashing(s); len(got) != 1 || !strings.Contains(got[0], "link.object in en and link.never in fr") {
		t.Errorf("clashes: %q", got)
	}
	tally := s.Tally()[1]
	if tally.Language != "fr" || tally.Total() != 8 || tally.Of["unsourced"] != 3 || tally.Of["D"] != 2 || tally.Missing != 0 {
		t.Errorf("%+v", tally)
	}
}
