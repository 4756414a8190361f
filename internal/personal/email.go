package personal

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
)

// Email is an e-mail address (RFC 5322 addr-spec), printed only masked. The
// zero Email is none. Two are equal (==) when written alike.
type Email struct{ address secret }

// The reasons for which an address is refused.
var (
	ErrEmailShape = errors.New("not an e-mail address")
	ErrEmailDot   = errors.New("the part after @ has no dot")
)

// ParseEmail reads an address as a person types it. A display name or a
// comment is refused. The domain's case is folded; the local part is kept as
// given, since its case may matter to the receiver (RFC 5321 §2.4).
func ParseEmail(s string) (Email, error) {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" || a.Address != s {
		return Email{}, ErrEmailShape
	}
	at := strings.LastIndexByte(s, '@')
	domain := strings.ToLower(s[at+1:])
	if !strings.Contains(strings.Trim(domain, "."), ".") {
		return Email{}, ErrEmailDot
	}
	return Email{keep(s[:at+1] + domain)}, nil
}

// IsZero reports whether there is no address.
func (e Email) IsZero() bool { return e.address.isZero() }

// Reveal gives the address itself, for a named purpose only. ForKeying gives
// the form in which two writings of one mailbox are equal.
func (e Email) Reveal(p Purpose) string {
	p.must("an e-mail", ForTyping, ForMatching, ForKeying)
	if p == ForKeying {
		return normalEmail(e.address.value())
	}
	return e.address.value()
}

// Matches reports whether a page's value is this address: case is folded, and
// a domain shown in punycode (as type=email boxes do) equals its Unicode form.
func (e Email) Matches(shown string) bool {
	return !e.IsZero() && normalEmail(shown) == normalEmail(e.address.value())
}

func normalEmail(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	if ascii, err := idna.Lookup.ToASCII(s[at+1:]); err == nil {
		return s[:at+1] + ascii
	}
	return s
}

// Equal reports whether two addresses are written alike.
func (e Email) Equal(other Email) bool { return e == other }

// String is the masked address.
func (e Email) String() string { return MaskEmail(e.address.value()) }

// Format prints the masked address whatever the verb.
func (e Email) Format(f fmt.State, _ rune) { format(f, e.String()) }

// MarshalText gives the masked address, so that no encoder writes another.
func (e Email) MarshalText() ([]byte, error) { return []byte(e.String()), nil }
