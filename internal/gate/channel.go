package gate

import (
	"context"
	"errors"
)

// None is the channel to nobody: each gate is answered Nobody at once.
type None struct{}

// Meet answers Nobody. It leaves the lease out: another channel may have come
// to it.
func (None) Meet(context.Context, Gate, *Lease) (Answer, error) {
	return Answer{Verb: Nobody, By: "none"}, nil
}

// Several is a person who can be met in more than one place: every channel is
// asked at once, and the first to return the lease has answered.
type Several []Channel

// Meet returns when all channels have: each of them ends when the lease does.
// Where none returned it, the answer is Nobody, with what went wrong.
func (s Several) Meet(ctx context.Context, g Gate, l *Lease) (Answer, error) {
	type met struct {
		answer Answer
		err    error
	}
	each := make(chan met, len(s))
	for _, c := range s {
		go func() {
			a, err := c.Meet(ctx, g, l)
			each <- met{a, err}
		}()
	}
	nobody := Answer{Verb: Nobody, By: "none"}
	var err error
	for range s {
		m := <-each
		err = errors.Join(err, m.err)
		if m.answer.Verb == Nobody {
			nobody = m.answer
		}
	}
	if a, over := l.Answer(); over {
		return a, nil
	}
	return nobody, err
}
