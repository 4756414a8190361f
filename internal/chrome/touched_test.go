//go:build !race

package chrome

import (
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

// inWindow presses in the tab's window, as a person there does: nothing of ours
// hears of it but from the page.
func inWindow(t testing.TB, tab *Tab, x, y float64) {
	t.Helper()
	s := tab.session.with(within(t))
	press := proto.InputDispatchMouseEvent{Type: proto.InputDispatchMouseEventTypeMousePressed, X: x, Y: y, Button: proto.InputMouseButtonLeft, ClickCount: 1}
	up := press
	up.Type = proto.InputDispatchMouseEventTypeMouseReleased
	for _, event := range []proto.InputDispatchMouseEvent{press, up} {
		if err := event.Call(s); err != nil {
			t.Fatal(err)
		}
	}
}

// pressKey presses a key in the tab's window that writes nothing.
func pressKey(t testing.TB, tab *Tab) {
	t.Helper()
	event := proto.InputDispatchKeyEvent{Type: proto.InputDispatchKeyEventTypeRawKeyDown, Key: "Shift", Code: "ShiftLeft", WindowsVirtualKeyCode: 16}
	if err := event.Call(tab.session.with(within(t))); err != nil {
		t.Fatal(err)
	}
}

// awaitTouched waits, by the tab's own changes, until it was touched.
func awaitTouched(t testing.TB, tab *Tab) {
	t.Helper()
	ctx := within(t)
	for !tab.Touched() {
		if err := tab.Changed(ctx); err != nil {
			t.Fatalf("the press was not noticed: %v", err)
		}
		tab.beginRead()
	}
}

func TestAPersonsPressIsNoticed(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "", "/inner": acting})
	s.page("/", `<title>Outer</title><body style="margin: 0"><p>text</p><iframe src="`+s.local()+`/inner" style="position: absolute; left: 0; top: 200px; width: 400px; height: 300px; border: 0">`)
	tab := openTab(t, shared(t, full), Guard{Type: []string{s.URL}})
	if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
		t.Fatal(err)
	}
	awaitNode(t, tab, "button", "Press")
	settled(t, tab)
	inWindow(t, tab, 50, 50)
	paint(t, tab)
	if tab.Touched() {
		t.Error("a press on a page that was not lent is a person's")
	}
	for name, press := range map[string]func(hand){
		"a button":            func(hand) { inWindow(t, tab, 50, 50) },
		"a button in a frame": func(hand) { inWindow(t, tab, 100, 300) },
		"a key":               func(hand) { pressKey(t, tab) },
		"the live view":       func(h hand) { h.do(gate.Input{Kind: gate.Text, Text: "x"}) },
	} {
		lease, d := lent(t, tab)
		asPage(t, tab, `void document.body.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true})); void document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "a"}))`)
		paint(t, tab)
		if tab.Touched() {
			t.Fatalf("%s: what the page does itself is a person's", name)
		}
		press(hand{t, tab, d})
		awaitTouched(t, tab)
		if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
			t.Fatal(err)
		}
		if !tab.Touched() {
			t.Errorf("%s: forgotten when the page was given back", name)
		}
	}
	tab.Lend(gate.Offer())
	if tab.Touched() {
		t.Error("a new lease begins touched")
	}
}
