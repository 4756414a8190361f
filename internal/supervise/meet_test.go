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

func asked(k gate.Kind) gate.Gate {
	g := gate.Gate{Kind: k, Service: "Facebook", Account: "marie-fb", Origin: "https://www.facebook.com", Need: words.Verbatim("Something is needed.")}
	switch k {
	case gate.Login, gate.Captcha, gate.Decision:
		g.OnPage = true
	case gate.Choice:
		g.Options = []gate.Option{{ID: "page", Label: words.Verbatim("the page's")}, {ID: "ours", Label: words.Verbatim("ours")}}
	case gate.Outcome:
		g.Options = []gate.Option{{ID: "taken", Label: words.Verbatim("taken")}, {ID: "unclear", Label: words.Verbatim("unclear")}}
	case gate.Review:
		g.Form = []gate.Line{{Label: "E-mail", Value: "m•••@e•••.org", Required: true}}
	case gate.Code:
	}
	return g
}

// TestAnswersWithoutScript: every gate can be answered with the page's forms
// alone, with what fits it and with nothing else.
func TestAnswersWithoutScript(t *testing.T) {
	p, log := open(t, words.English)
	c := in(t, p)
	for _, r := range []struct {
		kind gate.Kind
		form []string
		want gate.Answer
		said string // "": it is an answer
	}{
		{gate.Login, []string{"verb", "done"}, gate.Answer{Verb: gate.Done}, ""},
		{gate.Captcha, []string{"verb", "done"}, gate.Answer{Verb: gate.Done}, ""},
		{gate.Decision, []string{"verb", "done"}, gate.Answer{Verb: gate.Done}, ""},
		{gate.Code, []string{"verb", "give", "code", " 4711 "}, gate.Answer{Verb: gate.Give, Code: personal.NewCode("4711")}, ""},
		{gate.Review, []string{"verb", "approve"}, gate.Answer{Verb: gate.Approve}, ""},
		{gate.Choice, []string{"verb", "pick", "option", "ours"}, gate.Answer{Verb: gate.Pick, Option: "ours"}, ""},
		{gate.Outcome, []string{"verb", "pick", "option", "unclear"}, gate.Answer{Verb: gate.Pick, Option: "unclear"}, ""},
		{gate.Review, []string{"verb", "give up"}, gate.Answer{Verb: gate.GiveUp}, ""},
		{gate.Login, []string{"verb", "approve"}, gate.Answer{}, "misread"},
		{gate.Review, []string{"verb", "done"}, gate.Answer{}, "misread"},
		{gate.Review, []string{"verb", ""}, gate.Answer{}, "misread"},
		{gate.Review, []string{"verb", "nobody"}, gate.Answer{}, "misread"},
		{gate.Review, []string{"verb", "ran out"}, gate.Answer{}, "misread"},
		{gate.Review, []string{"verb", "show"}, gate.Answer{}, "misread"},
		{gate.Code, []string{"verb", "give", "code", "  "}, gate.Answer{}, "no-code"},
		{gate.Choice, []string{"verb", "pick"}, gate.Answer{}, "no-option"},
		{gate.Choice, []string{"verb", "pick", "option", "other"}, gate.Answer{}, "misread"},
	} {
		g := asked(r.kind)
		g.Screen = newScreen()
		m := meet(t, p, g)
		sent := c.ask(http.MethodPost, "gate/"+only(t, p)+"/answer", c.ours(), r.form...)
		if sent.status != http.StatusSeeOther {
			t.Fatalf("%s %v: %d", r.kind, r.form, sent.status)
		}
		after := c.ask(http.MethodGet, "http://"+p.door.host+sent.head.Get("Location"), nil)
		if r.said != "" {
			if !strings.HasSuffix(sent.head.Get("Location"), "said="+r.said) || !m.lease.Out() {
				t.Errorf("%s %v: %s", r.kind, r.form, sent.head.Get("Location"))
			}
			m.cancel()
			<-m.over
			continue
		}
		r.want.By = "web"
		if got := m.answer(); got != r.want {
			t.Errorf("%s %v: %+v", r.kind, r.form, got)
		}
		if !isClosed(m.lease.Taken()) {
			t.Errorf("%s: returned without having been taken", r.kind)
		}
		if !strings.Contains(after.body, "Your answer was taken") || strings.Contains(after.body, "<article") {
			t.Errorf("%s: the page does not say that it is settled", r.kind)
		}
	}
	if s := log.String(); strings.Contains(s, "4711") || strings.Contains(s, `"level":"error"`) {
		t.Errorf("log: %s", s)
	}
}

func TestWhoComesTooLateIsTold(t *testing.T) {
	p, _ := open(t, words.English)
	c, l := in(t, p), gate.Offer()
	m := p.board.open(asked(gate.Review), l)
	quicker := gate.Answer{Verb: gate.GiveUp, By: "terminal"}
	if err := l.Return(quicker); err != nil {
		t.Fatal(err)
	}
	for range 2 { // while it is still shown, and when it no longer is
		for _, what := range []string{"/answer", "/front"} {
			r := c.ask(http.MethodPost, "gate/"+m.id+what, c.ours(), "verb", "approve")
			if !strings.HasSuffix(r.head.Get("Location"), "said=late") {
				t.Errorf("%s: %v", what, r.head)
			}
			if after := c.ask(http.MethodGet, "http://"+p.door.host+r.head.Get("Location"), nil); !strings.Contains(after.body, "Too late") {
				t.Error("it is not said that it was too late")
			}
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
	m.cancel()
	<-m.over
	if !errors.Is(m.err, context.Canceled) || !m.lease.Out() || len(p.board.look().meetings) != 0 {
		t.Errorf("%v, lease out %v", m.err, m.lease.Out())
	}
	m = meet(t, p, asked(gate.Login))
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	<-m.over
	if !errors.Is(m.err, ErrClosed) || !m.lease.Out() {
		t.Errorf("%v", m.err)
	}
	if a, err := p.Meet(t.Context(), asked(gate.Login), gate.Offer()); !errors.Is(err, ErrClosed) || a != (gate.Answer{}) {
		t.Errorf("%+v %v", a, err)
	}
}

func TestAWindowIsBroughtToTheFront(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	for _, fails := range []bool{false, true} {
		s := newScreen()
		s.fails = fails
		g := asked(gate.Captcha)
		g.Screen, g.Window = s, true
		m := meet(t, p, g)
		r := c.ask(http.MethodPost, "gate/"+only(t, p)+"/front", c.ours())
		want := "said=front"
		if fails {
			want = "said=no-window"
		}
		if s.fronts != 1 || !strings.HasSuffix(r.head.Get("Location"), want) || !isClosed(m.lease.Taken()) || !m.lease.Out() {
			t.Errorf("%d fronts, %s", s.fronts, r.head.Get("Location"))
		}
		m.cancel()
		<-m.over
	}
	g := asked(gate.Decision)
	g.Windows = true
	m := meet(t, p, g)
	c.ask(http.MethodPost, "gate/"+only(t, p)+"/answer", c.ours(), "verb", "show")
	if a := m.answer(); a.Verb != gate.Show {
		t.Errorf("%+v", a)
	}
}

func TestOnlyTheGatesPictureIsServed(t *testing.T) {
	p, _ := open(t, words.English)
	c, folder := in(t, p), t.TempDir()
	for name, text := range map[string]string{"page.png": "\x89PNG masked", "secret.png": "hidden words", "page.html": "<p>hidden words"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	g := asked(gate.Review)
	g.Picture = filepath.Join(folder, "page.png")
	m := meet(t, p, g)
	path := "gate/" + only(t, p) + "/picture"
	if r := c.ask(http.MethodGet, path, nil); r.body != "\x89PNG masked" || r.head.Get("Content-Type") != "image/png" {
		t.Errorf("%d %s %q", r.status, r.head, r.body)
	}
	for _, other := range []string{path + "/../secret.png", path + "/secret.png", "gate/x/picture", "static/../secret.png", "static/..%2f..%2fpage.go", path + "%00"} {
		if r := c.ask(http.MethodGet, other, nil); strings.Contains(r.body, "hidden words") || r.status == http.StatusOK {
			t.Errorf("%s: %d", other, r.status)
		}
	}
	m.cancel()
	<-m.over
	for _, not := range []string{"page.html", "absent.png", "."} {
		g.Picture = filepath.Join(folder, not)
		m := meet(t, p, g)
		if r := c.ask(http.MethodGet, "gate/"+only(t, p)+"/picture", nil); r.status != http.StatusNotFound || strings.Contains(r.body, folder) {
			t.Errorf("%s: %d", not, r.status)
		}
		m.cancel()
		<-m.over
	}
}

// TestThePageSaysHowEachAccountStands, in the person's language, and escapes
// what a page or a config says.
func TestThePageSaysHowEachAccountStands(t *testing.T) {
	p, _ := open(t, words.French)
	p.Show(Account{ID: "<b>marie", Service: "Facebook", Email: "m•••@e•••.org", State: "submitted", Says: words.Verbatim("envoyée")})
	p.Show(Account{ID: "paul", Service: "Instagram", State: "waiting", Says: words.Verbatim("attend")})
	p.Show(Account{ID: "paul", Service: "Instagram", State: "failed", Says: words.Verbatim("échec")})
	g := asked(gate.Login)
	g.Title = "<script>alert(1)</script>"
	meet(t, p, g)
	c := in(t, p)
	body := c.ask(http.MethodGet, "", nil).body
	for _, want := range []string{`lang="fr"`, "&lt;b&gt;marie", "m•••@e•••.org", "1 question vous attend", "Se connecter", "échec", "&lt;script&gt;"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, not := range []string{"<b>marie", "<script>alert", ">attend<"} {
		if strings.Contains(body, not) {
			t.Errorf("the page has %q", not)
		}
	}
	p.Over(words.Verbatim("2 envoyées"))
	if body := c.ask(http.MethodGet, "", nil).body; !strings.Contains(body, "2 envoyées") {
		t.Error("the page does not say that the run has ended")
	}
}
