package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// What a Journal can refuse.
var (
	// ErrSettled says that a plain run leaves the objection alone: it is
	// submitted, confirmed, already, rejected or in_doubt.
	ErrSettled = errors.New("settled")
	// ErrNoClaim says that a claim is the zero value, released, or another
	// journal's.
	ErrNoClaim = errors.New("no claim on the objection")
	// ErrOurs says that events of that kind are appended by the journal's own
	// funcs only.
	ErrOurs = errors.New("the journal's own kind of event")
	// ErrDamaged says that what the store gave back is not what was put in.
	ErrDamaged = errors.New("journal is damaged")

	errNoSecret = errors.New("secret is shorter than 16 bytes")
)

// Journal checks events by [Next], keeps them in a [Store], and alone mints
// permissions. Safe for concurrent use; the events of one claim are kept in
// the order of the calls.
type Journal struct {
	store  Store
	secret []byte
	now    func() time.Time
}

// New makes a journal over a store. The secret (32 random bytes) keys the
// hashes that name objections: with another secret nothing of the history is
// found again. now gives the times that are recorded.
func New(store Store, secret []byte, now func() time.Time) *Journal {
	return &Journal{store: store, secret: slices.Clone(secret), now: now}
}

// Append keeps an event of a claimed objection and gives the state after it.
// Seq, Key, Run, At and State are filled in. Errors: [*TransitionError],
// [ErrNoClaim], [ErrOurs] for a kind that only the journal appends, or the
// store's; after any of them the state is as before.
func (j *Journal) Append(ctx context.Context, c Claim, e Event) (State, error) {
	if e.Kind.ours() {
		return c.State(), fmt.Errorf("recording %s: %w", e.Kind, ErrOurs)
	}
	h, err := j.held(c)
	if err != nil {
		return State{Is: Pending}, fmt.Errorf("recording %s: %w", e.Kind, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.append(ctx, e)
}

// Reopen makes a settled objection pending again, as a person wishes who was
// asked. One that is not settled stays as it is. Errors: [ErrHeld], or the
// store's.
func (j *Journal) Reopen(ctx context.Context, run string, o Objection) error {
	h, err := j.take(ctx, run, o)
	if err != nil {
		return fmt.Errorf("reopening %s: %w", o.Key, err)
	}
	if h.state.Is.Settled() {
		_, err = h.append(ctx, Event{Kind: Reopened, Objection: &o})
	}
	return errors.Join(err, h.letGo())
}

// Settle keeps what a person or a verified mail says of an objection that no
// attempt holds, and gives the state after it. The event's Kind is Settled
// whatever it was; it needs a Verdict. Errors: [ErrHeld], [*TransitionError],
// or the store's.
func (j *Journal) Settle(ctx context.Context, run string, o Objection, e Event) (State, error) {
	h, err := j.take(ctx, run, o)
	if err != nil {
		return State{Is: Pending}, fmt.Errorf("settling %s: %w", o.Key, err)
	}
	e.Kind = Settled
	state, err := h.append(ctx, e)
	return state, errors.Join(err, h.letGo())
}

// History gives the events of one objection in order, or with key "" those of
// all, in the order in which they came.
func (j *Journal) History(ctx context.Context, key Key) ([]Event, error) {
	events, err := j.store.History(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("reading journal: %w", err)
	}
	return events, nil
}
