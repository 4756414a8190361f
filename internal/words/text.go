package words

import (
	"fmt"
	"strings"
)

// Language is a language the program speaks, as its BCP 47 primary subtag.
type Language string

// The languages the program speaks.
const (
	English Language = "en"
	French  Language = "fr"
)

// Text is a sentence for a person, not yet in a language. The zero Text is the
// empty sentence.
type Text struct {
	format string
	args   []any
}

// T makes a Text of an English format and its arguments, as fmt.Sprintf reads
// them. An argument that is itself a Text or a [Moment] is turned into the same
// language.
func T(format string, args ...any) Text { return Text{format: format, args: args} }

// N is [T] with the format that fits the count: one for exactly 1, many for
// everything else (French also counts 0 as one; its catalogue twin of many has
// to read well at 0). The count is an argument only where args name it.
func N(count int, one, many string, args ...any) Text {
	if count == 1 {
		return Text{format: one, args: args}
	}
	return Text{format: many, args: args}
}

// Verbatim is a Text that is the same in every language: a name, a command, a
// page's own words.
func Verbatim(s string) Text { return Text{format: "%s", args: []any{s}} }

// Said is a Text that somebody else gives in both languages: a profile.
func Said(english, french string) Text {
	return Text{format: "%s", args: []any{said{English: english, French: french}}}
}

// said is a sentence by its language.
type said map[Language]string

// In is the sentence in that language, in English where it is not given.
func (s said) In(l Language) string {
	if s[l] == "" {
		return s[English]
	}
	return s[l]
}

// In is the sentence in that language, in English where it has no twin.
func (t Text) In(l Language) string {
	format := t.format
	if l == French {
		if twin, ok := frenchTwin(format); ok {
			format = twin
		}
	}
	if len(t.args) == 0 {
		return fmt.Sprintf(format, t.args...)
	}
	args := make([]any, len(t.args))
	for i, a := range t.args {
		if inner, ok := a.(localised); ok {
			a = inner.In(l)
		}
		args[i] = a
	}
	return fmt.Sprintf(format, args...)
}

// String is the sentence in English, for logs and errors.
func (t Text) String() string { return t.In(English) }

// IsZero reports whether there is nothing to say.
func (t Text) IsZero() bool { return t.format == "" }

// Speaks reads a language a person or a system names: "fr", "fr_FR.UTF-8",
// "fr-CA". False: it names none that we speak.
func Speaks(name string) (Language, bool) {
	primary := strings.ToLower(name)
	if i := strings.IndexAny(primary, "-_.@"); i >= 0 {
		primary = primary[:i]
	}
	switch l := Language(primary); l {
	case English, French:
		return l, true
	default:
		return English, false
	}
}
