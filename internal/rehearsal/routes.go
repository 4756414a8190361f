package rehearsal

import (
	"fmt"
	"net"
	"net/http"
	"strings"
)

// The names the site answers to. All of them lead to the same port.
const (
	mainHost    = "www.facebook.com"
	bareHost    = "facebook.com"
	frenchHost  = "fr-fr.facebook.com"
	germanHost  = "de-de.facebook.com"
	mobileHost  = "m.facebook.com"
	portalHost  = "help.meta.com"
	centreHost  = "accountscenter.facebook.com"
	staticHost  = "static.xx.fbcdn.net" // scripts, styles
	captchaHost = "www.fbsbx.com"       // where Meta keeps what it does not trust in its own pages
	// evilHost looks like Meta's to a careless reader. The name is reserved for
	// examples (RFC 2606 §2), so nobody can own it.
	evilHost = "www.facebook.com.help-contact.example"
)

// pageHosts serve Facebook's own pages.
func pageHosts() []string { return []string{mainHost, frenchHost, germanHost, mobileHost} }

// postHosts are where a form may be sent, by Meta's intention.
func postHosts() []string { return append(pageHosts(), portalHost) }

// hostNames are all of them: the certificate names each, and each needs a rule.
func hostNames() []string {
	return append(pageHosts(), bareHost, portalHost, centreHost, staticHost, captchaHost, evilHost)
}

// hostLanguage is the language that a host name fixes, or "".
func hostLanguage(host string) string {
	switch host {
	case frenchHost:
		return "fr"
	case germanHost:
		return "de"
	default:
		return ""
	}
}

// Where things are posted to.
const (
	submitPath = "/ajax/help/contact/submit/page"
	verifyPath = "/ajax/help/contact/verify/page"
)

// route is one address of Facebook's pages; a further one is one more line.
type route struct {
	pattern string // as http.ServeMux has it, without the host
	gated   bool   // login and choices stand before it
	serve   http.HandlerFunc
}

// pageRoutes are served alike by every host of Facebook's pages, since Meta's
// language hosts differ in nothing but the language.
func (s *Site) pageRoutes() []route {
	return []route{
		{"GET /{$}", false, s.home},
		{"GET /privacy/center/{$}", true, s.privacyCenter},
		{"GET /privacy/center", true, s.privacyCenter},
		{"GET /privacy/genai/{$}", true, s.privacyTopic},
		{"GET /privacy/genai", true, s.privacyTopic},
		{"GET /privacy/guide/generative-ai/{$}", true, s.privacyTopic},
		{"GET /ajax/privacy/section/", false, s.section},
		{"GET /help/contact/{form}", true, s.contact},
		{"GET /help/contact/{form}/{$}", true, s.contact},
		{"GET /help/{article}", false, s.article},
		{"GET /login/", false, s.loginPage},
		{"POST /login/device-based/regular/login/", false, s.logIn},
		{"GET /privacy/consent/{$}", false, s.adsPage},
		{"POST /privacy/consent/answer/", false, s.adsAnswer},
		{"POST /cookie/consent/", false, s.cookieAnswer},
		{"POST /ajax/dialog/twin/", false, s.twinPressed},
	}
}

// routes joins hosts and addresses. What posts is served without the gates of
// the pages: at Meta too a form can be sent from a page that was open before.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	for _, host := range pageHosts() {
		for _, r := range s.pageRoutes() {
			serve := r.serve
			if r.gated {
				serve = s.gated(serve)
			}
			mux.HandleFunc(at(r.pattern, host), serve)
		}
	}
	for _, host := range postHosts() {
		mux.HandleFunc(at("POST "+submitPath, host), s.submit)
		mux.HandleFunc(at("POST "+verifyPath, host), s.verify)
		mux.HandleFunc(at("POST /ajax/bz", host), s.telemetry)
	}
	mux.HandleFunc(at("GET /forms/contact/{form}", portalHost), s.framed)
	mux.HandleFunc(at("GET /captcha/recaptcha/iframe/", captchaHost), s.captchaFrame)
	mux.HandleFunc(at("POST /captcha/verify", captchaHost), s.captchaTicked)
	mux.HandleFunc(at("GET /rsrc.php/v5/{file}", staticHost), static)
	mux.HandleFunc(at("GET /{$}", centreHost), s.article)
	mux.HandleFunc(bareHost+"/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://"+mainHost+r.URL.RequestURI(), http.StatusMovedPermanently)
	})
	mux.HandleFunc(evilHost+"/", s.evil)
	mux.HandleFunc("/", s.notFound)
	return mux
}

// at puts the host into a pattern: "GET /x" becomes "GET host/x".
func at(pattern, host string) string { return strings.Replace(pattern, " ", " "+host, 1) }

// hostOf is the host a request names, without a port.
func hostOf(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		return host
	}
	return r.Host
}

// watched notes and protects every request, and makes held answers wait.
func (s *Site) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
			s.ledger.visit(hostOf(r) + r.URL.Path)
		}
		protect(w.Header(), "'none'")
		held := &heldWriter{ResponseWriter: w, wait: func() {
			s.holds.wait(r.Context(), r.URL.Path, s.options.SlowFor)
		}}
		next.ServeHTTP(held, r)
		s.note(r, held.status)
	})
}

// note writes the log's line. The path is one of ours or a stranger's choice, but
// the query may hold what was typed: it is left out.
func (s *Site) note(r *http.Request, status int) {
	if s.options.Log == nil {
		return
	}
	s.logging.Lock()
	defer s.logging.Unlock()
	_, _ = fmt.Fprintf(s.options.Log, "%s %s%s %d\n", r.Method, hostOf(r), r.URL.EscapedPath(), status)
}

// notFound is Meta's own page for what is gone, with its real status: a tool
// that reads only the page or only the status is found out either way.
func (s *Site) notFound(w http.ResponseWriter, r *http.Request) {
	page := s.sheet(r, "gone_title")
	page.Cookies = false
	s.show(w, http.StatusNotFound, "gone", page)
}

// home is no news feed: whoever lands there wants the Privacy Center.
func (s *Site) home(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/privacy/center/", http.StatusFound)
}

// static serves scripts and styles as a delivery network does: to anybody.
func static(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	http.ServeFileFS(w, r, web, "web/static/"+r.PathValue("file"))
}
