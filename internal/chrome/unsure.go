package chrome

import (
	"context"
	"slices"

	"github.com/go-rod/rod/lib/proto"
)

// Unsure reports whether something was let go, since a filled form was lent, by
// which the person may have filed it though nothing of ours was in it: an
// address that they kept, or a wizard's ticket for what it has been told.
func (t *Tab) Unsure() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.unsure) > 0
}

// Settled waits until all that [Tab.Unsure] tells of has been answered, or has
// failed. The errors are [ErrGone] and ctx's.
func (t *Tab) Settled(ctx context.Context) error {
	for {
		wake := t.changing()
		if !t.unsettled() {
			return nil
		}
		select {
		case <-wake:
		case <-t.gone:
			return ErrGone
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (t *Tab) unsettled() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.ContainsFunc(t.unsure, func(id proto.NetworkRequestID) bool {
		_, open := t.traffic.open[id]
		return open
	})
}
