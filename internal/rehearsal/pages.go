package rehearsal

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
)

//go:embed web
var web embed.FS

// pages are the templates and their words.
type pages struct {
	templates *template.Template
	tongues   tongues
	countries countries
}

// sheet is what a template is given.
type sheet struct {
	Lang      string
	Locale    string
	T         tongue
	Title     string
	Label     string // the brand's name, as the title ends
	At        brand  // addresses
	Static    string // origin and folder of scripts and styles
	Places    bool   // the page tells where its controls are
	Cookies   bool   // the cookie dialog covers the page
	Noted     bool   // something that was typed is wrong
	Next      string // where to go after a gate
	Links     linkage
	Way       way
	Topic     topic
	Choice    choice
	Frame     string // address of the framed form
	Lazy      bool
	Twins     bool
	Bare      bool
	Fields    fields
	Ask       asks
	Form      form
	View      *view
	Says      *message
	Mails     []Mail
	Digits    []int   // a box for each
	Who       *who    // the header shows them as logged in; nil: nobody
	Captcha   *vendor // nil: none
	Countries []named
	Boot      boot
}

// fields are the names of fields, for the templates.
type fields struct {
	Reason, More, About, Country, ISO, Topic, TopicObject, Trap string
}

func fieldNames() fields {
	return fields{
		Reason: reasonField, More: moreField, About: aboutField, Country: countryField,
		ISO: countryField + isoSuffix, Topic: topicField, TopicObject: topicObject, Trap: trapField,
	}
}

// boot is what the page's scripts are given (web/static/*.js).
type boot struct {
	Alert   string    `json:"alert,omitempty"`
	Section string    `json:"section,omitempty"` // address of what is shown late
	Message bool      `json:"message,omitempty"` // only once a message is pressed
	Lazy    bool      `json:"lazy,omitempty"`    // only once it is scrolled to
	Shred   bool      `json:"shred,omitempty"`
	Next    string    `json:"next,omitempty"` // where a button "Next" leads
	Form    *bootForm `json:"form,omitempty"`
}

type bootForm struct {
	Email       string    `json:"email"` // already filled in
	Shell       shell     `json:"shell"`
	Button      button    `json:"button"`
	Wire        wire      `json:"wire"`
	Radios      radios    `json:"radios"`
	Captcha     bool      `json:"captcha"`
	CaptchaFrom string    `json:"captchaFrom,omitempty"` // origin of its frame
	Address     string    `json:"address"`               // where it is posted to
	Verify      string    `json:"verify"`                // where a code is posted to
	Request     string    `json:"request,omitempty"`     // where a code is asked for
	Code        bool      `json:"code,omitempty"`        // a code is wanted before sending
	Required    []string  `json:"required"`              // besides the e-mail
	Countries   []named   `json:"countries,omitempty"`
	Moved       string    `json:"moved,omitempty"` // where the choice of a country leads
	Waits       bool      `json:"waits,omitempty"` // for an answer to a question
	Leave       string    `json:"leave,omitempty"` // where to go when a field is entered
	Thanks      *message  `json:"thanks,omitempty"`
	Style       string    `json:"style"`
	Fault       string    `json:"fault"` // what is said of a broken answer
	Remaining   [2]string `json:"remaining"`
}

// message is what stands in the form's place afterwards.
type message struct {
	Heading    string   `json:"heading"`
	Paragraphs []string `json:"paragraphs"`
}

func loadPages() (*pages, error) {
	words, err := loadTongues()
	if err != nil {
		return nil, err
	}
	lands, err := loadCountries()
	if err != nil {
		return nil, err
	}
	templates, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"word": word,
	}).ParseFS(web, "web/pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("reading the rehearsal's pages: %w", err)
	}
	return &pages{templates: templates, tongues: words, countries: lands}, nil
}

// word looks a composed key up: `word .T "third" "title"` is third_title.
func word(t tongue, parts ...string) (string, error) {
	key := strings.Join(parts, "_")
	text, ok := t[key]
	if !ok {
		return "", fmt.Errorf("no words for %q in %s", key, t["lang"])
	}
	return text, nil
}

// sheet begins what a template is given for a request.
func (s *Site) sheet(r *http.Request, titleKey string) sheet {
	lang, at := s.languageOf(r), brandOf(r)
	words := s.pages.tongues[at.Service][lang]
	page := sheet{
		Lang: lang, Locale: locale(lang), T: words, Title: words[titleKey], Label: at.Label, At: at,
		Static: "https://" + staticHost + "/rsrc.php/v5",
		Places: s.options.Places,
		// WhatsApp's pages are not known to ask for cookies.
		Cookies: !choseCookies(r) && at.Service != whatsapp,
		Links:   s.traits.notice(), Way: s.traits.way, Topic: s.traits.topic, Choice: s.traits.choice,
		Lazy: s.traits.lazy, Twins: s.traits.twins, Bare: s.traits.bare, Fields: fieldNames(),
	}
	page.Who = s.shown(r)
	page.Boot.Shred, page.Boot.Lazy = s.traits.shredded, s.traits.lazy
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
	if page.Captcha != nil && page.Captcha.Name == captchaALTCHA {
		policy := h.Get("Content-Security-Policy")
		h.Set("Content-Security-Policy", strings.Replace(policy, "; frame-ancestors", "; worker-src 'self'; frame-ancestors", 1))
	}
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

// protect sets what Meta's pages forbid themselves. Frames of the form are for
// Facebook's own pages only.
func protect(h http.Header, framers string) {
	cdn := "https://" + staticHost
	// A login ends on another of the service's hosts, or on the portal, and a
	// browser holds every redirect after a form's POST to this list.
	own := " https://" + strings.Join(append(instagramHosts(), portalHost), " https://")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src "+cdn+"; style-src "+cdn+
		"; img-src 'self' data: "+cdn+"; connect-src 'self'; frame-src "+frameOrigins()+
		"; form-action 'self'"+own+"; base-uri 'none'; frame-ancestors "+framers)
	h.Set("Referrer-Policy", "origin-when-cross-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Strict-Transport-Security", "max-age=15552000; preload")
}
