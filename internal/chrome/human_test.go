//go:build !race

package chrome

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
	"opposer/internal/locate"
	"opposer/internal/profile"
)

// checkpoint is a page with a captcha of another site in it, which stands from
// 100, 300 to 500, 500.
const checkpoint = `<!doctype html><title>Checkpoint</title><style>body { margin: 0 } #frame, #late { position: absolute; left: 100px; top: 300px; width: 400px; height: 200px; border: 0 }</style>
	<label>E-mail <input id="mail"></label> <button id="plain" onclick="this.textContent = 'Pressed'">Plain</button>
	<div id="around" role="button" aria-label="Around"><iframe id="frame" title="captcha" src="CAPTCHA"></iframe></div>`

const captcha = `<!doctype html><title>Captcha</title><body style="margin: 0">
	<label style="display: block"><input type="checkbox" id="box" style="width: 40px; height: 40px"> I am a person</label>
	<label>Letters <input id="letters"></label> <select aria-label="Street lights"><option>0<option>1</select> <button>Verify</button>
	<iframe srcdoc="<button>Inside</button>" style="width: 120px; height: 50px; border: 0"></iframe>
	<script>addEventListener("click", (e) => { document.title = e.isTrusted + " click" }, true)</script>`

// frontier counts the input that goes into the captcha, at the wire: what the
// code meant by it does not matter.
type frontier struct {
	rod.CDPClient
	t       testing.TB
	mu      sync.Mutex
	tab     *Tab        // nil: nothing is looked at yet
	driving func() bool // a person acts on the live view
	allowed int         // went in while one did
	crossed []string    // what else did
	seen    func()      // is called when anything does; nil: nobody is to know
}

func (f *frontier) Call(ctx context.Context, id, method string, params any) ([]byte, error) {
	f.mu.Lock()
	tab := f.tab
	f.mu.Unlock()
	if tab != nil && strings.HasPrefix(method, "Input.") && f.inside(ctx, tab, id, method, params) {
		f.mu.Lock()
		if f.driving() {
			f.allowed++
		} else {
			f.crossed = append(f.crossed, method)
			if f.seen != nil {
				defer f.seen()
			}
		}
		f.mu.Unlock()
	}
	return f.CDPClient.Call(ctx, id, method, params)
}

// inside reports whether an input lands in the captcha: by the process it is
// sent to, by its place, and, as keys go, by the focus.
func (f *frontier) inside(ctx context.Context, tab *Tab, id, method string, params any) bool {
	if id != string(tab.session.id) {
		return true
	}
	if method == "Input.dispatchMouseEvent" {
		var at proto.InputDispatchMouseEvent
		text, err := json.Marshal(params)
		if err == nil {
			err = json.Unmarshal(text, &at)
		}
		if err != nil {
			f.t.Error(err)
		}
		return at.X >= 100 && at.X < 500 && at.Y >= 300 && at.Y < 500
	}
	answer, err := f.CDPClient.Call(ctx, id, "Runtime.evaluate", proto.RuntimeEvaluate{Expression: "document.activeElement.localName", ReturnByValue: true})
	return err != nil || strings.Contains(string(answer), `"iframe"`)
}

// guarded opens a page with a captcha in a browser whose frontier is watched.
// human are the hosts of whose frames the machine keeps out.
func guarded(t *testing.T, page string, human ...string) (*Tab, *frontier) {
	t.Helper()
	f := &frontier{t: t, driving: func() bool { return false }}
	o := testOptions(fullBin)
	o.Wrap = func(c rod.CDPClient) rod.CDPClient { f.CDPClient = c; return f }
	s := newSite(t, map[string]string{"/captcha": captcha})
	s.page("/", strings.ReplaceAll(page, "CAPTCHA", s.local()+"/captcha"))
	tab := openTab(t, startedFor(t, o), Guard{Type: []string{s.URL, s.local()}, Human: human})
	if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
		t.Fatal(err)
	}
	awaitNode(t, tab, "button", "Inside")
	f.mu.Lock()
	f.tab = tab
	f.mu.Unlock()
	return tab, f
}

// everything is all that the machine can do with an element, done to what the
// captcha has. within is how long each may take.
func everything(t *testing.T, tab *Tab, within func(testing.TB) context.Context) map[string]func() error {
	t.Helper()
	p := settled(t, tab)
	admit := func(n locate.Node) profile.Admitted { return allow(t, p, n) }
	box, letters := named(t, p, "checkbox", "I am a person"), named(t, p, "textbox", "Letters")
	lights, verify := named(t, p, "combobox", "Street lights"), named(t, p, "button", "Verify")
	return map[string]func() error{
		"press":       func() error { return tab.Click(within(t), verify) },
		"inner press": func() error { return tab.Click(within(t), named(t, p, "button", "Inside")) },
		"frame":       func() error { return tab.Click(within(t), named(t, p, "iframe", "captcha")) },
		"around":      func() error { return tab.Click(within(t), named(t, p, "button", "Around")) },
		"tick":        func() error { return tab.Check(within(t), admit(box), box) },
		"type":        func() error { _, err := tab.Fill(within(t), admit(letters), letters, "x"); return err },
		"empty":       func() error { return tab.Clear(within(t), letters) },
		"pick":        func() error { return tab.Pick(within(t), admit(lights), lights, 1) },
		"send": func() error {
			_, err := tab.Send(within(t), admit(verify), newClerk(t).permit(), verify)
			return err
		},
	}
}

// Whatever the machine is told to do in a captcha, nothing of it gets there,
// and the page around it is still its own.
func TestNoMachineActsInACaptcha(t *testing.T) {
	t.Parallel()
	tab, f := guarded(t, checkpoint, "localhost")
	for name, act := range everything(t, tab, within) {
		if err := act(); !errors.Is(err, ErrHumanOnly) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p := read(t, tab)
	mail := named(t, p, "textbox", "E-mail")
	if _, err := tab.Fill(within(t), allow(t, p, mail), mail, "a@example.org"); err != nil {
		t.Errorf("filling the page's own field: %v", err)
	}
	if err := tab.Click(within(t), named(t, p, "button", "Plain")); err != nil {
		t.Errorf("pressing the page's own button: %v", err)
	}
	if len(f.crossed) > 0 || f.allowed > 0 {
		t.Errorf("the captcha got %q, and %d from a driver", f.crossed, f.allowed)
	}
	for _, frame := range read(t, tab).Frames {
		if strings.Contains(frame.Title, "click") {
			t.Errorf("the captcha was pressed: %q", frame.Title)
		}
	}
}

// The test above is worth something: where no host is a person's alone, all of
// that goes in and is seen.
func TestTheFrontierSeesWhatCrossesIt(t *testing.T) {
	t.Parallel()
	tab, f := guarded(t, checkpoint)
	// What never ends, as it asks the page about what is in the captcha, need not
	// once it was seen.
	until := func(t testing.TB) context.Context {
		ctx, cancel := context.WithCancel(within(t))
		t.Cleanup(cancel)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.seen = cancel
		return ctx
	}
	for name, act := range everything(t, tab, until) {
		if name == "send" { // presses as "press" does
			continue
		}
		before := len(f.crossed)
		_ = act()
		if name != "empty" && len(f.crossed) == before { // an empty field is left alone
			t.Errorf("%s was not seen", name)
		}
	}
}

// Who has the page to pass the check does so on its picture: their input goes
// in, for as long as they drive.
func TestADriverActsInACaptcha(t *testing.T) {
	t.Parallel()
	tab, f := guarded(t, checkpoint, "localhost")
	lease, d := lent(t, tab)
	paintFrames(t, tab)
	f.driving = func() bool { return d.Current(lease) }
	h := hand{t, tab, d}
	h.click(120, 320)
	h.key("Tab", "Tab", 0)
	h.key("k", "KeyK", 0)
	h.do(gate.Input{Kind: gate.Text, Text: "9"})
	p := read(t, tab)
	if got := named(t, p, "checkbox", "I am a person"); !got.Checked {
		t.Error("the box is not ticked")
	}
	if got := evaluateIn(t, tab, proto.PageFrameID(named(t, p, "textbox", "Letters").Frame), `document.getElementById('letters').value`).Str(); got != "k9" {
		t.Errorf("the letters are %q", got)
	}
	if f.allowed < 6 || len(f.crossed) > 0 {
		t.Errorf("the frontier saw %d acts of the driver, and %q", f.allowed, f.crossed)
	}
	allowed := f.allowed
	if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
		t.Fatal(err)
	}
	if err := tab.Screen().Act(within(t), d, gate.Input{Kind: gate.Down, X: 120, Y: 320, Button: "left"}); !errors.Is(err, gate.ErrNotDriving) {
		t.Errorf("after the end: %v", err)
	}
	if f.allowed != allowed || len(f.crossed) > 0 {
		t.Error("an act after the end was dispatched")
	}
}

// A page may move the focus into its captcha while we type beside it.
func TestAMovedFocusTypesIntoNoCaptcha(t *testing.T) {
	t.Parallel()
	tab, f := guarded(t, checkpoint+`<script>mail.onfocus = () => { setTimeout(() => frame.focus(), 0) }</script>`, "localhost")
	p := read(t, tab)
	mail := named(t, p, "textbox", "E-mail")
	for range 10 {
		if _, err := tab.Fill(within(t), allow(t, p, mail), mail, "a@example.org"); err != nil {
			t.Error(err)
		}
	}
	if len(f.crossed) > 0 {
		t.Errorf("the captcha got %q", f.crossed)
	}
	if got := evaluate(t, tab, `document.getElementById('mail').value`).Str(); got != "a@example.org" {
		t.Errorf("the field holds %q", got)
	}
}

func TestHostsForAPersonAlone(t *testing.T) {
	t.Parallel()
	g := Guard{Human: []string{"captcha.example", "www.google.com"}}
	for address, want := range map[string]bool{
		"https://captcha.example/x": true, "https://a.b.captcha.example": true, "https://CAPTCHA.example.:8443/": true,
		"https://www.google.com/recaptcha/api2/anchor?k=1": true,
		"https://notcaptcha.example/":                      false, "https://captcha.example.org/": false, "https://google.com/": false,
		"about:blank": false, "": false, "%": false, "data:text/html,captcha.example": false,
	} {
		if got := g.humanOnly(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
