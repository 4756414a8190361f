package rehearsal

import (
	"cmp"
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// visit is one visit with real hands, and what the server must have got of it.
type visit struct {
	name     string
	scenario string
	start    string
	does     func(h *hands)
	sees     string
	want     Received // only the values below are compared
	received int      // 1 when zero
	dialogs  int      // cookie dialogs that were declined
}

// fillIn presses a field of the pages' state and types into it.
func (h *hands) fillIn(state, text string) {
	h.t.Helper()
	h.press("data-state", state)
	h.insert(text)
}

// pick chooses in a list by typing the beginning of a name at the keyboard.
func (h *hands) pick(state, name string) {
	h.t.Helper()
	h.until(state, func(root *proto.DOMNode) bool { return find(root, "data-state", state) != nil })
	h.script(`document.querySelector("[data-state=` + state + `]").focus()`)
	for _, letter := range name {
		key := proto.InputDispatchKeyEvent{Type: proto.InputDispatchKeyEventTypeChar, Text: string(letter)}
		if err := key.Call(h.page); err != nil {
			h.t.Fatal(err)
		}
	}
}

// lookUp types into the field that looks a country up, and takes what it offers.
func (h *hands) lookUp(name string) {
	h.t.Helper()
	h.press("data-typeahead", "country")
	h.insert(name)
	h.press("role", "option")
}

func (h *hands) send() { h.press("class", sendButton) }

// stepTwo is the portal's second step: both e-mails and the send.
func (h *hands) stepTwo() {
	h.press("data-go", "next")
	h.fillIn("email", ownEmail)
	h.fillIn("confirm", ownEmail)
	h.press("data-go", "send")
}

// throughLink goes on from the page that is shown, by the link to the form.
func throughLink(address string) func(h *hands) {
	return func(h *hands) {
		h.passCookies()
		h.press("href", address)
		h.write("email", ownEmail)
		h.send()
	}
}

const (
	topicPage  = "https://www.facebook.com/privacy/genai"
	policyPage = "https://www.facebook.com/privacy/policy/"
	portalSent = "Votre demande a été envoyée"
)

func wayVisits() []visit {
	fb := Received{Service: facebook, Form: formLong, Look: "classic"}
	return []visit{
		{name: "a message first", scenario: "message-first", start: center, want: fb, dialogs: 1, does: func(h *hands) {
			h.passCookies()
			h.press("id", "policy-message")
			h.press("href", direct)
			h.write("email", ownEmail)
			h.send()
		}},
		{name: "the topic's list", scenario: "topic-list", start: topicPage, want: fb, dialogs: 1, does: throughLink(direct)},
		{name: "the topic's panel", scenario: "topic-panel", start: topicPage, want: fb, dialogs: 1, does: func(h *hands) {
			h.passCookies()
			h.press("data-opens", "shared-panel")
			h.press("href", direct)
			h.write("email", ownEmail)
			h.send()
		}},
		{name: "the policy's box", scenario: "policy-box", start: policyPage, want: fb, dialogs: 1, does: throughLink(direct)},
		{name: "the policy's section", scenario: "policy-section", start: policyPage, want: fb, dialogs: 1, does: func(h *hands) {
			h.passCookies()
			h.until("link B", func(root *proto.DOMNode) bool { return says(root, "vous opposer") })
			h.script(`document.querySelector("#section-mount a[href*='` + questionForm + `']").id = "b"`)
			h.press("id", "b")
			h.press("value", "yes")
			h.send()
			h.write("email", ownEmail)
			h.send()
		}},
		{
			name: "the question reveals", scenario: "question-reveals", want: fb, dialogs: 1,
			start: "https://www.facebook.com/help/contact/" + questionForm, does: func(h *hands) {
				h.passCookies()
				h.press("value", "yes")
				h.write("email", ownEmail)
				h.send()
			},
		},
		{name: "the choice of 2026", scenario: "choice-2026", start: topicPage, want: fb, dialogs: 1, does: func(h *hands) {
			h.passCookies()
			h.press("href", brandFor(facebook).Choice)
			h.press("href", direct)
			h.write("email", ownEmail)
			h.send()
		}},
		{name: "the choice by radio", scenario: "choice-radios", start: brandFor(facebook).Choice, want: fb, dialogs: 1, does: func(h *hands) {
			h.passCookies()
			h.press("value", direct)
			h.send()
			h.write("email", ownEmail)
			h.send()
		}},
		{name: "lazy parts", scenario: "lazy", start: center, want: fb, dialogs: 1, does: func(h *hands) {
			h.passCookies()
			h.script(`document.getElementById("section-mount").scrollIntoView()`)
			h.until("the section", func(root *proto.DOMNode) bool { return find(root, "href", direct) != nil })
			h.press("href", direct)
			h.until("the form's place", func(root *proto.DOMNode) bool { return find(root, "id", "form-mount") != nil })
			h.script(`document.getElementById("form-mount").scrollIntoView()`)
			h.write("email", ownEmail)
			h.send()
		}},
		{name: "texts in pieces", scenario: "split-text", start: center, sees: "Nous", want: fb, dialogs: 1, does: func(h *hands) {
			h.passCookies()
			h.until("pieces", func(*proto.DOMNode) bool {
				return h.script(`[...document.querySelectorAll("#section-mount a")].map((a) => a.innerText + a.childElementCount).join()`) ==
					"En\u00a0savoir plus5,opposer2"
			})
			h.press("href", direct)
			h.write("email", ownEmail)
			h.send()
		}},
		{name: "the letters of a picture", scenario: "text-captcha", start: direct, want: fb, received: 2, dialogs: 1, does: func(h *hands) {
			h.fill()
			h.until("the picture", func(root *proto.DOMNode) bool {
				return find(root, "src", "/captcha/tfbimage/?captcha_challenge_code=1") != nil
			})
			h.fillIn("letters", Letters)
			h.send()
		}},
	}
}

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

// TestWays, TestFields and TestServices go through what is new with real input:
// the server must have got every value, and no look-alike anything.
func TestWays(t *testing.T)     { goThrough(t, wayVisits()) }
func TestFields(t *testing.T)   { goThrough(t, fieldVisits()) }
func TestServices(t *testing.T) { goThrough(t, serviceVisits()) }

func goThrough(t *testing.T, visits []visit) {
	t.Helper()
	var names []string
	for _, v := range visits {
		names = append(names, v.scenario)
	}
	g := newStage(t, names)
	for i, v := range visits {
		t.Run(v.name, func(t *testing.T) {
			h := g.enter(t, i, v.start)
			v.does(h)
			h.sees(cmp.Or(v.sees, thanks))
			v.check(h, g.sites[i])
		})
	}
}

func (v visit) check(h *hands, s *Site) {
	h.t.Helper()
	count := max(v.received, 1)
	all, err := s.Await(h.ctx, count)
	if err != nil || len(all) != count {
		h.t.Fatalf("received %#v, %v, want %d", all, err, count)
	}
	got := all[count-1]
	want := v.want
	want.Email, want.Taken, want.Trusted = ownEmail, true, true
	// What tells one arrival from another, not what was filled in.
	want.Send, want.At, want.Token, want.Request, want.Host, want.Path = got.Send, got.At, got.Token, got.Request, got.Host, got.Path
	if want.Name == "" {
		want.Name = got.Name
	}
	if got != want {
		h.t.Errorf("received %#v, want %#v", got, want)
	}
	if d := s.Decoys(); len(d) != 0 || s.CookiesAccepted() != 0 || s.Counts().CookiesDeclined != v.dialogs {
		h.t.Errorf("decoys %v, counts %+v", d, s.Counts())
	}
}
