package main

import (
	"context"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/run"
)

// freely claims everything.
type freely struct{}

func (freely) Claim(context.Context, string, journal.Objection) (journal.Claim, error) {
	return journal.Claim{}, nil
}
func (freely) Reopen(context.Context, string, journal.Objection) error { return nil }
func (freely) Standings(context.Context) ([]journal.Standing, error)   { return nil, nil }

// patient is a person who answers a's gate when b's was met, and not before.
type patient struct{ met chan struct{} }

func (p patient) Meet(_ context.Context, g gate.Gate, _ *gate.Lease) (gate.Answer, error) {
	if g.Account == "a" {
		<-p.met
	} else {
		close(p.met)
	}
	return gate.Answer{Verb: gate.Done}, nil
}

// TestTheNextIsBroughtToItsGateWhileAPersonIsWaitedFor: with one turn for all,
// the second account can only come to its gate where the first gave its turn
// away.
func TestTheNextIsBroughtToItsGateWhileAPersonIsWaitedFor(t *testing.T) {
	person := patient{make(chan struct{})}
	r := run.Runner{
		Journal: freely{},
		Attempt: func(ctx context.Context, _ journal.Claim, i run.Item, turn *run.Turn) (run.Outcome, error) {
			a, err := giveWay(person, turn).Meet(ctx, gate.Gate{Account: i.Account.ID}, gate.Offer())
			if a != (gate.Answer{Verb: gate.Done}) || err != nil {
				t.Errorf("%s was told %+v %v", i.Account.ID, a, err)
			}
			return run.Outcome{State: journal.State{Is: journal.Submitted}}, nil
		},
	}
	results := r.Run(t.Context(), run.Plan{Items: []run.Item{of("a"), of("b")}})
	if run.ExitCode(results) != 0 {
		t.Errorf("%+v", results)
	}
	if giveWay(gate.None{}, nil) != (gate.None{}) {
		t.Error("a turn is given away where nobody is met")
	}
}
