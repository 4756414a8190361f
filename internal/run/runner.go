package run

import (
	"context"
	"errors"
	"time"

	"opposer/internal/journal"
	"opposer/internal/words"
)

// Claimer gives this process an objection, reopens a settled one, and tells
// its history; a *journal.Journal is one.
type Claimer interface {
	Claim(ctx context.Context, run string, o journal.Objection) (journal.Claim, error)
	Reopen(ctx context.Context, run string, o journal.Objection) error
	Standings(ctx context.Context) ([]journal.Standing, error)
}

// Runner does what a plan says. Its fields are read-only once Run is called.
type Runner struct {
	Journal Claimer
	// Attempt makes one attempt. Its error says that our own work could not be
	// done; nothing more is attempted then.
	Attempt func(ctx context.Context, c journal.Claim, i Item) (Outcome, error)
	ID      string // of this run, for the journal
	Pace    Pace
	DryRun  bool
	Stop    <-chan struct{}           // closed: begin nothing more
	Pausing func(Item, time.Duration) // a pause before it begins; nil: nobody listens
	Began   func(Item)                // its attempt begins; nil: nobody listens
	Ended   func(Result)              // it ended; nil: nobody listens
}

// Run does the plan and gives a result for each of its items, in its order.
// The rest is not started when Stop is closed, ctx ends, or an attempt says
// that our own work cannot be done.
func (r *Runner) Run(ctx context.Context, p Plan) []Result {
	results := make([]Result, len(p.Items))
	w := walk{Runner: r, attempted: map[string]bool{}}
	for n, item := range p.Items {
		if item.Doing != Covered {
			results[n] = w.item(ctx, item)
			r.ended(results[n])
		}
	}
	for n, item := range p.Items {
		if item.Doing == Covered {
			results[n] = covered(item, results)
			r.ended(results[n])
		}
	}
	return results
}

func (r *Runner) ended(res Result) {
	if r.Ended != nil {
		r.Ended(res)
	}
}

// covered is the result of an item that another one counts for: it follows
// what the other came to in this run.
func covered(i Item, results []Result) Result {
	for _, other := range results {
		if other.Item.Account.ID != i.CoveredBy {
			continue
		}
		if reason, ended := takenBack(i.CoveredBy, other.State); ended {
			return Result{Item: i, Came: TakenBack, Outcome: Outcome{Reason: reason}}
		}
		if !counts(other.State.Is) {
			return Result{Item: i, Came: CoveredFor, Outcome: Outcome{Reason: words.T("covered by %s as soon as that one is submitted", i.CoveredBy)}}
		}
	}
	return Result{Item: i, Came: CoveredFor, Outcome: Outcome{Reason: i.Reason}}
}

// walk is one walk through a plan.
type walk struct {
	*Runner
	attempted map[string]bool // services attempted in this walk
	over      bool            // nothing more is begun
}

func (w *walk) item(ctx context.Context, i Item) Result {
	if i.Doing == Skip {
		return Result{Item: i, Came: Skipped, Outcome: standing(i.Standing.State, i)}
	}
	if w.over || w.stopped(ctx) || !w.pause(ctx, i) {
		return Result{Item: i, Came: NotStarted, DryRun: w.DryRun}
	}
	if w.Began != nil {
		w.Began(i)
	}
	began := time.Now()
	res := w.attempt(ctx, i)
	res.Item, res.DryRun, res.Took = i, w.DryRun, time.Since(began)
	return res
}

func standing(s journal.State, i Item) Outcome {
	known := i.Standing
	return Outcome{State: s, Reason: i.Reason, Sentence: known.Last.Sentence, Reference: known.Reference, Evidence: known.Evidence}
}

// attempt claims the objection, attempts it, and lets it go.
func (w *walk) attempt(ctx context.Context, i Item) Result {
	c, err := w.claim(ctx, i)
	switch {
	case errors.Is(err, journal.ErrHeld):
		return Result{Came: Held}
	case errors.Is(err, journal.ErrSettled):
		return w.foundSettled(ctx, i)
	case err != nil:
		return w.broke(ctx, err)
	}
	w.attempted[i.Account.Service] = true
	out, err := w.Attempt(ctx, c, i)
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

// broke ends the walk.
func (w *walk) broke(ctx context.Context, err error) Result {
	w.over = true
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

// pause waits a person's pace after an objection to the same service; false
// when it was interrupted.
func (w *walk) pause(ctx context.Context, i Item) bool {
	wait := w.Pace.next(i.Profile)
	if !w.attempted[i.Account.Service] || wait <= 0 {
		return true
	}
	if w.Pausing != nil {
		w.Pausing(i, wait)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-w.Stop:
		return false
	case <-ctx.Done():
		return false
	}
}
