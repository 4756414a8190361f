package rehearsal

import (
	"net/mail"
	"net/url"
	"strings"
	"unicode/utf8"
)

// asks is what a form wants to know besides the e-mail.
type asks struct {
	Country country
	Reason  reason // empty: the form has no field for it
	About   radios // whether the request is about AI
	More    bool
	Topic   bool // WhatsApp's radios
	Confirm bool // the e-mail once more
	Name    bool
	Phone   bool // in one field, with the calling code
	Dial    bool // a calling code and a phone number
	Code    bool // by mail
}

// asks is what a form wants in this scenario.
func (t traits) asks(f form) asks {
	switch f.Name {
	case "contact":
		return asks{Country: countryNone, About: radiosNone, Topic: true, Confirm: true, Name: true, Phone: true}
	case "chats":
		return asks{Country: countryNone, Reason: t.reason, About: t.radios, Dial: true, Code: true}
	default:
		return asks{
			Country: t.country, Reason: t.reason, About: t.radios, More: t.more, Code: t.answer == answerCode,
		}
	}
}

// required are the states without which the page's script does not send.
func (a asks) required() []string {
	all := []string{}
	for name, wanted := range map[string]bool{
		"topic": a.Topic, "about": a.About != radiosNone, "country": a.Country != countryNone,
		"dial": a.Dial, "phone": a.Phone || a.Dial, "reason": a.Reason == reasonRequired || a.Reason == reasonLong,
		"confirm": a.Confirm,
	} {
		if wanted {
			all = append(all, name)
		}
	}
	return all
}

// longReason is how many characters the form of 2024 wanted of some.
const longReason = 100

// wrong is the first field that a form cannot be taken with, and the prefix of
// what is said of it; none is empty.
func (a asks) wrong(p *pages, got Received, f url.Values) (field, says string) {
	_, err := mail.ParseAddress(got.Email)
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, got.Phone)
	reasonOf := strings.TrimSpace(got.Reason)
	switch {
	case a.Topic && got.Choice == "":
		return "topic", "field"
	case a.About != radiosNone && got.Choice == "":
		return "about", "field"
	case err != nil:
		return "email", "field"
	case a.Confirm && f.Get("confirm_email") != got.Email:
		return "confirm", "field"
	case a.Country != countryNone && !p.countries.has(got.Country):
		return "country", "field"
	case a.Dial && !p.countries.has(got.Country):
		return "dial", "field"
	case (a.Phone || a.Dial) && len(digits) < 8:
		return "phone", "field"
	case a.Reason == reasonRequired && reasonOf == "":
		return "reason", "field"
	case a.Reason == reasonLong && utf8.RuneCountInString(reasonOf) < longReason:
		return "reason", "short"
	default:
		return "", ""
	}
}
