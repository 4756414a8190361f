package rehearsal

import (
	"net/http"
	"net/url"
)

// privacyCenter is the Center's first page: cards, and the notice about AI that
// a script puts in after load.
func (s *Site) privacyCenter(w http.ResponseWriter, r *http.Request) { s.privacy(w, r, "center") }

// privacyTopic is the page about generative AI, with the same notice.
func (s *Site) privacyTopic(w http.ResponseWriter, r *http.Request) { s.privacy(w, r, "topic") }

// privacy is a page of the Center without its notice, which comes by script.
func (s *Site) privacy(w http.ResponseWriter, r *http.Request, name string) {
	if s.traits.privacyGone {
		s.notFound(w, r)
		return
	}
	page := s.sheet(r, name+"_title")
	// The section is asked for in the page's language, not in the browser's:
	// ?locale= would be lost otherwise.
	page.Boot.Section = "/ajax/privacy/section/?" + url.Values{"locale": {page.Locale}, "topic": {"genai"}}.Encode()
	s.show(w, http.StatusOK, name, page)
}

// section is the notice about AI, as a fragment.
func (s *Site) section(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "section", s.sheet(r, "center_title"))
}

// article is any help page: text and links, nothing to fill.
func (s *Site) article(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "article", s.sheet(r, "article_title"))
}

// contact is a help form by its number.
func (s *Site) contact(w http.ResponseWriter, r *http.Request) {
	f, known := forms()[r.PathValue("form")]
	switch {
	case !known:
		s.notFound(w, r)
	case f.Decoy:
		s.decoy(w, r, f)
	case s.traits.formGone:
		s.notFound(w, r)
	case s.traits.formEmpty:
		s.show(w, http.StatusOK, "closed", s.sheet(r, "closed_title"))
	case s.traits.leaving == leaveAtOnce:
		http.Redirect(w, r, "https://"+evilHost+r.URL.Path, http.StatusFound)
	default:
		s.objection(w, r, f)
	}
}

// decoy is a look-alike form, old-fashioned and complete in the page's source:
// easier to fill than the right one, and wrong.
func (s *Site) decoy(w http.ResponseWriter, r *http.Request, f form) {
	page := s.sheet(r, f.Name+"_title")
	page.Form, page.View = f, s.views.open(f.ID, page.Lang)
	s.show(w, http.StatusOK, "decoy", page)
}

// objection is the page of the right form, which its script puts in after load.
func (s *Site) objection(w http.ResponseWriter, r *http.Request, f form) {
	page := s.sheet(r, f.Name+"_title")
	page.Form = f
	if s.traits.shell == shellFrame {
		page.Frame = "https://" + portalHost + "/forms/contact/" + f.ID + "?locale=" + page.Locale
		s.show(w, http.StatusOK, "framing", page)
		return
	}
	s.bindForm(r, &page)
	s.show(w, http.StatusOK, "contact", page)
}

// framed is the form alone, for a frame of Facebook's pages.
func (s *Site) framed(w http.ResponseWriter, r *http.Request) {
	f, known := forms()[r.PathValue("form")]
	if !known || f.Decoy || s.traits.shell != shellFrame {
		s.notFound(w, r)
		return
	}
	framers := ""
	for _, host := range pageHosts() {
		framers += " https://" + host
	}
	protect(w.Header(), framers[1:])
	page := s.sheet(r, f.Name+"_title")
	// The dialog belongs to the page around.
	page.Form, page.Cookies = f, false
	s.bindForm(r, &page)
	s.show(w, http.StatusOK, "framed", page)
}

// bindForm opens a view and tells the script how to behave.
func (s *Site) bindForm(r *http.Request, page *sheet) {
	page.View = s.views.open(page.Form.ID, page.Lang)
	page.Boot.Form = &bootForm{
		Email: s.prefilled(r), Shell: s.traits.shell, Button: s.traits.button, Wire: s.traits.wire,
		Captcha: s.traits.captcha, Style: page.Static + "/page.css", Fault: page.T["fault_title"],
	}
	if s.traits.thanks {
		page.Boot.Form.Thanks = page.T.message("taken")
	}
	if s.traits.leaving == leaveOnFocus {
		page.Boot.Form.Leave = "https://" + evilHost + "/help/contact/" + page.Form.ID
	}
}

// prefilled is what the e-mail field holds at first. Meta knows the address of
// who is logged in; without a login the caller of Start has to say it.
func (s *Site) prefilled(r *http.Request) string {
	if s.traits.prefill == prefillOther {
		return OtherEmail
	}
	if s.traits.prefill == prefillNone {
		return ""
	}
	if email, ok := s.views.person(r); ok {
		return email
	}
	return s.options.Prefill
}

// message is a heading and the paragraphs key_1, key_2 … there are.
func (t tongue) message(key string) *message {
	m := &message{Heading: t[key+"_title"]}
	for _, number := range []string{"_1", "_2", "_3"} {
		if text, ok := t[key+number]; ok {
			m.Paragraphs = append(m.Paragraphs, text)
		}
	}
	return m
}
