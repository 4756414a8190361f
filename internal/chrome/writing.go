package chrome

import (
	"context"
	"fmt"

	"github.com/go-rod/rod/lib/proto"
)

// Between the question for a document's origin and the text that follows it, a
// frame could get another document: the text would land there. So while we
// write into a frame, no document comes into it or into a frame around it: what
// is on its way is waited for before, what is asked for meanwhile waits.

// beginWriting waits until no document is on its way into a frame or those
// around it, and keeps any from coming until endWriting. Errors: [ErrStale],
// [ErrGone], ctx's.
func (t *Tab) beginWriting(ctx context.Context, id proto.PageFrameID) error {
	for {
		wake := t.changing()
		begun, there := t.tryWriting(id)
		switch {
		case !there:
			return ErrStale
		case begun:
			return nil
		}
		select {
		case <-wake:
		case <-t.gone:
			return ErrGone
		case <-ctx.Done():
			return &NotReadyError{"in a frame that is loading", fmt.Errorf("waiting for a frame: %w", context.Cause(ctx))}
		}
	}
}

func (t *Tab) tryWriting(id proto.PageFrameID) (begun, there bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var around []proto.PageFrameID
	for f := t.tree.find(id); f != nil; f = t.tree.find(f.parent) {
		around = append(around, f.id)
		if t.traffic.comingInto(f) {
			return false, true
		}
	}
	if len(around) > 0 {
		t.hold.writing = around
	}
	return len(around) > 0, len(around) > 0
}

// comingInto reports whether a document is on its way into a frame: asked for,
// and neither there nor given up.
func (t *traffic) comingInto(f *frameNode) bool {
	for _, w := range t.open {
		if w.document == f.id && w.loader != f.loader {
			return true
		}
	}
	return false
}

// endWriting lets documents come again; those that were asked for meanwhile are
// judged now.
func (t *Tab) endWriting() {
	t.mu.Lock()
	t.hold.writing = nil
	var do []func()
	waiting := t.hold.waiting
	t.hold.waiting = nil
	for _, p := range waiting {
		do = append(do, t.rule(p))
	}
	t.mu.Unlock()
	for _, f := range do {
		f()
	}
}
