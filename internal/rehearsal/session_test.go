package rehearsal

import (
	"net/url"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// TestSessionExpiresOnce: the first send finds nobody logged in and leads to the
// login, from where it has to be done again.
func TestSessionExpiresOnce(t *testing.T) {
	type place struct{ scenario, form, login string }
	for name, post := range map[string]place{
		facebook:  {"session-expires", direct, "/login/?"},
		instagram: {"session-expires", brandFor(instagram).Form(), "https://" + instagramHost + "/accounts/login/?"},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t, Options{Scenario: post.scenario})
			v := newVisitor(t, s, "en")
			in := func(email string) page {
				wall := v.open(post.form)
				if name == facebook {
					return logIn(v, post.form, email, Password)
				}
				v.post("https://"+wall.url.Host+"/api/v1/web/accounts/login/ajax/",
					url.Values{"username": {email}, "enc_password": {Password}, "next": {post.form}})
				return v.open(post.form)
			}
			told := v.send(in("a@example.org"), "a@example.org").told(t)
			to, _ := told["redirect"].(string)
			want := post.login + "next=" + url.QueryEscape(post.form)
			if told["error"] != 1357001.0 || told["errorSummary"] != "You're not logged in" || to != want {
				t.Errorf("the first send is answered %v", told)
			}
			if got := v.open(post.form); !strings.Contains(got.url.Path, "/login/") {
				t.Errorf("after it, the form is at %s", got.url)
			}
			if told := v.send(in("a@example.org"), "a@example.org").told(t); told["errorSummary"] != nil {
				t.Errorf("the second send is answered %v", told)
			}
			// Both have arrived; the first counts for nothing.
			if got := s.Received(); len(got) != 2 || got[0].Taken || !got[1].Taken {
				t.Errorf("received %#v", got)
			}
		})
	}
}

// TestSessionsExpireEachOnce: one person's session does not spare another's.
func TestSessionsExpireEachOnce(t *testing.T) {
	s := started(t, Options{Scenario: "session-expires"})
	for _, email := range []string{"a@example.org", "b@example.org"} {
		v := newVisitor(t, s, "en")
		if told := v.send(logIn(v, direct, email, Password), email).told(t); told["redirect"] == nil {
			t.Errorf("%s: %v", email, told)
		}
	}
	v := newVisitor(t, s, "en")
	form := logIn(v, direct, "c@example.org", Password)
	fields := v.filled(form, "c@example.org")
	fields.Del("__a")
	if got := v.post("https://"+mainHost+submitPath, fields); got.url.Path != "/login/" {
		t.Errorf("a form's own POST leads to %s", got.url)
	}
}

func TestSomebodyElseIsIn(t *testing.T) {
	s := started(t, Options{Scenario: "already-in"})
	for lang, address := range map[string]string{"en": direct, "fr": brandFor(instagram).Form()} {
		v := newVisitor(t, s, lang)
		form := v.open(address)
		if form.boot(t).Form.Email != OtherEmail || !strings.Contains(form.body, "<b>Someone Else</b> <span>s***e@e***.net</span>") {
			t.Errorf("%s holds %q", form.url, form.boot(t).Form.Email)
		}
	}
	v := newVisitor(t, s, "en")
	v.open(direct)
	if got := v.post("https://"+mainHost+"/logout.php", nil); got.url.Path != "/login/" {
		t.Errorf("logged out, at %s", got.url)
	}
	if got := v.open(direct); got.url.Path != "/login/" {
		t.Errorf("after it, the form is at %s", got.url)
	}
	own := logIn(v, direct, "a@example.org", Password)
	if own.boot(t).Form.Email != "a@example.org" || !strings.Contains(own.body, "<b>A</b>") {
		t.Errorf("logged in as another: %q", own.boot(t).Form.Email)
	}
	if got := s.Counts().LoggedIn; got != 1 {
		t.Errorf("%d logged in: who was in from the start did not", got)
	}
}

func TestMasked(t *testing.T) {
	for email, want := range map[string]string{
		OtherEmail: "s***e@e***.net", "a@b.c": "a***a@b***.c", "a@b": "a***a@b***b", "": "***", "@": "***", "33612345678": "***",
	} {
		if got := masked(email); got != want {
			t.Errorf("%q is shown as %q, want %q", email, got, want)
		}
	}
}

// enterAs logs in at Facebook's login.
func (h *hands) enterAs(email string) {
	h.t.Helper()
	h.until("the login", func(root *proto.DOMNode) bool { return find(root, "id", "login_form") != nil })
	h.write("email", email)
	h.write("pass", Password)
	h.enter()
	h.until("the login to go", func(root *proto.DOMNode) bool { return find(root, "id", "login_form") == nil })
}

// TestSessionsWithHands goes through a login that ends and one that is another's.
func TestSessionsWithHands(t *testing.T) {
	goScripted(t, []scripted{
		{scenario: "session-expires", received: 2, taken: 1, does: func(h *hands) {
			h.passCookies()
			h.enterAs(ownEmail)
			h.write("email", ownEmail)
			h.press("class", sendButton)
			h.enterAs(ownEmail)
			h.write("email", ownEmail)
			h.press("class", sendButton)
		}},
		{scenario: "already-in", start: center, received: 1, taken: 1, does: func(h *hands) {
			h.passCookies()
			h.sees("Someone Else")
			h.press("class", "link")
			h.enterAs(ownEmail)
			h.press("href", direct)
			h.sees("Own")
			h.press("class", sendButton)
		}},
	})
}
