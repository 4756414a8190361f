package supervise

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// person is somebody with the page open in the second Chrome. They see what is
// on it and have a mouse and a keyboard.
type person struct {
	t    testing.TB
	ctx  context.Context
	page *rod.Page
}

// blank is a person whose browser knows nothing yet.
func blank(t testing.TB) *person {
	t.Helper()
	b := secondChrome(t)
	ctx := deadline(t)
	fresh, err := b.Context(ctx).Incognito()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = proto.TargetDisposeBrowserContext{BrowserContextID: fresh.BrowserContextID}.Call(b)
	})
	page, err := fresh.Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	h := &person{t, ctx, page}
	h.looks(1280, false)
	return h
}

// come is a person who came in by a link and whose page is live.
func come(t testing.TB, p *Page) *person {
	t.Helper()
	h := blank(t)
	h.goes(invited(p))
	h.until("document.documentElement.dataset.live === 'yes'")
	return h
}

func (h *person) goes(address string) {
	h.t.Helper()
	if _, err := (proto.PageNavigate{URL: address}).Call(h.page); err != nil {
		h.t.Fatal(err)
	}
}

// looks has the window be that wide, with that colour scheme.
func (h *person) looks(width int, dark bool) {
	h.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	err := proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}.Call(h.page)
	if err == nil {
		err = proto.EmulationSetDeviceMetricsOverride{Width: width, Height: 900, DeviceScaleFactor: 1}.Call(h.page)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// eval is the value of a script, once it has one: a page's policy does not
// hold for who looks at it from outside.
func (h *person) eval(script string) (any, error) {
	got, err := proto.RuntimeEvaluate{Expression: script, ReturnByValue: true, AwaitPromise: true}.Call(h.page)
	if err != nil {
		return nil, err
	}
	if got.ExceptionDetails != nil {
		return nil, fmt.Errorf("%s: %s", script, got.ExceptionDetails.Exception.Description)
	}
	return got.Result.Value.Val(), nil
}

func (h *person) get(script string) any {
	h.t.Helper()
	v, err := h.eval(script)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// until waits for a condition, over a change of page too.
func (h *person) until(condition string) {
	h.t.Helper()
	script := "new Promise(done => { const look = () => { let so = false; try { so = (" + condition + ") } catch {} " +
		"if (so) done(true); else requestAnimationFrame(look); }; look() })"
	for {
		// The promise of a page that goes away is never kept: ask the next one.
		v, err := h.eval(script)
		if err == nil && v == true {
			return
		}
		if h.ctx.Err() != nil {
			shows, _ := proto.RuntimeEvaluate{Expression: "document.body.innerText", ReturnByValue: true}.Call(h.page.Context(context.Background()))
			h.t.Fatalf("waiting for %s: %v\n%v", condition, h.ctx.Err(), shows)
		}
	}
}

// quoted is a text as a script has it.
func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func (h *person) sees(text string) {
	h.t.Helper()
	h.until("document.body.innerText.includes(" + quoted(text) + ")")
}

// at is a place in an element, by the parts of its width and height that are
// left of it and above it, once it is on the screen.
func (h *person) at(selector string, right, down float64) (x, y float64) {
	h.t.Helper()
	h.until("document.querySelector(" + quoted(selector) + ").getClientRects().length > 0")
	// Two frames: where the page ends up, not where it scrolls through.
	v := h.get("new Promise((done) => { const e = document.querySelector(" + quoted(selector) + "); e.scrollIntoView({ block: 'center' });" +
		" requestAnimationFrame(() => requestAnimationFrame(() => { const b = e.getBoundingClientRect(); done([b.left, b.top, b.width, b.height]) })) })").([]any)
	return v[0].(float64) + right*v[2].(float64), v[1].(float64) + down*v[3].(float64)
}

func (h *person) mouse(kind proto.InputDispatchMouseEventType, x, y float64, clicks int) {
	h.t.Helper()
	e := proto.InputDispatchMouseEvent{Type: kind, X: x, Y: y, Button: proto.InputMouseButtonLeft, ClickCount: clicks}
	if kind == proto.InputDispatchMouseEventTypeMousePressed {
		one := 1
		e.Buttons = &one
	}
	if err := e.Call(h.page); err != nil {
		h.t.Fatal(err)
	}
}

func (h *person) click(selector string) {
	h.t.Helper()
	x, y := h.at(selector, 0.5, 0.5)
	h.clickAt(x, y)
}

func (h *person) clickAt(x, y float64) {
	h.t.Helper()
	h.mouse(proto.InputDispatchMouseEventTypeMousePressed, x, y, 1)
	h.mouse(proto.InputDispatchMouseEventTypeMouseReleased, x, y, 1)
}

// press presses keys and lets them go, one after the other.
func (h *person) press(keys ...string) {
	h.t.Helper()
	for _, k := range keys {
		h.key(k, 0, true)
		h.key(k, 0, false)
	}
}

func (h *person) key(name string, modifiers int, down bool) {
	h.t.Helper()
	codes := map[string]int{"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Backspace": 8}
	e := proto.InputDispatchKeyEvent{Type: proto.InputDispatchKeyEventTypeKeyUp, Modifiers: modifiers, Key: name, Code: name, WindowsVirtualKeyCode: codes[name]}
	if down {
		e.Type = proto.InputDispatchKeyEventTypeRawKeyDown
	}
	types := utf8.RuneCountInString(name) == 1
	switch {
	case name == " ":
		e.Code = "Space"
	case types && name[0] > unicode.MaxASCII:
		e.Code = ""
	case types && unicode.IsLetter([]rune(name)[0]):
		e.Code = "Key" + strings.ToUpper(name)
		e.WindowsVirtualKeyCode = int(strings.ToUpper(name)[0])
	case types:
		e.Code = "Digit" + name
		e.WindowsVirtualKeyCode = int(name[0])
	}
	if down && modifiers&^8 == 0 && (types || name == "Enter") { // 8: Shift, which still types
		e.Type, e.Text = proto.InputDispatchKeyEventTypeKeyDown, name
		if name == "Enter" {
			e.Text = "\r"
		}
	}
	if err := e.Call(h.page); err != nil {
		h.t.Fatal(err)
	}
}

// tabTo moves the focus there as somebody does who has no mouse.
func (h *person) tabTo(selector string) {
	h.t.Helper()
	for range 60 {
		if h.get("document.activeElement.matches("+quoted(selector)+")") == true {
			return
		}
		h.press("Tab")
	}
	h.t.Fatalf("Tab does not reach %s", selector)
}

// picture is what the person sees (PNG).
func (h *person) picture() []byte {
	h.t.Helper()
	got, err := proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng}.Call(h.page)
	if err != nil {
		h.t.Fatal(err)
	}
	return got.Data
}
