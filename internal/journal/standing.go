package journal

import (
	"context"
	"time"
)

// Standing is where one objection stands, as its events tell.
type Standing struct {
	Objection Objection // as last attempted
	State     State
	Since     time.Time // when the event came that brought the state
	Last      Event     // the event that brought the state; later notes are not it
	Attempts  int

	Reference string // the latest number the service gave, of this attempt
	Evidence  string // the latest evidence folder, of this attempt
}

// Standings tells where every objection stands that was ever attempted, in the
// order in which they first were. An attempt that is under way, or was
// interrupted and not claimed since, stands where its last event left it.
func (j *Journal) Standings(ctx context.Context) ([]Standing, error) {
	events, err := j.History(ctx, "")
	if err != nil {
		return nil, err
	}
	at := map[Key]int{}
	var all []Standing
	for _, e := range events {
		i, known := at[e.Key]
		if !known {
			i = len(all)
			at[e.Key] = i
			all = append(all, Standing{Objection: Objection{Key: e.Key}, State: State{Is: Pending}})
		}
		all[i].add(e)
	}
	return all, nil
}

// add folds the next event in.
func (s *Standing) add(e Event) {
	if e.State != s.State {
		s.State, s.Since, s.Last = e.State, e.At, e
	}
	if e.Objection != nil {
		s.Objection = *e.Objection
	}
	if e.Kind == Claimed {
		s.Attempts++
		s.Reference, s.Evidence = "", ""
	}
	if e.Reference != "" {
		s.Reference = e.Reference
	}
	if e.Evidence != "" {
		s.Evidence = e.Evidence
	}
}
