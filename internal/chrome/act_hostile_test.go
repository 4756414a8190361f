package chrome

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestASwapUnderThePressPressesNothing(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/hostile.html?how=swap")
	n := named(t, settled(t, tab), "button", "Wanted")
	if err := tab.Click(within(t), n); err != nil {
		fail(t, err)
	}
	if got := evaluate(t, tab, "document.body.dataset.pressed").Str(); got != "wanted" {
		t.Errorf("pressed: %s", got)
	}
}

// A page that moves the focus away in the instant between ours and the text.
func TestTextNeverLandsInAnotherField(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/hostile.html?how=steal")
	p := settled(t, tab)
	n := named(t, p, "textbox", "Mine")
	_, _ = tab.Fill(within(t), allow(t, p, n), n, "secret")
	if got := evaluate(t, tab, "document.getElementById('thief').value").Str(); got != "" {
		t.Errorf("the other field holds %q", got)
	}
}

func TestAHiddenTabKeepsTheDeadline(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, full), fixtures(t), "/hostile.html")
	tab.bounds.words = time.Minute
	p := settled(t, tab)
	if err := tab.Click(within(t), named(t, p, "button", "New window")); err != nil {
		fail(t, err)
	}
	for evaluate(t, tab, "document.visibilityState").Str() != "hidden" {
		if err := tab.Changed(within(t)); err != nil {
			t.Skip("this browser does not hide the tab behind")
		}
		read(t, tab)
	}
	evaluate(t, tab, "document.getElementById('wanted').disabled = true")
	// A wait for a frame, which a hidden tab never paints, would outlast the test.
	var not *NotReadyError
	if err := tab.Click(briefly(t), named(t, p, "button", "Wanted")); !errors.As(err, &not) || not.Why != "disabled" {
		t.Errorf("in a hidden tab: %v", err)
	}
	n := named(t, p, "textbox", "Mine")
	if _, err := tab.Fill(within(t), allow(t, p, n), n, "typed"); err != nil {
		fail(t, err)
	}
}

func TestABusyPageIsNeverQuietButRead(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/hostile.html?how=busy")
	for range 5 {
		if read(t, tab).Quiet {
			t.Error("a page that changes every 10 ms was read as quiet")
		}
		if err := tab.Changed(within(t)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tab.Click(within(t), named(t, read(t, tab), "button", "Wanted")); err != nil {
		fail(t, err)
	}
}

func TestAPageThatNeverAnswersKeepsTheDeadline(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/hostile.html?how=block")
	n := named(t, settled(t, tab), "button", "Wanted")
	if err := tab.Click(awhile(t), n); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a click that never ends: %v", err)
	}
	if _, err := tab.Read(briefly(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("reading it: %v", err)
	}
	if _, err := tab.Picture(briefly(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("its picture: %v", err)
	}
}

func TestArrived(t *testing.T) {
	for name, c := range map[string]struct {
		s    struck
		want bool
	}{
		"clicked":                          {struck{Down: true, Click: true, Attached: true}, true},
		"clicked and gone":                 {struck{Down: true, Click: true}, true},
		"went down, page swallowed the up": {struck{Down: true, Attached: true}, true},
		"replaced between down and up":     {struck{Down: true}, false},
		"stopped by us":                    {struck{Missed: true, Attached: true}, false},
		"never came":                       {struck{Attached: true}, false},
	} {
		if got := c.s.arrived(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
