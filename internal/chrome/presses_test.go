//go:build !race

package chrome

import (
	"context"
	"errors"
	"net/http"
	"slices"
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

// TestAKeyThatSendsAtOnceIsHeldBackToo: the page tells of the key before the
// request leaves, though its script does not pause in between.
func TestAKeyThatSendsAtOnceIsHeldBackToo(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": `<title>Step</title><input id="mail" aria-label="E-mail">
		<script>mail.onkeydown = (e) => {
			if (e.key !== "Shift") return;
			const request = new XMLHttpRequest();
			request.open("POST", "/step", false);
			request.send(mail.value);
		}</script>`})
	tab := visit(t, shared(t, full), s, "/")
	if _, err := tab.Fill(within(t), admit(t, tab), button(t, tab, "mail"), planted); err != nil {
		t.Fatal(err)
	}
	paint(t, tab)
	pressKey(t, tab)
	awaitChange(t, tab, func() bool { return len(tab.Refused())+len(tab.Partials()) > 0 })
	if r := tab.Refused(); len(r) != 1 || r[0].Why != Unpermitted || !r[0].Carried {
		t.Errorf("refused %+v, let go %+v", r, tab.Partials())
	}
}

// TestWhatMayBeThePersonsSendIsWaitedFor: what came of it is seen on the page
// only once it is answered.
func TestWhatMayBeThePersonsSendIsWaitedFor(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": `<title>Form</title>
		<button id="file" style="position: absolute; left: 0; top: 0; width: 100px; height: 100px">File</button>
		<script>file.onclick = () => fetch("/file", { method: "POST", body: "another address" })</script>`})
	asked, answer := make(chan struct{}, 1), make(chan struct{})
	s.handle("/file", func(http.ResponseWriter, *http.Request) {
		asked <- struct{}{}
		<-answer
	})
	tab := visit(t, shared(t, full), s, "/")
	lease, _ := lent(t, tab)
	tab.LendForm(lease)
	if err := tab.Settled(within(t)); err != nil || tab.Unsure() {
		t.Fatalf("before anything was filed: %v, unsure %t", err, tab.Unsure())
	}
	inWindow(t, tab, 50, 50)
	<-asked
	ended, cancel := context.WithCancel(within(t))
	cancel()
	if err := tab.Settled(ended); !errors.Is(err, context.Canceled) || !tab.Unsure() {
		t.Errorf("while it is on its way: %v, unsure %t", err, tab.Unsure())
	}
	close(answer)
	if err := tab.Settled(within(t)); err != nil {
		t.Error(err)
	}
}

// TestAPressThatNoLeaseCoversIsHeldBack: where the profile names no address of a
// send, what a person presses while the page is not theirs could be it, and the
// machine is about to send. Its own press afterwards goes on as before.
func TestAPressThatNoLeaseCoversIsHeldBack(t *testing.T) {
	t.Parallel()
	for name, press := range map[string]func(t *testing.T, tab *Tab, asked <-chan struct{}){
		"none was given": func(t *testing.T, tab *Tab, asked <-chan struct{}) {
			inWindow(t, tab, 50, 50)
			<-asked
		},
		"it was over before the press had its effect": func(t *testing.T, tab *Tab, asked <-chan struct{}) {
			lease, _ := lent(t, tab)
			inWindow(t, tab, 50, 50)
			<-asked
			awaitTouched(t, tab)
			if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
				t.Fatal(err)
			}
		},
		"it was taken back before that": func(t *testing.T, tab *Tab, asked <-chan struct{}) {
			lease, _ := lent(t, tab)
			inWindow(t, tab, 50, 50)
			<-asked
			awaitTouched(t, tab)
			if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
				t.Fatal(err)
			}
			tab.Lend(nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, map[string]string{"/": `<title>Step</title>
				<button id="next" style="position: absolute; left: 0; top: 0; width: 100px; height: 100px">Next</button>
				<input id="mail" aria-label="E-mail" style="position: absolute; left: 0; top: 200px">
				<script>next.onclick = async () => { await fetch("/token"); await fetch("/step", { method: "POST", body: mail.value }).catch(() => 0) }</script>`})
			asked, answer := make(chan struct{}, 2), make(chan struct{})
			s.handle("/token", func(http.ResponseWriter, *http.Request) {
				asked <- struct{}{}
				<-answer
			})
			tab := visit(t, shared(t, full), s, "/")
			if _, err := tab.Fill(within(t), admit(t, tab), button(t, tab, "mail"), planted); err != nil {
				t.Fatal(err)
			}
			press(t, tab, asked)
			close(answer)
			awaitChange(t, tab, func() bool {
				return slices.ContainsFunc(tab.Refused(), func(r Refusal) bool { return r.Why == Unpermitted && r.Carried })
			})
			tab.Lend(nil)
			if err := tab.Click(within(t), button(t, tab, "next")); err != nil {
				t.Fatal(err)
			}
			awaitChange(t, tab, func() bool { return len(tab.Partials()) == 1 })
			s.arrives("POST /step " + planted)
			if got := s.received(); slices.Index(got, "POST /step "+planted) != len(got)-1 || len(got) != 3 {
				t.Errorf("received %q", got)
			}
		})
	}
}
