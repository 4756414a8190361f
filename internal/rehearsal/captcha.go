package rehearsal

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// captchaFrame is a vendor's box. It stands on another site than the form, as
// captchas do: what a tool may do in the form's page it may not do there.
func (s *Site) captchaFrame(v vendor) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		protect(w.Header(), "https://"+strings.Join(postHosts(), " https://"))
		page := s.sheet(r, "captcha_title")
		page.Cookies, page.Captcha = false, &v
		s.show(w, http.StatusOK, "captcha", page)
	}
}

// captchaTicked gives the answer that the form takes along.
func (s *Site) captchaTicked(w http.ResponseWriter, _ *http.Request) {
	s.ledger.count(func(c *Counts) { c.CaptchaTicked++ })
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(s.views.solve()))
}

// humanCookie remembers that the letters were read.
const humanCookie = "datr_human"

// picturePage wants the letters of a picture before it lets anybody on.
func (s *Site) picturePage(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "picture_title")
	page.Cookies, page.Noted = false, r.URL.Query().Has("wrong")
	page.Next = r.URL.Query().Get("next")
	s.show(w, http.StatusOK, "picture", page)
}

// pictureRead takes the letters.
func (s *Site) pictureRead(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	next := r.FormValue("next")
	if r.FormValue("captcha_response") != Letters {
		again := url.Values{"next": {next}, "wrong": {"1"}}
		http.Redirect(w, r, r.URL.Path+"?"+again.Encode(), http.StatusSeeOther)
		return
	}
	s.ledger.count(func(c *Counts) { c.PictureRead++ })
	remember(w, r, humanCookie, "1")
	http.Redirect(w, r, afterwards(r, next), http.StatusSeeOther)
}

// captchaPicture shows [Letters], each askew. A person reads them; who reads the
// page's source finds no text.
func (s *Site) captchaPicture(w http.ResponseWriter, _ *http.Request) {
	var out strings.Builder
	out.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="220" height="70" viewBox="0 0 220 70">` +
		`<rect width="220" height="70" fill="#eef"/><path d="M5 50C60 5 150 80 215 20" stroke="#99a" fill="none" stroke-width="3"/>`)
	for i, letter := range Letters {
		fmt.Fprintf(&out, `<text x="%d" y="%d" transform="rotate(%d %d 40)" font-size="36" font-family="serif" fill="#224">%c</text>`,
			15+i*38, 45+i%2*8, i%3*12-12, 15+i*38, letter)
	}
	out.WriteString("</svg>")
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = w.Write([]byte(out.String()))
}

// evil is the look-alike host: the same form, and whatever is posted to it is
// counted as lost.
func (s *Site) evil(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		// What cannot be parsed is counted all the same: anything is too much.
		_ = r.ParseForm()
		got := s.arrival(r, "submit")
		got.Form = "look-alike host, " + got.Form
		s.ledger.decoy(got)
		s.reply(w, r, verdict{status: http.StatusOK, lang: s.languageOf(r), says: "taken", caseID: s.views.nextCase()})
		return
	}
	page := s.sheet(r, "object_title")
	page.Form, page.Cookies = forms()[formLong], false
	for id, f := range forms() {
		if !f.Decoy && strings.Contains(r.URL.Path, id) {
			page.Form = f
		}
	}
	s.bindForm(r, &page)
	page.Boot.Form.Leave = ""
	s.show(w, http.StatusOK, "contact", page)
}
