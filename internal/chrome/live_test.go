//go:build !race

package chrome

import (
	"context"
	"encoding/json"
	"errors"
	"image/color"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

const still = `<!doctype html><title>Still</title><body style="background: #f00">`

var red, blue = color.RGBA{R: 0xff, A: 0xff}, color.RGBA{B: 0xff, A: 0xff}

func TestTheLiveViewShowsThePage(t *testing.T) {
	t.Parallel()
	for name, browser := range map[string]func() (*Browser, error){"shell": shell, "full": full} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := visit(t, shared(t, browser), newSite(t, map[string]string{"/": still}), "/")
			first := audienceOf(t, tab)
			v := first.colour(red)
			if w, h := evaluate(t, tab, `innerWidth`).Num(), evaluate(t, tab, `innerHeight`).Num(); v.Width != w || v.Height != h || v.Dialog != nil {
				t.Errorf("the view is %v×%v of %v×%v, dialog %v", v.Width, v.Height, w, h, v.Dialog)
			}
			audienceOf(t, tab).colour(red) // though nothing moves
			asPage(t, tab, `void (document.body.style.background = "#00f")`)
			first.colour(blue)
		})
	}
}

// A document of another site, and one after a crash, comes with another
// process, which has to be cast anew.
func TestTheLiveViewGoesOnWithThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": still, "/blue": strings.ReplaceAll(still, "#f00", "#00f")})
	tab := openTab(t, shared(t, full), Guard{Type: []string{s.URL, s.local()}})
	show := func(address string) {
		t.Helper()
		if _, err := tab.Navigate(within(t), address); err != nil {
			t.Fatal(err)
		}
	}
	show(s.URL + "/")
	a := audienceOf(t, tab)
	a.colour(red)
	show(s.local() + "/blue")
	a.colour(blue)
	crash := make(chan error, 1)
	session := tab.session
	go func() { crash <- proto.PageCrash{}.Call(session.with(context.Background())) }()
	if err := <-crash; !errors.Is(err, ErrCrashed) {
		t.Fatalf("crashing: %v", err)
	}
	show(s.URL + "/")
	a.colour(red)
}

func TestWatchingEndsWithTheWatcherAndWithThePage(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), newSite(t, map[string]string{"/": still}), "/")
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	err := tab.Screen().Watch(ctx, func(gate.View) { cancel(enough) })
	if !errors.Is(err, enough) {
		t.Errorf("a watcher who leaves: %v", err)
	}
	shown := make(chan struct{}, 1)
	over := make(chan error, 1)
	go func() {
		over <- tab.Screen().Watch(within(t), func(gate.View) {
			select {
			case shown <- struct{}{}:
			default:
			}
		})
	}()
	<-shown
	if err := tab.Close(within(t)); err != nil {
		t.Fatal(err)
	}
	if err := <-over; !errors.Is(err, ErrGone) {
		t.Errorf("a page that goes: %v", err)
	}
	if err := tab.Screen().Watch(within(t), func(gate.View) { t.Error("a page that is gone is shown") }); !errors.Is(err, ErrGone) {
		t.Errorf("a page that is gone: %v", err)
	}
}

// casting counts what Chrome was told about pictures, and what it sent.
type casting struct {
	rod.CDPClient
	starts, stops, frames atomic.Int64
}

func (c *casting) Call(ctx context.Context, id, method string, params any) ([]byte, error) {
	switch method {
	case "Page.startScreencast":
		c.starts.Add(1)
	case "Page.stopScreencast":
		c.stops.Add(1)
	}
	return c.CDPClient.Call(ctx, id, method, params)
}

// casts starts a browser whose casting is counted.
func casts(t testing.TB) (*Browser, *casting) {
	t.Helper()
	c := &casting{}
	o := spied(func(method string, _ json.RawMessage) {
		if method == "Page.screencastFrame" {
			c.frames.Add(1)
		}
	})
	listen := o.Wrap
	o.Wrap = func(client rod.CDPClient) rod.CDPClient { c.CDPClient = listen(client); return c }
	return startedFor(t, o), c
}

// paint waits until the page was painted a few times: a picture that is cast at
// all has come by then.
func paint(t testing.TB, tab *Tab) {
	t.Helper()
	evaluate(t, tab, eightFrames)
}

func TestNothingIsCastWhileNobodyWatches(t *testing.T) {
	t.Parallel()
	b, c := casts(t)
	tab := visit(t, b, newSite(t, map[string]string{"/": animated}), "/")
	off := func() bool {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		return !tab.stage.telling && tab.stage.cast == nil
	}
	nothing := func(when string) {
		t.Helper()
		for ctx := within(t); !off(); {
			if ctx.Err() != nil {
				t.Fatalf("%s it is cast", when)
			}
			paint(t, tab)
		}
		// One that Chrome was still encoding when it was stopped may come after.
		for ctx, before := within(t), int64(-1); before != c.frames.Load(); {
			if ctx.Err() != nil {
				t.Fatalf("%s frames come", when)
			}
			before = c.frames.Load()
			paint(t, tab)
		}
		if c.starts.Load() != c.stops.Load() {
			t.Errorf("%s it was started %d times and stopped %d times", when, c.starts.Load(), c.stops.Load())
		}
	}
	nothing("before anybody watches")
	if c.starts.Load() != 0 {
		t.Error("it was cast before anybody watched")
	}
	one, two := audienceOf(t, tab), audienceOf(t, tab)
	framed := func(v gate.View) bool { return v.Frame != nil }
	one.until("a frame", framed)
	two.until("a frame", framed)
	one.leave()
	for range 10 {
		two.until("a frame, when one of two has left,", framed)
	}
	two.leave()
	nothing("when both have left")
	audienceOf(t, tab).until("a frame, to one who comes again,", framed)
}

// After its last picture a page that stands still is not cast anew for ever.
func TestAStillPageCostsNothing(t *testing.T) {
	t.Parallel()
	b, c := casts(t)
	tab := visit(t, b, newSite(t, map[string]string{"/": strings.Replace(animated, "n++", "++n > 30 ? document.body.style.background = '#f00' : n", 1)}), "/")
	a := audienceOf(t, tab)
	a.colour(red)
	asPage(t, tab, `void (step = () => 0)`)
	rests := func() bool {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		return !tab.stage.risky && !tab.stage.telling
	}
	for ctx := within(t); !rests(); {
		if ctx.Err() != nil {
			t.Fatal("it does not come to rest")
		}
		paint(t, tab)
	}
	paint(t, tab)
	frames, starts := c.frames.Load(), c.starts.Load()
	for range 6 {
		paint(t, tab)
	}
	if got := c.frames.Load() - frames; got > 2 || c.starts.Load() != starts {
		t.Errorf("%d frames of a still page, %d new beginnings", got, c.starts.Load()-starts)
	}
}

// Who sees a picture a minute sees how the page is then.
func TestASlowWatcherMissesFramesNeverTheNewest(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), newSite(t, map[string]string{"/": animated}), "/")
	slow, quick := audienceOf(t, tab), audienceOf(t, tab)
	framed := func(v gate.View) bool { return v.Frame != nil }
	slow.until("a frame", framed)
	for range 30 {
		quick.until("a frame", framed)
	}
	asPage(t, tab, `void (step = () => 0, document.body.innerHTML = "", document.body.style.background = "#f00")`)
	quick.colour(red)
	shown := 0
	slow.until("the last frame", func(v gate.View) bool { shown++; return painted(t, v) == red })
	if shown > 3 {
		t.Errorf("a slow watcher was shown %d frames", shown)
	}
}

const animated = `<!doctype html><title>Animated</title><body><div id=d style="width: 300px; height: 300px"></div><script>
		let n = 0, step = () => { d.style.background = n++ % 2 ? "#0f0" : "#00f"; requestAnimationFrame(step) }; step()</script>`

const acting = `<!doctype html><title>Acting</title><body style="margin: 0; height: 3000px">
	<input id=i style="position: absolute; left: 20px; top: 20px; width: 200px; height: 30px">
	<button id=b style="position: absolute; left: 20px; top: 80px; width: 200px; height: 40px">Press</button>
	<script>const heard = []; for (const kind of ["click", "dblclick", "keydown", "keyup", "input", "wheel", "contextmenu"])
		addEventListener(kind, (e) => { heard.push([kind, e.isTrusted, e.key, e.code, e.keyCode, e.location, e.repeat, e.ctrlKey, e.shiftKey, e.deltaY].join(" ")); if (kind === "contextmenu") e.preventDefault() }, true)</script>`

// heardBy is what an acting page has heard so far, a line each.
func heardBy(t testing.TB, tab *Tab) string {
	t.Helper()
	return asPage(t, tab, `heard.join("\n")`).Str()
}

func TestTheDriverActs(t *testing.T) {
	t.Parallel()
	for name, browser := range map[string]func() (*Browser, error){"shell": shell, "full": full} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := visit(t, shared(t, browser), newSite(t, map[string]string{"/": acting}), "/")
			_, d := lent(t, tab)
			h := hand{t, tab, d}
			h.click(100, 35)
			for _, key := range []string{"a", "é", "😀", "!", "$"} {
				h.key(key, "", 0)
			}
			h.do(gate.Input{Kind: gate.Text, Text: " pasted 漢"})
			h.key("Backspace", "Backspace", 0)
			h.key("Q", "KeyA", 8)
			h.key("@", "Digit0", 3) // AltGr
			h.key("€", "Digit2", 1) // a Mac's Alt
			h.key("d", "KeyD", 1)   // a menu's letter
			if got := asPage(t, tab, `i.value`).Str(); got != "aé😀!$ pasted Q@€" {
				t.Errorf("the field holds %q", got)
			}
			h.key("a", "KeyA", 2)
			h.key("x", "KeyX", 0)
			if got := asPage(t, tab, `i.value`).Str(); got != "x" {
				t.Errorf("replaced, the field holds %q", got)
			}
			h.do(
				gate.Input{Kind: gate.KeyDown, Key: "ArrowLeft", Code: "ArrowLeft", Repeat: true},
				gate.Input{Kind: gate.KeyDown, Key: "Shift", Code: "ShiftRight", Location: 2, Modifiers: 8},
				gate.Input{Kind: gate.KeyDown, Key: "1", Code: "Numpad1", Location: 3},
				gate.Input{Kind: gate.KeyDown, Key: "Tab", Code: "Tab"},
				gate.Input{Kind: gate.KeyDown, Key: "Enter", Code: "Enter"},
				gate.Input{Kind: gate.Down, X: 100, Y: 100, Button: "left", Buttons: 1, Clicks: 2},
				gate.Input{Kind: gate.Up, X: 100, Y: 100, Button: "left", Clicks: 2},
				gate.Input{Kind: gate.Down, X: 100, Y: 100, Button: "right", Buttons: 2},
				gate.Input{Kind: gate.Up, X: 100, Y: 100, Button: "right"},
				gate.Input{Kind: gate.Wheel, X: 100, Y: 400, DY: 120},
			)
			asPage(t, tab, `new Promise((done) => { const look = () => heard.some((h) => h.startsWith("wheel")) ? done() : requestAnimationFrame(look); look() })`)
			log := heardBy(t, tab)
			for _, want := range []string{
				"click true", "keydown true a  65 0 false false false", "keydown true Q KeyA 81 0 false false true",
				"keydown true a KeyA 65 0 false true false", "keydown true ArrowLeft ArrowLeft 37 0 true",
				"keydown true Shift ShiftRight 16 2", "keydown true 1 Numpad1 49 3", "keydown true Tab Tab 9",
				"keydown true Enter Enter 13", "keyup true a", "dblclick true", "contextmenu true", "wheel true      false false 120",
			} {
				if !strings.Contains(log, want) {
					t.Errorf("the page did not hear %q: %s", want, log)
				}
			}
			if asPage(t, tab, `document.activeElement.id`).Str() != "b" || strings.Count(log, "click true") < 3 {
				t.Errorf("tab and Enter did not press the button: %s", log)
			}
		})
	}
}

// A frame of another site has a process of its own, and its input is routed by
// Chrome.
func TestTheDriverReachesFramesOfOtherProcesses(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/inner": acting})
	s.page("/", `<body style="margin: 0"><iframe src="`+s.local()+`/inner" style="position: absolute; left: 50px; top: 100px; width: 400px; height: 300px; border: 0">`)
	tab := openTab(t, shared(t, full), Guard{Type: []string{s.URL}})
	if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
		t.Fatal(err)
	}
	awaitNode(t, tab, "button", "Press")
	_, d := lent(t, tab)
	paintFrames(t, tab)
	h := hand{t, tab, d}
	h.click(150, 135)
	h.key("z", "KeyZ", 0)
	h.do(gate.Input{Kind: gate.Text, Text: "oo"})
	frame := tab.frames()[1]
	if frame.session == tab.session {
		t.Fatal("the frame is in the page's process: nothing is tested")
	}
	if got := evaluateIn(t, tab, frame.id, `document.getElementById('i').value`).Str(); got != "zoo" {
		t.Errorf("the frame's field holds %q", got)
	}
}

// Only one drives, and only for as long as the page is theirs.
func TestOnlyTheDriverActs(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), newSite(t, map[string]string{"/": acting}), "/")
	other := gate.Offer()
	elsewhere, err := other.Drive()
	if err != nil {
		t.Fatal(err)
	}
	refused := func(who string, d gate.Drive) {
		t.Helper()
		for _, in := range []gate.Input{
			{Kind: gate.Down, X: 100, Y: 35, Button: "left", Clicks: 1},
			{Kind: gate.KeyDown, Key: "a"},
			{Kind: gate.Text, Text: "a"},
			{Kind: gate.Reply, Accept: true},
		} {
			if err := tab.Screen().Act(within(t), d, in); !errors.Is(err, gate.ErrNotDriving) {
				t.Errorf("%s, %s: %v", who, in.Kind, err)
			}
		}
	}
	refused("before it was lent", elsewhere)
	lease, before := lent(t, tab)
	refused("nobody", gate.Drive{})
	refused("another page's driver", elsewhere)
	d, err := lease.Drive()
	if err != nil {
		t.Fatal(err)
	}
	refused("who drove before", before)
	if tab.Touched() {
		t.Error("what was refused touched the page")
	}
	hand{t, tab, d}.click(100, 100)
	if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
		t.Fatal(err)
	}
	refused("who gave the page back", d)
	if log := heardBy(t, tab); strings.Count(log, "\n") != 0 || !strings.HasPrefix(log, "click true") {
		t.Errorf("the page heard %q", log)
	}
}

func TestWhatIsNoInputIsRefused(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), newSite(t, map[string]string{"/": acting}), "/")
	_, d := lent(t, tab)
	for _, in := range []gate.Input{
		{}, {Kind: "dance"}, {Kind: gate.Down, Button: "back"}, {Kind: gate.Move, X: math.NaN()}, {Kind: gate.Wheel, DY: math.Inf(1)},
	} {
		if err := tab.Screen().Act(within(t), d, in); err == nil {
			t.Errorf("%+v was done", in)
		}
	}
	if log := heardBy(t, tab); log != "" {
		t.Errorf("the page heard %q", log)
	}
}

// A login often opens in a pop-up: it is what the person sees and acts on, and
// the page once it is gone.
func TestTheNewestPopupIsShownAndActedOn(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"/":    still + `<button onclick="open('/pop', '_blank', 'width=400,height=300')" style="position: fixed; inset: 0 auto auto 0; width: 100px; height: 100px">Log in</button>`,
		"/pop": `<title>Login</title><body style="margin: 0; height: 100vh; background: #00f" onclick="opener.document.title = 'logged in ' + event.isTrusted; window.close()">`,
	})
	tab := visit(t, shared(t, full), s, "/")
	a := audienceOf(t, tab)
	a.colour(red)
	_, d := lent(t, tab)
	h := hand{t, tab, d}
	h.click(50, 50)
	a.colour(blue)
	h.click(150, 150)
	a.colour(red)
	if got := evaluate(t, tab, `document.title`).Str(); got != "logged in true" {
		t.Errorf("the page is called %q", got)
	}
	h.click(50, 50)
	a.colour(blue)
}
