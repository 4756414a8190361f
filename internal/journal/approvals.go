package journal

import (
	"context"
	"time"

	"opposer/internal/gate"
)

// Approval is a person's yes to a form, for every account whose form has the
// same signature.
type Approval struct {
	Signature string
	Form      []string // what the signature was made of, no value in it
	Service   string   // of the objection for which it was given
	At        time.Time
	By        string // the channel where the person was met
}

// Approvals gives every approval of a form, in the order in which they were
// given.
func (j *Journal) Approvals(ctx context.Context) ([]Approval, error) {
	events, err := j.History(ctx, "")
	if err != nil {
		return nil, err
	}
	services := map[Key]string{}
	var all []Approval
	for _, e := range events {
		if e.Objection != nil {
			services[e.Key] = e.Objection.Service
		}
		if e.Kind == GateReturned && e.Gate == gate.Review && e.Signature != "" {
			all = append(all, Approval{e.Signature, e.Form, services[e.Key], e.At, e.Channel})
		}
	}
	return all, nil
}
