package chrome

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/locate"
)

// lookWithin bounds how long one frame may take to answer a reading. Only a
// frame below the main one is given up; that one decides with the caller's
// context.
const lookWithin = 2 * time.Second

// looks bounds how often a frame that navigates is looked at again, and how
// often closed shadow roots in closed shadow roots are gone into.
const looks = 4

// Read reads every frame of the tab, in and out of process, the main one
// first. It does not wait for the page: Page.Quiet says whether it had stopped
// changing. While a native dialog is left to a person it waits: a page does not
// answer then, and what was read while one opened is read again. A frame that does not answer keeps its place in the page, without
// text and nodes. The errors are [ErrGone], [ErrCrashed], [ErrStale] when the
// main frame kept navigating, and ctx's.
func (t *Tab) Read(ctx context.Context) (*locate.Page, error) {
	for {
		before, err := t.unasked(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading the page: %w", err)
		}
		page, err := t.read(ctx)
		if err != nil || t.dialogsAsked() == before {
			return page, err
		}
	}
}

func (t *Tab) read(ctx context.Context) (*locate.Page, error) {
	if err := t.dead(); err != nil {
		return nil, err
	}
	t.beginRead()
	busy := t.inFlight() // what ends meanwhile has not had its effect in what is read
	refs := t.frames()
	seen := make([]glance, len(refs))
	errs := make([]error, len(refs))
	var all sync.WaitGroup
	for i, ref := range refs {
		all.Go(func() { seen[i], errs[i] = t.glanceAt(ctx, ref) })
	}
	all.Wait()
	if len(errs) == 0 {
		return nil, ErrStale
	}
	if errs[0] != nil {
		return nil, fmt.Errorf("reading the page: %w", errs[0])
	}
	t.own(ctx, seen)
	page := t.join(seen)
	for _, g := range seen {
		if g.late && sees(page, g.ref.id) {
			t.hear(g.ref)
		}
	}
	page.Quiet = page.Quiet && busy == 0 && t.inFlight() == 0 && sameFrames(refs, t.frames())
	return page, nil
}

// hear notes a change when a frame answers that took too long: nothing else
// would tell of it.
func (t *Tab) hear(f frameRef) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hung[f.id] || f.session == nil {
		return
	}
	t.hung[f.id] = true
	t.context.browser.task(func() {
		_, err := proto.RuntimeEvaluate{Expression: "0"}.Call(f.session.with(context.Background())) // ends with the frame
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.hung, f.id)
		if err == nil {
			t.notifyLocked()
		}
	})
}

// sees reports whether a person can see a frame of the page.
func sees(page *locate.Page, id proto.PageFrameID) bool {
	f, ok := page.Frame(string(id))
	return ok && f.Visible
}

// sameFrames reports whether no frame came, went or navigated meanwhile.
func sameFrames(before, now []frameRef) bool {
	return slices.EqualFunc(before, now, func(a, b frameRef) bool { return a.id == b.id && a.loader == b.loader })
}

// glance is what one frame answered.
type glance struct {
	ref      frameRef
	world    world
	look     look
	answered bool
	late     bool // it took too long
}

// glanceAt looks at a frame, again when it navigated meanwhile. Only the main
// frame's error counts.
func (t *Tab) glanceAt(ctx context.Context, ref frameRef) (glance, error) {
	if ref.parent != "" {
		short, cancel := context.WithTimeout(ctx, lookWithin)
		defer cancel()
		ctx = short
	}
	for range looks {
		seen, err := t.lookAt(ctx, ref)
		now, there := t.frame(ref.id)
		switch {
		case err == nil && there && now.loader == ref.loader:
			return seen, nil
		case !there || err != nil && !errors.Is(err, ErrStale):
			return glance{ref: ref, late: there && errors.Is(err, context.DeadlineExceeded)}, err
		}
		ref = now
	}
	return glance{ref: ref}, ErrStale
}

func (t *Tab) lookAt(ctx context.Context, ref frameRef) (glance, error) {
	w, err := t.enter(ctx, ref.id)
	if err != nil {
		return glance{}, err
	}
	for range looks {
		var l look
		if err := w.run(ctx, js("look", ref.loader), &l); err != nil {
			return glance{}, err
		}
		found := false
		if l.Suspects > 0 {
			if found, err = w.openShadows(ctx); err != nil {
				return glance{}, err
			}
		}
		if !found {
			return glance{ref: ref, world: w, look: l, answered: true}, nil
		}
	}
	return glance{}, ErrStale
}

// own finds out which element holds which frame, where that is not known yet
// (DOM.getFrameOwner, which knows frames out of process too).
func (t *Tab) own(ctx context.Context, seen []glance) {
	at := make(map[proto.PageFrameID]int, len(seen))
	for i, g := range seen {
		at[g.ref.id] = i
	}
	for _, g := range seen {
		i, ok := at[g.ref.parent]
		if !ok || !seen[i].answered || seen[i].look.Owners[g.ref.id] != 0 {
			continue
		}
		ref, err := seen[i].world.owner(ctx, g.ref.id)
		if err != nil {
			continue // the frame is gone, or about to be
		}
		if seen[i].look.Owners == nil {
			seen[i].look.Owners = make(map[proto.PageFrameID]int)
		}
		seen[i].look.Owners[g.ref.id] = ref
	}
}

// owner gives the number of the element that holds a frame of this document.
func (w world) owner(ctx context.Context, frame proto.PageFrameID) (int, error) {
	found, err := proto.DOMGetFrameOwner{FrameID: frame}.Call(w.session.with(ctx))
	if err != nil {
		return 0, stale(err)
	}
	node, err := w.resolve(ctx, found.BackendNodeID)
	if err != nil {
		return 0, err
	}
	defer w.release(ctx, node)
	var ref int
	err = w.run(ctx, js("own", object(node), frame), &ref)
	return ref, err
}

// resolve names a node in our world (DOM.resolveNode).
func (w world) resolve(ctx context.Context, id proto.DOMBackendNodeID) (proto.RuntimeRemoteObjectID, error) {
	got, err := proto.DOMResolveNode{BackendNodeID: id, ExecutionContextID: w.context}.Call(w.session.with(ctx))
	if err != nil {
		return "", stale(err)
	}
	return got.Object.ObjectID, nil
}

// join makes one page of what the frames answered. A frame that is not in view
// need not be still: Chrome runs its clocks at one beat a second.
func (t *Tab) join(seen []glance) *locate.Page {
	page := &locate.Page{Frames: make([]locate.Frame, len(seen)), Quiet: true}
	shown := make(map[proto.PageFrameID]shown, len(seen))
	for i, g := range seen {
		is := showing(seen, g.ref, shown)
		shown[g.ref.id] = is
		page.Frames[i] = t.frameOf(g, is.visible)
		switch {
		case is.visible && (!g.answered || !t.loaded(g.ref.id)), is.inView && !g.look.Still:
			page.Quiet = false
		}
	}
	return page
}

// shown is whether a person can see a frame, and sees it now.
type shown struct{ visible, inView bool }

// showing tells it of a frame by what its parent's look says of the element
// that holds it.
func showing(seen []glance, child frameRef, above map[proto.PageFrameID]shown) shown {
	if child.parent == "" {
		return shown{true, true}
	}
	for _, g := range seen {
		if g.ref.id != child.parent {
			continue
		}
		ref := g.look.Owners[child.id]
		for _, n := range g.look.Nodes {
			if ref != 0 && n.Ref == ref {
				up := above[child.parent]
				return shown{up.visible && n.Hidden == "", up.inView && n.Hidden == "" && meets(n.Box, g.look.View)}
			}
		}
	}
	return shown{}
}

// meets reports whether a box lies at least in part in a view that begins at 0,0.
func meets(b, view locate.Box) bool {
	return b.X < view.W && b.Y < view.H && b.X+b.W > 0 && b.Y+b.H > 0
}
