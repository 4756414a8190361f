package chrome

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

// Tab is one page with its frames, the pop-ups it opens, and the hold on all
// of their requests. Safe for concurrent use; one caller acts at a time.
type Tab struct {
	context *Context
	guard   Guard
	ready   chan error // one value: the page is watched, or why not
	gone    chan struct{}
	now     func() time.Time
	bounds  bounds

	tickets atomic.Int64 // numbers what acting waits for

	mu      sync.Mutex
	session *session // the page's; nil until it is attached
	over    bool     // gone is closed
	tree    frameTree
	lease   *gate.Lease
	form    bool          // what is lent is the filled form
	unlent  chan struct{} // closed when another lease, or none, takes the place of this one
	presses presses
	unsure  []proto.NetworkRequestID   // see Unsure
	changes uint64                     // counts what changed
	seen    uint64                     // changes when last read
	wake    chan struct{}              // closed, and made anew, at each change
	hung    map[proto.PageFrameID]bool // frames whose answer is waited for, see hear
	dialogs []Dialog
	asked   []*asked // native dialogs that a person has to answer, oldest first
	asks    int      // how many there have been
	stage   stage
	popups  []Popup
	traffic traffic
	hold    hold
}

// bounds are the times after which a page that is slow is taken as it is.
type bounds struct {
	words  time.Duration // see lastWords
	veil   time.Duration // see veilWithin
	settle time.Duration // see settleFor
}

func newTab(c *Context, g Guard) *Tab {
	g.Type, g.Read, g.Human, g.Sends = slices.Clone(g.Type), slices.Clone(g.Read), slices.Clone(g.Human), slices.Clone(g.Sends)
	return &Tab{
		context: c, guard: g, now: now, bounds: bounds{words: lastWords, veil: veilWithin, settle: settleFor},
		ready: make(chan error, 1), gone: make(chan struct{}), wake: make(chan struct{}), hung: map[proto.PageFrameID]bool{},
		traffic: newTraffic(), hold: newHold(),
	}
}

// Gone is closed when the page has been closed, by whomever, or its browser
// has ended.
func (t *Tab) Gone() <-chan struct{} { return t.gone }

// Front brings the page's window to the front (Page.bringToFront).
func (t *Tab) Front(ctx context.Context) error {
	s, err := t.page()
	if err != nil {
		return err
	}
	return proto.PageBringToFront{}.Call(s.with(ctx))
}

// Close fails what is held, then closes the page and its pop-ups without
// asking them, and waits until they are gone. Closing twice is harmless.
func (t *Tab) Close(ctx context.Context) error {
	t.failAll(ctx, Closing)
	t.mu.Lock()
	targets := make([]proto.TargetTargetID, 0, len(t.popups)+1)
	for _, p := range t.popups {
		targets = append(targets, p.target)
	}
	if t.session != nil && !t.over {
		targets = append(targets, t.session.target)
	}
	t.mu.Unlock()
	root := t.context.browser.root.with(ctx)
	for _, target := range targets {
		_, err := proto.TargetCloseTarget{TargetID: target}.Call(root)
		var refused *callError
		if err != nil && !errors.As(err, &refused) && !errors.Is(err, ErrGone) {
			return fmt.Errorf("closing a tab: %w", err)
		}
	}
	select {
	case <-t.gone:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("closing a tab: %w", context.Cause(ctx))
	}
}

// page is the session of the tab's own page.
func (t *Tab) page() (*session, error) {
	if err := t.dead(); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.session, nil
}

// dead says why the page cannot be spoken to: [ErrGone], [ErrCrashed] or nil.
func (t *Tab) dead() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.session == nil || t.over {
		return ErrGone
	}
	if alive := t.session.life.context(); alive.Err() != nil {
		return context.Cause(alive)
	}
	return nil
}

// prepared tells the opener that the page is watched.
func (t *Tab) prepared(err error) {
	select {
	case t.ready <- err:
	default: // only the first page is waited for
	}
}

// gained takes over a new session of the tab.
func (t *Tab) gained(s *session, info *proto.TargetTargetInfo) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch page := s.kind == proto.TargetTargetInfoTypePage; {
	case page && s.owner.popup:
		t.popups = append(t.popups, Popup{session: s, target: s.target, URL: t.guard.mask(info.URL)})
		t.notifyLocked()
	case page:
		t.session = s
		t.tree.attach(s.frame(), "", s)
	case s.kind == kindFrame && !s.owner.popup:
		t.tree.attach(s.frame(), "", s)
		t.notifyLocked()
	}
}

// learn takes over the frames of a session that has just been attached.
func (t *Tab) learn(s *session, tree *proto.PageFrameTree) {
	ids := frameIDs(tree, nil)
	t.context.browser.hold(t, ids)
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.owner.popup {
		t.popupReadyLocked(s)
		return
	}
	t.tree.fill(tree, s)
	t.notifyLocked()
}

func frameIDs(tree *proto.PageFrameTree, ids []proto.PageFrameID) []proto.PageFrameID {
	ids = append(ids, tree.Frame.ID)
	for _, child := range tree.ChildFrames {
		ids = frameIDs(child, ids)
	}
	return ids
}

// hold records whose frames these are.
func (b *Browser) hold(t *Tab, ids []proto.PageFrameID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range ids {
		b.holders[id] = t
	}
}

// release forgets frames.
func (b *Browser) release(ids []proto.PageFrameID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range ids {
		delete(b.holders, id)
	}
}

// releaseTab forgets all frames of a tab.
func (b *Browser) releaseTab(t *Tab) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, holder := range b.holders {
		if holder == t {
			delete(b.holders, id)
		}
	}
}

// lost hears that a session of the tab has ended.
func (t *Tab) lost(s *session) {
	t.unaskSession(s)
	switch page := s.kind == proto.TargetTargetInfoTypePage; {
	case page && s.owner.popup:
		t.lostPopup(s)
	case page:
		t.end()
	case s.kind == kindFrame && !s.owner.popup:
		t.context.browser.task(func() { t.lostFrame(s) })
	}
}

// end closes the tab for good.
func (t *Tab) end() {
	t.mu.Lock()
	if t.over {
		t.mu.Unlock()
		return
	}
	t.over = true
	t.hold.closing = true
	t.traffic.stop()
	t.notifyLocked()
	t.mu.Unlock()
	t.prepared(ErrGone)
	t.context.browser.task(func() { t.failAll(context.Background(), Closing) })
	t.context.browser.releaseTab(t)
	t.context.forget(t)
	close(t.gone)
}

// lostFrame removes a frame whose process of its own has ended, unless it
// moved back into the page's: then its frameAttached came, or comes before the
// answer to one more call on the parent's session.
func (t *Tab) lostFrame(s *session) {
	ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
	defer cancel()
	_ = proto.PageEnable{}.Call(s.parent.with(ctx))
	t.mu.Lock()
	f := t.tree.find(s.frame())
	if f != nil && f.session.id == s.id {
		t.context.browser.release(t.tree.remove(f.id)) // before it can be attached anew
		t.notifyLocked()
	}
	t.mu.Unlock()
}

// broke hears that a renderer of the tab crashed. A crashed frame shows
// nothing any more; a crashed page makes every call end with [ErrCrashed].
func (t *Tab) broke(s *session) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.kind == kindFrame && !s.owner.popup {
		t.tree.remove(s.frame())
	}
	t.unaskLocked(func(a *asked) bool { return a.session == s })
	t.stage.frame = nil // a picture of what is no more
	t.recastLocked()
	t.notifyLocked()
}
