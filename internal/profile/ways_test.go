package profile_test

import (
	"slices"
	"testing"

	"opposer/internal/profile"
)

func TestPagesAreAskedForInALanguageWhoseWordsAreKnown(t *testing.T) {
	for _, c := range []struct {
		speaks    []string
		own, want string
	}{
		{nil, "pl", "pl"},
		{[]string{"en", "fr"}, "fr", "fr"},
		{[]string{"en", "fr"}, "fr-CA", "fr-CA"},
		{[]string{"en", "fr"}, "pl", "en"},
		{[]string{"en", "fr"}, "", "en"},
		{[]string{"pt-BR"}, "pt-PT", "pt-BR"},
	} {
		if got := (&profile.Profile{Speaks: c.speaks}).PageLanguage(c.own); got != c.want {
			t.Errorf("of %v, an account that speaks %q gets %q, want %q", c.speaks, c.own, got, c.want)
		}
	}
}

// TestWhatsAppsFormIsItsCountrys: of two different objections each account has
// one, and one only.
func TestWhatsAppsFormIsItsCountrys(t *testing.T) {
	s, _ := shipped(t)
	for country, want := range map[string][]string{
		"BR": {"messages-with-ais"}, "FR": {"help", "form"}, "": {"help", "form"},
	} {
		var got []string
		for _, r := range s.Profiles["whatsapp"].For(country).Routes {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("an account in %q goes by %v, want %v", country, got, want)
		}
	}
}
