package rehearsal

import (
	"net/http"
	"net/url"
	"slices"
)

// Cookies that remember what a person chose.
const (
	cookieChoice = "datr_consent"
	cookieAgain  = "datr_consent_2" // after the login
	adsChoice    = "ads_consent"
)

// Where the letters of a picture are asked for.
const (
	picturePath          = "/auth_platform/recaptcha/"
	instagramPicturePath = "/challenge/recaptcha/"
)

// gated puts the scenario's login and choices before a page.
func (s *Site) gated(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := s.met(w, r); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if to := s.standsBefore(r); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		next(w, r)
	}
}

// standsBefore is where a request is led instead of to its page, or "".
func (s *Site) standsBefore(r *http.Request) string {
	back := url.Values{"next": {"https://" + hostOf(r) + r.URL.RequestURI()}}.Encode()
	at := gatesOf(serviceAt(hostOf(r)))
	_, in := s.views.person(r)
	switch {
	case s.traits.locked:
		return at.locked
	case s.traits.picture && !has(r, humanCookie):
		return at.picture + back
	case s.traits.login && !in:
		return at.login + back
	case s.traits.cookiesTwo && !has(r, cookieAgain):
		return at.cookies
	case s.traits.ads && !has(r, adsChoice):
		return at.ads + back
	default:
		return ""
	}
}

// gates are the addresses of what stands before a service's pages.
type gates struct{ login, locked, cookies, ads, picture string }

// gatesOf are those of a service. Facebook's are on every host of its pages,
// Instagram's on one.
func gatesOf(service string) gates {
	if service == instagram {
		const site = "https://" + instagramHost
		return gates{
			login: site + "/accounts/login/?", locked: site + "/challenge/",
			cookies: site + "/consent/?flow=user_cookie_choice_v2&source=pft_user_cookie_choice",
			ads:     site + "/consent/?flow=ad_free_subscription&",
			picture: site + instagramPicturePath + "?",
		}
	}
	return gates{
		login: "/login/?", locked: "/checkpoint/",
		cookies: "/privacy/consent/user_cookie_choice/?source=pft_user_cookie_choice",
		ads:     "/privacy/consent/?flow=ad_free_subscription&",
		picture: picturePath + "?",
	}
}

func has(r *http.Request, cookie string) bool {
	_, err := r.Cookie(cookie)
	return err == nil
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

// homeward is where "next" leads from Instagram's one login: to a page on one of
// its hosts.
func homeward(next string) string {
	host := instagramHost
	if u, err := url.Parse(next); err == nil && slices.Contains(instagramHosts(), u.Host) {
		host = u.Host
	}
	return "https://" + host + onward(next)
}

// afterwards is where "next" leads from a gate of this request's service.
func afterwards(r *http.Request, next string) string {
	if serviceAt(hostOf(r)) == instagram {
		return homeward(next)
	}
	return onward(next)
}

// remember sets one of Meta's cookies, for the visit's whole family of hosts.
func remember(w http.ResponseWriter, r *http.Request, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: 90 * 24 * 3600, Domain: jarOf(hostOf(r)),
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// choseCookies says whether the dialog was answered in this cookie jar, either
// way.
func choseCookies(r *http.Request) bool { return has(r, cookieChoice) }

// cookieAnswer is what the cookie dialogs post.
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
	if r.FormValue("flow") == "user_cookie_choice" {
		remember(w, r, cookieAgain, value)
	}
	remember(w, r, cookieChoice, value)
	w.WriteHeader(http.StatusNoContent)
}

// cookiePage asks for the cookies once more after the login. It forgets where the
// visit wanted to go, as Meta's does.
func (s *Site) cookiePage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "cookie_title")
	page.Cookies = false
	page.Boot.Next = page.At.Home
	s.show(w, http.StatusOK, "cookiechoice", page)
}

// twinPressed is told when something that nobody can see was pressed.
func (s *Site) twinPressed(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	what := "hidden twin of the cookie button"
	if r.FormValue("what") == "send" {
		what = "hidden twin of the send button"
	}
	s.ledger.decoy(Received{Form: what, Host: hostOf(r), Path: r.URL.Path})
	w.WriteHeader(http.StatusNoContent)
}

// telemetry takes what pages tell about themselves, and keeps nothing.
func (s *Site) telemetry(w http.ResponseWriter, _ *http.Request) {
	s.ledger.count(func(c *Counts) { c.Telemetry++ })
	w.WriteHeader(http.StatusNoContent)
}

// adsPage is the choice between ads and a subscription. Only a person may answer
// it, which is why answers are counted.
func (s *Site) adsPage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "ads_title")
	page.Next, page.Boot.Next = r.URL.Query().Get("next"), "/privacy/consent/answer/"
	if page.At.Service == instagram {
		page.Boot.Next = "/consent/answer/"
	}
	s.show(w, http.StatusOK, "ads", page)
}

// adsAnswer takes either choice: which one is nobody's business here.
func (s *Site) adsAnswer(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	s.ledger.count(func(c *Counts) { c.AdsAnswered++ })
	remember(w, r, adsChoice, "1")
	http.Redirect(w, r, afterwards(r, r.FormValue("next")), http.StatusSeeOther)
}

// instagramConsent is the one address of Instagram's choices.
func (s *Site) instagramConsent(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("flow") == "user_cookie_choice_v2" {
		s.cookiePage(w, r)
		return
	}
	s.adsPage(w, r)
}

// lockedPage is where a locked account ends; nothing can be done there.
func (s *Site) lockedPage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "locked_title")
	page.Cookies = false
	s.show(w, http.StatusOK, "locked", page)
}
