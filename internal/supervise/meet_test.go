package supervise

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/personal"
	"opposer/internal/words"
)

// only is the id of the one gate that is out.
func only(t testing.TB, p *Page) string {
	t.Helper()
	list := p.board.look().meetings
	if len(list) != 1 {
		t.Fatalf("%d gates are out", len(list))
	}
	return list[0].id
}

// TestAnswersWithoutScript: every gate is answered with the page's forms alone,
// with what fits it and with nothing else.
func TestAnswersWithoutScript(t *testing.T) {
	p, log := open(t, words.English)
	c := in(t, p)
	for _, r := range []struct {
		kind gate.Kind
		form []string
		want gate.Answer
		said string // why it is no answer; "": it is one
	}{
		{gate.Login, []string{"verb", "done"}, gate.Answer{Verb: gate.Done}, ""},
		{gate.Captcha, []string{"verb", "done"}, gate.Answer{Verb: gate.Done}, ""},
		{gate.Decision, []string{"verb", "done"}, gate.Answer{Verb: gate.Done}, ""},
		{gate.Code, []string{"verb", "give", "code", " 4711 "}, gate.Answer{Verb: gate.Give, Code: personal.NewCode("4711")}, ""},
		{gate.Review, []string{"verb", "approve"}, gate.Answer{Verb: gate.Approve}, ""},
		{gate.Choice, []string{"verb", "pick", "option", "ours"}, gate.Answer{Verb: gate.Pick, Option: "ours"}, ""},
		{gate.Outcome, []string{"verb", "pick", "option", "unclear"}, gate.Answer{Verb: gate.Pick, Option: "unclear"}, ""},
		{gate.Review, []string{"verb", "give up"}, gate.Answer{Verb: gate.GiveUp}, ""},
		{gate.Code, []string{"verb", "give up", "code", "4711"}, gate.Answer{Verb: gate.GiveUp}, ""},
		{gate.Login, []string{"verb", "approve"}, gate.Answer{}, "not an answer"},
		{gate.Review, []string{"verb", "done"}, gate.Answer{}, "not an answer"},
		{gate.Review, []string{"verb", ""}, gate.Answer{}, "not an answer"},
		{gate.Review, []string{"verb", "nobody"}, gate.Answer{}, "not an answer"},
		{gate.Review, []string{"verb", "ran out"}, gate.Answer{}, "not an answer"},
		{gate.Review, []string{"verb", "show"}, gate.Answer{}, "not an answer"},
		{gate.Code, []string{"verb", "give", "code", "  "}, gate.Answer{}, "Type the code first"},
		{gate.Choice, []string{"verb", "pick"}, gate.Answer{}, "Choose one of the answers"},
		{gate.Choice, []string{"verb", "pick", "option", "other"}, gate.Answer{}, "not an answer"},
	} {
		g := asked(r.kind)
		g.Screen = newScreen()
		m := meet(t, p, g)
		sent := c.ask(http.MethodPost, "gate/"+only(t, p)+"/answer", c.own(), r.form...)
		if sent.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s %v: %d", r.kind, r.form, sent.StatusCode)
		}
		after := c.ask(http.MethodGet, "http://"+p.door.host+sent.Header.Get("Location"), nil)
		if r.said != "" {
			if !strings.Contains(after.body, r.said) || !m.lease.Out() {
				t.Errorf("%s %v: %s", r.kind, r.form, sent.Header.Get("Location"))
			}
			m.end()
			<-m.came
			continue
		}
		r.want.By = "web"
		if a := m.answer(); a != r.want {
			t.Errorf("%s %v: %+v", r.kind, r.form, a)
		}
		if !isClosed(m.lease.Taken()) {
			t.Errorf("%s: returned without having been taken", r.kind)
		}
		if !strings.Contains(after.body, "Your answer was taken") || strings.Contains(after.body, "<article") {
			t.Errorf("%s: the page does not say that it is settled", r.kind)
		}
	}
	if strings.Contains(log.String(), "4711") || strings.Contains(log.String(), `"level":"error"`) {
		t.Errorf("log: %s", log)
	}
}

func TestWhoComesTooLateIsTold(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	// The gate is settled elsewhere, and its channel has not noticed yet.
	l := gate.Offer()
	m := p.board.open(asked(gate.Review), l)
	quicker := gate.Answer{Verb: gate.GiveUp, By: "terminal"}
	if err := l.Return(quicker); err != nil {
		t.Fatal(err)
	}
	for range 2 { // while it is still shown, and when it no longer is
		r := c.ask(http.MethodPost, "gate/"+m.id+"/answer", c.own(), "verb", "approve")
		if !strings.HasSuffix(r.Header.Get("Location"), "said=late") {
			t.Errorf("%s", r.Header)
		}
		if !strings.Contains(c.ask(http.MethodGet, "http://"+p.door.host+r.Header.Get("Location"), nil).body, "Too late") {
			t.Error("the page does not say so")
		}
		if r := c.ask(http.MethodPost, "gate/"+m.id+"/front", c.own()); !strings.HasSuffix(r.Header.Get("Location"), "said=late") {
			t.Errorf("front: %s", r.Header)
		}
		if a, _ := l.Answer(); a != quicker {
			t.Errorf("%+v", a)
		}
		if p.board.find(m.id) != nil {
			p.board.settle(m)
		}
	}
}

func TestMeetEndsWithTheLeaseTheContextOrThePage(t *testing.T) {
	p, _ := open(t, words.English)
	m := meet(t, p, asked(gate.Login))
	elsewhere := gate.Answer{Verb: gate.Done, By: "page"}
	if err := m.lease.Return(elsewhere); err != nil {
		t.Fatal(err)
	}
	if a := m.answer(); a != elsewhere {
		t.Errorf("%+v", a)
	}

	m = meet(t, p, asked(gate.Login))
	m.end()
	<-m.came
	if !errors.Is(m.err, context.Canceled) || !m.lease.Out() || len(p.board.look().meetings) != 0 {
		t.Errorf("%v, lease out %v", m.err, m.lease.Out())
	}

	m = meet(t, p, asked(gate.Login))
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	<-m.came
	if !errors.Is(m.err, ErrClosed) || !m.lease.Out() {
		t.Errorf("%v", m.err)
	}
	if a, err := p.Meet(t.Context(), asked(gate.Login), gate.Offer()); !errors.Is(err, ErrClosed) || a.Verb != "" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestSeveralChannelsHearTheFirst(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	l := gate.Offer()
	got := make(chan gate.Answer, 1)
	news := p.board.look().news
	go func() {
		a, _ := gate.Several{gate.None{}, p}.Meet(context.Background(), asked(gate.Review), l)
		got <- a
	}()
	<-news
	c.ask(http.MethodPost, "gate/"+only(t, p)+"/answer", c.own(), "verb", "approve")
	if a := <-got; a.Verb != gate.Approve || a.By != "web" {
		t.Errorf("%+v", a)
	}
}

func TestAWindowIsOpenedOrBroughtToTheFront(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	for _, fails := range []bool{false, true} {
		s := newScreen()
		s.noWindow = fails
		g := asked(gate.Captcha)
		g.Screen, g.Window = s, true
		m := meet(t, p, g)
		if !strings.Contains(c.ask(http.MethodGet, "", nil).body, "in a window on the display") {
			t.Error("the page does not say that there is a window")
		}
		r := c.ask(http.MethodPost, "gate/"+only(t, p)+"/front", c.own())
		if s.fronts != 1 || strings.HasSuffix(r.Header.Get("Location"), "said=front") == fails || !isClosed(m.lease.Taken()) || !m.lease.Out() {
			t.Errorf("%d fronts, %s", s.fronts, r.Header.Get("Location"))
		}
		m.end()
		<-m.came
	}
	g := asked(gate.Decision)
	g.Windows = true
	m := meet(t, p, g)
	c.ask(http.MethodPost, "gate/"+only(t, p)+"/answer", c.own(), "verb", "show")
	if a := m.answer(); a.Verb != gate.Show {
		t.Errorf("%+v", a)
	}

	s := newScreen()
	g = asked(gate.Login)
	g.Screen = s
	meet(t, p, g)
	c.ask(http.MethodPost, "gate/"+only(t, p)+"/front", c.own())
	if s.fronts != 0 {
		t.Error("brought to the front without a window")
	}
}

func TestOnlyTheGatesPictureIsServed(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	folder := t.TempDir()
	for name, text := range map[string]string{"page.png": "\x89PNG masked", "secret.png": "hidden words", "page.html": "<p>"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	g := asked(gate.Review)
	g.Picture = filepath.Join(folder, "page.png")
	m := meet(t, p, g)
	path := "gate/" + only(t, p) + "/picture"
	r := c.ask(http.MethodGet, path, nil)
	if r.body != "\x89PNG masked" || r.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%d %s %q", r.StatusCode, r.Header, r.body)
	}
	for _, other := range []string{
		path + "/../secret.png", path + "?file=secret.png", "gate/x/picture", path + "/secret.png", "gate/" + folder + "/picture",
		"static/../secret.png", "static/..%2f..%2fpage.go", path + "%00",
	} {
		if r := c.ask(http.MethodGet, other, nil); strings.Contains(r.body, "hidden words") || strings.Contains(r.body, "package supervise") {
			t.Errorf("%s: %q", other, r.body)
		}
	}
	m.end()
	<-m.came
	if r := c.ask(http.MethodGet, path, nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("after the gate: %d", r.StatusCode)
	}
	for _, not := range []string{filepath.Join(folder, "page.html"), filepath.Join(folder, "none.png"), folder, ""} {
		g.Picture = not
		m := meet(t, p, g)
		if r := c.ask(http.MethodGet, "gate/"+only(t, p)+"/picture", nil); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", not, r.StatusCode)
		}
		m.end()
		<-m.came
	}
}

// TestThePageSaysEverything, in the person's language, and takes nothing that a
// page says for its own.
func TestThePageSaysEverything(t *testing.T) {
	for _, lang := range []words.Language{words.English, words.French} {
		p, log := open(t, lang)
		crowd(p)
		c := in(t, p)
		for _, k := range gate.Kinds() {
			g := asked(k)
			g.Title = `<img src=x onerror="alert(1)">`
			g.Form = append(g.Form, gate.Line{Label: "<b>bold</b>", Value: `"><script>`})
			g.Changed = append(g.Changed, words.Verbatim("<b>A field</b>"))
			g.Screen, g.Window = newScreen(), true
			meet(t, p, g)
		}
		body := c.ask(http.MethodGet, "", nil).body
		if strings.Contains(body, "<img src=x") || strings.Contains(body, "<b>") || strings.Count(body, "<script") != 1 {
			t.Error("a page's own words became ours")
		}
		if strings.Contains(body, "ZgotmplZ") || !strings.Contains(body, "</html>") || strings.Count(body, "<article") != 7 {
			t.Error(body)
		}
		for _, what := range []result{heard, late, misread, fronted, noWindow, noCode, noOption} {
			if what.text().IsZero() || !strings.Contains(c.ask(http.MethodGet, "?said="+string(what), nil).body, `id="said" role="status">`+what.text().In(lang)[:4]) {
				t.Errorf("%s is not said", what)
			}
		}
		if c.ask(http.MethodGet, "?said=<b>", nil).StatusCode != http.StatusOK {
			t.Error("an unknown result is no reason")
		}
		if log.String() != "" {
			t.Error(log.String())
		}
	}
}
