package chrome

import (
	"context"
	"fmt"

	"github.com/go-rod/rod/lib/proto"
)

// Changed waits until anything has changed since the tab was last read: a
// node, a document, a frame, a load, the end of a request, a dialog, a refused
// request, a pop-up. What came between the reading and this call counts. The
// errors are [ErrGone] and [ErrCrashed], at once, and ctx's.
func (t *Tab) Changed(ctx context.Context) error {
	for {
		if err := t.dead(); err != nil {
			return err
		}
		wake := t.changing()
		if t.unread() {
			return nil
		}
		select {
		case <-wake:
		case <-t.gone:
			return ErrGone
		case <-ctx.Done():
			if t.unread() {
				return nil // it came in the same moment
			}
			return fmt.Errorf("waiting for the page: %w", context.Cause(ctx))
		}
	}
}

// unread reports whether anything has changed since the tab was last read.
func (t *Tab) unread() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.changes != t.seen
}

// Stirs reports whether the page has changed since it was last read, or is about
// to: what was read of it may not be how it is.
func (t *Tab) Stirs() bool { return t.unread() || t.inFlight() > 0 }

// notifyLocked marks the tab as changed since it was last read, and wakes
// [Tab.Changed]. What could not be cast is tried again. The caller has locked t.
func (t *Tab) notifyLocked() {
	t.changes++
	close(t.wake)
	t.wake = make(chan struct{})
	if t.stage.failed != nil {
		t.recastLocked()
	}
}

// changing is the channel that the next change closes.
func (t *Tab) changing() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.wake
}

// mine runs do on the tab of a session's own page and frames, locked; sessions
// of pop-ups are left out.
func mine(s *session, do func(t *Tab)) {
	if s.owner == nil || s.owner.popup {
		return
	}
	t := s.owner.tab
	t.mu.Lock()
	defer t.mu.Unlock()
	do(t)
}

func frameAttached(s *session, e *proto.PageFrameAttached) {
	if s.owner == nil || e.FrameID == "" {
		return
	}
	ours(s, func(t *Tab) {
		s.browser.hold(t, []proto.PageFrameID{e.FrameID})
		if !s.owner.popup {
			t.tree.attach(e.FrameID, e.ParentFrameID, s)
			t.notifyLocked()
		}
	})
}

func frameNavigated(s *session, e *proto.PageFrameNavigated) {
	if e.Frame == nil || e.Frame.ID == "" {
		return
	}
	var gone []proto.PageFrameID
	defer func() { s.browser.release(gone) }()
	mine(s, func(t *Tab) {
		gone = t.tree.commit(e.Frame, s)
		t.traffic.arrived(e.Frame.ID, e.Frame.LoaderID)
		if e.Frame.ParentID == "" && s == t.session {
			t.traffic.newDocument(e.Frame.LoaderID)
		}
		t.notifyLocked()
	})
}

// frameMoved hears of an address that changed without a new document.
func frameMoved(s *session, e *proto.PageNavigatedWithinDocument) {
	mine(s, func(t *Tab) {
		if f := t.tree.find(e.FrameID); f != nil {
			f.url = e.URL
		}
		t.notifyLocked()
	})
}

func frameDetached(s *session, e *proto.PageFrameDetached) {
	if e.FrameID == "" || e.Reason == proto.PageFrameDetachedReasonSwap {
		return // a swapped one goes on in another process; its session is on the way
	}
	var gone []proto.PageFrameID
	mine(s, func(t *Tab) {
		gone = t.tree.remove(e.FrameID)
		t.notifyLocked()
	})
	s.browser.release(gone)
}

func lifecycle(s *session, e *proto.PageLifecycleEvent) {
	mine(s, func(t *Tab) {
		f := t.tree.find(e.FrameID)
		if f == nil {
			return
		}
		switch e.Name {
		case proto.PageLifecycleEventNameLoad:
			f.loadedBy = e.LoaderID
		case proto.PageLifecycleEventNameDOMContentLoaded, proto.PageLifecycleEventNameNetworkIdle:
		default:
			return
		}
		t.notifyLocked()
	})
}

// stoppedLoading covers documents without a load event: stopped ones, and
// Chrome's own error pages.
func stoppedLoading(s *session, e *proto.PageFrameStoppedLoading) {
	mine(s, func(t *Tab) {
		if f := t.tree.find(e.FrameID); f != nil {
			f.loadedBy = f.loader
			t.notifyLocked()
		}
	})
}

// bindingCalled hears what a script of ours says from its isolated world. Every
// word means a change.
func bindingCalled(s *session, e *proto.RuntimeBindingCalled) {
	if s.owner == nil || e.Name != bindingName {
		return
	}
	t := s.owner.tab
	t.mu.Lock()
	defer t.mu.Unlock()
	if e.Payload == "touch" {
		t.touchLocked()
		return
	}
	if t.tree.byWorld(s, e.ExecutionContextID) != nil { // its document is still there
		t.notifyLocked()
	}
}
