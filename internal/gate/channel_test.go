package gate

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// answers is a channel whose person answers after a time; with Nobody it
// reaches none, and without a time they never answer.
type answers struct {
	verb  Verb
	after time.Duration
}

func (c answers) Meet(ctx context.Context, _ Gate, l *Lease) (Answer, error) {
	a := Answer{Verb: c.verb, By: "test"}
	if c.verb == Nobody {
		return a, nil
	}
	var come <-chan time.Time
	if c.after > 0 {
		come = time.After(c.after)
	}
	select {
	case <-come:
		if errors.Is(l.Return(a), ErrReturned) {
			a, _ = l.Answer()
		}
	case <-l.Returned():
		a, _ = l.Answer()
	case <-ctx.Done():
		return Answer{Verb: RanOut}, ctx.Err()
	}
	return a, nil
}

func TestNoneAnswersNobodyAndLeavesTheLeaseToOthers(t *testing.T) {
	l := Offer()
	a, err := None{}.Meet(t.Context(), Gate{Kind: Login}, l)
	if err != nil || a.Verb != Nobody || a.By != "none" {
		t.Errorf("%+v %v", a, err)
	}
	if !l.Out() {
		t.Error("nobody returned the lease")
	}
}

func TestOfSeveralChannelsTheFirstAnswerIsHeard(t *testing.T) {
	for name, c := range map[string]struct {
		channels Several
		want     Verb
	}{
		"the second is quicker":    {Several{answers{Done, time.Hour}, answers{GiveUp, time.Minute}}, GiveUp},
		"one reaches nobody":       {Several{answers{Nobody, 0}, answers{Approve, time.Minute}}, Approve},
		"one waits for its end":    {Several{answers{}, answers{Approve, time.Minute}}, Approve},
		"none reaches anybody":     {Several{answers{Nobody, 0}, None{}}, Nobody},
		"there is none":            {nil, Nobody},
		"nobody, and a later pick": {Several{None{}, answers{Pick, time.Hour}}, Pick},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, err := c.channels.Meet(t.Context(), Gate{}, Offer())
				if err != nil || a.Verb != c.want {
					t.Errorf("%+v %v, not %q", a, err, c.want)
				}
			})
		})
	}
}

func TestSeveralEndWithTheirContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := (Several{answers{}, answers{Nobody, 0}}).Meet(ctx, Gate{}, Offer()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}
