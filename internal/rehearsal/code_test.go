package rehearsal

import (
	"net/url"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// keys types letter by letter, as a keyboard does.
func (h *hands) keys(text string) {
	h.t.Helper()
	for _, letter := range text {
		key := proto.InputDispatchKeyEvent{Type: proto.InputDispatchKeyEventTypeChar, Text: string(letter)}
		if err := key.Call(h.page); err != nil {
			h.t.Fatal(err)
		}
	}
}

// edit presses a key with Ctrl, which does what the command says.
func (h *hands) edit(command, key string) {
	h.t.Helper()
	down := proto.InputDispatchKeyEvent{
		Type: proto.InputDispatchKeyEventTypeKeyDown, Modifiers: 2, Key: key, Code: "Key" + strings.ToUpper(key), Commands: []string{command},
	}
	if err := down.Call(h.page); err != nil {
		h.t.Fatal(err)
	}
}

// copied puts a text on the clipboard, as from a mail.
func (h *hands) copied(text string) {
	h.t.Helper()
	h.script(`{ const from = document.createElement("textarea"); from.id = "from"; from.value = "` + text + `";
		document.body.append(from); from.focus(); from.select(); }`)
	h.edit("copy", "c")
	h.script(`document.getElementById("from").remove()`)
}

// codeCases are the ways in which a code is asked for.
func codeCases() []scripted {
	return []scripted{
		{scenario: "code-boxes", received: 3, taken: 1, does: func(h *hands) {
			h.fill()
			h.press("data-digit", "1")
			h.keys("111111")
			h.press("class", sendButton)
			h.sees("Code non valide")
			h.press("data-digit", "1")
			h.keys(Code)
			h.press("class", sendButton)
		}},
		{scenario: "code-boxes+code-twice", received: 3, taken: 1, does: func(h *hands) {
			h.fill()
			h.until("the boxes", func(root *proto.DOMNode) bool { return find(root, "data-digit", "6") != nil })
			h.copied(Code)
			h.press("data-digit", "1")
			h.edit("paste", "v")
			h.press("class", sendButton)
			h.sees("Saisissez le nouveau")
			h.press("data-digit", "1")
			h.keys(SecondCode)
			h.press("class", sendButton)
		}},
		{scenario: "code-twice", received: 4, taken: 1, does: func(h *hands) {
			h.fill()
			h.write("code", Code)
			h.press("class", sendButton)
			h.sees("Saisissez le nouveau")
			h.write("code", Code)
			h.press("class", sendButton)
			h.sees("Code non valide")
			h.again(SecondCode)
		}},
		{scenario: "portal+code-twice", received: 4, taken: 1, sees: portalSent, dialogs: -1, does: func(h *hands) {
			h.press("data-go", "next")
			h.fillIn("email", ownEmail)
			h.fillIn("confirm", ownEmail)
			h.press("data-go", "code")
			h.fillIn("code", Code)
			h.press("data-go", "verify")
			h.sees("Saisissez le nouveau")
			h.fillIn("code", SecondCode)
			h.press("data-go", "verify")
			h.until("the e-mail to be verified", func(*proto.DOMNode) bool {
				return h.script(`String(document.querySelector(".proven").hidden)`) == "false"
			})
			h.press("data-go", "send")
		}},
	}
}

// TestCodesWithHands gives codes as a person does: in one field, in a box for
// each digit, and from the clipboard.
func TestCodesWithHands(t *testing.T) { goScripted(t, codeCases()) }

// TestBoxesHearNoScript: what a script puts into the boxes is no code.
func TestBoxesHearNoScript(t *testing.T) {
	g := newStage(t, []string{"code-boxes"})
	h := g.enter(t, 0, direct)
	h.fill()
	h.until("the boxes", func(root *proto.DOMNode) bool { return find(root, "data-digit", "6") != nil })
	h.script(`document.querySelectorAll("[data-digit]").forEach((box, n) => {
		box.value = "246810"[n]; box.dispatchEvent(new Event("input", { bubbles: true })); })`)
	h.settle(g.sites[0])
	if disabled := h.script(`String(document.querySelector("form.sheet button").disabled)`); disabled != "true" {
		t.Error("the button is free")
	}
}

// verified gives a code for a form that was sent, and tells the answer.
func (v *visitor) verified(form page, code string) map[string]any {
	v.t.Helper()
	return v.post("https://"+mainHost+verifyPath, url.Values{
		"fb_dtsg": v.filled(form, "")["fb_dtsg"], "code": {code}, "__a": {"1"}, "support_form_signals": {"t1u0"},
	}).told(v.t)
}

// TestMailboxHoldsTheCode: each mail has a code of its own, the newest stands
// first, and only the newest of an address counts.
func TestMailboxHoldsTheCode(t *testing.T) {
	s := started(t, Options{Scenario: "mailbox"})
	v := newVisitor(t, s, "en")
	if got := v.open("https://" + mailHost + "/"); !strings.Contains(got.body, "There is no mail.") {
		t.Errorf("a mailbox before any mail: %.300s", got.body)
	}
	form := v.open(direct)
	v.send(form, "a@example.org")
	v.send(form, "a@example.org")
	v.send(v.open(direct), "b@example.org")
	mails := s.Mails()
	if len(mails) != 3 || mails[0].Code == mails[1].Code || len(mails[1].Code) != 6 {
		t.Fatalf("mails %#v", mails)
	}
	body := v.open("https://" + mailHost + "/?to=A@example.org").body
	first, second := strings.Index(body, mails[1].Code), strings.Index(body, mails[0].Code)
	if first < 0 || second < first || strings.Contains(body, "b@example.org") {
		t.Errorf("the newest code is at %d, the other at %d", first, second)
	}
	if told := v.verified(form, mails[0].Code); told["errorSummary"] != "Invalid code" {
		t.Errorf("the code of the first mail: %v", told)
	}
	if told := v.verified(form, mails[1].Code); told["errorSummary"] != nil {
		t.Errorf("the code of the second mail: %v", told)
	}
	if got := s.Received(); !got[len(got)-1].Taken {
		t.Errorf("received %v", got)
	}
}

// TestSecondCodeIsMailed: after the right code another one is wanted, and the
// first opens nothing any more.
func TestSecondCodeIsMailed(t *testing.T) {
	s := started(t, Options{Scenario: "code-twice"})
	v := newVisitor(t, s, "en")
	form := v.open(direct)
	v.send(form, "a@example.org")
	for _, c := range []struct {
		code         string
		right, taken bool
	}{
		{SecondCode, false, false}, {Code, true, false}, {Code, false, false}, {SecondCode, true, true},
	} {
		told := v.verified(form, c.code)
		got := s.Received()
		last := got[len(got)-1]
		if (told["errorSummary"] == nil) != c.right || (last.Code == "right") != c.right || last.Taken != c.taken {
			t.Errorf("%+v: answer %v, received %#v", c, told, last)
		}
	}
	var sent []string
	for _, m := range s.Mails() {
		sent = append(sent, m.Code)
	}
	if strings.Join(sent, " ") != Code+" "+SecondCode+" " {
		t.Errorf("mails with codes %q, then one that it was taken", sent)
	}
}
