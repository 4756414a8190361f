package chrome

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"opposer/internal/personal"
)

func TestOnlyTrustedInputIsMade(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
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
		tab.mu.Lock()
		if tab.presses.owed > 0 {
			t.Errorf("option %d: %d presses of a person's would pass for ours", option, tab.presses.owed)
		}
		tab.mu.Unlock()
	}
}

// Each of these waits, and says why when the deadline comes.
func TestNotReadyIsSaidAndNothingIsDone(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/waits.html?how=cover")
	tab.bounds.words = time.Minute
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
	t.Parallel()
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
			t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
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

func TestAnAlertInAClickDoesNotHang(t *testing.T) {
	t.Parallel()
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
