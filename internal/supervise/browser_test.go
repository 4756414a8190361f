package supervise

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/words"
)

func TestEveryKindIsAnsweredInABrowser(t *testing.T) {
	p, _ := open(t, words.English)
	h := come(t, p)
	button := func(value string) string { return `.gate button[value="` + value + `"]` }
	for _, r := range []struct {
		kind  gate.Kind
		click func()
		keys  func()
		want  gate.Answer
	}{
		{gate.Login, func() { h.click(button("done")) }, func() { h.tabTo(button("done")); h.press("Enter") }, gate.Answer{Verb: gate.Done}},
		{gate.Captcha, func() { h.click(button("done")) }, func() { h.tabTo(button("done")); h.press("Enter") }, gate.Answer{Verb: gate.Done}},
		{gate.Decision, func() { h.click(button("done")) }, func() { h.tabTo(button("done")); h.press("Enter") }, gate.Answer{Verb: gate.Done}},
		{
			gate.Code,
			func() { h.click("input[name=code]"); h.press("4", "7", "1", "1"); h.click(button("give")) },
			func() { h.tabTo("input[name=code]"); h.press("4", "7", "1", "1", "Enter") },
			gate.Answer{Verb: gate.Give},
		},
		{gate.Review, func() { h.click(button("approve")) }, func() { h.tabTo(button("approve")); h.press("Enter") }, gate.Answer{Verb: gate.Approve}},
		{
			gate.Choice,
			func() { h.click("input[value=ours]"); h.click(button("pick")) },
			func() { h.tabTo("input[name=option]"); h.press(" ", "ArrowDown", "Enter") },
			gate.Answer{Verb: gate.Pick, Option: "ours"},
		},
		{
			gate.Outcome,
			func() { h.click("label[for$='-1']"); h.click(button("pick")) },
			func() { h.tabTo("input[name=option]"); h.press(" ", "ArrowDown", "Enter") },
			gate.Answer{Verb: gate.Pick, Option: "refused"},
		},
		{gate.Review, func() { h.click(button("give up")) }, func() { h.tabTo(button("give up")); h.press("Enter") }, gate.Answer{Verb: gate.GiveUp}},
	} {
		for _, way := range []func(){r.click, r.keys} {
			g := asked(r.kind)
			g.Window = true
			m := meet(t, p, g)
			h.until("document.querySelectorAll('.gate').length === 1")
			// The page drops a press on a list that moved less than half a second
			// ago: its clock goes on.
			h.get("(() => { const now = performance.now(); performance.now = () => now + 1000 })()")
			way()
			a := m.answer()
			if a.Verb != r.want.Verb || a.Option != r.want.Option || a.By != "web" {
				t.Errorf("%s: %+v", r.kind, a)
			}
			if a.Verb == gate.Give && a.Code.Reveal(personal.ForTyping) != "4711" {
				t.Error("another code was given")
			}
			h.until("document.querySelectorAll('.gate').length === 0")
			h.sees("Your answer was taken.")
		}
	}
}

func TestTheRedirectFileOpensThePage(t *testing.T) {
	p, _ := open(t, words.French)
	path := filepath.Join(t.TempDir(), "open.html")
	if err := p.RedirectFile(path); err != nil {
		t.Fatal(err)
	}
	h := blank(t)
	h.goes("file://" + path)
	h.until("document.documentElement.dataset.live === 'yes'")
	if at := h.get("location.href").(string); strings.Contains(at, "token") || !strings.HasSuffix(at, p.door.room+"/") {
		t.Error(at)
	}
	if h.get("document.documentElement.lang") != "fr" || h.get("document.cookie") != "" {
		t.Error("not the page, or a script can read the cookie")
	}
	// The link was good for one, who stays in.
	other := blank(t)
	other.goes(p.URL())
	other.sees("Ce lien n’est pas valable")
	h.goes("http://" + p.door.host + "/" + p.door.room + "/")
	h.sees("Rien ne vous attend")
}

func TestNothingTypedIsLost(t *testing.T) {
	p, _ := open(t, words.English)
	crowd(p)
	h := come(t, p)
	code := meet(t, p, asked(gate.Code))
	h.click("input[name=code]")
	h.press("4", "7")
	kept := func() {
		t.Helper()
		if h.get("document.activeElement.name") != "code" || h.get("document.activeElement.value") != "47" {
			t.Fatalf("focus or text lost: %v", h.get("document.activeElement.outerHTML"))
		}
	}
	other := meet(t, p, asked(gate.Choice))
	h.until("document.querySelectorAll('.gate').length === 2")
	h.until("document.querySelector('#news').textContent.includes('New question: Choose, Facebook, marie-fb')")
	h.until("document.title.startsWith('(2)') && document.querySelector('#waiting').textContent === '2 questions wait for you'")
	kept()
	p.Show(Account{ID: "paul-fb", State: journal.Confirmed, Says: words.Said("confirmed", "confirmée"), Goes: words.Verbatim("A mail came.")})
	h.sees("A mail came.")
	h.until("document.querySelectorAll('#rows li').length === 6 && document.querySelectorAll('#rows li')[3].textContent.includes('A mail came.')")
	kept()
	go code.lease.Run(t.Context(), gate.Clocks{Come: time.Hour, Finish: 30 * time.Minute}, nil)
	h.until(`/Waits until (.*, )?\d\d:\d\d \((59 minutes|1 h 0 min) left\)/.test(document.querySelector('[data-status]').innerText)`)
	if err := code.lease.Take(); err != nil {
		t.Fatal(err)
	}
	h.until(`/\((29|30) minutes left\) Someone has begun/.test(document.querySelector('[data-status]').innerText)`)
	kept()
	// The other gate goes, then their own.
	_ = other.lease.Return(gate.Answer{Verb: gate.GiveUp, By: "terminal"})
	h.until("document.querySelectorAll('.gate').length === 1")
	kept()
	_ = code.lease.Return(gate.Answer{Verb: gate.GiveUp, By: "terminal"})
	h.until("document.querySelectorAll('.gate').length === 0")
	h.until("document.activeElement.id === 'waiting' && document.querySelector('#news').textContent.startsWith('Settled')")
	p.Over(words.Said("1 submitted.", "1 envoyée."))
	h.until("document.querySelector('#over').innerText.includes('1 submitted.')")
}

func TestAPressOnAListThatJustMovedIsNotHeard(t *testing.T) {
	p, _ := open(t, words.English)
	h := come(t, p)
	first := meet(t, p, asked(gate.Choice))
	second := meet(t, p, asked(gate.Review))
	h.until("document.querySelectorAll('.gate').length === 2")
	_, _ = h.eval("performance.now = () => 1000") // a function is no value to give back
	_ = first.lease.Return(gate.Answer{Verb: gate.GiveUp, By: "terminal"})
	h.until("document.querySelectorAll('.gate').length === 1")
	h.click("button[value=approve]")
	h.sees("The list has just moved.")
	if !second.lease.Out() {
		t.Fatal("sent by a press that was meant for something else")
	}
	_, _ = h.eval("performance.now = () => 2000")
	h.click("button[value=approve]")
	if a := second.answer(); a.Verb != gate.Approve {
		t.Errorf("%+v", a)
	}
}

func TestAWrongAnswerIsSaidWithoutLosingThePage(t *testing.T) {
	p, _ := open(t, words.French)
	h := come(t, p)
	m := meet(t, p, asked(gate.Code))
	h.click("button[value=give]")
	h.sees("Tapez d’abord le code.")
	h.until("document.activeElement.name === 'code'")
	h.press("1", "2", "Enter")
	if a := m.answer(); a.Code.Reveal(personal.ForTyping) != "12" {
		t.Errorf("%+v", a)
	}
	// And the end is said.
	h.until("document.querySelectorAll('.gate').length === 0")
	p.Over(words.Text{})
	h.sees("Le passage est terminé")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	h.sees("Le programme est terminé.")
}

func TestPressedTwiceIsAnsweredOnce(t *testing.T) {
	p, _ := open(t, words.English)
	h := come(t, p)
	m := meet(t, p, asked(gate.Review))
	h.until("document.querySelectorAll('.gate').length === 1")
	h.get("(() => { const b = document.querySelector('button[value=approve]'); b.click(); b.click() })()")
	m.answer()
	h.until("document.querySelectorAll('.gate').length === 0")
	h.sees("Your answer was taken.")
	if got := h.get("performance.getEntriesByType('resource').filter((r) => r.name.endsWith('/answer')).length"); got != 1.0 {
		t.Errorf("answered %v times", got)
	}
}

// TestABrowsersOwnFormIsTaken: without a script a browser sends the form itself,
// from a page without a referrer, with the headers that it makes of that.
func TestABrowsersOwnFormIsTaken(t *testing.T) {
	p, _ := open(t, words.English)
	h := come(t, p)
	m := meet(t, p, asked(gate.Login))
	h.until("document.querySelectorAll('.gate').length === 1")
	h.get(`(() => { const f = document.querySelector(".gate form"); const v = document.createElement("input");
		v.name = "verb"; v.value = "give up"; f.append(v); HTMLFormElement.prototype.submit.call(f) })()`)
	if a := m.answer(); a.Verb != gate.GiveUp {
		t.Errorf("%+v", a)
	}
	h.sees("Your answer was taken.")
	h.until("location.search === '?said=heard'")
}

// TestAnotherServersPageGetsNothing: a page of another server of this computer,
// in the same browser, is the same site, and cookies know no ports. It tries
// every way it has.
func TestAnotherServersPageGetsNothing(t *testing.T) {
	p, _ := open(t, words.English)
	s, m := watched(t, p, gate.Login)
	h := come(t, p)
	room := "http://" + p.door.host + "/" + p.door.room + "/"
	here := room + "gate/" + only(t, p)
	sent := make(chan string, 10)
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent <- r.URL.Path + " " + r.Header.Get("Cookie")
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<!doctype html><iframe name=f></iframe><form target=f method=post action="` + here + `/answer"><input name=verb value=done></form>`))
	}))
	defer evil.Close()
	h.goes(evil.URL + "/x")
	h.until("document.forms.length === 1")
	got := h.get(`Promise.all([
		new Promise((done) => { const w = new WebSocket("` + strings.Replace(here, "http", "ws", 1) + `/live"); w.onopen = () => done("open"); w.onerror = () => done("no") }),
		new Promise((done) => { const e = new EventSource("` + room + `events", { withCredentials: true }); e.onopen = () => done("open"); e.onerror = () => done("no") }),
		new Promise((done) => { const e = document.createElement("script"); e.src = "` + room + `static/page.js"; e.onload = () => done("open"); e.onerror = () => done("no"); document.body.append(e) }),
		fetch("` + here + `/answer", { method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams({ verb: "done" }) }).then(() => "no", () => "no"),
		new Promise((done) => { document.querySelector("iframe").onload = () => done("no"); document.forms[0].submit() }),
	])`).([]any)
	for i, g := range got {
		if g != "no" {
			t.Errorf("way %d is open", i)
		}
	}
	if !m.lease.Out() || isClosed(m.lease.Taken()) || len(s.watched) > 0 {
		t.Error("another server's page acted")
	}
	close(sent)
	for line := range sent {
		if strings.Contains(line, "opposer=") {
			t.Errorf("the session was shown to another server: %s", line)
		}
	}
}

func TestTheWindowsButton(t *testing.T) {
	p, _ := open(t, words.English)
	h := come(t, p)
	s := newScreen()
	g := asked(gate.Login)
	g.Screen, g.Window = s, true
	meet(t, p, g)
	h.click("form[action$=front] button")
	h.sees("The window is in front.")
	if s.fronts != 1 {
		t.Errorf("%d times", s.fronts)
	}
}
