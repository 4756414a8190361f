package personal

import (
	"errors"
	"testing"
)

func TestParsePhone(t *testing.T) {
	for _, c := range []struct {
		typed, country, want string
		err                  error
	}{
		{"0612345678", "FR", "+33612345678", nil},
		{"06 12 34 56 78", "FR", "+33612345678", nil},
		{"0033 6 12 34 56 78", "", "+33612345678", nil},
		{"+33 06 12 34 56 78", "", "+33612345678", nil},
		{"0151 23456789", "DE", "+4915123456789", nil},
		{"06 698 12345", "IT", "+390669812345", nil}, // Italy's numbers have a 0 of their own
		{"40612345", "NO", "+4740612345", nil},
		{"061234567", "FR", "", ErrPhoneShort}, // one digit too few: the trunk 0 does not make up for it
		{"+33061234567", "", "", ErrPhoneShort},
		{"06123456789", "FR", "", ErrPhoneLong},
		{"12", "FR", "", ErrPhoneShort},
		{"0612345678", "", "", ErrPhoneCountry},
		{"none", "FR", "", ErrPhoneShape},
		{"", "FR", "", ErrPhoneShape},
	} {
		got, err := ParsePhone(c.typed, c.country)
		if !errors.Is(err, c.err) {
			t.Errorf("%q in %q: %v, want %v", c.typed, c.country, err, c.err)
			continue
		}
		if err == nil && got.Reveal(ForTyping) != c.want {
			t.Errorf("%q in %q is %q, want %q", c.typed, c.country, got.Reveal(ForTyping), c.want)
		}
	}
}

func TestThePhonesCountryIsHomeWhereItFits(t *testing.T) {
	for _, c := range []struct{ number, home, want string }{
		{"+5511961234567", "BR", "BR"},
		{"+33612345678", "BR", "FR"},
		{"+12125550123", "CA", "CA"}, // one calling code for both
		{"+12125550123", "FR", "US"},
		{"+447911123456", "GG", "GG"},
		{"+442071234567", "", "GB"},
		{"+35312345678", "nowhere", "IE"},
	} {
		p, err := ParsePhone(c.number, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Country(c.home); got != c.want {
			t.Errorf("%s of somebody in %q is of %q, want %q", c.number, c.home, got, c.want)
		}
	}
	if got := (Phone{}).Country("BR"); got != "" {
		t.Errorf("no number is of %q", got)
	}
}
