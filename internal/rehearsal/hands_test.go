package rehearsal

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/rehearsal/screentest"
)

// hands are a person's hands on a real Chrome: they look at the whole page,
// closed shadow roots and frames included, and press and type by real input
// only. What the pages' scripts do is tried with them.
type hands struct {
	t    *testing.T
	ctx  context.Context
	page *rod.Page
	news <-chan *rod.Message // anything that may have changed the page
	last string              // what was there when it was not what was waited for
}

// chromes are tried in this order; the slim one costs a third.
var chromes = []string{"chromium-headless-shell", "chromium", "google-chrome"}

func chromePath(t *testing.T) string {
	t.Helper()
	for _, name := range chromes {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chrome here")
	return ""
}

// chromeFor starts a Chrome without a window, whose frames stay in the page's
// process: these hands need one session only.
func chromeFor(ctx context.Context, t *testing.T, board *switchboard, keys []string) *rod.Browser {
	t.Helper()
	return screentest.Drive(ctx, t, exec.CommandContext(ctx, chromePath(t), append(board.flags(t, keys),
		"--headless", "--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process", "about:blank")...))
}

// handsOn opens the address in a fresh context, with no cookie of another.
func handsOn(ctx context.Context, t *testing.T, b *rod.Browser, address string) *hands {
	t.Helper()
	fresh, err := b.Incognito()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = proto.TargetDisposeBrowserContext{BrowserContextID: fresh.BrowserContextID}.Call(b)
	})
	p, err := fresh.Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	h := &hands{t: t, ctx: ctx, page: p, news: p.Event()}
	for _, call := range []func() error{
		func() error { return proto.DOMEnable{}.Call(p) },
		func() error { return proto.PageEnable{}.Call(p) },
		func() error { _, err := proto.PageNavigate{URL: address}.Call(p); return err },
	} {
		if err := call(); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// until looks again at every news until look is content.
func (h *hands) until(what string, look func(root *proto.DOMNode) bool) {
	h.t.Helper()
	whole := -1
	for {
		tree, err := proto.DOMGetDocument{Depth: &whole, Pierce: true}.Call(h.page)
		if err == nil && look(tree.Root) {
			return
		}
		h.last = h.script("document.URL + ' ' + document.readyState + ' ' + (document.body ? document.body.innerText.slice(0, 200) : '')")
		select {
		case <-h.news:
		case <-h.ctx.Done():
			h.t.Fatalf("waiting for %s on %s: %v", what, h.last, h.ctx.Err())
		}
	}
}

func attributes(n *proto.DOMNode) map[string]string {
	out := map[string]string{}
	for pair := range slices.Chunk(n.Attributes, 2) {
		out[pair[0]] = pair[1]
	}
	return out
}

// inside is every node below, in shadow roots and frames too, but not what
// stands in a <template> or <script>.
func inside(n *proto.DOMNode) []*proto.DOMNode {
	all := []*proto.DOMNode{n}
	if n.NodeName == "SCRIPT" {
		return all
	}
	for _, child := range append(slices.Clone(n.Children), n.ShadowRoots...) {
		all = append(all, inside(child)...)
	}
	if n.ContentDocument != nil {
		all = append(all, inside(n.ContentDocument)...)
	}
	return all
}

// find is the node with the attribute's value, in the order of the document.
func find(root *proto.DOMNode, attribute, value string) *proto.DOMNode {
	for _, n := range inside(root) {
		if got, ok := attributes(n)[attribute]; ok && got == value {
			return n
		}
	}
	return nil
}

func says(root *proto.DOMNode, text string) bool {
	return slices.ContainsFunc(inside(root), func(n *proto.DOMNode) bool {
		return n.NodeName == "#text" && strings.Contains(n.NodeValue, text)
	})
}

// sees waits for a sentence outside of templates and scripts.
func (h *hands) sees(text string) {
	h.t.Helper()
	h.until(text, func(root *proto.DOMNode) bool { return says(root, text) })
}

// press clicks the middle of the element once it is there and enabled.
func (h *hands) press(attribute, value string) {
	h.t.Helper()
	h.until(fmt.Sprintf("%s=%q", attribute, value), func(root *proto.DOMNode) bool {
		n := find(root, attribute, value)
		// A page that is still loading may not hear yet.
		if n == nil || h.script("document.readyState") != "complete" {
			return false
		}
		if _, disabled := attributes(n)["disabled"]; disabled {
			return false
		}
		_ = proto.DOMScrollIntoViewIfNeeded{NodeID: n.NodeID}.Call(h.page)
		box, err := proto.DOMGetContentQuads{NodeID: n.NodeID}.Call(h.page)
		return err == nil && len(box.Quads) > 0 && h.click(box.Quads[0]) == nil
	})
}

func (h *hands) click(q proto.DOMQuad) error {
	at := proto.InputDispatchMouseEvent{X: (q[0] + q[4]) / 2, Y: (q[1] + q[5]) / 2, ClickCount: 1, Button: proto.InputMouseButtonLeft}
	for _, kind := range []proto.InputDispatchMouseEventType{
		proto.InputDispatchMouseEventTypeMousePressed, proto.InputDispatchMouseEventTypeMouseReleased,
	} {
		at.Type = kind
		if err := at.Call(h.page); err != nil {
			return err
		}
	}
	return nil
}

// write presses a field and types into it.
func (h *hands) write(name, text string) {
	h.t.Helper()
	h.press("name", name)
	h.insert(text)
}

func (h *hands) insert(text string) {
	h.t.Helper()
	if err := (proto.InputInsertText{Text: text}).Call(h.page); err != nil {
		h.t.Fatal(err)
	}
}

// selectAll selects what the field holds that was pressed last.
func (h *hands) selectAll() {
	h.t.Helper()
	key := proto.InputDispatchKeyEvent{
		Type: proto.InputDispatchKeyEventTypeKeyDown, Key: "a", Code: "KeyA",
		WindowsVirtualKeyCode: 65, Modifiers: 2, Commands: []string{"selectAll"},
	}
	if err := key.Call(h.page); err != nil {
		h.t.Fatal(err)
	}
}

// enter presses the Enter key.
func (h *hands) enter() {
	h.t.Helper()
	for _, kind := range []proto.InputDispatchKeyEventType{
		proto.InputDispatchKeyEventTypeKeyDown, proto.InputDispatchKeyEventTypeKeyUp,
	} {
		key := proto.InputDispatchKeyEvent{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r"}
		if err := key.Call(h.page); err != nil {
			h.t.Fatal(err)
		}
	}
}

// script runs in the page, as a tool without real input would.
func (h *hands) script(expression string) string {
	h.t.Helper()
	got, err := proto.RuntimeEvaluate{Expression: expression, ReturnByValue: true}.Call(h.page)
	if err != nil {
		return err.Error()
	}
	return got.Result.Value.Str()
}
