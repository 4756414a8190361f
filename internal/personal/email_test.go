package personal

import (
	"errors"
	"testing"
)

func TestParseEmail(t *testing.T) {
	for _, c := range []struct {
		typed, want string
		err         error
	}{
		{"marie@exemple.org", "marie@exemple.org", nil},
		{"  marie@exemple.org\n", "marie@exemple.org", nil},
		{"Marie.Dupont@Exemple.ORG", "Marie.Dupont@exemple.org", nil}, // RFC 5321 §2.4: the local part's case may matter
		{theEmail, theEmail, nil},
		{"Marie <marie@exemple.org>", "", ErrEmailShape},
		{"<marie@exemple.org>", "", ErrEmailShape},
		{"marie@exemple.org (Marie)", "", ErrEmailShape},
		{"marie@exemple.org, jean@exemple.org", "", ErrEmailShape},
		{"marie", "", ErrEmailShape},
		{"", "", ErrEmailShape},
		{"marie@localhost", "", ErrEmailDot},
	} {
		got, err := ParseEmail(c.typed)
		if !errors.Is(err, c.err) {
			t.Errorf("%q: %v, want %v", c.typed, err, c.err)
			continue
		}
		if err == nil && got.Reveal(ForTyping) != c.want {
			t.Errorf("%q is %q, want %q", c.typed, got.Reveal(ForTyping), c.want)
		}
	}
}

func TestAnAddressMatchesItsOtherWritings(t *testing.T) {
	for shown, want := range map[string]bool{
		theEmail: true, theASCII: true, " " + theEmail + " ": true,
		"MARIE.DUPONT+FB@EXEMPLE-PRIVÉ.ORG": true, "Marie.Dupont+fb@XN--exemple-priv-meb.org": true,
		"marie.dupont@exemple-privé.org": false, "marie.dupont+fb@exemple-prive.org": false,
		theEmail + ".attacker.example": false, "": false, "@": false,
	} {
		if got := email(t, theEmail).Matches(shown); got != want {
			t.Errorf("%q matches: %t", shown, got)
		}
		if (Email{}).Matches(shown) {
			t.Errorf("no address matches %q", shown)
		}
	}
}

// What names an objection: a mailbox written in two ways is one.
func TestOneMailboxHasOneKeyingForm(t *testing.T) {
	want := email(t, theEmail).Reveal(ForKeying)
	for _, typed := range []string{theASCII, "Marie.Dupont+FB@Exemple-Privé.org"} {
		if got := email(t, typed).Reveal(ForKeying); got != want {
			t.Errorf("%q keys as %q, want %q", typed, got, want)
		}
	}
	if got := email(t, "marie.dupont@exemple-privé.org").Reveal(ForKeying); got == want {
		t.Error("two mailboxes have one keying form")
	}
}
