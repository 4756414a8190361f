package rehearsal

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// ticked fills the form and ticks the box with that attribute before it sends.
func ticked(attribute, value string) func(*hands) {
	return func(h *hands) {
		h.passCookies()
		h.write("email", ownEmail)
		h.press(attribute, value)
		h.press("class", sendButton)
	}
}

// TestVendorsCaptchas: each maker's box opens the form to real hands.
func TestVendorsCaptchas(t *testing.T) {
	goScripted(t, []scripted{
		{scenario: "hcaptcha", received: 1, taken: 1, does: ticked("id", "captcha-tick")},
		{scenario: "turnstile", received: 1, taken: 1, does: ticked("id", "captcha-tick")},
		{scenario: "arkose", received: 1, taken: 1, does: ticked("id", "captcha-tick")},
		{scenario: "friendly", received: 1, taken: 1, does: ticked("class", "frc-button")},
		{scenario: "friendly-frame", received: 1, taken: 1, does: ticked("id", "captcha-tick")},
		{scenario: "altcha", received: 1, taken: 1, does: ticked("type", "checkbox")},
		{scenario: "altcha+portal", received: 1, taken: 1, sees: portalSent, dialogs: -1, does: func(h *hands) {
			h.press("data-go", "next")
			h.fillIn("email", ownEmail)
			h.fillIn("confirm", ownEmail)
			h.press("type", "checkbox")
			h.until("the proof", func(*proto.DOMNode) bool {
				return h.script(`document.querySelector("altcha-widget").getState()`) == "verified"
			})
			h.press("data-go", "send")
		}},
	})
}

// TestVendorsAreWhereTheirsAre: addresses and marks by which the makers' own
// boxes are known stand in the page.
func TestVendorsAreWhereTheirsAre(t *testing.T) {
	for scenario, parts := range map[string][]string{
		"hcaptcha":       {`src="https://newassets.hcaptcha.com/captcha/v1/`, `class="row h-captcha"`},
		"turnstile":      {`"https://challenges.cloudflare.com/cdn-cgi/challenge-platform/`, `class="row cf-turnstile"`, "cf-turnstile-response"},
		"arkose":         {`src="https://client-api.arkoselabs.com/v2/`, `"fc-token"`},
		"friendly":       {`class="row frc-captcha"`, `class="frc-button"`, "frc-captcha-solution"},
		"friendly-frame": {`class="row frc-captcha"`, `src="https://global.frcapi.com/api/v2/captcha/widget`, "frc-captcha-response"},
		"altcha":         {"<altcha-widget ", `auto="off"`},
	} {
		body := newVisitor(t, started(t, Options{Scenario: scenario}), "en").open(direct).body
		for _, part := range parts {
			if !strings.Contains(body, part) {
				t.Errorf("%s: no %q beside the form", scenario, part)
			}
		}
	}
}

// TestCaptchasHearNoScript: a box in the page itself can be reached by any
// script; a press that one makes up ticks nothing.
func TestCaptchasHearNoScript(t *testing.T) {
	scenarios := map[string]string{"friendly": ".frc-button", "altcha": "altcha-widget input[type=checkbox]"}
	names := []string{"friendly", "altcha"}
	g := newStage(t, names)
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			h := g.enter(t, i, direct)
			h.passCookies()
			h.write("email", ownEmail)
			h.until("the captcha", func(*proto.DOMNode) bool {
				return h.script(`String(Boolean(document.querySelector("`+scenarios[name]+`")))`) == "true"
			})
			h.script(`document.querySelector("` + scenarios[name] + `").click()`)
			h.settle(g.sites[i])
			if c := g.sites[i].Counts(); c.CaptchaTicked != 0 {
				t.Errorf("counts %+v", c)
			}
			if disabled := h.script(`String(document.querySelector("form.sheet button[type=submit]").disabled)`); disabled != "true" {
				t.Error("the button is free before the captcha")
			}
		})
	}
}

// solved does the work, as a browser would.
func solved(t *testing.T, c workChallenge) workProof {
	t.Helper()
	salt, _ := hex.DecodeString(c.Parameters.Salt)
	nonce, _ := hex.DecodeString(c.Parameters.Nonce)
	proof := workProof{Challenge: c}
	for n := range uint32(workLeast + workSpan) {
		key := hex.EncodeToString(derived(salt, nonce, n))
		if strings.HasPrefix(key, c.Parameters.KeyPrefix) {
			proof.Solution.Counter, proof.Solution.DerivedKey = n, key
			return proof
		}
	}
	t.Fatal("no number solves the challenge")
	return proof
}

// packed is the proof as the widget puts it into the form.
func packed(t *testing.T, proof workProof) string {
	t.Helper()
	raw, err := json.Marshal(proof)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(raw)
}

// TestProofOfWorkIsVerified: only work that was asked for here, whole and in
// time, is a proof.
func TestProofOfWorkIsVerified(t *testing.T) {
	w, now := newWork(), time.Now()
	c, err := w.challenge(now)
	if err != nil {
		t.Fatal(err)
	}
	if signature, ok := w.proven(packed(t, solved(t, c)), now); !ok || signature != c.Signature {
		t.Error("the right answer is refused")
	}
	for name, spoil := range map[string]func(*workProof){
		"another number":    func(p *workProof) { p.Solution.Counter++ },
		"another key":       func(p *workProof) { p.Solution.DerivedKey = c.Parameters.KeyPrefix },
		"an easier one":     func(p *workProof) { p.Challenge.Parameters.KeyPrefix = "" },
		"a later end":       func(p *workProof) { p.Challenge.Parameters.Expires++ },
		"another site's":    func(p *workProof) { p.Challenge.Signature = newWork().sign(c.Parameters) },
		"without signature": func(p *workProof) { p.Challenge.Signature = "" },
	} {
		proof := solved(t, c)
		spoil(&proof)
		if _, ok := w.proven(packed(t, proof), now); ok {
			t.Errorf("%s is taken", name)
		}
	}
	for _, payload := range []string{"", "x", "e30=", base64.StdEncoding.EncodeToString([]byte("[]"))} {
		if _, ok := w.proven(payload, now); ok {
			t.Errorf("%q is taken", payload)
		}
	}
	if _, ok := w.proven(packed(t, solved(t, c)), now.Add(2*time.Hour)); ok {
		t.Error("an old answer is taken")
	}
}

// TestProofOfWorkOpensTheForm: without work the form is not taken, and with it
// once.
func TestProofOfWorkOpensTheForm(t *testing.T) {
	s := started(t, Options{Scenario: "altcha"})
	v := newVisitor(t, s, "en")
	form := v.open(direct)
	if !strings.Contains(form.header.Get("Content-Security-Policy"), "worker-src 'self'") {
		t.Error("the page forbids its worker")
	}
	fields := v.filled(form, "a@example.org")
	if told := v.post("https://"+mainHost+submitPath, fields).told(t); told["captcha_persist_data"] == nil {
		t.Errorf("without an answer: %v", told)
	}
	var c workChallenge
	if err := json.Unmarshal([]byte(v.open("https://"+mainHost+"/captcha/altcha/challenge").body), &c); err != nil {
		t.Fatal(err)
	}
	fields.Set("altcha", packed(t, solved(t, c)))
	for range 2 {
		v.post("https://"+mainHost+submitPath, fields)
	}
	got := s.Received()
	if len(got) != 3 || got[0].Taken || !got[1].Taken || s.Counts().CaptchaProven != 1 {
		t.Errorf("received %v, counts %+v", got, s.Counts())
	}
}

// TestPictureStandsBeforeEveryPage: the letters of a picture are wanted before
// any page, of each family of hosts once.
func TestPictureStandsBeforeEveryPage(t *testing.T) {
	s := started(t, Options{Scenario: "image-captcha"})
	v := newVisitor(t, s, "en")
	for address, path := range map[string]string{
		center: picturePath, direct: picturePath, brandFor(instagram).Form(): instagramPicturePath,
	} {
		wall := v.open(address)
		if wall.url.Path != path || wall.url.Query().Get("next") != address {
			t.Fatalf("%s leads to %s", address, wall.url)
		}
		picture := "https://" + wall.url.Host + "/captcha/tfbimage/?captcha_challenge_code=1"
		if got := v.open(picture).header.Get("Content-Type"); got != "image/svg+xml" || !strings.Contains(wall.body, `src="/captcha/`) {
			t.Errorf("the picture of %s is %q", wall.url, got)
		}
		letters := url.Values{"next": {address}, "captcha_response": {"WRONG"}}
		if got := v.post(wall.url.String(), letters); got.url.Path != path || !got.url.Query().Has("wrong") {
			t.Errorf("wrong letters lead to %s", got.url)
		}
		if path == picturePath {
			continue // read once below: it would open every page of the family
		}
		letters.Set("captcha_response", Letters)
		if got := v.post(wall.url.String(), letters); got.url.String() != address {
			t.Errorf("the right letters lead to %s", got.url)
		}
	}
	if s.Counts().PictureRead != 1 {
		t.Errorf("counts %+v", s.Counts())
	}
}

func TestPictureIsRead(t *testing.T) {
	goScripted(t, []scripted{{scenario: "image-captcha", received: 1, taken: 1, does: func(h *hands) {
		h.write("captcha_response", "WRONG")
		h.press("class", sendButton)
		h.sees("ne correspond pas")
		h.write("captcha_response", Letters)
		h.press("class", sendButton)
		h.fill()
	}}})
}
