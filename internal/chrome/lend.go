package chrome

import "opposer/internal/gate"

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
	if t.unlent != nil {
		close(t.unlent)
		t.unlent = nil
	}
	t.presses.lend(t.lease != nil, l != nil)
	t.lease = l
	if l != nil {
		t.unsure = nil
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
