package journal

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// minSecret is the shortest secret that is accepted, in bytes.
const minSecret = 16

// Claim is the permission to attempt an objection: this process has it, and no
// other. Made by [Journal.Claim] only; the zero Claim is refused everywhere.
// Copies are the same claim. Safe for concurrent use.
type Claim struct{ h *hold }

// hold is what the copies of a claim share.
type hold struct {
	journal *Journal
	key     Key
	run     string

	mu      sync.Mutex // guards what follows, and keeps events in order
	release func() error
	seq     int64
	state   State
	permit  *permit // of the sending that is under way or was last
}

// Claim takes an objection for an attempt. An attempt that never ended is
// resolved first, by an Interrupted event; then the attempt begins, by a
// Claimed event. Errors: [ErrHeld]; [ErrSettled], where a plain run has to
// leave it alone; or the store's. After an error nothing is held.
func (j *Journal) Claim(ctx context.Context, run string, o Objection) (Claim, error) {
	h, err := j.take(ctx, run, o)
	if err != nil {
		return Claim{}, fmt.Errorf("claiming %s: %w", o.Key, err)
	}
	if h.state.Is.Settled() {
		err = fmt.Errorf("claiming %s: %w: %s", o.Key, ErrSettled, h.state.Is)
		return Claim{}, errors.Join(err, h.letGo())
	}
	if _, err := h.append(ctx, Event{Kind: Claimed, Objection: &o}); err != nil {
		return Claim{}, errors.Join(err, h.letGo())
	}
	return Claim{h}, nil
}

// Valid reports whether the claim still holds its objection.
func (c Claim) Valid() bool {
	if c.h == nil {
		return false
	}
	c.h.mu.Lock()
	defer c.h.mu.Unlock()
	return c.h.release != nil
}

// State is where the objection stands.
func (c Claim) State() State {
	if c.h == nil {
		return State{Is: Pending}
	}
	c.h.mu.Lock()
	defer c.h.mu.Unlock()
	return c.h.state
}

// Key names the claimed objection; "" for the zero Claim.
func (c Claim) Key() Key {
	if c.h == nil {
		return ""
	}
	return c.h.key
}

// Release lets the objection go. From then on the claim, and every permit of
// it, is refused. Releasing again does nothing.
func (c Claim) Release() error {
	if c.h == nil {
		return nil
	}
	c.h.mu.Lock()
	defer c.h.mu.Unlock()
	return c.h.letGo()
}

// take locks an objection, reads where it stands, and resolves an attempt that
// never ended. Nobody else has the hold yet, so it works without its mutex.
func (j *Journal) take(ctx context.Context, run string, o Objection) (*hold, error) {
	if len(j.secret) < minSecret {
		return nil, errNoSecret
	}
	release, err := j.store.Lock(ctx, o.Key)
	if err != nil {
		return nil, err
	}
	h := &hold{journal: j, key: o.Key, run: run, release: release}
	if err := h.resolve(ctx); err != nil {
		return nil, errors.Join(err, h.letGo())
	}
	return h, nil
}

func (h *hold) resolve(ctx context.Context) error {
	events, err := h.journal.store.History(ctx, h.key)
	if err != nil {
		return err
	}
	h.state = State{Is: Pending}
	for _, e := range events {
		if e.Seq != h.seq+1 || e.Key != h.key {
			return fmt.Errorf("%w: event %d of %s follows event %d", ErrDamaged, e.Seq, e.Key, h.seq)
		}
		h.seq, h.state = e.Seq, e.State
	}
	if !h.state.Is.Underway() {
		return nil
	}
	_, err = h.append(ctx, Event{Kind: Interrupted})
	return err
}

// append checks an event, fills it in and keeps it. The caller has the mutex.
func (h *hold) append(ctx context.Context, e Event) (State, error) {
	if h.release == nil {
		return h.state, fmt.Errorf("recording %s: %w", e.Kind, ErrNoClaim)
	}
	to, err := Next(h.state, e)
	if err != nil {
		return h.state, fmt.Errorf("recording %s of %s: %w", e.Kind, h.key, err)
	}
	e.Seq, e.Key, e.Run, e.State = h.seq+1, h.key, h.run, to
	e.At = h.journal.now().UTC().Round(0) // without the monotonic reading, which no file keeps
	if err := h.journal.store.Append(ctx, e); err != nil {
		return h.state, fmt.Errorf("recording %s of %s: %w", e.Kind, h.key, err)
	}
	h.seq, h.state = e.Seq, to
	return to, nil
}

// letGo gives the lock back, once. The caller has the mutex.
func (h *hold) letGo() error {
	if h.release == nil {
		return nil
	}
	release := h.release
	h.release = nil
	if err := release(); err != nil {
		return fmt.Errorf("releasing %s: %w", h.key, err)
	}
	return nil
}

// held is the hold behind a claim of this journal.
func (j *Journal) held(c Claim) (*hold, error) {
	if c.h == nil || c.h.journal != j {
		return nil, ErrNoClaim
	}
	return c.h, nil
}
