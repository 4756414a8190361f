package chrome

import (
	"context"
	"errors"
	"testing"

	"github.com/go-rod/rod"
)

// slowed lets a test act before a call goes to Chrome.
type slowed struct {
	rod.CDPClient
	before func(method string)
}

func (s *slowed) Call(ctx context.Context, id, method string, params any) ([]byte, error) {
	s.before(method)
	return s.CDPClient.Call(ctx, id, method, params)
}

// A document that changes hands in the instant between our question for its
// origin and the text: the text is not typed into the other's.
func TestADocumentSwappedWhileFillingGetsNoText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ bin, page string }{
		"frame, in process":     {shellBin, "/framed"},
		"frame, out of process": {fullBin, "/framed"}, // the thief's page is
		"page":                  {shellBin, "/field"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			thief := newSite(t, map[string]string{"/": `<title>Thief</title><input autofocus>
				<script>document.querySelector("input").focus()</script>`})
			s := newSite(t, map[string]string{
				"/framed": `<title>Form</title><iframe src="/field" width=400></iframe>`,
				"/field":  `<label>E-mail <input onfocus="location = '` + thief.local() + `/'"></label>`,
			})
			var tab *Tab
			o := testOptions(c.bin)
			o.Wrap = func(c rod.CDPClient) rod.CDPClient {
				return &slowed{c, func(method string) {
					if method == "Input.insertText" {
						awaitChange(t, tab, func() bool { return tab.waiting() > 0 || shows(tab, thief) })
					}
				}}
			}
			tab = openTab(t, startedFor(t, o), Guard{Type: []string{s.URL}, Read: []string{thief.local()}, Masker: carrier(planted)})
			if _, err := tab.Navigate(within(t), s.URL+c.page); err != nil {
				t.Fatal(err)
			}
			p := awaitNode(t, tab, "textbox", "E-mail")
			n := named(t, p, "textbox", "E-mail")
			if _, err := tab.Fill(within(t), allow(t, p, n), n, planted); err != nil && !errors.Is(err, ErrStale) {
				t.Errorf("filling: %v", err)
			}
			awaitChange(t, tab, func() bool { return shows(tab, thief) })
			if got := evaluateIn(t, tab, frameOf(tab, thief).id, `document.querySelector("input").value`).Str(); got != "" {
				t.Errorf("the other's field holds %q", got)
			}
		})
	}
}

func (t *Tab) waiting() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.hold.waiting)
}

// shows reports whether a site's page is in a frame and loaded.
func shows(tab *Tab, s *site) bool {
	f := frameOf(tab, s)
	return f != nil && tab.loaded(f.id)
}

// frameOf finds the frame that shows a site.
func frameOf(tab *Tab, s *site) *frameRef {
	for _, f := range tab.frames() {
		if origin, _ := split(f.url); origin == s.URL || origin == s.local() {
			return &f
		}
	}
	return nil
}

// A document that is on its way when the typing would begin is waited for.
func TestNothingIsTypedIntoAFrameThatIsLoading(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"/":      `<title>Form</title><iframe id=in src="/field" width=400></iframe>`,
		"/field": `<label>E-mail <input></label>`,
	})
	stuck := s.stall("/stuck")
	tab := visit(t, shared(t, shell), s, "/")
	p := awaitNode(t, tab, "textbox", "E-mail")
	n := named(t, p, "textbox", "E-mail")
	asPage(t, tab, `void (document.getElementById("in").contentWindow.location = "/stuck")`)
	s.arrives("GET /stuck")
	var not *NotReadyError
	if _, err := tab.Fill(awhile(t), allow(t, p, n), n, planted); !errors.As(err, &not) || not.Why != "in a frame that is loading" {
		t.Errorf("filling: %v", err)
	}
	if got := evaluateIn(t, tab, tab.frames()[1].id, `document.querySelector("input").value`).Str(); got != "" {
		t.Errorf("the field holds %q", got)
	}
	close(stuck)
	if _, err := tab.Fill(within(t), allow(t, p, n), n, planted); !errors.Is(err, ErrStale) {
		t.Errorf("filling what has gone: %v", err)
	}
}
