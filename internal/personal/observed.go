package personal

import (
	"slices"
	"strings"
)

// Observation is how a value read from a page compares with ours.
type Observation string

// What a value read from a page can be.
const (
	Empty Observation = "empty"
	Ours  Observation = "ours"
	Other Observation = "other"
)

// Observed is a value read from a page: comparable and printable, without the
// value itself. A page that is stored holds these and nothing else.
type Observed struct {
	Is     Observation `json:"is"`
	Masked string      `json:"masked,omitempty"` // for a person: "j•••@f•••.fr"; "" when empty
}

// Observe compares what a page's field holds with the account's values. A text
// that is none of them is told masked, whoever's it is.
func Observe(text string, a Account) Observed {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return Observed{Is: Empty}
	case a.Email.Matches(text):
		return Observed{Ours, a.Email.String()}
	case a.Phone.Matches(text):
		return Observed{Ours, a.Phone.String()}
	case !a.Reason.IsZero() && sameWords(a.Reason.Reveal(ForMatching), text):
		return Observed{Ours, a.Reason.String()}
	case strings.Contains(text, "@"):
		return Observed{Other, MaskEmail(text)}
	default:
		return Observed{Other, MaskValue(text)}
	}
}

// sameWords reports whether two texts differ in white space at most: a text
// box has its own line ends (HTML §4.10.11).
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(a), strings.Fields(b))
}
