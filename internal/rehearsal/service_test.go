package rehearsal

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// linkWords are the one word of the notice that leads to the form.
func linkWords() map[string]string {
	return map[string]string{
		"en": "object", "fr": "opposer", "de": "widersprechen", "it": "opporti", "es": "oponerte",
		"nl": "bezwaar maken", "pt-BR": "direito de se opor", "pl": "prawo do sprzeciwu",
	}
}

// TestThreeServicesInEveryLanguage goes from each service's first page to its
// thanks, in each language there is.
func TestThreeServicesInEveryLanguage(t *testing.T) {
	for _, lang := range languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s := started(t, Options{})
			v := newVisitor(t, s, lang)
			for _, at := range []brand{brandFor(facebook), brandFor(instagram)} {
				for _, start := range []string{at.Center, at.Topic, at.Policy} {
					links := v.section(v.open(start)).links(linkWords()[lang])
					if len(links) != 1 || links[0] != at.Form() {
						t.Errorf("%s leads to %q", start, links)
					}
				}
				v.send(v.open(at.Form()), "a@example.org")
			}
			article := v.section(v.open("https://" + whatsappHelpHost + "/" + whatsappArticle))
			if !strings.Contains(article.body, brandFor(whatsapp).Contact(whatsappContact)) {
				t.Errorf("the article has no link: %.300s", article.body)
			}
			form := v.open(brandFor(whatsapp).Contact(whatsappContact))
			if got := attributeOf(form, "html", "lang"); got != lang {
				t.Errorf("WhatsApp's form is in %q", got)
			}
			fields := v.filled(form, "a@example.org")
			fields.Set("confirm_email", "a@example.org")
			fields.Set("phone", "+33612345678")
			fields.Set(topicField, topicObject)
			v.post("https://"+whatsappHost+contactPath, fields)
			var services []string
			for _, r := range s.Received() {
				services = append(services, r.Service)
				if !r.Taken || r.Look != "classic" {
					t.Errorf("received %#v", r)
				}
			}
			if !slices.Equal(services, []string{facebook, instagram, whatsapp}) || len(s.Decoys()) != 0 {
				t.Errorf("received of %q, decoys %v", services, s.Decoys())
			}
		})
	}
}

func attributeOf(p page, element, name string) string {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			return attribute(n, name)
		}
	}
	return ""
}

// TestForcedLanguage: the account's language wins over browser, host and address,
// everywhere or where it is told to.
func TestForcedLanguage(t *testing.T) {
	for name, c := range map[string]struct {
		at           string
		center, form string
	}{
		"everywhere":  {"", "pl", "pl"},
		"on the form": {"/help/contact/", "fr", "pl"},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t, Options{Language: "pl", LanguageAt: c.at})
			v := newVisitor(t, s, "fr")
			first := v.open("https://" + frenchHost + "/privacy/center/?locale=fr_FR")
			form := v.open(direct)
			if got := attributeOf(first, "html", "lang") + " " + attributeOf(form, "html", "lang"); got != c.center+" "+c.form {
				t.Errorf("in %s, want %s %s", got, c.center, c.form)
			}
			if len(v.section(first).links(linkWords()[c.center])) != 1 {
				t.Error("the section speaks another language than its page")
			}
			if told := v.send(form, "a@example.org"); !strings.Contains(told.body, "Uwzględnimy Twój sprzeciw") {
				t.Errorf("the answer is %s", told.body)
			}
		})
	}
	if _, err := Start(t.Context(), Options{Language: "sv"}); !errors.Is(err, ErrUnknownLanguage) {
		t.Errorf("%v, want ErrUnknownLanguage", err)
	}
}

// TestFormsStandOnTheirHosts: a number leads nowhere on another service's host.
func TestFormsStandOnTheirHosts(t *testing.T) {
	v := newVisitor(t, started(t, Options{}), "en")
	for _, address := range []string{
		brandFor(instagram).Contact(formLong), brandFor(facebook).Contact(instagramLong),
		brandFor(facebook).Contact(whatsappContact), brandFor(whatsapp).Contact(formLong),
		"https://" + portalHost + "/requests/" + movedFacebook,
	} {
		if got := v.open(address).status; got != 404 {
			t.Errorf("%s answers %d", address, got)
		}
	}
}

// TestPortalNeedsNoLoginOfItsOwn: who comes without one is led by way of it.
func TestPortalNeedsNoLoginOfItsOwn(t *testing.T) {
	v := newVisitor(t, started(t, Options{Scenario: "login+prefilled+portal"}), "en")
	portal := "https://" + portalHost + "/requests/" + movedFacebook
	if got := v.open(portal); got.url.Path != "/login/" {
		t.Fatalf("without a login at %s", got.url)
	}
	form := logIn(v, direct, "me@example.org", Password)
	if form.url.Host != portalHost || form.boot(t).Form.Email != "me@example.org" {
		t.Errorf("after it at %s, prefilled %q", form.url, form.boot(t).Form.Email)
	}
	if got := v.open("https://" + portalHost + "/requests/" + movedCopyright); got.titles("h1")[0] != "Report a copyright violation" {
		t.Errorf("another form of the portal is %q", got.titles("h1"))
	}
}

// TestWrongChoiceIsADecoy: the right form sent for something else is lost.
func TestWrongChoiceIsADecoy(t *testing.T) {
	for address, field := range map[string]string{
		brandFor(whatsapp).Contact(whatsappContact): topicField, direct: aboutField,
	} {
		s := started(t, Options{Scenario: "form-radios"})
		v := newVisitor(t, s, "en")
		form := v.open(address)
		fields := v.filled(form, "a@example.org")
		fields.Set(field, "no")
		v.post("https://"+form.url.Host+form.boot(t).Form.Address, fields)
		if len(s.Decoys()) != 1 || len(s.Received()) != 0 {
			t.Errorf("%s: decoys %v, received %v", address, s.Decoys(), s.Received())
		}
	}
}

// TestFieldsAreWanted: what a form asks for, and what is said without it.
func TestFieldsAreWanted(t *testing.T) {
	whole := func(f url.Values) {
		f.Set(countryField+isoSuffix, "FR")
		f.Set(reasonField, strings.Repeat("é", longReason))
		f.Set(aboutField, "yes")
	}
	for field, spoil := range map[string]func(url.Values){
		"":        func(url.Values) {},
		"country": func(f url.Values) { f.Set(countryField+isoSuffix, "XX") },
		"reason":  func(f url.Values) { f.Set(reasonField, strings.Repeat("é", longReason-1)) },
		"about":   func(f url.Values) { f.Del(aboutField) },
	} {
		s := started(t, Options{Scenario: "country+reason-long+form-radios"})
		v := newVisitor(t, s, "en")
		fields := v.filled(v.open(direct), "a@example.org")
		whole(fields)
		spoil(fields)
		told := v.post("https://"+mainHost+submitPath, fields).told(t)
		payload, _ := told["payload"].(map[string]any)
		got, _ := payload["field"].(string)
		if got != field || s.Received()[0].Taken != (field == "") {
			t.Errorf("without %q: %v, %v", field, told, s.Received())
		}
	}
}

// TestInstagramGates: each stands before the page, on Instagram's own hosts.
func TestInstagramGates(t *testing.T) {
	form := brandFor(instagram).Form()
	for scenario, want := range map[string]string{
		"login": "www.instagram.com/accounts/login/", "ads-choice": "www.instagram.com/consent/",
		"locked": "www.instagram.com/challenge/",
	} {
		v := newVisitor(t, started(t, Options{Scenario: scenario}), "en")
		if got := v.open(form).url; got.Host+got.Path != want {
			t.Errorf("%s leads to %s", scenario, got)
		}
	}
	s := started(t, Options{Scenario: "login"})
	v := newVisitor(t, s, "en")
	try := func(password string) page {
		return v.post("https://"+instagramHost+"/api/v1/web/accounts/login/ajax/",
			url.Values{"username": {"me"}, "enc_password": {password}, "next": {form}})
	}
	if got := try("wrong").body; !strings.Contains(got, "false") {
		t.Errorf("a wrong password: %s", got)
	}
	if got := try(Password).body; !strings.Contains(got, form) || s.Counts().LoggedIn != 1 || v.open(form).url.String() != form {
		t.Errorf("the right one: %s", got)
	}
}

// FuzzHomeward: whatever stands in "next", the visit stays on Instagram's hosts.
func FuzzHomeward(f *testing.F) {
	for _, seed := range []string{"https://help.instagram.com/contact/1", "https://help.instagram.com.elsewhere.test/", "//a//b", "https://help.instagram.com//elsewhere.test"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, next string) {
		led, err := url.Parse(homeward(next))
		if err != nil || led.Scheme != "https" || !slices.Contains(instagramHosts(), led.Host) {
			t.Errorf("%q leads to %v, %v", next, led, err)
		}
	})
}
