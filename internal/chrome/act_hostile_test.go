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

// TestAFrameThatAnswersLateIsToldOf: nothing in it changes, but what was read of
// the page lacks it.
func TestAFrameThatAnswersLateIsToldOf(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/inner": `<button>Inside</button><script>onmessage = () => { navigator.sendBeacon("/hangs"); for (const end = performance.now() + 5000; performance.now() < end;); }</script>`})
	s.page("/", `<iframe src="`+s.local()+`/inner"></iframe>`)
	tab := openTab(t, shared(t, full), Guard{Type: []string{s.URL}})
	if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
		t.Fatal(err)
	}
	awaitNode(t, tab, "button", "Inside")
	settled(t, tab)
	asPage(t, tab, `frames[0].postMessage("hang", "*")`)
	s.arrives("POST /hangs")
	if p := read(t, tab); len(p.Frames) != 2 || len(p.Frames[1].Nodes) > 0 || p.Quiet {
		t.Fatalf("the frame does not hang: %+v", p.Frames)
	}
	waited := func() int {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		return len(tab.hung)
	}
	if n := waited(); n != 1 {
		t.Errorf("%d answers are waited for", n)
	}
	awaitNode(t, tab, "button", "Inside")
	for ctx := within(t); waited() > 0; {
		if err := tab.Changed(ctx); err != nil {
			t.Fatal(err)
		}
		tab.beginRead()
	}
}
