package chrome

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// named finds the only node of that role and name on a page.
func named(t testing.TB, p *locate.Page, role, name string) locate.Node {
	t.Helper()
	var found []locate.Node
	for _, f := range p.Frames {
		for _, n := range f.Nodes {
			if n.Role == role && n.Name == name && n.Hidden == "" {
				found = append(found, n)
			}
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d nodes are a %s called %q", len(found), role, name)
	}
	return found[0]
}

func read(t testing.TB, tab *Tab) *locate.Page {
	t.Helper()
	p, err := tab.Read(within(t))
	if err != nil {
		fail(t, err)
	}
	return p
}

// allow gives the permission for a node, as a profile that allows its frame's
// origin does.
func allow(t testing.TB, p *locate.Page, n locate.Node) profile.Admitted {
	t.Helper()
	f, _ := p.Frame(n.Frame)
	a, err := (&profile.Profile{Origins: profile.Origins{Type: []string{f.Origin}}}).Admit(f)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// title waits until the main document is called so: its pages say by it what
// they heard.
func awaitTitle(t testing.TB, tab *Tab, want string) {
	t.Helper()
	ctx := within(t)
	for {
		p, err := tab.Read(ctx)
		if err != nil {
			fail(t, err)
		}
		if p.Main().Title == want {
			return
		}
		if err := tab.Changed(ctx); err != nil {
			t.Fatalf("title is %q, want %q: %v", p.Main().Title, want, err)
		}
	}
}

// briefly is a deadline that a test waits for, because something must not
// happen until then.
func briefly(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 400*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

func TestOnlyTrustedInputIsMade(t *testing.T) {
	tab := visit(t, shared(t, shell), fixtures(t), "/act.html")
	p := settled(t, tab)
	for name, fill := range map[string]string{"E-mail": "a@b.fr", "Free": "new", "Why": "because"} {
		n := named(t, p, "textbox", name)
		if got, err := tab.Fill(within(t), allow(t, p, n), n, fill); err != nil || got.Is != personal.Other {
			t.Errorf("filling %s: %v, %v", name, got, err)
		}
	}
	for _, do := range []func() error{
		func() error {
			n := named(t, p, "combobox", "Country")
			return tab.Pick(within(t), allow(t, p, n), n, 4)
		},
		func() error { n := named(t, p, "checkbox", "Sure"); return tab.Check(within(t), allow(t, p, n), n) },
		func() error { n := named(t, p, "radio", "B"); return tab.Check(within(t), allow(t, p, n), n) },
		func() error { return tab.Click(within(t), named(t, p, "button", "Go")) },
	} {
		if err := do(); err != nil {
			fail(t, err)
		}
	}
	log := evaluate(t, tab, "document.body.dataset.log").Str()
	if strings.Contains(log, "false") {
		t.Errorf("the page heard untrusted input: %s", log)
	}
	for _, want := range []string{"input mail true a@b.fr", "change pays true Italy", "click cb true", "click go true", "click rb true"} {
		if !strings.Contains(log, want) {
			t.Errorf("the page did not hear %q: %s", want, log)
		}
	}
	if strings.Count(log, "change pays") != 1 {
		t.Errorf("choosing was heard more than once: %s", log)
	}
}

func TestCheckLeavesATickedBoxAlone(t *testing.T) {
	tab := visit(t, shared(t, shell), fixtures(t), "/act.html")
	p := settled(t, tab)
	n := named(t, p, "checkbox", "Sure")
	for range 2 {
		if err := tab.Check(within(t), allow(t, p, n), n); err != nil {
			fail(t, err)
		}
	}
	if n := named(t, read(t, tab), "checkbox", "Sure"); !n.Checked {
		t.Error("ticking twice took the tick away")
	}
}

func TestPickRefusesAnOptionThatIsClosed(t *testing.T) {
	tab := visit(t, shared(t, shell), fixtures(t), "/act.html")
	p := settled(t, tab)
	n := named(t, p, "combobox", "Country")
	for _, option := range []int{1, 9} {
		if err := tab.Pick(within(t), allow(t, p, n), n, option); !errors.Is(err, ErrRefused) {
			t.Errorf("option %d: %v", option, err)
		}
	}
	for _, option := range []int{3, 0, 2} { // down and up again
		if err := tab.Pick(within(t), allow(t, p, n), n, option); err != nil {
			t.Errorf("option %d: %v", option, err)
		}
	}
}

func TestFillIsHeardAndReadBack(t *testing.T) {
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

// Each of these waits, and says why when the deadline comes.
func TestNotReadyIsSaidAndNothingIsDone(t *testing.T) {
	tab := visit(t, shared(t, shell), fixtures(t), "/waits.html?how=cover")
	p := settled(t, tab)
	for _, c := range []struct{ role, name, why string }{
		{"button", "Covered", "covered by a dialog"},
		{"button", "Disabled", "disabled"},
		{"button", "Aria", "disabled"},
		{"button", "Fieldset", "disabled"},
		{"button", "Far below", "covered by a dialog"},
		{"textbox", "Locked", "disabled"},
		{"textbox", "Fixed", "read-only"},
	} {
		n := named(t, p, c.role, c.name)
		var err error
		if c.role == "button" {
			err = tab.Click(briefly(t), n)
		} else {
			_, err = tab.Fill(briefly(t), allow(t, p, n), n, "x")
		}
		var not *NotReadyError
		if !errors.As(err, &not) || not.Why != c.why {
			t.Errorf("%s: %v, want %s", c.name, err, c.why)
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v is not the deadline's", c.name, err)
		}
	}
	if n := named(t, p, "button", "Covered"); n.Covered != "a dialog" {
		t.Errorf("covered by %q", n.Covered)
	}
	if got := evaluate(t, tab, "document.title").Str(); got != "Waits" {
		t.Errorf("pressed: %s", got)
	}
}

func TestClickWaitsUntilItCan(t *testing.T) {
	enable := func(id string) func(*testing.T, *Tab) {
		return func(t *testing.T, tab *Tab) {
			evaluate(t, tab, "document.getElementById('"+id+"').disabled = false")
		}
	}
	nothing := func(*testing.T, *Tab) {}
	for name, c := range map[string]struct {
		how, button string
		then        func(*testing.T, *Tab)
	}{
		"covered":   {"cover", "Covered", func(t *testing.T, tab *Tab) { evaluate(t, tab, "document.getElementById('over').remove()") }},
		"disabled":  {"", "Disabled", enable("disabled")},
		"fieldset":  {"", "Fieldset", enable("fs")},
		"moving":    {"move", "Mover", nothing},
		"below":     {"", "Far below", nothing},
		"scroller":  {"", "In a scroller", nothing},
		"rendering": {"again", "Rendered", nothing},
	} {
		t.Run(name, func(t *testing.T) {
			tab := visit(t, shared(t, shell), fixtures(t), "/waits.html?how="+c.how)
			n := named(t, read(t, tab), "button", c.button)
			done := make(chan error, 1)
			ctx := within(t)
			go func() { done <- tab.Click(ctx, n) }()
			c.then(t, tab)
			if err := <-done; err != nil {
				fail(t, err)
			}
			awaitTitle(t, tab, c.button)
		})
	}
}

func TestAChangedNameIsStale(t *testing.T) {
	tab := visit(t, shared(t, shell), fixtures(t), "/waits.html")
	n := named(t, settled(t, tab), "button", "Covered")
	evaluate(t, tab, "document.getElementById('covered').textContent = 'Delete account'")
	if err := tab.Click(within(t), n); !errors.Is(err, ErrStale) {
		t.Errorf("pressing what is called otherwise: %v", err)
	}
	evaluate(t, tab, "document.getElementById('covered').textContent = 'Covered'; document.getElementById('covered').setAttribute('role', 'link')")
	if err := tab.Click(within(t), n); !errors.Is(err, ErrStale) {
		t.Errorf("pressing what is something else: %v", err)
	}
	evaluate(t, tab, "document.getElementById('covered').remove()")
	if err := tab.Click(within(t), n); !errors.Is(err, ErrStale) {
		t.Errorf("pressing what is gone: %v", err)
	}
	if got := evaluate(t, tab, "document.title").Str(); got != "Waits" {
		t.Errorf("pressed: %s", got)
	}
}

func TestAnotherDocumentIsStale(t *testing.T) {
	s := fixtures(t)
	tab := visit(t, shared(t, shell), s, "/waits.html")
	p := settled(t, tab)
	n := named(t, p, "button", "Covered")
	if _, err := tab.Navigate(within(t), s.URL+"/waits.html?again"); err != nil {
		t.Fatal(err)
	}
	settled(t, tab)
	if err := tab.Click(within(t), n); !errors.Is(err, ErrStale) {
		t.Errorf("pressing in another document: %v", err)
	}
	if _, err := tab.Fill(within(t), allow(t, p, n), n, "x"); !errors.Is(err, ErrStale) {
		t.Errorf("typing in another document: %v", err)
	}
	if got := evaluate(t, tab, "document.title").Str(); got != "Waits" {
		t.Errorf("pressed: %s", got)
	}
}

func TestNavigatingAwayEndsTheWaiting(t *testing.T) {
	s := fixtures(t)
	tab := visit(t, shared(t, shell), s, "/waits.html")
	n := named(t, settled(t, tab), "button", "Disabled")
	done := make(chan error, 1)
	ctx := within(t)
	go func() { done <- tab.Click(ctx, n) }()
	if _, err := tab.Navigate(within(t), s.URL+"/act.html"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; !errors.Is(err, ErrStale) {
		t.Errorf("waiting in a document that went away: %v", err)
	}
}

func TestTypingNeedsItsPermission(t *testing.T) {
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

func TestAnAlertInAClickDoesNotHang(t *testing.T) {
	tab := visit(t, shared(t, shell), fixtures(t), "/dialogs.html")
	if err := tab.Click(within(t), named(t, settled(t, tab), "button", "Alert")); err != nil {
		fail(t, err)
	}
	awaitTitle(t, tab, "after")
	if err := tab.Click(within(t), named(t, read(t, tab), "button", "Leave")); err != nil {
		fail(t, err)
	}
	awaitTitle(t, tab, "Inner")
	if n := len(tab.frames()); n != 1 {
		t.Errorf("%d frames are kept", n)
	}
}

func TestAFrameThatNavigatesLeavesNoFramesBehind(t *testing.T) {
	s := fixtures(t)
	tab := visit(t, shared(t, shell), s, "/outer.html?src=/inner.html")
	if n := len(settled(t, tab).Frames); n != 3 {
		t.Fatalf("%d frames", n)
	}
	if _, err := tab.Navigate(within(t), s.URL+"/act.html"); err != nil {
		t.Fatal(err)
	}
	if n := len(settled(t, tab).Frames); n != 1 {
		t.Errorf("%d frames are kept", n)
	}
}

// Frames in and out of the page's process: 127.0.0.1 and localhost are two
// sites to Chrome. The shell does not isolate sites, the full browser does.
func TestFrames(t *testing.T) {
	for name, c := range map[string]struct {
		browser func() (*Browser, error)
		site    func(*site) string
	}{
		"in process":        {shell, func(s *site) string { return s.URL }},
		"another site":      {shell, (*site).local},
		"out of process":    {full, (*site).local},
		"full, in process":  {full, func(s *site) string { return s.URL }},
		"out, nested twice": {full, func(s *site) string { return s.local() + "/outer.html?src=" + s.URL }},
	} {
		t.Run(name, func(t *testing.T) {
			s := fixtures(t)
			tab := openTab(t, shared(t, c.browser), Guard{Type: []string{s.URL, s.local()}, Account: account(t)})
			if _, err := tab.Navigate(within(t), s.URL+"/outer.html?src="+c.site(s)+"/inner.html"); err != nil {
				t.Fatal(err)
			}
			p := awaitNode(t, tab, "textbox", "E-mail")
			n := named(t, p, "textbox", "E-mail")
			if got, err := tab.Fill(within(t), allow(t, p, n), n, planted); err != nil || got.Is != personal.Ours {
				t.Errorf("filled %v: %v", got, err)
			}
			if err := tab.Click(within(t), named(t, p, "button", "Press")); err != nil {
				fail(t, err)
			}
			awaitNode(t, tab, "button", "Pressed")
			for _, f := range p.Frames {
				if slices.ContainsFunc(f.Nodes, func(n locate.Node) bool { return n.Name == "Invisible" }) && f.Visible {
					t.Error("a frame that is not shown is visible")
				}
				if f.ID == n.Frame && !f.Visible {
					t.Error("the frame is not visible")
				}
			}
		})
	}
}

// awaitNode reads until there is exactly one such node.
func awaitNode(t testing.TB, tab *Tab, role, name string) *locate.Page {
	t.Helper()
	ctx := within(t)
	for {
		p, err := tab.Read(ctx)
		if err != nil {
			fail(t, err)
		}
		for _, f := range p.Frames {
			if slices.ContainsFunc(f.Nodes, func(n locate.Node) bool { return n.Role == role && n.Name == name }) {
				return p
			}
		}
		if err := tab.Changed(ctx); err != nil {
			t.Fatalf("no %s called %q: %v", role, name, err)
		}
	}
}
