package personal

import "slices"

// Account is one person's identity on one service, as the config says it. It
// holds no secret of the service: no password, no cookie.
type Account struct {
	ID             string
	Service        string // the name of a profile: "facebook"
	Email          Email
	Phone          Phone
	Country        string // ISO 3166-1 alpha-2, upper case; "" when not said
	Language       string // BCP 47, as the account's pages speak: "fr", "pt-BR"
	Reason         Reason
	AccountsCentre string // accounts that share a value are covered by one objection
	Session        string // accounts that share a value share a kept login; "": see room session
}

// Purpose is why a value is revealed. The zero Purpose is refused.
type Purpose int

// The purposes for which a value may leave its type.
const (
	ForTyping   Purpose = iota + 1 // into an admitted field of a form
	ForMatching                    // against what a page or request holds
	ForKeying                      // into the keyed hash that names an objection
)

// must stops the program where a value is about to leave without one of its
// purposes: a fault of ours that no caller can mend.
func (p Purpose) must(what string, be ...Purpose) {
	if !slices.Contains(be, p) {
		panic("personal: " + what + " revealed without a purpose")
	}
}
