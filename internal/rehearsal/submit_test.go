package rehearsal

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestSubmitKeepsEveryValue(t *testing.T) {
	s := started(t, Options{})
	v := newVisitor(t, s, "fr")
	form := v.open(direct)
	fields := v.filled(form, "Jean.Dupont+ia@example.org")
	fields.Set(reasonField, "Parce que\nc’est « à moi » & rien d’autre")
	fields.Set("country", "FR")
	fields.Set("phone", "+33612345678")
	fields.Set("__req", "7")
	v.post("https://"+mainHost+submitPath, fields)
	got := s.Received()
	if len(got) != 1 {
		t.Fatalf("received %d, want 1", len(got))
	}
	want := Received{
		Service: "facebook", Form: formLong, Look: "classic", Send: "submit", Email: "Jean.Dupont+ia@example.org",
		Phone: "+33612345678", Reason: "Parce que\nc’est « à moi » & rien d’autre", Country: "FR",
		At: got[0].At, Token: fields.Get("fb_dtsg"), Request: "7",
		Host: mainHost, Path: submitPath, Trusted: true, Taken: true,
	}
	if got[0] != want || got[0].At.IsZero() {
		t.Errorf("received %#v, want %#v", got[0], want)
	}
}

// TestTokenTellsViewsApart: one view keeps its token, another has its own, and
// the page's count tells a second send from a repeat of the network.
func TestTokenTellsViewsApart(t *testing.T) {
	s := started(t, Options{})
	v := newVisitor(t, s, "en")
	first, second := v.open(direct), v.open(direct)
	again := v.filled(first, "a@example.org")
	again.Set("__req", "2")
	v.send(first, "a@example.org")
	v.post("https://"+mainHost+submitPath, again)
	v.send(second, "a@example.org")
	got := s.Received()
	if len(got) != 3 {
		t.Fatalf("received %d, want 3", len(got))
	}
	if got[0].Token != got[1].Token || got[0].Request == got[1].Request || got[0].Token == got[2].Token {
		t.Errorf("tokens and requests %v %v %v", got[0], got[1], got[2])
	}
}

func TestSubmitRefusesWhatIsNotAForm(t *testing.T) {
	cases := map[string]struct {
		spoil   func(url.Values)
		summary string
		decoys  int
	}{
		"no view":         {func(f url.Values) { f.Set("fb_dtsg", "NAmadeup") }, "Your session has expired.", 0},
		"hidden field":    {func(f url.Values) { f.Set(trapField, "a@example.org") }, "Your session has expired.", 1},
		"no e-mail":       {func(f url.Values) { f.Del("email") }, "Please check what you entered.", 0},
		"not an e-mail":   {func(f url.Values) { f.Set("email", "a at example.org") }, "Please check what you entered.", 0},
		"scripted fields": {func(f url.Values) { f.Set("support_form_signals", "t2u10") }, "", 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := started(t, Options{})
			v := newVisitor(t, s, "en")
			fields := v.filled(v.open(direct), "a@example.org")
			c.spoil(fields)
			told := v.post("https://"+mainHost+submitPath, fields).told(t)
			if summary, _ := told["errorSummary"].(string); summary != c.summary {
				t.Errorf("answer %v, want %q", told, c.summary)
			}
			got := s.Received()
			if len(got) != 1 || got[0].Taken != (c.summary == "") || got[0].Trusted == (name == "scripted fields") {
				t.Errorf("received %#v: it counts as arrived, taken only when right", got)
			}
			if len(s.Decoys()) != c.decoys {
				t.Errorf("decoys %v, want %d", s.Decoys(), c.decoys)
			}
		})
	}
}

// TestAnswersOnTheWire holds what a reader of the wire relies on.
func TestAnswersOnTheWire(t *testing.T) {
	cases := map[string]struct {
		has  []string
		lack []string
	}{
		Ordinary:           {[]string{`"support_case_id"`, `"ticket_id"`}, []string{"errorSummary"}},
		"refused":          {[]string{"cannot take further action"}, []string{"errorSummary", "honour"}},
		"unclear":          {[]string{"close this window"}, []string{"errorSummary", "support_case_id", "honour"}},
		"thanks-but-500":   {[]string{`"errorSummary"`, `"errorDescription"`}, []string{"support_case_id", "honour"}},
		"thanks-but-error": {[]string{`"errorSummary"`, `"errorDescription"`}, []string{"support_case_id", "honour"}},
		"field-error":      {[]string{`"errorSummary"`, `"field":"email"`}, []string{"support_case_id"}},
		"captcha":          {[]string{`"captcha_persist_data"`, `"errorSummary"`}, []string{"support_case_id"}},
		"code":             {[]string{`"confirm_by_code":true`}, []string{"errorSummary", "support_case_id"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			v := newVisitor(t, started(t, Options{Scenario: name}), "en")
			answer := v.send(v.open(direct), "a@example.org")
			answer.told(t)
			for _, part := range c.has {
				if !strings.Contains(answer.body, part) {
					t.Errorf("%s lacks %q", answer.body, part)
				}
			}
			for _, part := range c.lack {
				if strings.Contains(answer.body, part) {
					t.Errorf("%s has %q", answer.body, part)
				}
			}
		})
	}
}

// TestThanksWhateverTheAnswer: the page's script is given the thanks beforehand.
func TestThanksWhateverTheAnswer(t *testing.T) {
	for name, want := range map[string]bool{"thanks-but-500": true, "thanks-but-error": true, "refused": false, Ordinary: false} {
		v := newVisitor(t, started(t, Options{Scenario: name}), "de")
		told := v.open(direct).boot(t).Form.Thanks
		if (told != nil) != want || want && told.Heading != "Wir geben deinem Einspruch statt" {
			t.Errorf("%s: thanks %v, want %t", name, told, want)
		}
	}
}

func TestFieldErrorIsMendedOnce(t *testing.T) {
	s := started(t, Options{Scenario: "field-error"})
	v := newVisitor(t, s, "en")
	form := v.open(direct)
	for range 2 {
		v.send(form, "a@example.org")
	}
	got := s.Received()
	if len(got) != 2 || got[0].Taken || !got[1].Taken {
		t.Errorf("received %#v, want the second taken", got)
	}
}

func TestCodeIsWantedBeforeItCounts(t *testing.T) {
	s := started(t, Options{Scenario: "code"})
	v := newVisitor(t, s, "en")
	form := v.open(direct)
	fields := v.filled(form, "a@example.org")
	verify := func(code string) map[string]any {
		return v.post("https://"+mainHost+verifyPath, url.Values{
			"fb_dtsg": fields["fb_dtsg"], "code": {code}, "__a": {"1"}, "support_form_signals": {"t1u0"},
		}).told(t)
	}
	if told := verify(Code); told["errorSummary"] != "Invalid code" {
		t.Errorf("a code before the form: %v", told)
	}
	v.post("https://"+mainHost+submitPath, fields)
	if told := verify("000000"); told["errorSummary"] != "Invalid code" {
		t.Errorf("a wrong code: %v", told)
	}
	if told := verify(Code); told["errorSummary"] != nil {
		t.Errorf("the right code: %v", told)
	}
	got := s.Received()
	var sends []string
	for _, r := range got {
		sends = append(sends, r.Send)
	}
	if !slices.Equal(sends, []string{"verify", "submit", "verify", "verify"}) || !got[3].Taken || got[1].Taken {
		t.Errorf("received %#v", got)
	}
	if got[3].Email != "a@example.org" || got[3].Form != formLong || got[3].Service != "facebook" {
		t.Errorf("the code belongs to %#v", got[3])
	}
}

func TestVerifyWithoutViewIsExpired(t *testing.T) {
	s := started(t, Options{Scenario: "code"})
	v := newVisitor(t, s, "en")
	told := v.post("https://"+mainHost+verifyPath, url.Values{"code": {Code}, "__a": {"1"}}).told(t)
	if told["errorSummary"] != "Your session has expired." || s.Received()[0].Taken {
		t.Errorf("answer %v, received %#v", told, s.Received())
	}
}

// TestNativePostIsAnsweredByAPage: a form's own POST gets a page, with a fault's
// words when it is not taken.
func TestNativePostIsAnsweredByAPage(t *testing.T) {
	for name, want := range map[string]string{
		"form-post":                "Nous acceptons votre opposition",
		"form-post+refused":        "À propos de votre demande",
		"form-post+thanks-but-500": "Désolé, une erreur s’est produite.",
		"form-post+code":           "Confirmez votre adresse e-mail",
	} {
		v := newVisitor(t, started(t, Options{Scenario: name}), "fr")
		fields := v.filled(v.open(direct), "a@example.org")
		fields.Del("__a")
		answer := v.post("https://"+mainHost+submitPath, fields)
		if got := answer.titles("h2"); !slices.Contains(got, want) {
			t.Errorf("%s: headings %q, want %q", name, got, want)
		}
	}
}

// TestDecoysCountApart: every look-alike form thanks convincingly and counts.
func TestDecoysCountApart(t *testing.T) {
	s := started(t, Options{})
	v := newVisitor(t, s, "en")
	posted := 0
	for id, f := range forms() {
		if !f.Decoy {
			continue
		}
		form := v.open(brandFor(f.At).Contact(id))
		if form.boot(t).Form != nil {
			t.Errorf("%s is controlled by our script", id)
		}
		if !strings.Contains(v.send(form, "lost@example.org").body, "Your report has been submitted") {
			t.Errorf("%s does not thank", id)
		}
		posted++
		if got := s.Decoys(); len(got) != posted || got[posted-1].Form != id || got[posted-1].Email != "lost@example.org" {
			t.Errorf("decoys %#v after %s", got, id)
		}
	}
	v.post("https://"+mainHost+submitPath, url.Values{"email": {"a@example.org"}})
	if len(s.Decoys()) != posted+1 || len(s.Received()) != 0 {
		t.Errorf("a post of no form at all: decoys %d, received %v", len(s.Decoys()), s.Received())
	}
}

func TestBodyTooLargeIsRefused(t *testing.T) {
	s := started(t, Options{})
	v := newVisitor(t, s, "en")
	huge := url.Values{"email": {strings.Repeat("a", maxBody)}}
	for _, path := range []string{submitPath, verifyPath} {
		if got := v.post("https://"+mainHost+path, huge); got.status != 400 {
			t.Errorf("%s answers %d, want 400", path, got.status)
		}
	}
	if len(s.Received())+len(s.Decoys()) != 0 {
		t.Error("it was counted")
	}
}

// FuzzSubmit: whatever is posted is answered, counted once at most as taken, and
// never brings the site down.
func FuzzSubmit(f *testing.F) {
	for _, seed := range []string{"", "support_form_id=" + formLong, "email=%zz", "a=b;c=d", "__a=1&support_form_id=" + formShort + "&email=a@b"} {
		f.Add(seed)
	}
	p, err := loadPages()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s := &Site{pages: p, ledger: newLedger(), views: newViews(), work: newWork(), holds: newHolds(), traits: plain()}
		for _, path := range []string{submitPath, verifyPath} {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodPost, "https://"+mainHost+path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			s.routes().ServeHTTP(w, r)
			if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
				t.Errorf("%s: answer %d %.200s", path, w.Code, w.Body)
			}
		}
		for _, r := range s.Received() {
			if r.Taken {
				t.Errorf("taken without a view: %#v", r)
			}
		}
	})
}
