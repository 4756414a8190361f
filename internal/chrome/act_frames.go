package chrome

import (
	"context"
	"slices"

	"github.com/go-rod/rod/lib/proto"
)

// hop is one step out of a frame: the element that holds it, in its parent's
// document.
type hop struct {
	child  frameRef
	parent world
	ref    int
}

// hops leads from a frame to the main one, innermost first.
func (t *Tab) hops(ctx context.Context, frame string) ([]hop, error) {
	var list []hop
	f, ok := t.frame(proto.PageFrameID(frame))
	for ok && f.parent != "" {
		w, err := t.enter(ctx, f.parent)
		if err != nil {
			return nil, err
		}
		ref, err := w.owner(ctx, f.id)
		if err != nil {
			return nil, err
		}
		list = append(list, hop{f, w, ref})
		f, ok = t.frame(f.parent)
	}
	if !ok {
		return nil, ErrStale
	}
	return list, nil
}

// bringFrames scrolls the elements that hold a frame into view, the outermost
// first: a frame that is not in view gets no frames painted, and waiting in it
// would be slow.
func (t *Tab) bringFrames(ctx context.Context, frame string) error {
	hops, err := t.hops(ctx, frame)
	if err != nil {
		return err
	}
	for _, h := range slices.Backward(hops) {
		if err := h.parent.run(ctx, js("bring", h.ref), nil); err != nil {
			return err
		}
	}
	return nil
}

// project carries a point of a frame's viewport to the viewport of the page or
// frame that its session's input is measured in, and makes sure on the way, up
// to the main frame, that every frame is in view and nothing lies on it there.
func (t *Tab) project(ctx context.Context, frame string, at spot) (spot, error) {
	hops, err := t.hops(ctx, frame)
	if err != nil {
		return spot{}, err
	}
	target := at
	for _, h := range hops {
		wait := t.waitingFor(ctx, false)
		at, err = h.parent.await(ctx, wait, js("through", h.ref, at.X, at.Y, wait))
		if err != nil {
			return spot{}, err
		}
		if own, _ := t.frame(proto.PageFrameID(frame)); own.session != nil && own.session.id == h.parent.session.id {
			target = at
		}
	}
	return target, nil
}
