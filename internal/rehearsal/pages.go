package rehearsal

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
)

//go:embed web
var web embed.FS

// pages are the templates and their words.
type pages struct {
	templates *template.Template
	tongues   map[string]tongue
}

// sheet is what a template is given.
type sheet struct {
	Lang    string
	Locale  string
	T       tongue
	Title   string
	Main    string // origin of Facebook's pages
	Static  string // origin and folder of scripts and styles
	Cookies bool   // the cookie dialog covers the page
	Noted   bool   // something that was typed is wrong
	Next    string // where to go after a gate
	Links   linkage
	Frame   string // address of the framed form
	Trap    string
	Reason  string
	Form    form
	View    *view
	Says    *message
	Boot    boot
}

// boot is what the page's scripts are given (web/static/*.js).
type boot struct {
	Alert   string    `json:"alert,omitempty"`
	Section string    `json:"section,omitempty"` // address of what is shown late
	Form    *bootForm `json:"form,omitempty"`
}

type bootForm struct {
	Email   string   `json:"email"` // already filled in
	Shell   shell    `json:"shell"`
	Button  button   `json:"button"`
	Wire    wire     `json:"wire"`
	Captcha bool     `json:"captcha"`
	Leave   string   `json:"leave,omitempty"` // where to go when a field is entered
	Thanks  *message `json:"thanks,omitempty"`
	Style   string   `json:"style"`
	Fault   string   `json:"fault"` // what is said of a broken answer
}

// message is what stands in the form's place afterwards.
type message struct {
	Heading    string   `json:"heading"`
	Paragraphs []string `json:"paragraphs"`
}

func loadPages() (*pages, error) {
	tongues, err := loadTongues()
	if err != nil {
		return nil, err
	}
	templates, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"word": word,
	}).ParseFS(web, "web/pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("reading the rehearsal's pages: %w", err)
	}
	return &pages{templates: templates, tongues: tongues}, nil
}

// word looks a composed key up: `word .T "third" "title"` is third_title.
func word(t tongue, parts ...string) (string, error) {
	key := parts[0]
	for _, part := range parts[1:] {
		key += "_" + part
	}
	text, ok := t[key]
	if !ok {
		return "", fmt.Errorf("no words for %q in %s", key, t["lang"])
	}
	return text, nil
}

// sheet begins what a template is given for a request.
func (s *Site) sheet(r *http.Request, titleKey string) sheet {
	lang := languageOf(r)
	words := s.pages.tongues[lang]
	page := sheet{
		Lang: lang, Locale: locale(lang), T: words, Title: words[titleKey],
		Main: "https://" + mainHost, Static: "https://" + staticHost + "/rsrc.php/v5",
		Cookies: !choseCookies(r), Links: s.traits.links, Trap: trapField, Reason: reasonField,
	}
	if s.traits.alert {
		page.Boot.Alert = words["alert"]
	}
	return page
}

// show renders a page whole before the first byte leaves, so that a fault in a
// template is an honest 500.
func (s *Site) show(w http.ResponseWriter, status int, name string, page sheet) {
	var out bytes.Buffer
	if err := s.pages.templates.ExecuteTemplate(&out, name, page); err != nil {
		http.Error(w, "rendering "+name+": "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(out.Len()))
	h.Set("Cache-Control", "private, no-cache, no-store, must-revalidate")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

// protect sets what Meta's pages forbid themselves. Frames of the form are for
// Facebook's own pages only.
func protect(h http.Header, framers string) {
	cdn := "https://" + staticHost
	h.Set("Content-Security-Policy", "default-src 'none'; script-src "+cdn+"; style-src "+cdn+
		"; img-src 'self' data: "+cdn+"; connect-src 'self'; frame-src https://"+portalHost+
		" https://"+captchaHost+"; form-action 'self'; base-uri 'none'; frame-ancestors "+framers)
	h.Set("Referrer-Policy", "origin-when-cross-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Strict-Transport-Security", "max-age=15552000; preload")
}
