package chrome

import (
	"errors"
	"strings"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

func TestFillIsHeardAndReadBack(t *testing.T) {
	t.Parallel()
	s := fixtures(t)
	tab := openTab(t, shared(t, shell), Guard{Type: []string{s.URL}, Account: account(t)})
	if _, err := tab.Navigate(within(t), s.URL+"/react.html"); err != nil {
		t.Fatal(err)
	}
	p := settled(t, tab)
	for _, c := range []struct {
		field, text string
		is          personal.Observation
		shows       string
	}{
		{"E-mail", planted, personal.Ours, planted},
		{"E-mail", "a@é.fr", personal.Other, "a@xn--9ca.fr"}, // type=email shows punycode; filling again replaces
		{"Short", "123456789", personal.Other, "12345"},
		{"Digits", "0a1b2c3d", personal.Other, "01 23"},
		{"Deaf", "anything", personal.Empty, ""},
	} {
		n := named(t, p, "textbox", c.field)
		got, err := tab.Fill(within(t), allow(t, p, n), n, c.text)
		if err != nil {
			fail(t, err)
		}
		if got.Is != c.is {
			t.Errorf("%s is %v, want %v", c.field, got.Is, c.is)
		}
		id := strings.ToLower(strings.ReplaceAll(n.IDAttr, "-", ""))
		if shows := evaluate(t, tab, "document.getElementById('"+id+"').value").Str(); shows != c.shows {
			t.Errorf("%s shows %q, want %q", c.field, shows, c.shows)
		}
	}
	if b := named(t, settled(t, tab), "button", "Send"); b.Disabled {
		t.Error("the page did not hear what was typed")
	}
	n := named(t, p, "textbox", "E-mail")
	if err := tab.Clear(within(t), n); err != nil {
		fail(t, err)
	}
	if got := named(t, read(t, tab), "textbox", "E-mail"); got.Value.Is != personal.Empty {
		t.Errorf("after clearing it holds %v", got.Value)
	}
}

func TestTypingNeedsItsPermission(t *testing.T) {
	t.Parallel()
	s := fixtures(t)
	tab := visit(t, shared(t, shell), s, "/act.html")
	p := settled(t, tab)
	n := named(t, p, "textbox", "E-mail")
	if _, err := tab.Fill(within(t), profile.Admitted{}, n, "x"); !errors.Is(err, ErrNoPermission) {
		t.Errorf("without admission: %v", err)
	}
	other := n
	other.Document = "another"
	if _, err := tab.Fill(within(t), allow(t, p, n), other, "x"); !errors.Is(err, ErrNoPermission) {
		t.Errorf("with another document's admission: %v", err)
	}
	elsewhere := openTab(t, shared(t, shell), Guard{Type: []string{"https://www.facebook.com"}, Read: []string{s.URL}})
	if _, err := elsewhere.Navigate(within(t), s.URL+"/act.html"); err != nil {
		t.Fatal(err)
	}
	p = settled(t, elsewhere)
	n = named(t, p, "textbox", "E-mail")
	if _, err := elsewhere.Fill(within(t), allow(t, p, n), n, "x"); !errors.Is(err, ErrElsewhere) {
		t.Errorf("on an origin the guard does not name: %v", err)
	}
	if v := named(t, read(t, elsewhere), "textbox", "E-mail").Value.Is; v != personal.Empty {
		t.Errorf("it was typed all the same: %v", v)
	}
}

func TestNothingIsDoneWhileAPersonHasThePage(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/act.html")
	p := settled(t, tab)
	lease := gate.Offer()
	tab.Lend(lease)
	n, b := named(t, p, "textbox", "E-mail"), named(t, p, "button", "Go")
	if _, err := tab.Fill(within(t), allow(t, p, n), n, "x"); !errors.Is(err, ErrLent) {
		t.Errorf("filling: %v", err)
	}
	for name, err := range map[string]error{
		"clicking": tab.Click(within(t), b), "clearing": tab.Clear(within(t), n),
		"ticking":  tab.Check(within(t), allow(t, p, n), n),
		"choosing": tab.Pick(within(t), allow(t, p, n), n, 1),
	} {
		if !errors.Is(err, ErrLent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := lease.Return(gate.Answer{}); err != nil {
		t.Fatal(err)
	}
	if err := tab.Click(within(t), b); err != nil {
		t.Errorf("after the return: %v", err)
	}
}

// The document itself is asked for its origin: what a reading said of it does
// not count.
func TestADocumentOfAnotherOriginThanItSaidGetsNothing(t *testing.T) {
	t.Parallel()
	s := sender(t, ``)
	s.page("/field", `<title>Field</title><label>E-mail <input></label><button id=go>Send</button>`)
	tab := openTab(t, shared(t, shell), Guard{Type: []string{s.URL, s.local()}})
	if _, err := tab.Navigate(within(t), s.URL+"/field"); err != nil {
		t.Fatal(err)
	}
	p := awaitNode(t, tab, "textbox", "E-mail")
	n := named(t, p, "textbox", "E-mail")
	f, _ := p.Frame(n.Frame)
	f.Origin = s.local()
	a, err := (&profile.Profile{Origins: profile.Origins{Type: []string{f.Origin}}}).Admit(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Fill(within(t), a, n, planted); !errors.Is(err, ErrElsewhere) {
		t.Errorf("filling: %v", err)
	}
	if _, err := tab.Send(within(t), a, newClerk(t).permit(), named(t, p, "button", "Send")); !errors.Is(err, ErrElsewhere) {
		t.Errorf("sending: %v", err)
	}
	if got := evaluate(t, tab, `document.querySelector("input").value`).Str(); got != "" {
		t.Errorf("the field holds %q", got)
	}
}
