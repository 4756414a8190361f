package rehearsal

import (
	"net/http"
	"net/url"
)

// Cookies that remember what a person chose.
const (
	cookieChoice = "datr_consent"
	adsChoice    = "ads_consent"
)

// gated puts the scenario's login and choices before a page.
func (s *Site) gated(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		back := url.Values{"next": {"https://" + hostOf(r) + r.URL.RequestURI()}}.Encode()
		if _, in := s.views.person(r); s.traits.login && !in {
			http.Redirect(w, r, "/login/?"+back, http.StatusFound)
			return
		}
		if _, err := r.Cookie(adsChoice); s.traits.ads && err != nil {
			http.Redirect(w, r, "/privacy/consent/?flow=ad_free_subscription&"+back, http.StatusFound)
			return
		}
		next(w, r)
	}
}

// onward is where "next" leads: always a path of our own, else a login page
// would send people anywhere.
func onward(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Path == "" || u.Path[0] != '/' || len(u.Path) > 1 && u.Path[1] == '/' {
		return "/"
	}
	return u.RequestURI()
}

// remember sets one of Meta's cookies, for the visit's whole family of hosts.
func remember(w http.ResponseWriter, r *http.Request, name, value string) {
	cookie := &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: 90 * 24 * 3600,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	// One choice serves www., m. and the language hosts, as at Facebook.
	if hostOf(r) != portalHost {
		cookie.Domain = bareHost
	}
	http.SetCookie(w, cookie)
}

// choseCookies says whether the dialog was answered in this cookie jar, either
// way.
func choseCookies(r *http.Request) bool {
	_, err := r.Cookie(cookieChoice)
	return err == nil
}

// cookieAnswer is what the cookie dialog posts.
func (s *Site) cookieAnswer(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	accepted := r.FormValue("accept_only_essential") == "false"
	s.ledger.count(func(c *Counts) {
		if accepted {
			c.CookiesAccepted++
		} else {
			c.CookiesDeclined++
		}
	})
	value := "essential"
	if accepted {
		value = "all"
	}
	remember(w, r, cookieChoice, value)
	w.WriteHeader(http.StatusNoContent)
}

// twinPressed is told when the button that nobody can see was pressed.
func (s *Site) twinPressed(w http.ResponseWriter, r *http.Request) {
	s.ledger.decoy(Received{Form: "hidden twin of the cookie button", Host: hostOf(r), Path: r.URL.Path})
	w.WriteHeader(http.StatusNoContent)
}

// telemetry takes what pages tell about themselves, and keeps nothing.
func (s *Site) telemetry(w http.ResponseWriter, _ *http.Request) {
	s.ledger.count(func(c *Counts) { c.Telemetry++ })
	w.WriteHeader(http.StatusNoContent)
}

// loginPage is the page as of 2026: field ids that look drawn by lot, no button
// that sends, and the first one to be found shows the password.
func (s *Site) loginPage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "login_title")
	page.Next, page.Noted = r.URL.Query().Get("next"), r.URL.Query().Has("wrong")
	s.show(w, http.StatusOK, "login", page)
}

// logIn takes any address with the known password. A wrong one goes back to the
// login page, as Meta does, with where the visit wanted to go kept.
func (s *Site) logIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	next := r.FormValue("next")
	if r.FormValue("pass") != Password || r.FormValue("email") == "" {
		http.Redirect(w, r, "/login/?"+url.Values{"next": {next}, "wrong": {"1"}}.Encode(), http.StatusSeeOther)
		return
	}
	session, err := s.views.logIn(r.FormValue("email"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.ledger.count(func(c *Counts) { c.LoggedIn++ })
	remember(w, r, loginCookie, session)
	http.Redirect(w, r, onward(next), http.StatusSeeOther)
}

// adsPage is the choice between ads and a subscription. Only a person may answer
// it, which is why answers are counted.
func (s *Site) adsPage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "ads_title")
	page.Next = r.URL.Query().Get("next")
	s.show(w, http.StatusOK, "ads", page)
}

// adsAnswer takes either choice: which one is nobody's business here.
func (s *Site) adsAnswer(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	s.ledger.count(func(c *Counts) { c.AdsAnswered++ })
	remember(w, r, adsChoice, "1")
	http.Redirect(w, r, onward(r.FormValue("next")), http.StatusSeeOther)
}

// captchaFrame stands on another site than the form, as captchas do: what a tool
// may do in the form's page it may not do there.
func (s *Site) captchaFrame(w http.ResponseWriter, r *http.Request) {
	protect(w.Header(), "https://"+mainHost+" https://"+frenchHost+" https://"+germanHost+
		" https://"+mobileHost+" https://"+portalHost)
	page := s.sheet(r, "captcha_title")
	page.Cookies = false
	s.show(w, http.StatusOK, "captcha", page)
}

// captchaTicked gives the answer that the form takes along.
func (s *Site) captchaTicked(w http.ResponseWriter, _ *http.Request) {
	s.ledger.count(func(c *Counts) { c.CaptchaTicked++ })
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(s.views.solve()))
}

// evil is the look-alike host: the same form, and whatever is posted to it is
// counted as lost.
func (s *Site) evil(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		// What cannot be parsed is counted all the same: anything is too much.
		_ = r.ParseForm()
		got := arrival(r, "submit")
		got.Form = "look-alike host, " + got.Form
		s.ledger.decoy(got)
		s.reply(w, r, verdict{status: http.StatusOK, lang: languageOf(r), says: "taken", caseID: s.views.nextCase()})
		return
	}
	page := s.sheet(r, "object_title")
	page.Form, page.Cookies = forms()[formLong], false
	s.bindForm(r, &page)
	page.Boot.Form.Leave = ""
	s.show(w, http.StatusOK, "contact", page)
}
