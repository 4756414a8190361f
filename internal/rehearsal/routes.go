package rehearsal

import (
	"fmt"
	"net/http"
	"strings"
)

// route is one address of a service's pages; a further one is one more line.
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
		{"GET /privacy/genai/object/{$}", true, s.privacyChoice},
		{"GET /privacy/guide/generative-ai/{$}", true, s.privacyTopic},
		{"GET /privacy/guide/generative-ai", true, s.privacyTopic},
		{"GET /privacy/guide/genai/{$}", true, s.privacyTopic},
		{"GET /privacy/guide/genai", true, s.privacyTopic},
		{"GET /privacy/policy/{$}", true, s.privacyPolicy},
		{"GET /privacy/policy", true, s.privacyPolicy},
		{"GET /ajax/privacy/section/", false, s.section},
		{"GET /help/contact/{form}", true, s.contact},
		{"GET /help/contact/{form}/{$}", true, s.contact},
		{"GET /help/{article}", false, s.article},
		{"GET /login/", false, s.loginPage},
		{"POST /login/device-based/regular/login/", false, s.logIn},
		{"GET " + twoFactorPath, false, s.twoFactorPage},
		{"POST " + twoFactorPath, false, s.secondStep},
		{"POST /logout.php", false, s.logOut},
		{"GET /checkpoint/{$}", false, s.lockedPage},
		{"GET " + picturePath, false, s.picturePage},
		{"POST " + picturePath, false, s.pictureRead},
		{"GET /privacy/consent/{$}", false, s.adsPage},
		{"POST /privacy/consent/answer/", false, s.adsAnswer},
		{"GET /privacy/consent/user_cookie_choice/", false, s.cookiePage},
		{"POST /cookie/consent/", false, s.cookieAnswer},
		{"POST /ajax/dialog/twin/", false, s.twinPressed},
	}
}

// instagramRoutes are those of Instagram's hosts.
func (s *Site) instagramRoutes() map[string][]route {
	common := []route{
		{"POST /accounts/logout/ajax/", false, s.logOut},
		{"GET /ajax/privacy/section/", false, s.section},
		{"POST /cookie/consent/", false, s.cookieAnswer},
		{"POST /ajax/dialog/twin/", false, s.twinPressed},
	}
	return map[string][]route{
		instagramCenterHost: append([]route{
			{"GET /{$}", true, s.privacyCenter},
			{"GET /privacy/genai/{$}", true, s.privacyTopic},
			{"GET /privacy/genai", true, s.privacyTopic},
			{"GET /privacy/genai/object/{$}", true, s.privacyChoice},
			{"GET /guide/generative-ai/{$}", true, s.privacyTopic},
			{"GET /policy/{$}", true, s.privacyPolicy},
			{"GET /policy", true, s.privacyPolicy},
		}, common...),
		instagramHelpHost: append([]route{
			{"GET /{$}", false, s.home},
			{"GET /contact/{form}", true, s.contact},
			{"GET /contact/{form}/{$}", true, s.contact},
			{"GET /{article}", false, s.article},
		}, common...),
		instagramHost: append([]route{
			{"GET /{$}", false, s.home},
			{"GET /accounts/login/", false, s.loginPage},
			{"POST /api/v1/web/accounts/login/ajax/", false, s.logInByScript},
			{"GET " + instagramTwoFactorPath, false, s.twoFactorPage},
			{"POST " + instagramTwoFactorPath, false, s.secondStep},
			{"GET /accounts/onetap/", false, s.saveLoginPage},
			{"GET /challenge/", false, s.lockedPage},
			{"GET " + instagramPicturePath, false, s.picturePage},
			{"POST " + instagramPicturePath, false, s.pictureRead},
			{"GET /captcha/tfbimage/", false, s.captchaPicture},
			{"GET /consent/", false, s.instagramConsent},
			{"POST /consent/answer/", false, s.adsAnswer},
		}, common...),
	}
}

// whatsappRoutes are those of WhatsApp's hosts. Nothing stands before them.
func (s *Site) whatsappRoutes() map[string][]route {
	return map[string][]route{
		whatsappHost: {
			{"GET /{$}", false, s.whatsappLegal},
			{"GET /legal/{$}", false, s.whatsappLegal},
			{"GET /contact/forms/{form}", false, s.contact},
			{"GET /contact/forms/{form}/{$}", false, s.contact},
			{"POST " + contactPath, false, s.submit},
			{"POST /ajax/dialog/twin/", false, s.twinPressed},
		},
		whatsappHelpHost: {
			{"GET /{article}", false, s.whatsappHelp},
			{"GET /{article}/{$}", false, s.whatsappHelp},
			{"GET /ajax/article/", false, s.whatsappSection},
			{"POST /ajax/dialog/twin/", false, s.twinPressed},
		},
	}
}

// routes joins hosts and addresses. What posts is served without the gates of
// the pages: at Meta too a form can be sent from a page that was open before.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	for _, host := range pageHosts() {
		s.add(mux, host, s.pageRoutes())
	}
	for host, routes := range s.instagramRoutes() {
		s.add(mux, host, routes)
	}
	for host, routes := range s.whatsappRoutes() {
		s.add(mux, host, routes)
	}
	for _, host := range postHosts() {
		s.add(mux, host, []route{
			{"POST " + submitPath, false, s.submit},
			{"POST " + verifyPath, false, s.verify},
			{"POST " + graphPath, false, s.graph},
			{"POST /ajax/bz", false, s.telemetry},
			{"GET /captcha/tfbimage/", false, s.captchaPicture},
			{"POST /captcha/verify", false, s.captchaTicked},
			{"GET /captcha/altcha/challenge", false, s.altchaChallenge},
			{"GET /captcha/altcha/worker.js", false, altchaWorker},
		})
	}
	s.add(mux, portalHost, []route{
		{"GET /forms/contact/{form}", false, s.framed},
		{"GET /requests/{form}", false, s.portal},
		{"GET /requests/{form}/{$}", false, s.portal},
		{"GET /support/privacy", false, s.support},
		{"POST " + portalSubmitPath, false, s.submit},
		{"POST " + portalCodePath, false, s.codeWanted},
		{"POST " + portalVerifyPath, false, s.verify},
		{"POST /ajax/dialog/twin/", false, s.twinPressed},
	})
	s.others(mux)
	return mux
}

// others are the hosts beside the services' own.
func (s *Site) others(mux *http.ServeMux) {
	for _, v := range vendors() {
		if v.Host != "" {
			mux.HandleFunc(at("GET "+v.Path, v.Host), s.captchaFrame(v))
			mux.HandleFunc(at("POST /captcha/verify", v.Host), s.captchaTicked)
		}
	}
	mux.HandleFunc(at("GET /rsrc.php/v5/{file}", staticHost), static)
	mux.HandleFunc(at("GET /{$}", centreHost), s.article)
	mux.HandleFunc(at("GET /{$}", mailHost), s.mailbox)
	for bare, host := range bareHosts() {
		mux.HandleFunc(bare+"/", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://"+host+r.URL.RequestURI(), http.StatusMovedPermanently)
		})
	}
	mux.HandleFunc(evilHost+"/", s.evil)
	mux.HandleFunc("/", s.notFound)
}

// add serves a host's routes.
func (s *Site) add(mux *http.ServeMux, host string, routes []route) {
	for _, r := range routes {
		serve := r.serve
		if r.gated {
			serve = s.gated(serve)
		}
		mux.HandleFunc(at(r.pattern, host), serve)
	}
}

// at puts the host into a pattern: "GET /x" becomes "GET host/x".
func at(pattern, host string) string { return strings.Replace(pattern, " ", " "+host, 1) }

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
		if s.options.Places && r.Method == http.MethodPost && r.URL.Path == placesPath {
			s.placesTold(w, r)
			return
		}
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
	to := brandOf(r).Center
	if serviceAt(hostOf(r)) == facebook {
		to = "/privacy/center/" // the language host stays
	}
	http.Redirect(w, r, to, http.StatusFound)
}

// static serves scripts and styles as a delivery network does: to anybody.
func static(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	http.ServeFileFS(w, r, web, "web/static/"+r.PathValue("file"))
}
