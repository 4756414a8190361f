package rehearsal

import (
	"cmp"
	"testing"
	"time"

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

// pick chooses in a list by typing the beginning of a name at the keyboard. The
// letters say themselves how soon one came after the other: a list begins anew
// with a letter that comes a second later, and the machine may be that slow.
func (h *hands) pick(state, name string) {
	h.t.Helper()
	h.until(state, func(root *proto.DOMNode) bool { return find(root, "data-state", state) != nil })
	h.script(`document.querySelector("[data-state=` + state + `]").focus()`)
	at := proto.TimeSinceEpoch(float64(time.Now().UnixMilli()) / 1000)
	for _, letter := range name {
		at += 0.01
		key := proto.InputDispatchKeyEvent{Type: proto.InputDispatchKeyEventTypeChar, Text: string(letter), Timestamp: at}
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

// wayVisits take each way to the form.
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
