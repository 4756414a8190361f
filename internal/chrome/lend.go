package chrome

import (
	"context"
	"slices"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

// Lend gives the page to a person for as long as the lease is out: the machine
// sends it no input and no navigation, and what the person does there is let
// through, except the send, which is held (see room doc). nil takes it back.
// The lease's end is seen by itself.
func (t *Tab) Lend(l *gate.Lease) { t.lend(l, false) }

// LendForm is [Tab.Lend] of a filled form: what the person files is heard, and
// held until it is known to be kept; what else they do there is let through.
func (t *Tab) LendForm(l *gate.Lease) { t.lend(l, true) }

func (t *Tab) lend(l *gate.Lease, form bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.form = form
	if l != nil {
		t.unsure = nil
	}
	if t.unlent != nil {
		close(t.unlent)
		t.unlent = nil
	}
	if t.lease != nil {
		t.meddled = t.touched // what they pressed at last may have its effect only now
	}
	t.lease, t.owed = l, 0
	if l != nil {
		t.touched = false
		unlent := make(chan struct{})
		t.unlent = unlent
		t.context.browser.task(func() { t.awaitReturn(l, unlent) })
	}
	t.settleDialogsLocked()
}

// awaitReturn answers what the person left open when the lease is over.
func (t *Tab) awaitReturn(l *gate.Lease, unlent <-chan struct{}) {
	select {
	case <-l.Returned():
	case <-unlent:
	case <-t.gone:
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settleDialogsLocked()
}

// Touched reports whether anybody pressed a button or a key on the page since
// it was lent, in its window or on its picture: the browser vouches for the
// event (isTrusted), and the machine sent none meanwhile.
func (t *Tab) Touched() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.touched
}

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

// touchLocked records a press of which the page or the live view tells. The
// caller has locked t.
func (t *Tab) touchLocked() {
	switch {
	case t.owed > 0:
		t.owed--
	case !t.lease.Out():
		t.meddled = true
	case !t.touched:
		t.touched = true
		t.notifyLocked()
	}
}

// meddledLocked reports whether what the page sends may come of a person's press
// that no lease covers: one without it, or the last under one that is over. The
// caller has locked t.
func (t *Tab) meddledLocked() bool {
	return t.meddled || t.touched && t.lease != nil && !t.lease.Out()
}

// paid is for where the page has told of all that it will: of keys that go to a
// select's open list it tells nothing.
func (t *Tab) paid() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.owed = 0
}

// owe announces a press of ours, of a button or else of a key. The page tells of
// each in turn, and of those before it has told by now.
func (t *Tab) owe(button bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if button {
		t.owed, t.meddled = 0, false
	}
	t.owed++
}
