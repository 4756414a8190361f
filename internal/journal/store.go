package journal

import (
	"context"
	"errors"
)

// What a Store can refuse.
var (
	// ErrHeld says that another process, or another claim of this one, has
	// the objection.
	ErrHeld = errors.New("held by another run")
	// ErrRaced says that an event's number is not the next one: somebody else
	// appended since the history was read.
	ErrRaced = errors.New("another event came first")
	// ErrReadOnly says that the journal was opened for reading only, or lies
	// where nothing can be written.
	ErrReadOnly = errors.New("journal is read-only")
	// ErrFull says that there is no room left for an event.
	ErrFull = errors.New("disk is full")
	// ErrNewerSchema says that the journal was written by a newer program.
	ErrNewerSchema = errors.New("journal was written by a newer version")
)

// Store keeps events. Every implementation passes journaltest.Exercise. Safe
// for concurrent use.
type Store interface {
	// Append keeps an event durably: after it returned nil, no crash and no
	// power cut loses the event. Its Seq has to be one more than the last of
	// its objection (from 1), else [ErrRaced]. After any other error the event
	// may or may not be there. A ctx that has ended before appends nothing.
	Append(ctx context.Context, e Event) error
	// History gives the events of one objection in order of Seq, or with key
	// "" all events in the order in which they came.
	History(ctx context.Context, key Key) ([]Event, error)
	// Lock takes the objection for this process until release is called or
	// the process ends, however it ends. It does not wait: [ErrHeld].
	Lock(ctx context.Context, key Key) (release func() error, err error)
	// Close ends the use of the store. Locks that are out stay out.
	Close() error
}
