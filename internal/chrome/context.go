package chrome

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// ContextOptions say how a context differs from the others.
type ContextOptions struct {
	// Locale is what scripts format dates and numbers by (BCP 47, "fr-FR"); ""
	// is the system's.
	Locale string
	// Kept uses the data folder's own jar, which outlives the browser (a kept
	// login), instead of one that ends with the context. One a browser.
	Kept bool
}

// Context is one jar of cookies and storage: one an account. Safe for
// concurrent use.
type Context struct {
	browser *Browser
	id      proto.BrowserBrowserContextID // "" is the data folder's own
	options ContextOptions

	opening sync.Mutex // one tab at a time
	mu      sync.Mutex
	closed  bool
	next    *Tab // the tab being opened, until its page is attached
	tabs    []*Tab
}

// NewContext makes a context without cookies, or takes the kept one. Nothing
// is ever downloaded in it. The error is [ErrGone] or ctx's.
func (b *Browser) NewContext(ctx context.Context, o ContextOptions) (*Context, error) {
	root := b.root.with(ctx)
	c := &Context{browser: b, options: o}
	if !o.Kept {
		// Disposed of when the pipe closes: a second door before what is held then.
		made, err := proto.TargetCreateBrowserContext{DisposeOnDetach: true}.Call(root)
		if err != nil {
			return nil, fmt.Errorf("making a browser context: %w", err)
		}
		c.id = made.BrowserContextID
	}
	b.mu.Lock()
	b.contexts[c.id] = c
	b.mu.Unlock()
	deny := proto.BrowserSetDownloadBehavior{Behavior: proto.BrowserSetDownloadBehaviorBehaviorDeny, BrowserContextID: c.id}
	if err := deny.Call(root); err != nil {
		return nil, errors.Join(fmt.Errorf("making a browser context: %w", err), c.Close(ctx))
	}
	return c, nil
}

// NewTab opens an empty page in a window of its own (a hidden tab never
// paints), already watched and held. The guard is copied.
func (c *Context) NewTab(ctx context.Context, g Guard) (*Tab, error) {
	c.opening.Lock()
	defer c.opening.Unlock()
	t := newTab(c, g)
	c.mu.Lock()
	c.next = t
	c.mu.Unlock()
	defer c.settle(t)
	open := proto.TargetCreateTarget{URL: "about:blank", BrowserContextID: c.id, NewWindow: true}
	if _, err := open.Call(c.browser.root.with(ctx)); err != nil {
		return nil, fmt.Errorf("opening a tab: %w", err)
	}
	select {
	case err := <-t.ready:
		if err != nil {
			return nil, errors.Join(fmt.Errorf("opening a tab: %w", err), t.Close(ctx))
		}
		return t, nil
	case <-c.browser.ended:
		return nil, fmt.Errorf("opening a tab: %w", ErrGone)
	case <-ctx.Done():
		return nil, fmt.Errorf("opening a tab: %w", context.Cause(ctx))
	}
}

// expected gives the tab that is being opened, once, when the new page is one
// that no other page opened.
func (c *Context) expected(info *proto.TargetTargetInfo) *Tab {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.next
	if t == nil || info.OpenerID != "" || info.OpenerFrameID != "" {
		return nil
	}
	c.next = nil
	c.tabs = append(c.tabs, t)
	return t
}

// settle forgets a tab whose page never came.
func (c *Context) settle(t *Tab) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next == t {
		c.next = nil
	}
}

// newest is the tab opened last that is still there.
func (c *Context) newest() *Tab {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.tabs) == 0 {
		return nil
	}
	return c.tabs[len(c.tabs)-1]
}

func (c *Context) list() []*Tab {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.tabs)
}

// forget drops a tab that is gone.
func (c *Context) forget(t *Tab) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tabs = slices.DeleteFunc(c.tabs, func(o *Tab) bool { return o == t })
}

// failHeld fails everything that is paused in the context, and whatever is
// asked for from now on: ending a session with a request paused would let it go.
func (c *Context) failHeld(ctx context.Context) {
	for _, t := range c.list() {
		t.failAll(ctx, Closing)
	}
}

// Close ends the context with all of its tabs, after failing what is held. A
// context whose browser is gone is closed already; closing twice is harmless.
func (c *Context) Close(ctx context.Context) error {
	ctx, cancel := closing(ctx)
	defer cancel()
	tabs := c.list()
	c.mu.Lock()
	again := c.closed
	c.closed = true
	c.mu.Unlock()
	if again {
		return nil
	}
	c.failHeld(ctx)
	var err error
	if c.id == "" {
		for _, t := range tabs {
			err = errors.Join(err, t.Close(ctx))
		}
	} else {
		err = proto.TargetDisposeBrowserContext{BrowserContextID: c.id}.Call(c.browser.root.with(ctx))
	}
	if errors.Is(err, ErrGone) {
		err = nil
	}
	for _, t := range tabs {
		select {
		case <-t.gone:
		case <-ctx.Done():
			err = errors.Join(err, fmt.Errorf("closing a browser context: %w", context.Cause(ctx)))
		}
	}
	c.browser.mu.Lock()
	delete(c.browser.contexts, c.id)
	c.browser.mu.Unlock()
	return err
}

// now is the wall clock: facts about the wire are told by it.
func now() time.Time { return time.Now() }
