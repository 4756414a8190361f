package run

import (
	"context"
	"sync"
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
	// Attempt makes one attempt; it gives its turn away where a person is
	// waited for. Its error says that our own work could not be done; nothing
	// more is attempted then.
	Attempt func(ctx context.Context, c journal.Claim, i Item, t *Turn) (Outcome, error)
	ID      string // of this run, for the journal
	Pace    Pace
	Waiting int // attempts that wait for a person at once; 0: a number that a computer bears
	DryRun  bool
	Stop    <-chan struct{} // closed: begin nothing more

	// What is listened to, one call at a time; nil: nobody listens.
	Pausing func(Item, time.Duration) // a pause before it begins
	Began   func(Item)                // its attempt begins
	Ended   func(Result)              // it ended
}

// Run does the plan and gives a result for each of its items, in its order. One
// attempt works at a time; while some wait for a person the next one begins.
// The rest is not started when Stop is closed, ctx ends, or an attempt says
// that our own work cannot be done. A panic of an attempt is raised here, as a
// *[Crash], when the others have ended.
func (r *Runner) Run(ctx context.Context, p Plan) []Result {
	w := r.walk(len(p.Items))
	begin, over := context.WithCancel(ctx)
	w.over = over
	var watching sync.WaitGroup
	watching.Go(func() {
		select {
		case <-r.Stop:
			over()
		case <-begin.Done():
		}
	})
	defer watching.Wait()
	defer over()
	for n, item := range p.Items {
		switch {
		case item.Doing == Covered:
		case item.Doing == Skip:
			w.skip(ctx, n, item)
		case w.turn(begin, item):
			w.begin(ctx, n, item)
		default:
			w.attempts.Wait() // told after those that are under way
			w.ended(n, Result{Item: item, Came: NotStarted, DryRun: w.DryRun})
		}
	}
	w.attempts.Wait()
	if w.crash != nil {
		panic(w.crash)
	}
	for n, item := range p.Items {
		if item.Doing == Covered {
			w.ended(n, covered(item, w.results))
		}
	}
	return w.results
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
