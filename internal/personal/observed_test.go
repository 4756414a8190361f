package personal

import (
	"strings"
	"testing"
)

func TestAPagesValueIsEmptyOursOrMasked(t *testing.T) {
	m := marie(t)
	for text, want := range map[string]Observed{
		"": {Is: Empty}, " \t\n ": {Is: Empty}, "\u00a0": {Is: Empty},
		theEmail: {Ours, m.Email.String()}, " " + theASCII + "\n": {Ours, m.Email.String()},
		"06 12 34 56 78": {Ours, m.Phone.String()},
		strings.ReplaceAll(theReason, "\n", "\r\n"): {Ours, m.Reason.String()},
		"jean@free.fr":             {Other, "j•••@f•••.fr"},
		"06 87 65 43 21":           {Other, "06•••••"},
		"Je m'oppose, Jean Martin": {Other, "J•••"},
		"ab":                       {Other, "•••"},
	} {
		if got := Observe(text, m); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}

func TestAnEmptyAccountOwnsNothing(t *testing.T) {
	for _, text := range []string{theEmail, thePhone, theReason} {
		if got := Observe(text, Account{}); got.Is != Other {
			t.Errorf("%q is %s for an account without values", text, got.Is)
		}
	}
}
