package rehearsal

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// Where the login's second step is asked for.
const (
	twoFactorPath          = "/two_step_verification/two_factor/"
	instagramTwoFactorPath = "/accounts/login/two_factor/"
)

// loginPage is the page as of 2026. Facebook's has field ids that look drawn by
// lot, no button that sends, and the first one to be found shows the password;
// Instagram's boxes have no names.
func (s *Site) loginPage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "login_title")
	page.Next, page.Noted = r.URL.Query().Get("next"), r.URL.Query().Has("wrong")
	name := "login"
	if page.At.Service == instagram {
		name = "iglogin"
	}
	s.show(w, http.StatusOK, name, page)
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
	s.firstStep(w, r, r.FormValue("email"), next)
}

// logInByScript is Instagram's login, which its page's script sends and which
// says where to go.
func (s *Site) logInByScript(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if r.FormValue("enc_password") != Password || r.FormValue("username") == "" {
		tellJSON(w, map[string]any{"authenticated": false})
		return
	}
	to, err := s.stepped(w, r, r.FormValue("username"), r.FormValue("next"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	tellJSON(w, map[string]any{"authenticated": true, "to": to})
}

func tellJSON(w http.ResponseWriter, told map[string]any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	// A map of strings and booleans cannot fail to encode.
	_ = json.NewEncoder(w).Encode(told)
}

func (s *Site) firstStep(w http.ResponseWriter, r *http.Request, email, next string) {
	to, err := s.stepped(w, r, email, next)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// stepped logs in, or begins the second step, and says where to go.
func (s *Site) stepped(w http.ResponseWriter, r *http.Request, email, next string) (to string, err error) {
	if !s.traits.twoFactor {
		return s.entered(w, r, email, next)
	}
	path := twoFactorPath
	if serviceAt(hostOf(r)) == instagram {
		path = instagramTwoFactorPath
	}
	return path + "?" + url.Values{
		"flow": {"two_factor_login"}, "encrypted_context": {s.views.half(email)}, "next": {next},
	}.Encode(), nil
}

// entered makes somebody logged in and says where to go.
func (s *Site) entered(w http.ResponseWriter, r *http.Request, email, next string) (to string, err error) {
	session, err := s.views.logIn(email)
	if err != nil {
		return "", err
	}
	s.ledger.count(func(c *Counts) { c.LoggedIn++ })
	service := serviceAt(hostOf(r))
	remember(w, r, loginCookieOf(service), session)
	if s.traits.saveLogin && service == instagram {
		return "/accounts/onetap/?" + url.Values{"next": {next}}.Encode(), nil
	}
	return afterwards(r, next), nil
}

// twoFactorPage asks for the code of the login's second step.
func (s *Site) twoFactorPage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "two_title")
	page.Cookies, page.Noted = false, r.URL.Query().Has("wrong")
	page.Next = "?" + r.URL.RawQuery
	s.show(w, http.StatusOK, "twofactor", page)
}

// secondStep takes the known code; a wrong one has to log in again, since the
// half of the login is used up.
func (s *Site) secondStep(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	asked := r.URL.Query()
	email, begun := s.views.whole(asked.Get("encrypted_context"))
	switch {
	case !begun:
		http.Redirect(w, r, gatesOf(serviceAt(hostOf(r))).login+url.Values{"next": {asked.Get("next")}}.Encode(), http.StatusSeeOther)
	case r.FormValue("approvals_code") != Code:
		asked.Set("encrypted_context", s.views.half(email))
		asked.Set("wrong", "1")
		http.Redirect(w, r, r.URL.Path+"?"+asked.Encode(), http.StatusSeeOther)
	default:
		to, err := s.entered(w, r, email, asked.Get("next"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}

// saveLoginPage is Instagram's offer to remember the login; either answer goes on.
func (s *Site) saveLoginPage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "onetap_title")
	page.Cookies = false
	page.Next = homeward(r.URL.Query().Get("next"))
	s.show(w, http.StatusOK, "onetap", page)
}
