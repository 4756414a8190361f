package rehearsal

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxBody is more than any of these forms can hold, in bytes.
const maxBody = 64 << 10

// Where things are posted to. The portal's own addresses are not known.
const (
	submitPath       = "/ajax/help/contact/submit/page"
	verifyPath       = "/ajax/help/contact/verify/page"
	contactPath      = "/contact/forms/submit/"
	portalSubmitPath = "/ajax/requests/submit/"
	portalCodePath   = "/ajax/requests/code/"
	portalVerifyPath = "/ajax/requests/verify/"
	graphPath        = "/api/graphql/"
)

// posted reads what a form sent. Who sends too much, or nothing that can be
// read, is told so here.
func posted(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "reading the form: "+err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}

// submit is where every form is posted to.
func (s *Site) submit(w http.ResponseWriter, r *http.Request) {
	if !posted(w, r) {
		return
	}
	got := s.arrival(r, "submit")
	f, known := forms()[got.Form]
	if !known || f.Decoy || astray(f, got) {
		if astray(f, got) {
			got.Form += " for something else"
		}
		s.ledger.decoy(got)
		s.reply(w, r, verdict{status: http.StatusOK, lang: s.languageOf(r), says: "queued", caseID: s.views.nextCase()})
		return
	}
	got.Service = f.Service
	if r.PostForm.Get(trapField) != "" {
		trapped := got
		trapped.Form = "hidden field of " + got.Form
		s.ledger.decoy(trapped)
	}
	v := s.judge(r, f, got)
	got.Taken = v.taken
	s.ledger.receive(got)
	s.post(v, got)
	s.reply(w, r, v)
}

// astray says whether the right form was sent with the wrong thing chosen in it:
// it then asks for something that nobody wanted.
func astray(f form, got Received) bool {
	switch got.Choice {
	case "", "yes", topicObject:
		return false
	default:
		return f.ID != "" && !f.Decoy
	}
}

// arrival reads what was sent, whatever it is worth.
func (s *Site) arrival(r *http.Request, send string) Received {
	f := r.PostForm
	got := Received{
		Form: f.Get("support_form_id"), Send: send, At: time.Now(),
		Email: f.Get("email"), Phone: f.Get("phone"), Reason: f.Get(reasonField), More: f.Get(moreField),
		Country: strings.ToUpper(cmp.Or(f.Get("country"), f.Get(countryField+isoSuffix), f.Get("country_code"))),
		Name:    f.Get("your_name"), Choice: cmp.Or(f.Get(aboutField), f.Get(topicField)),
		Token: f.Get("fb_dtsg"), Request: f.Get("__req"), Host: hostOf(r), Path: r.URL.Path,
		// The script counts events; "u0" is none that a script made up.
		Trusted: strings.HasSuffix(f.Get("support_form_signals"), "u0"),
	}
	if dial := s.pages.countries.Dial[strings.ToUpper(f.Get("country_code"))]; dial != "" {
		got.Phone = "+" + dial + " " + got.Phone
	}
	if shown, known := s.views.find(got.Token); known {
		got.Look = string(shown.look)
	}
	return got
}

// verify is where the code received by mail is posted to; the form it belongs to
// is the one of the view's token. On the classic form the right code makes it
// count; on the portal it is a step before sending.
func (s *Site) verify(w http.ResponseWriter, r *http.Request) {
	if !posted(w, r) {
		return
	}
	got := s.arrival(r, "verify")
	got.Code = "wrong"
	v := verdict{status: http.StatusOK, lang: s.languageOf(r), fault: "expired"}
	if shown, known := s.views.find(got.Token); known {
		kept := s.views.kept(shown)
		got.Service, got.Form, got.Email, got.Reason = forms()[shown.form].Service, shown.form, kept.Email, kept.Reason
		got.Phone, got.Country, got.More, got.Choice = kept.Phone, kept.Country, kept.More, kept.Choice
		v.form, v.look = forms()[shown.form], shown.look
		v.lang, v.fault = shown.lang, ""
		right := got.Email != "" && s.views.awaits(shown, r.PostForm.Get("code"))
		if right {
			got.Code = "right"
		}
		s.checkCode(&v, shown, right)
	}
	got.Taken = v.taken
	s.ledger.receive(got)
	s.post(v, got)
	s.reply(w, r, v)
}

// codeWanted is the portal's "Request code": a mail goes out, nothing is sent in
// yet.
func (s *Site) codeWanted(w http.ResponseWriter, r *http.Request) {
	if !posted(w, r) {
		return
	}
	got := s.arrival(r, "code")
	v := verdict{status: http.StatusOK, lang: s.languageOf(r), fault: "expired"}
	if shown, known := s.views.find(got.Token); known {
		got.Service, got.Form = forms()[shown.form].Service, shown.form
		v.form, v.look, v.lang, v.fault = forms()[shown.form], shown.look, shown.lang, ""
		if field, says := (asks{Country: countryNone, About: radiosNone}).wrong(s.pages, got, r.PostForm); field != "" {
			v.fault, v.field = says, field
		} else {
			s.views.keep(shown, got)
			s.wantCode(&v, shown)
		}
	}
	s.ledger.receive(got)
	s.post(v, got)
	s.reply(w, r, v)
}

// graph is the one address of Meta's newer pages: what is wanted stands in a
// field, the values as JSON in another.
func (s *Site) graph(w http.ResponseWriter, r *http.Request) {
	if !posted(w, r) {
		return
	}
	var told struct {
		Input map[string]string `json:"input"`
	}
	if err := json.Unmarshal([]byte(r.PostForm.Get("variables")), &told); err != nil {
		http.Error(w, "reading the variables: "+err.Error(), http.StatusBadRequest)
		return
	}
	values := url.Values{}
	for name, value := range told.Input {
		values.Set(name, value)
	}
	for _, name := range []string{"fb_dtsg", "__a", "__req"} {
		values.Set(name, r.PostForm.Get(name))
	}
	r.PostForm, r.Form = values, values
	switch operation := told.Input["operation"]; operation {
	case portalCodePath:
		s.codeWanted(w, r)
	case portalVerifyPath, verifyPath:
		s.verify(w, r)
	default:
		s.submit(w, r)
	}
}
