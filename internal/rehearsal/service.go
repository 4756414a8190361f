package rehearsal

import "net/http"

// The services that are played, as [Received] names them.
const (
	facebook  = "facebook"
	instagram = "instagram"
	whatsapp  = "whatsapp"
)

// brand is where one service keeps its pages. Its fields and methods are for the
// templates, which know no address of their own.
type brand struct {
	Service string
	Label   string // as page titles end
	Home    string
	Center  string // the Privacy Center
	Topic   string // its page about AI
	Policy  string
	Choice  string // the page of 2026 with a choice of forms
	Login   string
	Forgot  string
	Join    string
	help    string
	contact string
}

// Help is an article's address.
func (b brand) Help(number string) string { return b.help + number }

// Contact is a form's address.
func (b brand) Contact(number string) string { return b.contact + number }

// Form is the address that the links to the objection lead to.
func (b brand) Form() string {
	if b.Service == instagram {
		return b.contact + instagramLong
	}
	return b.contact + formLong
}

// Second is the other address under which the same form is known.
func (b brand) Second() string {
	if b.Service == instagram {
		return b.contact + instagramShort
	}
	return b.contact + formShort
}

// Chats is the address of the objection for messages with AIs on WhatsApp,
// which is Facebook's.
func (b brand) Chats() string { return "https://" + mainHost + "/help/contact/" + whatsappChats }

// Third is the look-alike that Instagram, too, leaves to Facebook.
func (b brand) Third() string { return "https://" + mainHost + "/help/contact/1266025207620918" }

// brandFor is a service's addresses.
func brandFor(service string) brand {
	switch service {
	case instagram:
		const center, login = "https://" + instagramCenterHost, "https://" + instagramHost + "/accounts"
		return brand{
			Service: instagram, Label: "Instagram", Home: center + "/", Center: center + "/",
			Topic: center + "/privacy/genai/", Policy: center + "/policy/", Choice: center + "/privacy/genai/object/",
			Login: login + "/login/", Forgot: login + "/password/reset/", Join: login + "/emailsignup/",
			help: "https://" + instagramHelpHost + "/", contact: "https://" + instagramHelpHost + "/contact/",
		}
	case whatsapp:
		const site = "https://" + whatsappHost
		return brand{
			Service: whatsapp, Label: "WhatsApp", Home: site + "/", Center: site + "/legal/", Topic: site + "/legal/",
			Policy: site + "/legal/", help: "https://" + whatsappHelpHost + "/", contact: site + "/contact/forms/",
		}
	default:
		const site = "https://" + mainHost
		return brand{
			Service: facebook, Label: "Facebook", Home: site + "/", Center: site + "/privacy/center/",
			Topic: site + "/privacy/genai", Policy: site + "/privacy/policy/", Choice: site + "/privacy/genai/object/",
			Login: site + "/login/", Forgot: site + "/recover/initiate/", Join: site + "/reg/?entry_point=login",
			help: site + "/help/", contact: site + "/help/contact/",
		}
	}
}

// serviceAt is whose pages a host serves.
func serviceAt(host string) string {
	switch jarOf(host) {
	case instagramBareHost:
		return instagram
	case whatsappBareHost:
		return whatsapp
	default:
		return facebook
	}
}

// brandOf is the brand a request is for.
func brandOf(r *http.Request) brand { return brandFor(serviceAt(hostOf(r))) }

// Doors are the addresses at which people begin, one a service.
func Doors() []string {
	return []string{
		brandFor(facebook).Center, brandFor(instagram).Center, brandFor(whatsapp).Help(whatsappArticle),
	}
}
