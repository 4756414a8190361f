package journaltest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"opposer/internal/journal"
)

var errClosed = errors.New("store is closed")

// Memory is a journal.Store that forgets everything with the process, for
// tests. Safe for concurrent use.
type Memory struct {
	// FailAppend, when set, is asked before an event is kept; its error is
	// Append's, and nothing is kept. Set it before the store is used, or by
	// [Memory.Fail] while it is.
	FailAppend func(journal.Event) error

	mu     sync.Mutex
	events [][]byte // in their stored form, so that nobody holds what is kept
	last   map[journal.Key]int64
	held   map[journal.Key]*lock
	closed bool
}

// lock is one lock that is out: what is let go is this one, never a later one
// of the same objection.
type lock struct{ _ byte } // not of size zero: two of them have two addresses

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{last: map[journal.Key]int64{}, held: map[journal.Key]*lock{}}
}

// Fail changes FailAppend; nil lets everything be kept again.
func (m *Memory) Fail(with func(journal.Event) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.FailAppend = with
}

// Crash lets go of every lock, as the death of the process does. The claims
// made before must not be used again.
func (m *Memory) Crash() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.held)
}

// Append implements journal.Store.
func (m *Memory) Append(ctx context.Context, e journal.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.ready(ctx); err != nil {
		return err
	}
	if m.FailAppend != nil {
		if err := m.FailAppend(e); err != nil {
			return err
		}
	}
	if e.Key == "" || e.Seq != m.last[e.Key]+1 {
		return fmt.Errorf("keeping event %d of %q: %w", e.Seq, e.Key, journal.ErrRaced)
	}
	b, err := journal.Encode(e)
	if err != nil {
		return err
	}
	m.events, m.last[e.Key] = append(m.events, b), e.Seq
	return nil
}

// History implements journal.Store.
func (m *Memory) History(ctx context.Context, key journal.Key) ([]journal.Event, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	var found []journal.Event
	for _, b := range m.events {
		e, err := journal.Decode(b)
		if err != nil {
			return nil, err
		}
		if key == "" || e.Key == key {
			found = append(found, e)
		}
	}
	return found, nil
}

// Lock implements journal.Store.
func (m *Memory) Lock(ctx context.Context, key journal.Key) (func() error, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	if m.held[key] != nil {
		return nil, fmt.Errorf("locking %s: %w", key, journal.ErrHeld)
	}
	mine := &lock{}
	m.held[key] = mine
	return func() error { return m.letGo(key, mine) }, nil
}

func (m *Memory) letGo(key journal.Key, mine *lock) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held[key] == mine {
		delete(m.held, key)
	}
	return nil
}

// Close implements journal.Store.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return nil
}

// ready tells why nothing can be done. The caller has the mutex.
func (m *Memory) ready(ctx context.Context) error {
	if m.closed {
		return errClosed
	}
	return ctx.Err()
}
