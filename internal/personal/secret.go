package personal

import (
	"fmt"
	"unicode/utf8"
)

// Reason is the free text with which a person explains an objection. It may
// say anything about them, so it prints as its length only.
type Reason struct{ text secret }

// NewReason wraps a text as given.
func NewReason(s string) Reason { return Reason{keep(s)} }

// IsZero reports whether no reason is given.
func (r Reason) IsZero() bool { return r.text.isZero() }

// Reveal gives the text, for a named purpose only.
func (r Reason) Reveal(p Purpose) string {
	p.must("a reason", ForTyping, ForMatching, ForKeying)
	return r.text.value()
}

// Equal reports whether two texts are the same.
func (r Reason) Equal(other Reason) bool { return r == other }

// String tells how long the text is.
func (r Reason) String() string {
	if r.IsZero() {
		return ""
	}
	return fmt.Sprintf("••• (%d)", utf8.RuneCountInString(r.text.value()))
}

// Format prints the length whatever the verb.
func (r Reason) Format(f fmt.State, _ rune) { format(f, r.String()) }

// MarshalText gives the length, so that no encoder writes the text.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// Code is a one-time code. It is never printed, not even in part.
type Code struct{ digits secret }

// NewCode wraps a code as the person typed it.
func NewCode(s string) Code { return Code{keep(s)} }

// IsZero reports whether there is no code.
func (c Code) IsZero() bool { return c.digits.isZero() }

// Reveal gives the code, for a named purpose only.
func (c Code) Reveal(p Purpose) string {
	p.must("a code", ForTyping, ForMatching)
	return c.digits.value()
}

// String hides the code and its length.
func (c Code) String() string {
	if c.IsZero() {
		return ""
	}
	return "•••"
}

// Format prints the mask whatever the verb.
func (c Code) Format(f fmt.State, _ rune) { format(f, c.String()) }

// MarshalText gives the mask.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
