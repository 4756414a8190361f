//go:build !race

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/rehearsal/screentest"
)

// pageLink finds the page's link in what the program says.
var pageLink = regexp.MustCompile(`http://[^\s]+token=[\w-]+`)

// ownChrome is the browser of the person who looks at the local page: another
// one than the run's, to which it has no way but that page.
func ownChrome(ctx context.Context, t testing.TB) *rod.Browser {
	t.Helper()
	if _, err := os.Stat(headlessChrome); err != nil {
		t.Skip("no second Chrome here")
	}
	args := []string{"--headless", "--remote-debugging-port=0", "--user-data-dir=" + t.TempDir(), "--window-size=1280,900", "about:blank"}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	return screentest.Drive(ctx, t, exec.CommandContext(ctx, headlessChrome, args...))
}

// atPage is a person at the local page. They press where they see something,
// which for the site's page is in the picture of it.
type atPage struct {
	*performance
	page *rod.Page
}

// opens opens the page by its link.
func (p *performance) opens(b *rod.Browser) *atPage {
	p.t.Helper()
	p.said.holds(p.t, "token=")
	fresh, err := b.Context(p.ctx).Incognito()
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		_ = proto.TargetDisposeBrowserContext{BrowserContextID: fresh.BrowserContextID}.Call(b)
	})
	page, err := fresh.Page(proto.TargetCreateTarget{URL: pageLink.FindString(p.said.String())})
	if err != nil {
		p.t.Fatal(err)
	}
	return &atPage{p, page}
}

func (h *atPage) eval(script string) (any, error) {
	got, err := proto.RuntimeEvaluate{Expression: script, AwaitPromise: true, ReturnByValue: true}.Call(h.page)
	if err != nil {
		return nil, err
	}
	if got.ExceptionDetails != nil {
		return nil, fmt.Errorf("%s: %s", script, got.ExceptionDetails.Exception.Description)
	}
	return got.Result.Value.Val(), nil
}

// until waits until something is so on the page.
func (h *atPage) until(condition string) {
	h.t.Helper()
	script := "new Promise(done => { const look = () => { let so = false; try { so = (" + condition + ") } catch {} " +
		"if (so) done(true); else requestAnimationFrame(look) }; look() })"
	for {
		if v, err := h.eval(script); err == nil && v == true {
			return
		}
		if h.ctx.Err() != nil {
			h.t.Fatalf("never so: %s\n%s", condition, h.said)
		}
	}
}

// box is where an element is, brought into view: left, top, width and height.
func (h *atPage) box(selector string) (b [4]float64) {
	h.t.Helper()
	e := "document.querySelector(" + asJSON(selector) + ")"
	// A picture that comes later moves what stands below it.
	h.until(e + ".getClientRects().length > 0 && [...document.images].every(i => i.complete)")
	v, err := h.eval("new Promise(done => { const e = " + e + "; e.scrollIntoView({ block: 'center' });" +
		" requestAnimationFrame(() => requestAnimationFrame(() => { const b = e.getBoundingClientRect(); done([b.left, b.top, b.width, b.height]) })) })")
	list, _ := v.([]any)
	if err != nil || len(list) != 4 {
		h.t.Fatalf("%s: %v %v", selector, v, err)
	}
	for i := range b {
		b[i], _ = list[i].(float64)
	}
	return b
}

func asJSON(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func (h *atPage) clickAt(x, y float64) {
	h.t.Helper()
	for i, kind := range []proto.InputDispatchMouseEventType{"mouseMoved", "mousePressed", "mouseReleased"} {
		e := proto.InputDispatchMouseEvent{Type: kind, X: x, Y: y}
		if i > 0 {
			e.Button, e.ClickCount = "left", 1
		}
		if kind == "mousePressed" {
			one := 1
			e.Buttons = &one
		}
		if err := e.Call(h.page); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *atPage) click(selector string) {
	h.t.Helper()
	b := h.box(selector)
	h.clickAt(b[0]+b[2]/2, b[1]+b[3]/2)
}

// views opens the live view and waits until it is theirs.
func (h *atPage) views() {
	h.t.Helper()
	h.click("[data-open]")
	h.until("document.querySelector('[data-yours=yes] canvas').dataset.size")
}

// gates waits until so many gates are shown.
func (h *atPage) gates(n int) {
	h.t.Helper()
	h.until(fmt.Sprintf("document.querySelectorAll('.gate').length === %d", n))
}

func (h *atPage) press(name string) {
	h.t.Helper()
	x, y, width, height, err := h.site.PlaceInPage(h.ctx, name)
	if err != nil {
		h.t.Fatalf("%v\n%s", err, h.said)
	}
	h.until(fmt.Sprintf("document.querySelector('canvas').dataset.size === '%gx%g'", width, height))
	b := h.box("canvas")
	h.clickAt(b[0]+x/width*b[2], b[1]+y/height*b[3])
}

func (h *atPage) type_(text string) {
	h.t.Helper()
	for _, letter := range text {
		h.key(string(letter), "", string(letter), 0)
	}
}

func (h *atPage) enter() {
	h.t.Helper()
	h.key("Enter", "Enter", "\r", 13)
}

func (h *atPage) key(key, code, text string, number int) {
	h.t.Helper()
	for _, e := range []proto.InputDispatchKeyEvent{
		{Type: "keyDown", Key: key, Code: code, Text: text, WindowsVirtualKeyCode: number},
		{Type: "keyUp", Key: key, Code: code, WindowsVirtualKeyCode: number},
	} {
		if err := e.Call(h.page); err != nil {
			h.t.Fatal(err)
		}
	}
}

// gives answers the gate of an account with a code. The page takes no press
// where the list has just moved, so that its clock is put forward.
func (h *atPage) gives(account, code string) {
	h.t.Helper()
	h.until("[...document.querySelectorAll('.gate')].some(g => { const is = g.querySelector('h3 bdi').textContent === " + asJSON(account) +
		"; if (is) g.id = 'meant'; return is })" +
		" && (() => { const now = performance.now(); performance.now = () => now + 1000; return true })()")
	h.click("#meant input[name=code]")
	h.type_(code)
	h.click("#meant button[value=give]")
}

// TestAPersonPassesGatesOnTheLocalPage in a second, separate Chrome that sees
// the picture of the page alone and has no way into the first.
func TestAPersonPassesGatesOnTheLocalPage(t *testing.T) {
	all, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	own := ownChrome(all, t)
	for name, gate := range passings() {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(all, time.Minute)
			defer cancel()
			p := perform(ctx, t, stage{chrome: headlessChrome}, "--supervise", "--rehearse="+gate.scenario)
			h := p.opens(own)
			h.gates(1)
			h.views()
			gate.pass(h)
			p.ends(gate.received)
		})
	}
}

// TestACodeIsGivenOnTheLocalPage, where the picture of the page stands until the
// page itself is opened.
func TestACodeIsGivenOnTheLocalPage(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	p := perform(ctx, t, stage{chrome: headlessChrome}, "--supervise", "--rehearse=code")
	h := p.opens(ownChrome(ctx, t))
	h.until("document.querySelector('#rows .state').innerText.includes('needs you')")
	h.until("document.querySelector('.gate .picture').getClientRects().length === 1")
	h.views()
	h.until("document.querySelector('.gate .picture').getClientRects().length === 0")
	h.until(`/Waits until (.*, )?\d\d:\d\d/.test(document.querySelector('[data-status]').innerText)`)
	h.gives("marie-fb", "246810")
	p.ends(2)
	inOrder(t, p.said.String(), "Password: rehearsal", "1 objection will be sent", "Your page", "needs you", "goes on", "sends the form")
}

// inOrder checks that texts stand in what was said, one after the other.
func inOrder(t *testing.T, said string, texts ...string) {
	t.Helper()
	rest := said
	for _, text := range texts {
		_, after, there := strings.Cut(rest, text)
		if !there {
			t.Errorf("no %q where it should be:\n%s", text, said)
			return
		}
		rest = after
	}
}

// TestSeveralGatesWaitOnTheLocalPage at once, and are answered in the order in
// which the person likes: a code goes to the account that it is for.
func TestSeveralGatesWaitOnTheLocalPage(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	p := perform(ctx, t, stage{
		chrome: headlessChrome,
		accounts: "  - {id: marie-fb, service: facebook, email: marie.curie@example.org, country: FR, language: fr}\n" +
			"  - {id: jonas-fb, service: facebook, email: jonas.doe@example.org, country: FR, language: fr}\n",
	}, "--supervise", "--rehearse=code")
	h := p.opens(ownChrome(ctx, t))
	h.gates(2)
	h.gives("jonas-fb", "246810")
	h.gates(1)
	h.until("document.querySelector('#said').textContent !== ''") // which moves the gate that is left
	h.gives("marie-fb", "246810")
	select {
	case code := <-p.code:
		if code != 0 || strings.Count(p.told.String(), "✓ submitted") != 2 {
			t.Errorf("exit code %d\n%s\n%s", code, p.said, &p.told)
		}
	case <-ctx.Done():
		t.Fatalf("never ended\n%s", p.said)
	}
	sent := map[string]int{}
	for _, r := range p.site.Received() {
		sent[r.Email+" "+r.Send]++
	}
	if sent["marie.curie@example.org submit"] != 1 || sent["jonas.doe@example.org submit"] != 1 || len(p.site.Received()) != 4 {
		t.Errorf("received %v", p.site.Received())
	}
}
