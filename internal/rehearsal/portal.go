package rehearsal

import (
	"net/http"
	"net/url"
)

// moved is where a form's address leads on the request portal. The portal is
// another site and sees no login: who is logged in goes along, once.
func (s *Site) moved(r *http.Request, f form) string {
	query := url.Values{"locale": {locale(s.languageOf(r))}}
	if email, in := s.views.person(r); in {
		query.Set("entry", s.views.handOver(email))
	}
	return "https://" + portalHost + "/requests/" + f.Moved + "?" + query.Encode()
}

// portal is a request form of 2026: a wizard that its script puts in.
func (s *Site) portal(w http.ResponseWriter, r *http.Request) {
	f, known := movedForm(r.PathValue("form"))
	switch {
	case !known, s.traits.look == lookClassic:
		s.notFound(w, r)
	case f.Decoy:
		s.decoy(w, r, f)
	case s.traits.formGone:
		s.notFound(w, r)
	default:
		s.wizard(w, r, f)
	}
}

func (s *Site) wizard(w http.ResponseWriter, r *http.Request, f form) {
	email, entered := s.views.whole(r.URL.Query().Get("entry"))
	if s.traits.login && f.Service != whatsapp && !entered {
		// Meta leads from the portal to the login in mid-flow.
		http.Redirect(w, r, brandFor(f.At).Contact(f.ID), http.StatusFound)
		return
	}
	page := s.sheet(r, f.Name+"_title")
	page.At, page.Label, page.Cookies = brandFor(f.At), "Meta", false
	page.T = s.pages.tongues[f.At][page.Lang]
	page.Form = f
	s.bindForm(r, &page)
	s.views.moves(page.View)
	settings := page.Boot.Form
	settings.Address, settings.Verify, settings.Request = portalSubmitPath, portalVerifyPath, portalCodePath
	settings.Code, settings.Moved = page.Ask.Code, ""
	settings.Countries = page.Countries
	settings.Remaining = [2]string{page.T["remaining_one"], page.T["remaining_many"]}
	if entered && s.traits.prefill == prefillOwn {
		settings.Email = email
	}
	if s.traits.thanks {
		settings.Thanks = verdict{form: f, look: lookPortal, says: "taken"}.said(page.T)
	}
	s.show(w, http.StatusOK, "portal", page)
}

// support is the portal's page for requests in general: not ours.
func (s *Site) support(w http.ResponseWriter, r *http.Request) { s.decoy(w, r, forms()[questionForm]) }
