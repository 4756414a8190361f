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

// privacyPolicy is the policy, whose parts come by script as well.
func (s *Site) privacyPolicy(w http.ResponseWriter, r *http.Request) { s.privacy(w, r, "policy") }

// privacyChoice is the page of 2026 with a choice of forms.
func (s *Site) privacyChoice(w http.ResponseWriter, r *http.Request) {
	if s.traits.way != wayChoice || s.traits.privacyGone {
		s.notFound(w, r)
		return
	}
	page := s.sheet(r, "choice_title")
	s.show(w, http.StatusOK, "choice", page)
}

// privacy is a page of the Center without its late part, which comes by script.
func (s *Site) privacy(w http.ResponseWriter, r *http.Request, name string) {
	if s.traits.privacyGone {
		s.notFound(w, r)
		return
	}
	page := s.sheet(r, name+"_title")
	// The section is asked for in the page's language, not in the browser's:
	// ?locale= would be lost otherwise.
	page.Boot.Section = "/ajax/privacy/section/?" + url.Values{"locale": {page.Locale}, "topic": {sectionOf(name)}}.Encode()
	page.Boot.Message = s.traits.message && name != "policy"
	s.show(w, http.StatusOK, name, page)
}

// sectionOf names the late part of a page, as its script asks for it.
func sectionOf(name string) string {
	if name == "center" {
		return "genai"
	}
	return name
}

// section is the late part of a page, as a fragment.
func (s *Site) section(w http.ResponseWriter, r *http.Request) {
	name := "section"
	switch r.URL.Query().Get("topic") {
	case "policy":
		name = "policysection"
	case "topic":
		name = "topicsection"
	default:
	}
	s.show(w, http.StatusOK, name, s.sheet(r, "center_title"))
}

// article is any help page: text and links, nothing to fill.
func (s *Site) article(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "article", s.sheet(r, "article_title"))
}

// contact is a help form by its number.
func (s *Site) contact(w http.ResponseWriter, r *http.Request) {
	f, known := forms()[r.PathValue("form")]
	switch {
	case !known, !f.served(serviceAt(hostOf(r))):
		s.notFound(w, r)
	case f.ID == questionForm && s.traits.ask != askNever:
		s.question(w, r, f)
	case f.Decoy:
		s.decoy(w, r, f)
	case s.traits.formGone, s.traits.firstGone && f.first():
		s.notFound(w, r)
	case s.traits.formEmpty:
		s.show(w, http.StatusOK, "closed", s.sheet(r, "closed_title"))
	case s.traits.leaving == leaveAtOnce:
		http.Redirect(w, r, "https://"+evilHost+r.URL.Path, http.StatusFound)
	case s.traits.look == lookPortal && f.Moved != "":
		http.Redirect(w, r, s.moved(r, f), http.StatusFound)
	default:
		s.objection(w, r, f)
	}
}

// first says whether it is the number that the links lead to.
func (f form) first() bool { return f.ID == formLong || f.ID == instagramLong }

// decoy is a look-alike form, old-fashioned and complete in the page's source:
// easier to fill than the right one, and wrong.
func (s *Site) decoy(w http.ResponseWriter, r *http.Request, f form) {
	if f.Moved != "" && s.traits.look == lookPortal && hostOf(r) != portalHost {
		http.Redirect(w, r, "https://"+portalHost+"/requests/"+f.Moved, http.StatusFound)
		return
	}
	page := s.sheet(r, f.Name+"_title")
	page.Form, page.View = f, s.views.open(f.ID, page.Lang, lookClassic)
	s.show(w, http.StatusOK, "decoy", page)
}

// question asks what the request is about before it leads to the form, or to one
// that nobody wanted.
func (s *Site) question(w http.ResponseWriter, r *http.Request, decoy form) {
	page := s.sheet(r, "question_title")
	page.Form = decoy
	page.Boot.Next = page.At.Form()
	if s.traits.ask == askReveals {
		page.Form = forms()[formLong]
		if page.At.Service == instagram {
			page.Form = forms()[instagramLong]
		}
		s.bindForm(r, &page)
		page.Boot.Form.Waits, page.Boot.Next = true, ""
	} else {
		page.View = s.views.open(decoy.ID, page.Lang, lookClassic)
	}
	s.show(w, http.StatusOK, "question", page)
}

// objection is the page of the right form, which its script puts in after load.
func (s *Site) objection(w http.ResponseWriter, r *http.Request, f form) {
	page := s.sheet(r, f.Name+"_title")
	page.Form = f
	if s.traits.shell == shellFrame && f.At != whatsapp {
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
	for _, host := range append(pageHosts(), instagramHelpHost) {
		framers += " https://" + host
	}
	protect(w.Header(), framers[1:])
	page := s.sheet(r, f.Name+"_title")
	// The dialog belongs to the page around.
	page.Form, page.Cookies = f, false
	s.bindForm(r, &page)
	s.show(w, http.StatusOK, "framed", page)
}
