package chrome

import (
	"context"
	"slices"

	"github.com/go-rod/rod/lib/proto"
)

// The seam between the two halves of this room: what looking and acting ask of
// the half that keeps tabs, frames and requests.

// worldName is the name of our isolated world in every frame. A binding of
// that name (see bindingName) exists in it and in no other.
const worldName = "opposer"

// bindingName is the func that a script of ours calls, with one string, to say
// that something changed: `opposerSays("mutation")`. See bindingCalled.
const bindingName = "opposerSays"

// frameRef is one document in one frame of a tab, as it was when asked for.
type frameRef struct {
	id      proto.PageFrameID
	parent  proto.PageFrameID // "" for the main frame
	loader  proto.NetworkLoaderID
	url     string
	session *session // the page's, or that of the frame's own process
}

// frames lists the tab's frames, the main one first, parents before children.
// Frames of pop-ups are not among them.
func (t *Tab) frames() []frameRef {
	t.mu.Lock()
	defer t.mu.Unlock()
	refs := make([]frameRef, len(t.tree.order))
	for i, f := range t.tree.order {
		refs[i] = f.frameRef
	}
	return refs
}

// frame finds one frame by its id.
func (t *Tab) frame(id proto.PageFrameID) (frameRef, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.tree.find(id)
	if f == nil {
		return frameRef{}, false
	}
	return f.frameRef, true
}

// world gives the isolated world of a frame's current document, made when it
// is first asked for and again after each navigation. The error is [ErrStale]
// when there is no such frame. A call into the world that fails with
// documentGone has to ask again.
func (t *Tab) world(ctx context.Context, id proto.PageFrameID) (*session, proto.RuntimeExecutionContextID, error) {
	ref, known, err := t.worldKnown(id)
	if err != nil || known != 0 {
		return ref.session, known, err
	}
	made, err := proto.PageCreateIsolatedWorld{FrameID: id, WorldName: worldName}.Call(ref.session.with(ctx))
	if err != nil {
		if documentGone(err) {
			err = ErrStale
		}
		return nil, 0, err
	}
	t.worldMade(ref, made.ExecutionContextID)
	return ref.session, made.ExecutionContextID, nil
}

// beginRead marks everything up to now as seen; a reading calls it before it
// asks the first frame, so that what changes meanwhile still wakes [Tab.Changed].
func (t *Tab) beginRead() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen = t.changes
}

// inFlight counts the requests under way that could change the page: no
// EventSource, WebSocket, beacon or prefetch, none older than 10 s (a poll).
func (t *Tab) inFlight() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.traffic.busy(t.now())
}

// loaded reports whether the load event has fired for the frame's current
// document.
func (t *Tab) loaded(id proto.PageFrameID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.tree.find(id)
	return f != nil && f.loadedBy == f.loader
}

// mayAct says whether the machine may touch the page now: nil, [ErrLent],
// [ErrCrashed] or [ErrGone].
func (t *Tab) mayAct() error {
	if err := t.dead(); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lease.Out() {
		return ErrLent
	}
	return nil
}

// typed tells the hold that one of our values is about to be typed into that
// document: from now on nothing that carries one goes to another origin than
// Guard.Type. Call it before the first key, never after.
func (t *Tab) typed(id proto.PageFrameID, document proto.NetworkLoaderID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hold.typedInto(id, document)
	if f := t.tree.find(id); f != nil {
		if origin, _ := split(f.url); !slices.Contains(t.hold.origins, origin) {
			t.hold.origins = append(t.hold.origins, origin)
		}
	}
}
