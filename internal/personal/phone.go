package personal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Phone is a telephone number in E.164 form, printed only masked. The zero
// Phone is none.
type Phone struct{ e164 secret }

// The reasons for which a number is refused.
var (
	ErrPhoneShape   = errors.New("not a telephone number")
	ErrPhoneCountry = errors.New("a national number without a country")
	ErrPhoneShort   = errors.New("too short")
	ErrPhoneLong    = errors.New("too long")
	ErrPhoneUnknown = errors.New("no such number exists there")
)

// ParsePhone reads a number as a person types it; one without + is national
// and needs the country (ISO 3166-1 alpha-2). It is checked to be possible by
// its country's numbering plan.
func ParsePhone(s, country string) (Phone, error) {
	international := strings.HasPrefix(strings.TrimSpace(s), "+") || strings.HasPrefix(strings.TrimSpace(s), "00")
	if !international && country == "" {
		return Phone{}, ErrPhoneCountry
	}
	if rest, ok := strings.CutPrefix(strings.TrimSpace(s), "00"); ok {
		s = "+" + rest
	}
	n, err := phonenumbers.Parse(s, country)
	switch {
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return Phone{}, ErrPhoneLong
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD):
		return Phone{}, ErrPhoneShort
	case err != nil:
		return Phone{}, ErrPhoneShape
	}
	switch phonenumbers.IsPossibleNumberWithReason(n) {
	case phonenumbers.IS_POSSIBLE:
		if keepsTrunkZero(n) {
			return Phone{}, ErrPhoneShort
		}
	case phonenumbers.TOO_SHORT:
		return Phone{}, ErrPhoneShort
	case phonenumbers.TOO_LONG:
		return Phone{}, ErrPhoneLong
	default:
		return Phone{}, ErrPhoneUnknown
	}
	return Phone{keep(phonenumbers.Format(n, phonenumbers.E164))}, nil
}

// keepsTrunkZero reports whether a number begins with the 0 that is dialled
// before it within its country: the library keeps that 0 where the number
// would be too short without it, and then finds it long enough.
func keepsTrunkZero(n *phonenumbers.PhoneNumber) bool {
	region := phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode()))
	return n.GetItalianLeadingZero() && phonenumbers.GetNddPrefixForRegion(region, true) == "0"
}

// IsZero reports whether there is no number.
func (p Phone) IsZero() bool { return p.e164.isZero() }

// Reveal gives the number in E.164 form, for a named purpose only.
func (p Phone) Reveal(why Purpose) string {
	why.must("a phone", ForTyping, ForMatching, ForKeying)
	return p.e164.value()
}

// National is the number as dialled within its country, digits only, for pages
// that ask for the country's code apart.
func (p Phone) National(why Purpose) string {
	n, err := phonenumbers.Parse(p.Reveal(why), "")
	if err != nil {
		return ""
	}
	return phonenumbers.GetNationalSignificantNumber(n)
}

// CallingCode is the country code it begins with (ITU-T E.164), digits only; ""
// for no number. It tells nothing that the masked number does not.
func (p Phone) CallingCode() string {
	if p.IsZero() {
		return ""
	}
	return callingCode(strings.TrimPrefix(p.e164.value(), "+"))
}

// Country is a country (ISO 3166-1 alpha-2) that the number may belong to: home,
// where that has its calling code, else the one that the numbering plan says, or
// the code's main one; "" for no number. People keep numbers of other countries.
func (p Phone) Country(home string) string {
	if p.IsZero() {
		return ""
	}
	if strconv.Itoa(phonenumbers.GetCountryCodeForRegion(home)) == p.CallingCode() {
		return home
	}
	n, err := phonenumbers.Parse(p.e164.value(), "")
	if err != nil {
		return home
	}
	if region := phonenumbers.GetRegionCodeForNumber(n); region != "" {
		return region
	}
	return phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode()))
}

// Matches reports whether a page's value is this number, in national or
// international form and however spaced.
func (p Phone) Matches(shown string) bool {
	if p.IsZero() || !strings.ContainsAny(shown, "0123456789") {
		return false
	}
	n, err := phonenumbers.Parse(p.e164.value(), "")
	if err != nil {
		return false
	}
	// The calling code's main region: a possible number need not be one that
	// the metadata can place in a region.
	region := phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode()))
	other, err := phonenumbers.Parse(shown, region)
	return err == nil && other.GetExtension() == "" && phonenumbers.Format(other, phonenumbers.E164) == p.e164.value()
}

// Equal reports whether two numbers are the same.
func (p Phone) Equal(other Phone) bool { return p == other }

// String is the masked number.
func (p Phone) String() string { return MaskPhone(p.e164.value()) }

// Format prints the masked number whatever the verb.
func (p Phone) Format(f fmt.State, _ rune) { format(f, p.String()) }

// MarshalText gives the masked number, so that no encoder writes another.
func (p Phone) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
