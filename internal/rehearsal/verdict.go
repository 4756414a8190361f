package rehearsal

import (
	"encoding/json"
	"net/http"
	"strings"
)

// verdict is what a submit address decides, before it is worded for a script or
// for a page of its own.
type verdict struct {
	status   int
	lang     string
	form     form
	look     look
	taken    bool
	caseID   string
	says     string // prefix of the message's words
	fault    string // prefix of the errorSummary's words; empty is no error
	field    string // the field the fault is about
	captcha  bool
	code     bool   // a code is wanted
	login    string // where to log in first
	again    bool   // a second code is wanted
	mailed   string // the code that goes out by mail
	verified bool   // a code was right, and more is to come
}

// judge decides what an objection form is answered.
func (s *Site) judge(r *http.Request, f form, got Received) verdict {
	v := verdict{status: http.StatusOK, lang: s.languageOf(r), form: f}
	shown, known := s.views.find(got.Token)
	if known {
		v.lang, v.look = shown.lang, shown.look
	}
	asked := s.traits.asks(f)
	field, says := asked.wrong(s.pages, got, r.PostForm)
	switch {
	case known && s.lapsed(r, f):
		v.fault, v.login = "not_in", loginFor(r, f)
	case !known || r.PostForm.Get(trapField) != "":
		v.fault = "expired"
	case !s.human(r):
		v.fault, v.captcha = "human", true
	case field != "":
		v.fault, v.field = says, field
	case s.traits.textCaptcha && r.PostForm.Get("captcha_text") != Letters:
		v.fault, v.captcha = "letters", true
	case asked.Code && shown.look == lookPortal && s.views.verified(shown) != got.Email:
		v.fault, v.field = "wrong_code", "code"
	default:
		s.decide(&v, shown, got)
	}
	return v
}

// decide gives a form that is in order the scenario's answer.
func (s *Site) decide(v *verdict, shown *view, got Received) {
	switch s.traits.answer {
	case answerBroken:
		v.status, v.fault = http.StatusInternalServerError, "fault"
	case answerError:
		v.fault = "fault"
	case answerRefused:
		v.says, v.caseID = "refused", s.views.nextCase()
	case answerUnclear:
		v.says = "unclear"
	case answerAlready:
		v.says = "already"
	case answerField:
		if s.views.complain(shown) {
			v.fault, v.field = "field", "email"
			return
		}
		s.accept(v, shown, got)
	default:
		s.accept(v, shown, got)
	}
}

// accept takes a form, or asks for the code that it still needs: the portal has
// asked for it before.
func (s *Site) accept(v *verdict, shown *view, got Received) {
	if s.traits.asks(v.form).Code && shown.look != lookPortal {
		s.views.keep(shown, got)
		s.wantCode(v, shown)
		return
	}
	v.take(s)
}

// take makes it a case with a number, as an accepted request is.
func (v *verdict) take(s *Site) { v.says, v.taken, v.caseID = "taken", true, s.views.nextCase() }

// reply words a verdict: for a script as Meta's pages expect it ("for (;;);" and
// JSON), for a form's own POST as a page.
func (s *Site) reply(w http.ResponseWriter, r *http.Request, v verdict) {
	words := s.pages.tongues[serviceAt(hostOf(r))][v.lang]
	if r.PostForm.Get("__a") == "" && v.login != "" {
		http.Redirect(w, r, v.login, http.StatusSeeOther)
		return
	}
	if r.PostForm.Get("__a") == "" {
		page := s.sheet(r, "taken_title")
		page.Lang, page.T, page.Says, page.Cookies = v.lang, words, v.message(words), false
		page.Title = page.Says.Heading
		s.show(w, v.status, "answer", page)
		return
	}
	guard, kind, told := "for (;;);", "application/x-javascript; charset=utf-8", v.wire(words)
	if r.URL.Path == graphPath {
		guard, kind, told = "", "text/html; charset=utf-8", v.graph(words)
	}
	out, err := json.Marshal(told)
	if err != nil {
		http.Error(w, "wording the answer: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(v.status)
	_, _ = w.Write(append([]byte(guard), out...))
}

// said are the words of what is said: the portal and some forms have their own.
func (v verdict) said(words tongue) *message {
	for _, own := range []string{string(v.look) + "_" + v.says, v.form.Name + "_" + v.says} {
		if _, ok := words[own+"_title"]; ok {
			return words.message(own)
		}
	}
	return words.message(v.says)
}

// message is what a page of its own says of the verdict.
func (v verdict) message(words tongue) *message {
	switch {
	case v.fault != "":
		return words.message(v.fault)
	case v.code:
		return words.message("code")
	default:
		return v.said(words)
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
		if v.login != "" {
			out["error"], out["redirect"] = 1357001, v.login
		}
		if v.field != "" {
			out["payload"] = map[string]any{"field": v.field}
		}
		if v.captcha {
			out["captcha_persist_data"] = "AZn" + v.lang
		}
		return out
	}
	out["payload"] = v.payload(words)
	return out
}

func (v verdict) payload(words tongue) map[string]any {
	payload := map[string]any{}
	if v.caseID != "" {
		payload["support_case_id"], payload["ticket_id"] = v.caseID, v.caseID
	}
	switch {
	case v.code:
		payload["confirm_by_code"] = true
		if v.again {
			payload["another_code"] = words["code_again_1"]
		}
	case v.verified:
		payload["verified"] = true
	default:
		payload["view"] = v.said(words)
	}
	return payload
}

// graph is the verdict in the manner of a GraphQL answer: errors beside data,
// and no guard before it.
func (v verdict) graph(words tongue) map[string]any {
	if v.fault != "" {
		fault := map[string]any{
			"severity": "CRITICAL", "summary": words[v.fault+"_title"], "description": words[v.fault+"_1"], "code": 1446036,
		}
		if v.login != "" {
			fault["code"], fault["redirect"] = 1357001, v.login
		}
		return map[string]any{"errors": []any{fault}, "data": map[string]any{"support_request": nil}, "field": v.field}
	}
	payload := v.payload(words)
	payload["success"] = v.taken || v.code || v.verified
	return map[string]any{"data": map[string]any{"support_request": payload}}
}
