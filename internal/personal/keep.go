package personal

import (
	"fmt"
	"unique"
)

// secret holds a text where package fmt, which reads unexported fields by
// reflection and calls no method on them, sees a pointer and not the text: an
// Email inside another type's unexported field prints as an address in memory.
// Equal texts are equal secrets.
type secret struct{ handle unique.Handle[string] }

func keep(s string) secret {
	if s == "" {
		return secret{}
	}
	return secret{unique.Make(s)}
}

func (s secret) isZero() bool { return s == secret{} }

func (s secret) value() string {
	if s.isZero() {
		return ""
	}
	return s.handle.Value()
}

// format writes a masked text, with the width that was asked for and whatever
// the verb: %x of a mask helps nobody.
func format(f fmt.State, masked string) {
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, 's'), masked)
}
