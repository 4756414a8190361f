package supervise

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// watched is a gate with a live page.
func watched(t testing.TB, p *Page, k gate.Kind) (*screen, *met) {
	t.Helper()
	s := newScreen()
	g := asked(k)
	g.Screen = s
	return s, meet(t, p, g)
}

// opens opens the live view and waits for its first picture.
func (h *person) opens() {
	h.t.Helper()
	h.click("[data-open]")
	h.until("document.querySelector('canvas').dataset.size === '1600x1000'")
}

// drives waits until this person has the page.
func (h *person) drives() {
	h.t.Helper()
	h.sees("You have the page")
}

func near(got, want, most float64) bool { return math.Abs(got-want) <= most }

func TestWhatIsDoneInTheViewIsDoneOnThePage(t *testing.T) {
	p, _ := open(t, words.English)
	s, m := watched(t, p, gate.Login)
	h := come(t, p)
	if isClosed(m.lease.Taken()) {
		t.Error("the lease was taken before anybody touched the page")
	}
	h.opens()
	h.drives()
	if !isClosed(m.lease.Taken()) {
		t.Error("the lease was not taken")
	}
	for _, width := range []int{1280, 390} {
		h.looks(width, false)
		h.until(fmt.Sprintf("innerWidth === %d", width))
		pixel := 1600 / h.get("document.querySelector('canvas').clientWidth").(float64) // of the view, on the page
		for _, at := range [][2]float64{{0.25, 0.5}, {0.9, 0.1}, {0.01, 0.99}} {
			x, y := h.at("canvas", at[0], at[1])
			h.clickAt(x, y)
			down, up := s.await(t, gate.Down), s.await(t, gate.Up)
			if !near(down.X, 1600*at[0], pixel) || !near(down.Y, 1000*at[1], pixel) || down.Button != "left" || down.Buttons != 1 || down.Clicks != 1 {
				t.Errorf("%d wide, %v: %+v", width, at, down)
			}
			if up.X != down.X || up.Buttons != 0 || up.Button != "left" {
				t.Errorf("%+v", up)
			}
		}
	}
	h.looks(1280, false)
	t.Run("double click", func(t *testing.T) {
		x, y := h.at("canvas", 0.5, 0.5)
		for n := 1; n <= 2; n++ {
			h.mouse(proto.InputDispatchMouseEventTypeMousePressed, x, y, n)
			h.mouse(proto.InputDispatchMouseEventTypeMouseReleased, x, y, n)
			if down := s.await(t, gate.Down); down.Clicks != n {
				t.Errorf("%+v", down)
			}
			s.await(t, gate.Up)
		}
	})
	t.Run("drag", func(t *testing.T) {
		x, y := h.at("canvas", 0.25, 0.5)
		h.mouse(proto.InputDispatchMouseEventTypeMousePressed, x, y, 1)
		s.await(t, gate.Down)
		one := 1
		to := proto.InputDispatchMouseEvent{Type: proto.InputDispatchMouseEventTypeMouseMoved, X: x + 100, Y: y, Button: proto.InputMouseButtonLeft, Buttons: &one}
		if err := to.Call(h.page); err != nil {
			t.Fatal(err)
		}
		if move := s.await(t, gate.Move); move.Button != "left" || move.Buttons != 1 || move.X <= 400 {
			t.Errorf("%+v", move)
		}
		// Let go beside the picture: the page has to hear of it all the same.
		h.mouse(proto.InputDispatchMouseEventTypeMouseReleased, 2, y, 1)
		if up := s.await(t, gate.Up); up.X > 0 {
			t.Errorf("%+v", up)
		}
	})
	t.Run("wheel", func(t *testing.T) {
		x, y := h.at("canvas", 0.5, 0.5)
		e := proto.InputDispatchMouseEvent{Type: proto.InputDispatchMouseEventTypeMouseWheel, X: x, Y: y, DeltaY: 120}
		if err := e.Call(h.page); err != nil {
			t.Fatal(err)
		}
		if in := s.await(t, gate.Wheel); in.DY < 120 || !near(in.X, 800, 3) {
			t.Errorf("%+v", in)
		}
	})
	t.Run("tap and swipe", func(t *testing.T) { taps(t, h, s) })
	h.click("button[value=done]")
	if a := m.answer(); a.Verb != gate.Done {
		t.Errorf("%+v", a)
	}
	<-s.left
}

func taps(t *testing.T, h *person, s *screen) {
	if err := (proto.EmulationSetTouchEmulationEnabled{Enabled: true}).Call(h.page); err != nil {
		t.Fatal(err)
	}
	x, y := h.at("canvas", 0.25, 0.5)
	touch := func(kind proto.InputDispatchTouchEventType, points ...*proto.InputTouchPoint) {
		if points == nil {
			points = []*proto.InputTouchPoint{}
		}
		if err := (proto.InputDispatchTouchEvent{Type: kind, TouchPoints: points}).Call(h.page); err != nil {
			t.Fatal(err)
		}
	}
	touch(proto.InputDispatchTouchEventTypeTouchStart, &proto.InputTouchPoint{X: x, Y: y})
	touch(proto.InputDispatchTouchEventTypeTouchEnd)
	if down := s.await(t, gate.Down); !near(down.X, 400, 3) || !near(down.Y, 500, 3) {
		t.Errorf("tap: %+v", down)
	}
	s.await(t, gate.Up)
	touch(proto.InputDispatchTouchEventTypeTouchStart, &proto.InputTouchPoint{X: x, Y: y})
	touch(proto.InputDispatchTouchEventTypeTouchMove, &proto.InputTouchPoint{X: x, Y: y - 60})
	if in := s.await(t, gate.Wheel); in.DY <= 0 {
		t.Errorf("swipe: %+v", in)
	}
	touch(proto.InputDispatchTouchEventTypeTouchEnd)
	if err := (proto.EmulationSetTouchEmulationEnabled{}).Call(h.page); err != nil {
		t.Fatal(err)
	}
	for len(s.done) > 0 {
		<-s.done
	}
}

func TestKeysGoToThePageAndComeBack(t *testing.T) {
	p, _ := open(t, words.English)
	s, _ := watched(t, p, gate.Login)
	h := come(t, p)
	h.tabTo("[data-open]")
	h.press("Enter")
	h.until("document.activeElement.tagName === 'CANVAS'")
	h.drives()
	for _, k := range [][2]string{{"a", "KeyA"}, {"é", ""}, {"7", "Digit7"}, {"Tab", "Tab"}, {"Enter", "Enter"}, {" ", "Space"}, {"ArrowDown", "ArrowDown"}, {"Escape", "Escape"}, {"b", "KeyB"}} {
		h.press(k[0])
		down, up := s.await(t, gate.KeyDown), s.await(t, gate.KeyUp)
		if down.Key != k[0] || down.Code != k[1] || up.Key != k[0] || up.Code != k[1] {
			t.Errorf("%q: %+v %+v", k[0], down, up)
		}
	}
	h.key("A", 8, true) // Shift
	h.key("A", 8, false)
	if in := s.await(t, gate.KeyDown); in.Key != "A" || in.Modifiers != 8 {
		t.Errorf("%+v", in)
	}
	s.await(t, gate.KeyUp)
	h.key("a", 2, true) // Ctrl: select all
	h.key("a", 2, false)
	if in := s.await(t, gate.KeyDown); in.Key != "a" || in.Modifiers != 2 {
		t.Errorf("%+v", in)
	}
	s.await(t, gate.KeyUp)
	// AltGr is Ctrl and Alt on some systems, and types a character.
	h.get(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "@", code: "Digit0", ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true }))`)
	if in := s.await(t, gate.KeyDown); in.Key != "@" || in.Modifiers != 0 {
		t.Errorf("%+v", in)
	}
	h.get(`document.activeElement.dispatchEvent(new KeyboardEvent("keyup", { key: "@", code: "Digit0", bubbles: true, cancelable: true }))`)
	s.await(t, gate.KeyUp)
	// These are the person's own browser's: they reload it, paste, go to its address.
	for _, k := range []string{"r", "v", "l"} {
		h.key(k, 2, true)
		h.key(k, 2, false)
	}
	// The first Escape is the page's, the second one leads out.
	h.press("Escape", "Escape")
	h.until("document.activeElement.matches('[data-close]')")
	h.sees("Keys no longer go to the page.")
	if in := s.await(t, gate.KeyDown); in.Key != "Escape" {
		t.Errorf("%+v", in)
	}
	s.await(t, gate.KeyUp)
	// A key that is down when the person goes elsewhere comes up.
	h.get("document.querySelector('canvas').focus()")
	h.key("x", 0, true)
	s.await(t, gate.KeyDown)
	h.get("document.querySelector('[data-close]').focus()")
	if in := s.await(t, gate.KeyUp); in.Key != "x" {
		t.Errorf("%+v", in)
	}
	h.press("Enter")
	h.until("document.querySelector('[data-view]').hidden && document.activeElement.matches('[data-open]')")
	<-s.left
	if len(s.done) > 0 {
		t.Errorf("%+v", <-s.done)
	}
}

func TestPastedAndComposedTextArrivesWhole(t *testing.T) {
	p, log := open(t, words.English)
	s, _ := watched(t, p, gate.Login)
	h := come(t, p)
	h.opens()
	h.drives()
	paste := `(() => { const d = new DataTransfer(); d.setData("text/plain", ` + quoted("Élise & 日本\nline 2") + `);
		document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: d, bubbles: true, cancelable: true })) })()`
	h.get(paste)
	if in := s.await(t, gate.Text); in.Text != "Élise & 日本\nline 2" {
		t.Errorf("%+v", in)
	}
	long := strings.Repeat("é", 9000)
	h.get(strings.Replace(paste, quoted("Élise & 日本\nline 2"), quoted(long), 1))
	got := ""
	for len(got) < len(long) {
		got += s.await(t, gate.Text).Text
	}
	if got != long {
		t.Error("a long text did not arrive whole")
	}
	// An on-screen keyboard types into a field.
	h.click("textarea")
	for _, letter := range []string{"k", "é"} {
		h.press(letter)
		if in := s.await(t, gate.Text); in.Text != letter {
			t.Errorf("%+v", in)
		}
	}
	// What an input method only considers does not go out.
	for _, text := range []string{"に", "にほ", "にほん"} {
		if err := (proto.InputImeSetComposition{Text: text, SelectionStart: utf8.RuneCountInString(text), SelectionEnd: utf8.RuneCountInString(text)}).Call(h.page); err != nil {
			t.Fatal(err)
		}
	}
	if err := (proto.InputInsertText{Text: "日本"}).Call(h.page); err != nil {
		t.Fatal(err)
	}
	if in := s.await(t, gate.Text); in.Text != "日本" {
		t.Errorf("%+v", in)
	}
	h.press("Backspace")
	if in := s.await(t, gate.KeyDown); in.Key != "Backspace" {
		t.Errorf("%+v", in)
	}
	s.await(t, gate.KeyUp)
	// A keyboard that sends no keys deletes all the same.
	h.get("document.execCommand('delete')")
	if in := s.await(t, gate.KeyDown); in.Key != "Backspace" {
		t.Errorf("%+v", in)
	}
	s.await(t, gate.KeyUp)
	h.press("Enter")
	if in := s.await(t, gate.KeyDown); in.Key != "Enter" {
		t.Errorf("%+v", in)
	}
	s.await(t, gate.KeyUp)
	// From the field, Tab leads on in the person's own page.
	h.press("Tab")
	h.until("document.activeElement.value === 'done'")
	if len(s.done) > 0 {
		t.Errorf("%+v", <-s.done)
	}
	if strings.Contains(log.String(), "lise") {
		t.Error("what was pasted is in the log")
	}
}

func TestThePagesDialogsAreOurs(t *testing.T) {
	p, _ := open(t, words.English)
	s, _ := watched(t, p, gate.Login)
	h := come(t, p)
	h.opens()
	h.drives()
	still := s.now
	still.Frame = nil
	asks := func(d gate.Dialog) {
		t.Helper()
		with := still
		with.Dialog = &d
		s.show(with)
		h.until("document.querySelector('#ask').open")
	}
	answered := func() { s.show(still) }

	asks(gate.Dialog{Kind: "alert", Message: "<b>Hello</b>"})
	h.sees("<b>Hello</b>")
	h.click("#ask-yes")
	if in := s.await(t, gate.Reply); !in.Accept {
		t.Errorf("%+v", in)
	}
	answered()
	h.until("document.activeElement.tagName === 'CANVAS'")

	asks(gate.Dialog{Kind: "confirm", Message: "Sure?"})
	h.press("Escape")
	if in := s.await(t, gate.Reply); in.Accept {
		t.Errorf("%+v", in)
	}
	answered()

	asks(gate.Dialog{Kind: "prompt", Message: "Name?", Default: "Mar"})
	h.click("#ask-field")
	h.get("document.querySelector('#ask-field').setSelectionRange(3, 3)")
	h.press("i", "e", "Enter")
	if in := s.await(t, gate.Reply); !in.Accept || in.Text != "Marie" {
		t.Errorf("%+v", in)
	}
	answered()

	asks(gate.Dialog{Kind: "beforeunload"})
	h.sees("may be left")
	h.click("#ask-no")
	if in := s.await(t, gate.Reply); in.Accept {
		t.Errorf("%+v", in)
	}
	answered()

	// Two that say the same, one right after the other, are two.
	for range 2 {
		asks(gate.Dialog{Kind: "alert", Message: "Again"})
		h.press("Enter")
		s.await(t, gate.Reply)
		h.until("!document.querySelector('#ask').open")
	}
	answered()

	// One that is answered elsewhere goes away.
	asks(gate.Dialog{Kind: "confirm", Message: "Still there?"})
	answered()
	h.until("!document.querySelector('#ask').open")
	if len(s.done) > 0 {
		t.Errorf("%+v", <-s.done)
	}
}

func TestOneDrivesTheOthersWatch(t *testing.T) {
	p, _ := open(t, words.English)
	s, m := watched(t, p, gate.Captcha)
	first, second := come(t, p), come(t, p)
	first.opens()
	first.drives()
	second.opens()
	second.sees("Someone else has the page. You watch.")
	// What the second one does now is not done.
	x, y := second.at("canvas", 0.5, 0.5)
	second.clickAt(x, y)
	second.press("a")
	second.click("[data-take]")
	second.drives()
	first.sees("Someone else has the page. You watch.")
	x, y = second.at("canvas", 0.75, 0.5)
	second.clickAt(x, y)
	if in := s.await(t, gate.Down); !near(in.X, 1200, 3) {
		t.Errorf("%+v", in)
	}
	s.await(t, gate.Up)
	// Back again, and it is free when who has it leaves.
	first.click("[data-take]")
	first.drives()
	second.sees("Someone else has the page")
	first.click("[data-close]")
	second.sees("Nobody has the page now. You watch.")
	first.click("[data-open]")
	first.drives()
	second.sees("Someone else has the page")
	_ = m.lease.Return(gate.Answer{Verb: gate.RanOut, By: "clock"})
	for _, h := range []*person{first, second} {
		h.until("document.querySelectorAll('.gate').length === 0")
	}
	for len(s.done) > 0 {
		if in := <-s.done; in.Kind != gate.Move {
			t.Errorf("%+v", in)
		}
	}
}

func TestAViewThatBrokeCanBeOpenedAgain(t *testing.T) {
	p, _ := open(t, words.English)
	s := &ending{newScreen(), make(chan struct{}, 1)}
	g := asked(gate.Login)
	l := gate.Offer()
	s.lease, g.Screen = l, s
	news := p.board.look().news
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() { defer close(over); _, _ = p.Meet(ctx, g, l) }()
	<-news
	h := come(t, p)
	h.opens()
	h.drives()
	s.end <- struct{}{}
	h.sees("The view has ended")
	h.click("[data-open]")
	h.drives()
	cancel()
	<-over
}

// ending is a page whose pictures can end.
type ending struct {
	*screen

	end chan struct{}
}

// Watch implements [gate.Screen].
func (s *ending) Watch(ctx context.Context, show func(gate.View)) error {
	show(s.now)
	select {
	case <-s.end:
		return context.Canceled
	case <-ctx.Done():
		return ctx.Err()
	}
}
