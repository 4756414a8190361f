package chrome

// presses is whose presses of a button or a key a page tells of: its script sees
// that the browser vouches for one (isTrusted), and no more. Its tab guards it.
type presses struct {
	touched bool // a person pressed something since the page was lent
	meddled bool // … or since our last press, and did not have the page then
	owed    int  // presses of ours that the page has not told of yet
}

// lend is for where another lease, or none, takes the place of the one before.
func (p *presses) lend(before, now bool) {
	if before {
		p.meddled = p.touched // what they pressed at last may have its effect only now
	}
	if now {
		p.touched = false
	}
	p.owed = 0
}

// told records a press of which the page or the live view tells, and reports
// whether it is a person's first since the page was lent.
func (p *presses) told(lent bool) (first bool) {
	switch {
	case p.owed > 0:
		p.owed--
	case !lent:
		p.meddled = true
	case !p.touched:
		p.touched = true
		return true
	}
	return false
}

// Touched reports whether anybody pressed a button or a key on the page since
// it was lent, in its window or on its picture: the machine pressed none
// meanwhile.
func (t *Tab) Touched() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.presses.touched
}

// touchLocked records a press of which the page or the live view tells. The
// caller has locked t.
func (t *Tab) touchLocked() {
	if t.presses.told(t.lease.Out()) {
		t.notifyLocked()
	}
}

// meddledLocked reports whether what the page sends may come of a person's press
// that no lease covers: one without it, or the last under one that is over. The
// caller has locked t.
func (t *Tab) meddledLocked() bool {
	return t.presses.meddled || t.presses.touched && t.lease != nil && !t.lease.Out()
}

// owe announces a press of ours, of a button or else of a key. The page tells of
// each in turn, and of those before it has told by now.
func (t *Tab) owe(button bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if button {
		t.presses.owed, t.presses.meddled = 0, false
	}
	t.presses.owed++
}

// paid is for where the page has told of all that it will: of keys that go to a
// select's open list it tells nothing.
func (t *Tab) paid() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.presses.owed = 0
}
