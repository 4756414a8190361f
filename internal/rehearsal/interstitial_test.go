package rehearsal

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func logIn(v *visitor, next, email, password string) page {
	return v.post("https://"+mainHost+"/login/device-based/regular/login/",
		url.Values{"next": {next}, "email": {email}, "pass": {password}})
}

func TestLoginStandsBeforeEveryPage(t *testing.T) {
	s := started(t, Options{Scenario: "login+prefilled"})
	v := newVisitor(t, s, "de")
	for _, address := range []string{center, direct, "https://" + mobileHost + "/privacy/genai"} {
		wall := v.open(address)
		if wall.url.Path != "/login/" || wall.url.Query().Get("next") != address {
			t.Fatalf("%s leads to %s", address, wall.url)
		}
		if got := wall.titles("h1"); len(got) != 1 || got[0] != "Bei Facebook anmelden" {
			t.Errorf("headings %q", got)
		}
	}
	if got := logIn(v, direct, "me@example.org", "wrong"); !strings.Contains(got.body, "error_box") ||
		got.url.Query().Get("next") != direct {
		t.Errorf("a wrong password leads to %s", got.url)
	}
	form := logIn(v, direct, "me@example.org", Password)
	if form.url.String() != direct {
		t.Fatalf("logged in, at %s", form.url)
	}
	if got := form.boot(t).Form.Email; got != "me@example.org" {
		t.Errorf("prefilled %q, want the login's address", got)
	}
	// One login serves the language hosts too.
	if got := v.open("https://" + frenchHost + "/help/contact/" + formLong); got.url.Path == "/login/" {
		t.Error("asked to log in again")
	}
	if s.Counts().LoggedIn != 1 {
		t.Errorf("counts %+v", s.Counts())
	}
}

func TestPrefillWithoutLogin(t *testing.T) {
	for scenario, want := range map[string]string{
		Ordinary: "", "prefilled": "own@example.org", "prefilled-other": OtherEmail,
	} {
		s := started(t, Options{Scenario: scenario, Prefill: "own@example.org"})
		if got := newVisitor(t, s, "en").open(direct).boot(t).Form.Email; got != want {
			t.Errorf("%s: %q, want %q", scenario, got, want)
		}
	}
}

// TestOnwardStaysHere: a login page that sends people elsewhere would be a fault
// of the copy, not of Meta.
func TestOnwardStaysHere(t *testing.T) {
	for next, want := range map[string]string{
		"https://www.facebook.com/privacy/genai?locale=fr_FR": "/privacy/genai?locale=fr_FR",
		"/help/contact/1":           "/help/contact/1",
		"https://elsewhere.test/x":  "/x",
		"//elsewhere.test/x":        "/x",
		"https://a//elsewhere.test": "/",
		"":                          "/", "%": "/", "javascript:alert(1)": "/", "relative": "/",
	} {
		if got := onward(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}

func TestAdsChoiceIsAskedOnce(t *testing.T) {
	s := started(t, Options{Scenario: "login+ads-choice"})
	v := newVisitor(t, s, "de")
	choice := logIn(v, center, "me@example.org", Password)
	if choice.url.Path != "/privacy/consent/" || choice.titles("h1")[0] != "Triff eine Auswahl zum Thema Werbung" {
		t.Fatalf("after the login at %s, %q", choice.url, choice.titles("h1"))
	}
	after := v.post("https://"+mainHost+"/privacy/consent/answer/",
		url.Values{"next": {choice.url.Query().Get("next")}, "choice": {"free"}})
	if after.url.String() != center || v.open(direct).url.String() != direct {
		t.Errorf("after the choice at %s", after.url)
	}
	if s.Counts().AdsAnswered != 1 {
		t.Errorf("counts %+v", s.Counts())
	}
}

func TestCookieChoiceIsRemembered(t *testing.T) {
	for essential, want := range map[string]Counts{
		"true": {CookiesDeclined: 1}, "false": {CookiesAccepted: 1},
	} {
		s := started(t, Options{})
		v := newVisitor(t, s, "en")
		const dialog = `data-testid="cookie-policy-manage-dialog"`
		if got := v.open(center); strings.Count(got.body, dialog) != 1 {
			t.Error("no dialog at first")
		}
		v.post("https://"+mainHost+"/cookie/consent/", url.Values{"accept_only_essential": {essential}})
		for _, address := range []string{center, direct, "https://" + frenchHost + "/privacy/center/"} {
			if strings.Contains(v.open(address).body, dialog) {
				t.Errorf("%s: the dialog is there again", address)
			}
		}
		if got := s.Counts(); got != want || s.CookiesAccepted() != want.CookiesAccepted {
			t.Errorf("counts %+v, want %+v", got, want)
		}
	}
}

// TestTwinStandsFirst: the button nobody can see comes before the real one and
// has the same name.
func TestTwinStandsFirst(t *testing.T) {
	body := newVisitor(t, started(t, Options{}), "en").open(center).body
	twin, dialog := strings.Index(body, "data-cookie-twin"), strings.Index(body, "cookie-policy-manage-dialog")
	if twin < 0 || dialog < twin || strings.Count(body, `aria-label="Decline optional cookies"`) != 2 {
		t.Errorf("twin at %d, dialog at %d", twin, dialog)
	}
}

// Who presses the button that nobody can see is found out: it chooses nothing.
func TestTheTwinsPressIsADecoy(t *testing.T) {
	s := started(t, Options{})
	newVisitor(t, s, "en").post("https://"+mainHost+"/ajax/dialog/twin/", nil)
	if got := s.Decoys(); len(got) != 1 || got[0].Host != mainHost || len(s.Received()) != 0 {
		t.Errorf("decoys %#v, received %v", got, s.Received())
	}
	if c := s.Counts(); c.CookiesAccepted+c.CookiesDeclined != 0 {
		t.Errorf("the twin chose something: %+v", c)
	}
}

func TestCaptchaAnswerOpensTheForm(t *testing.T) {
	s := started(t, Options{Scenario: "captcha"})
	v := newVisitor(t, s, "en")
	form := v.open(direct)
	if !strings.Contains(form.body, "https://"+captchaHost+"/captcha/recaptcha/iframe/") || !form.boot(t).Form.Captcha {
		t.Error("no captcha beside the form")
	}
	fields := v.filled(form, "a@example.org")
	fields.Set("captcha_response", "03Amadeup")
	v.post("https://"+mainHost+submitPath, fields)
	fields.Set("captcha_response", v.post("https://"+captchaHost+"/captcha/verify", nil).body)
	v.post("https://"+mainHost+submitPath, fields)
	got := s.Received()
	if len(got) != 2 || got[0].Taken || !got[1].Taken || s.Counts().CaptchaTicked != 1 {
		t.Errorf("received %#v, counts %+v", got, s.Counts())
	}
}

// TestPeopleDoNotMix: many jars at once, each prefilled with its own address and
// each received once.
func TestPeopleDoNotMix(t *testing.T) {
	const people = 30
	s := started(t, Options{Scenario: "login+prefilled"})
	var going sync.WaitGroup
	for n := range people {
		v := newVisitor(t, s, "fr")
		going.Go(func() {
			email := fmt.Sprintf("person%d@example.org", n)
			form := logIn(v, direct, email, Password)
			if got := form.boot(t).Form.Email; got != email {
				t.Errorf("prefilled %q, want %q", got, email)
			}
			v.send(form, email)
		})
	}
	going.Wait()
	seen, tokens := map[string]int{}, map[string]bool{}
	for _, r := range s.Received() {
		seen[r.Email]++
		tokens[r.Token] = true
	}
	if len(seen) != people || len(tokens) != people || len(s.Received()) != people {
		t.Errorf("%d people, %d tokens, %d arrivals, want %d each", len(seen), len(tokens), len(s.Received()), people)
	}
}

// FuzzOnward: whatever stands in "next", the visit stays on this host.
func FuzzOnward(f *testing.F) {
	for _, seed := range []string{"https://www.facebook.com/x?y=z", "//a//b", "/\\\\a", "/%2f/a", "http:////a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, next string) {
		got := onward(next)
		base := &url.URL{Scheme: "https", Host: mainHost}
		led, err := base.Parse(got)
		if err != nil || led.Host != mainHost || led.Scheme != "https" {
			t.Errorf("%q leads to %q: %v, %v", next, got, led, err)
		}
		if strings.HasPrefix(got, "/\\") || strings.HasPrefix(got, "//") {
			t.Errorf("%q leads to %q, which a browser takes for another host", next, got)
		}
	})
}
