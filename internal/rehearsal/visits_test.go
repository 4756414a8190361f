package rehearsal

import "github.com/go-rod/rod/lib/proto"

// fieldVisits fill in what the forms ask for, in both looks.
func fieldVisits() []visit {
	return []visit{
		{
			name: "the form of 2024", scenario: "form-2024", start: direct, received: 2, dialogs: 1,
			want: Received{Service: facebook, Form: formLong, Look: "classic", Country: "FR", Reason: "Parce que", More: "Voilà", Code: "right"},
			does: func(h *hands) {
				h.passCookies()
				h.lookUp("franc")
				h.write("email", ownEmail)
				h.fillIn("reason", "Parce que")
				h.fillIn("more", "Voilà")
				h.send()
				h.write("code", Code)
				h.send()
			},
		},
		{
			name: "the form of Brazil", scenario: "form-brazil", start: direct, received: 2, dialogs: 1,
			want: Received{Service: facebook, Form: formLong, Look: "classic", Country: "BR", Reason: "Porque", Code: "right"},
			does: func(h *hands) {
				h.passCookies()
				h.pick("country", "Brés")
				h.write("email", ownEmail)
				h.fillIn("reason", "Porque")
				h.send()
				h.write("code", Code)
				h.send()
			},
		},
		{
			name: "radios set back", scenario: "radios-reset", start: direct, dialogs: 1,
			want: Received{Service: facebook, Form: formLong, Look: "classic", Choice: "yes"},
			does: func(h *hands) {
				h.passCookies()
				h.press("value", "yes")
				h.write("email", ownEmail)
				h.send()
				h.until("the fault", func(*proto.DOMNode) bool {
					return h.script(`String(document.querySelector("[data-fault=about]").hidden)`) == "false"
				})
				h.press("value", "yes")
				h.send()
			},
		},
		{
			name: "Enter takes a country", scenario: "country", start: direct, dialogs: 1,
			want: Received{Service: facebook, Form: formLong, Look: "classic", Country: "DE"},
			does: func(h *hands) {
				h.passCookies()
				h.press("data-typeahead", "country")
				h.insert("allem")
				h.enter()
				h.write("email", ownEmail)
				h.send()
			},
		},
		{
			name: "the portal", scenario: "portal", start: direct, sees: portalSent,
			want: Received{Service: facebook, Form: formLong, Look: "portal"}, does: (*hands).stepTwo,
		},
		{
			name: "the portal, bare and in JSON", scenario: "portal-bare+portal-graphql", start: direct, sees: portalSent,
			want: Received{Service: facebook, Form: formLong, Look: "portal"}, does: (*hands).stepTwo,
		},
		{
			name: "the portal's country", scenario: "portal-country", start: direct, sees: portalSent,
			want: Received{Service: facebook, Form: formLong, Look: "portal", Country: "PL", Choice: "yes"},
			does: func(h *hands) {
				h.press("value", "yes")
				h.lookUp("Pologne")
				h.stepTwo()
			},
		},
		{
			name: "the portal's code", scenario: "portal-code", start: direct, sees: portalSent, received: 4,
			want: Received{Service: facebook, Form: formLong, Look: "portal"},
			does: func(h *hands) {
				h.press("data-go", "next")
				h.sees("2 champs obligatoires restants")
				h.fillIn("email", ownEmail)
				h.fillIn("confirm", ownEmail)
				h.press("data-go", "code")
				h.fillIn("code", "111111")
				h.press("data-go", "verify")
				h.sees("Code non valide")
				h.press("data-state", "code")
				h.selectAll()
				h.insert(Code)
				h.press("data-go", "verify")
				h.until("the e-mail to be verified", func(*proto.DOMNode) bool {
					return h.script(`String(document.querySelector(".proven").hidden)`) == "false"
				})
				h.press("data-go", "send")
			},
		},
		{
			name: "moved after the country", scenario: "portal-after-country", start: direct, sees: portalSent, dialogs: 1,
			want: Received{Service: facebook, Form: formLong, Look: "portal", Country: "IT"},
			does: func(h *hands) {
				h.passCookies()
				h.lookUp("Itali")
				h.until("the portal", func(*proto.DOMNode) bool { return h.script("location.host") == portalHost })
				h.lookUp("Itali")
				h.stepTwo()
			},
		},
	}
}

// serviceVisits go through the three services.
func serviceVisits() []visit {
	ig, form := brandFor(instagram), Received{Service: instagram, Form: instagramLong, Look: "classic"}
	return []visit{
		{name: "Instagram", scenario: Ordinary, start: ig.Center, want: form, dialogs: 1, does: throughLink(ig.Form())},
		{name: "Instagram's login, offer and cookies", scenario: "save-login+cookies-again+prefilled", start: ig.Form(), want: form, dialogs: 2, does: func(h *hands) {
			h.passCookies()
			h.press("autocomplete", "username")
			h.insert(ownEmail)
			h.press("autocomplete", "current-password")
			h.insert(Password)
			h.send()
			h.press("href", ig.Form())
			h.press("data-cookie-answer", "true")
			h.press("href", ig.Form())
			h.send()
		}},
		{
			name: "Instagram's portal knows the login", scenario: "login+prefilled+portal+two-factor", start: ig.Form(), sees: portalSent,
			want: Received{Service: instagram, Form: instagramLong, Look: "portal"}, dialogs: 1, does: func(h *hands) {
				h.passCookies()
				h.press("autocomplete", "username")
				h.insert(ownEmail)
				h.press("autocomplete", "current-password")
				h.insert(Password)
				h.send()
				h.write("approvals_code", Code)
				h.send()
				h.press("data-go", "next")
				h.fillIn("confirm", ownEmail)
				h.press("data-go", "send")
			},
		},
		{
			name: "WhatsApp", scenario: Ordinary, start: "https://" + whatsappHelpHost + "/" + whatsappArticle, sees: "Nous avons bien reçu votre demande",
			want: Received{Service: whatsapp, Form: whatsappContact, Look: "classic", Phone: "+33 6 12 34 56 78", Choice: topicObject, Name: "Marie"},
			does: func(h *hands) {
				h.press("href", brandFor(whatsapp).Contact(whatsappContact))
				h.press("value", topicObject)
				h.fillIn("name", "Marie")
				h.fillIn("email", ownEmail)
				h.fillIn("confirm", ownEmail)
				h.fillIn("phone", "+33 6 12 34 56 78")
				// Typing has set it back.
				h.press("value", topicObject)
				h.send()
			},
		},
		{
			name: "messages with AIs", scenario: Ordinary, start: brandFor(facebook).Chats(), received: 2, dialogs: 1,
			want: Received{Service: whatsapp, Form: whatsappChats, Look: "classic", Phone: "+55 11 91234 5678", Country: "BR", Code: "right"},
			does: func(h *hands) {
				h.passCookies()
				h.pick("dial", "Brés")
				h.fillIn("phone", "11 91234 5678")
				h.write("email", ownEmail)
				h.send()
				h.write("code", Code)
				h.send()
			},
		},
		{
			name: "messages with AIs on the portal", scenario: "portal", start: brandFor(facebook).Chats(), received: 3, sees: portalSent,
			want: Received{Service: whatsapp, Form: whatsappChats, Look: "portal", Phone: "+33 612345678", Country: "FR"},
			does: func(h *hands) {
				h.press("data-go", "next")
				h.pick("dial", "Fran")
				h.fillIn("phone", "612345678")
				h.fillIn("email", ownEmail)
				h.fillIn("confirm", ownEmail)
				h.press("data-go", "code")
				h.fillIn("code", Code)
				h.press("data-go", "verify")
				h.until("the e-mail to be verified", func(*proto.DOMNode) bool {
					return h.script(`String(document.querySelector(".proven").hidden)`) == "false"
				})
				h.press("data-go", "send")
			},
		},
	}
}
