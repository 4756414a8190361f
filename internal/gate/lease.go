package gate

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrReturned says that a lease had been returned before.
var ErrReturned = errors.New("lease was returned before")

// Lease says who may act on a page. It is out from [Offer] until [Lease.Return];
// as long as it is, the machine only watches. Safe for concurrent use.
type Lease struct {
	mu     sync.Mutex
	over   bool
	until  time.Time // the end of the clock that runs; zero: none does
	epoch  int       // of the last drive; each new one ends the one before
	answer Answer
	taken  chan struct{}
	done   chan struct{}
}

// Offer puts a new lease out.
func Offer() *Lease {
	return &Lease{taken: make(chan struct{}), done: make(chan struct{})}
}

// Take records that a person has come. Taking again changes nothing.
func (l *Lease) Take() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.takeLocked()
}

func (l *Lease) takeLocked() error {
	if l.over {
		return ErrReturned
	}
	if !closed(l.taken) {
		close(l.taken)
	}
	return nil
}

// Drive takes the lease and gives who calls the page to act on: what they do
// there carries the drive. An earlier drive is over with it, since one person
// at a time moves the mouse.
func (l *Lease) Drive() (Drive, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.takeLocked(); err != nil {
		return Drive{}, err
	}
	l.epoch++
	return Drive{lease: l, epoch: l.epoch}, nil
}

// Return ends the lease with an answer; a second return is [ErrReturned].
func (l *Lease) Return(a Answer) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return ErrReturned
	}
	l.returnLocked(a)
	return nil
}

// returnLocked ends the lease, unless it is over. The caller has locked l.
func (l *Lease) returnLocked(a Answer) {
	if !l.over {
		l.over, l.answer, l.until = true, a, time.Time{}
		close(l.done)
	}
}

// Out reports whether the machine has to keep its hands off. A nil lease is
// not out.
func (l *Lease) Out() bool { return l != nil && !closed(l.done) }

// Taken is closed when a person has come.
func (l *Lease) Taken() <-chan struct{} { return l.taken }

// Returned is closed when the lease is over.
func (l *Lease) Returned() <-chan struct{} { return l.done }

// Answer is what the lease came back with, and whether it has come back.
func (l *Lease) Answer() (Answer, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.answer, l.over
}

// Until is when the clock that runs ends: for coming as long as nobody took
// the lease, then for finishing. Zero when no clock runs.
func (l *Lease) Until() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.until
}

// Clocks are how long a person is waited for. None of them runs when zero.
type Clocks struct {
	Come   time.Duration // until somebody takes the lease
	Finish time.Duration // and from then on until it is returned
	Soon   time.Duration // so long before either ends it is said
}

// Start runs the lease's clocks beside the caller, as [Lease.Run] does. When it
// returns, Until already tells the first end; done is closed when no clock runs
// any more.
func (l *Lease) Start(ctx context.Context, c Clocks, soon func(until time.Time)) (done <-chan struct{}) {
	r := running{Lease: l, before: c.Soon, soon: soon}
	first := r.begin(c.Come)
	over := make(chan struct{})
	go func() {
		defer close(over)
		r.run(ctx, first, c.Finish)
	}()
	return over
}

// Run waits for a person by the clocks and returns when the lease is over or
// ctx is. A clock that ends returns the lease with RanOut. soon is called, from
// here, when the end of a clock is near.
func (l *Lease) Run(ctx context.Context, c Clocks, soon func(until time.Time)) {
	r := running{Lease: l, before: c.Soon, soon: soon}
	r.run(ctx, r.begin(c.Come), c.Finish)
}

type running struct {
	*Lease
	before time.Duration
	soon   func(time.Time)
}

// run waits by the clock that is there for somebody to come, then for them to
// finish.
func (r running) run(ctx context.Context, coming clock, finish time.Duration) {
	if r.wait(ctx, coming, r.taken) {
		r.wait(ctx, r.begin(finish), nil)
	}
}

// clock rings twice, the first time to warn. The zero clock never does.
type clock struct{ warn, out <-chan time.Time }

// begin starts a clock and notes when it ends.
func (r running) begin(limit time.Duration) clock {
	if limit <= 0 {
		r.ends(time.Time{})
		return clock{}
	}
	r.ends(time.Now().Add(limit))
	c := clock{out: time.NewTimer(limit).C}
	if r.soon != nil && r.before > 0 && r.before < limit {
		c.warn = time.NewTimer(limit - r.before).C
	}
	return c
}

// wait lets one clock run until what it is for happens, and reports whether it
// did.
func (r running) wait(ctx context.Context, c clock, happens <-chan struct{}) bool {
	for {
		select {
		case <-happens:
			return true
		case <-r.done:
			return false
		case <-ctx.Done():
			return false
		case <-c.warn:
			r.soon(r.Until())
		case <-c.out:
			return r.rings(happens)
		}
	}
}

// rings ends the lease by the clock, except where what it waits for has happened
// in the same moment: it reports that.
func (l *Lease) rings(happens <-chan struct{}) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if happens != nil && closed(happens) {
		return true
	}
	l.returnLocked(Answer{Verb: RanOut, By: "clock"})
	return false
}

// ends notes when the clock that runs ends.
func (l *Lease) ends(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.until = until
	}
}

// ErrNotDriving says that an input's sender does not have the page (any more):
// the lease is over, or somebody else drives.
var ErrNotDriving = errors.New("not driving the page")

// Drive is one person's permission to act on a page, from [Lease.Drive] until
// the lease is over or another drive begins. The zero Drive permits nothing.
type Drive struct {
	lease *Lease
	epoch int
}

// Current reports whether the drive is that of l and still permits.
func (d Drive) Current(l *Lease) bool {
	if l == nil || d.lease != l {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.over && l.epoch == d.epoch
}

// closed reports whether a channel that is never sent on is closed.
func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
