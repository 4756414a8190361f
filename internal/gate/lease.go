package gate

import (
	"errors"
	"sync"
)

// ErrReturned says that a lease had been returned before.
var ErrReturned = errors.New("lease was returned before")

// Lease says who may act on a page. It is out from [Offer] until [Lease.Return];
// as long as it is, the machine only watches. Safe for concurrent use.
type Lease struct {
	mu     sync.Mutex
	taken  bool
	over   bool
	answer Answer
	done   chan struct{}
}

// Offer puts a new lease out.
func Offer() *Lease { return &Lease{done: make(chan struct{})} }

// Take records that a person has come.
func (l *Lease) Take() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return ErrReturned
	}
	l.taken = true
	return nil
}

// Return ends the lease with an answer; a second return is [ErrReturned].
func (l *Lease) Return(a Answer) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return ErrReturned
	}
	l.over, l.answer = true, a
	close(l.done)
	return nil
}

// Out reports whether the machine has to keep its hands off. A nil lease is
// not out.
func (l *Lease) Out() bool {
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.over
}

// Taken reports whether a person came.
func (l *Lease) Taken() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.taken
}

// Returned is closed when the lease is over.
func (l *Lease) Returned() <-chan struct{} { return l.done }

// Answer is what the lease came back with, and whether it has come back.
func (l *Lease) Answer() (Answer, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.answer, l.over
}
