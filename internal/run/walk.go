package run

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"opposer/internal/journal"
)

// defaultWaiting is how many attempts wait for a person at most: each holds a
// tab open.
const defaultWaiting = 16

// walk is one walk through a plan: one attempt works at a time, and those that
// wait for a person let the next one begin.
type walk struct {
	*Runner
	results  []Result
	machine  *semaphore.Weighted // whose turn it is to work
	open     *semaphore.Weighted // attempts that have begun and not ended
	attempts sync.WaitGroup
	over     func()     // nothing more is begun
	telling  sync.Mutex // listeners hear one thing at a time

	mu    sync.Mutex
	last  map[string]time.Time // when a service was last worked at
	crash *Crash
}

func (r *Runner) walk(items int) *walk {
	waiting := int64(r.Waiting)
	if waiting <= 0 {
		waiting = defaultWaiting
	}
	return &walk{
		Runner: r, results: make([]Result, items), last: map[string]time.Time{},
		machine: semaphore.NewWeighted(1), open: semaphore.NewWeighted(waiting),
	}
}

// skip gives the result of an item that is left alone, in its place among the
// others.
func (w *walk) skip(ctx context.Context, n int, i Item) {
	if w.machine.Acquire(ctx, 1) == nil {
		defer w.machine.Release(1)
	}
	w.ended(n, Result{Item: i, Came: Skipped, Outcome: standing(i.Standing.State, i)})
}

// turn waits until an item may begin: there is room for one more, its service
// had its pause, and nobody else works. False: nothing more begins.
func (w *walk) turn(ctx context.Context, i Item) bool {
	if w.open.Acquire(ctx, 1) != nil {
		return false
	}
	wait := w.Pace.next(i.Profile)
	for w.pause(ctx, i, wait) && w.machine.Acquire(ctx, 1) == nil {
		if !w.stopped(ctx) && w.left(i, wait) <= 0 {
			return true
		}
		w.machine.Release(1) // another one of its service worked meanwhile
	}
	w.open.Release(1)
	return false
}

// begin starts an item's attempt, which has its turn. ctx is that of the run's
// attempts: it outlives the moment in which nothing more is begun.
func (w *walk) begin(ctx context.Context, n int, i Item) {
	w.tell(func() {
		if w.Began != nil {
			w.Began(i)
		}
	})
	t := &Turn{walk: w, service: i.Account.Service}
	began := time.Now()
	w.attempts.Go(func() {
		defer w.open.Release(1)
		defer t.Away()
		defer w.crashed()
		res := w.attempt(ctx, i, t)
		res.Item, res.DryRun, res.Took = i, w.DryRun, time.Since(began)
		w.ended(n, res)
	})
}

func (w *walk) ended(n int, res Result) {
	w.results[n] = res
	w.tell(func() {
		if w.Ended != nil {
			w.Ended(res)
		}
	})
}

func (w *walk) tell(say func()) {
	w.telling.Lock()
	defer w.telling.Unlock()
	say()
}

func standing(s journal.State, i Item) Outcome {
	known := i.Standing
	return Outcome{State: s, Reason: i.Reason, Sentence: known.Last.Sentence, Reference: known.Reference, Evidence: known.Evidence}
}

// attempt claims the objection, attempts it, and lets it go.
func (w *walk) attempt(ctx context.Context, i Item, t *Turn) Result {
	c, err := w.claim(ctx, i)
	switch {
	case errors.Is(err, journal.ErrHeld):
		return Result{Came: Held}
	case errors.Is(err, journal.ErrSettled):
		return w.foundSettled(ctx, i)
	case err != nil:
		return w.broke(ctx, err)
	}
	t.claimed = true
	out, err := w.Attempt(ctx, c, i, t)
	released := c.Release()
	if err != nil {
		res := w.broke(ctx, err)
		res.Outcome = out
		return res
	}
	stopped := w.stopped(ctx) && !out.State.Is.Settled() && !(w.DryRun && out.State.Is == journal.Ready)
	return Result{Came: Attempted, Outcome: out, Interrupted: stopped, Err: released}
}

func (w *walk) claim(ctx context.Context, i Item) (journal.Claim, error) {
	if i.Reopen {
		if err := w.Journal.Reopen(ctx, w.ID, i.Objection); err != nil {
			return journal.Claim{}, err
		}
	}
	return w.Journal.Claim(ctx, w.ID, i.Objection)
}

// foundSettled is the result of an objection that another process settled
// since the plan was made, or that the claim found to have left before.
func (w *walk) foundSettled(ctx context.Context, i Item) Result {
	all, err := w.Journal.Standings(ctx)
	if err != nil {
		return w.broke(ctx, err)
	}
	for _, s := range all {
		if s.Objection.Key == i.Objection.Key {
			i.Standing = s
		}
	}
	return Result{Came: Skipped, Outcome: standing(i.Standing.State, i)}
}

// broke lets nothing more begin.
func (w *walk) broke(ctx context.Context, err error) Result {
	w.over()
	return Result{Came: Broke, Err: err, Interrupted: ctx.Err() != nil}
}

func (w *walk) stopped(ctx context.Context) bool {
	select {
	case <-w.Stop:
		return true
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

// seen notes when a service was worked at; the pause before its next objection
// counts from then.
func (w *walk) seen(service string, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last[service] = at
}

// left is what is left of the pause before an item, which is zero or less when
// none is due.
func (w *walk) left(i Item, wait time.Duration) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	last, ok := w.last[i.Account.Service]
	if !ok {
		return 0
	}
	return wait - time.Since(last)
}

// pause waits a person's pace after an objection to the same service; false
// when it was interrupted.
func (w *walk) pause(ctx context.Context, i Item, wait time.Duration) bool {
	left := w.left(i, wait)
	if left <= 0 {
		return !w.stopped(ctx)
	}
	w.tell(func() {
		if w.Pausing != nil {
			w.Pausing(i, left)
		}
	})
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
