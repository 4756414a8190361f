package rehearsal

import (
	"encoding/json"
	"net/http"
	"net/mail"
	"strings"
	"time"
)

// maxBody is more than any of these forms can hold, in bytes.
const maxBody = 64 << 10

// verdict is what a submit address decides, before it is worded for a script or
// for a page of its own.
type verdict struct {
	status  int
	lang    string
	taken   bool
	caseID  string
	says    string // prefix of the message's words
	fault   string // prefix of the errorSummary's words; empty is no error
	field   string // the field the fault is about
	captcha bool
	code    bool
}

// submit is where every help form is posted to.
func (s *Site) submit(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "reading the form: "+err.Error(), http.StatusBadRequest)
		return
	}
	got := arrival(r, "submit")
	f, known := forms()[got.Form]
	if !known || f.Decoy {
		s.ledger.decoy(got)
		s.reply(w, r, verdict{status: http.StatusOK, lang: languageOf(r), says: "queued", caseID: s.views.nextCase()})
		return
	}
	got.Service = f.Service
	if r.PostForm.Get(trapField) != "" {
		trapped := got
		trapped.Form = "hidden field of " + got.Form
		s.ledger.decoy(trapped)
	}
	v := s.judge(r)
	got.Taken = v.taken
	s.ledger.receive(got)
	s.reply(w, r, v)
}

// arrival reads what was sent, whatever it is worth.
func arrival(r *http.Request, send string) Received {
	f := r.PostForm
	return Received{
		Form: f.Get("support_form_id"), Send: send, At: time.Now(),
		Email: f.Get("email"), Phone: f.Get("phone"), Country: f.Get("country"), Reason: f.Get(reasonField),
		Token: f.Get("fb_dtsg"), Request: f.Get("__req"), Host: hostOf(r), Path: r.URL.Path,
		// The script counts events; "u0" is none that a script made up.
		Trusted: strings.HasSuffix(f.Get("support_form_signals"), "u0"),
	}
}

// judge decides what an objection form is answered.
func (s *Site) judge(r *http.Request) verdict {
	f := r.PostForm
	v := verdict{status: http.StatusOK, lang: languageOf(r)}
	shown, known := s.views.find(f.Get("fb_dtsg"))
	if known {
		v.lang = shown.lang
	}
	switch _, err := mail.ParseAddress(f.Get("email")); {
	case !known || f.Get(trapField) != "":
		v.fault = "expired"
	case s.traits.captcha && !s.views.isSolved(f.Get("captcha_response")):
		v.fault, v.captcha = "human", true
	case err != nil:
		v.fault, v.field = "field", "email"
	default:
		s.decide(&v, shown, f.Get("email"), f.Get(reasonField))
	}
	return v
}

// decide gives a form that is in order the scenario's answer.
func (s *Site) decide(v *verdict, shown *view, email, reason string) {
	switch s.traits.answer {
	case answerBroken:
		v.status, v.fault = http.StatusInternalServerError, "fault"
	case answerError:
		v.fault = "fault"
	case answerRefused:
		v.says, v.caseID = "refused", s.views.nextCase()
	case answerUnclear:
		v.says = "unclear"
	case answerCode:
		s.views.keep(shown, email, reason)
		v.code = true
	case answerField:
		if s.views.complain(shown) {
			v.fault, v.field = "field", "email"
			return
		}
		v.take(s)
	default:
		v.take(s)
	}
}

// take makes it a case with a number, as an accepted request is.
func (v *verdict) take(s *Site) { v.says, v.taken, v.caseID = "taken", true, s.views.nextCase() }

// verify is where the code received by mail is posted to; the form it belongs to
// is the one of the view's token.
func (s *Site) verify(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "reading the code: "+err.Error(), http.StatusBadRequest)
		return
	}
	got := arrival(r, "verify")
	v := verdict{status: http.StatusOK, lang: languageOf(r), fault: "expired"}
	if shown, known := s.views.find(got.Token); known {
		got.Service, got.Form = forms()[shown.form].Service, shown.form
		got.Email, got.Reason = s.views.kept(shown)
		v.lang, v.fault, v.field = shown.lang, "wrong_code", "code"
		if got.Email != "" && r.PostForm.Get("code") == Code {
			v.fault, v.field = "", ""
			v.take(s)
		}
	}
	got.Taken = v.taken
	s.ledger.receive(got)
	s.reply(w, r, v)
}

// reply words a verdict: for a script as Meta's pages expect it ("for (;;);" and
// JSON), for a form's own POST as a page.
func (s *Site) reply(w http.ResponseWriter, r *http.Request, v verdict) {
	words := s.pages.tongues[v.lang]
	if r.PostForm.Get("__a") == "" {
		page := s.sheet(r, "taken_title")
		page.Lang, page.T, page.Says, page.Cookies = v.lang, words, v.message(words), false
		page.Title = page.Says.Heading
		s.show(w, v.status, "answer", page)
		return
	}
	out, err := json.Marshal(v.wire(words))
	if err != nil {
		http.Error(w, "wording the answer: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/x-javascript; charset=utf-8")
	w.WriteHeader(v.status)
	_, _ = w.Write(append([]byte("for (;;);"), out...))
}

// message is what a page of its own says of the verdict.
func (v verdict) message(words tongue) *message {
	switch {
	case v.fault != "":
		return words.message(v.fault)
	case v.code:
		return words.message("code")
	default:
		return words.message(v.says)
	}
}

// wire is the answer's JSON; field names after what is known of Meta's.
func (v verdict) wire(words tongue) map[string]any {
	out := map[string]any{"__ar": 1, "__rc": "", "lid": "7294861035718462"}
	if v.fault != "" {
		m := words.message(v.fault)
		out["error"], out["errorSummary"] = 1446036, m.Heading
		out["errorDescription"] = strings.Join(m.Paragraphs, " ")
		out["payload"] = nil
		if v.field != "" {
			out["payload"] = map[string]any{"field": v.field}
		}
		if v.captcha {
			out["captcha_persist_data"] = "AZn" + v.lang
		}
		return out
	}
	payload := map[string]any{}
	if v.caseID != "" {
		payload["support_case_id"], payload["ticket_id"] = v.caseID, v.caseID
	}
	if v.code {
		payload["confirm_by_code"] = true
	} else {
		payload["view"] = words.message(v.says)
	}
	out["payload"] = payload
	return out
}
