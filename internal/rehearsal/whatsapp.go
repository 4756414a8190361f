package rehearsal

import "net/http"

// whatsappHelp is an article of WhatsApp's help; one of them leads to the form.
func (s *Site) whatsappHelp(w http.ResponseWriter, r *http.Request) {
	if s.traits.privacyGone {
		s.notFound(w, r)
		return
	}
	if r.PathValue("article") != whatsappArticle {
		s.show(w, http.StatusOK, "waarticle", s.sheet(r, "waarticle_title"))
		return
	}
	page := s.sheet(r, "wahelp_title")
	page.Boot.Section = "/ajax/article/?locale=" + page.Locale
	s.show(w, http.StatusOK, "wahelp", page)
}

// whatsappSection is the text of the article, which comes late.
func (s *Site) whatsappSection(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "wahelptext", s.sheet(r, "wahelp_title"))
}

// whatsappLegal is the page where the forms and terms are listed.
func (s *Site) whatsappLegal(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "walegal", s.sheet(r, "walegal_title"))
}
