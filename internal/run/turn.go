package run

import (
	"context"
	"time"
)

// Turn is an attempt's turn at the machine's work. One attempt works at a time;
// where a person is waited for, its turn is given away, so that others go on
// meanwhile. It belongs to the attempt's goroutine. A nil Turn is always there.
type Turn struct {
	walk    *walk
	service string
	claimed bool // its objection was claimed: the service was worked at
	away    bool
}

// Away lets others work: from now on the attempt touches no page until Back.
func (t *Turn) Away() {
	if t == nil || t.away {
		return
	}
	t.away = true
	if t.claimed {
		t.walk.seen(t.service, time.Now())
	}
	t.walk.machine.Release(1)
}

// Back waits until it is the attempt's turn again; its error is ctx's.
func (t *Turn) Back(ctx context.Context) error {
	if t == nil || !t.away {
		return nil
	}
	if err := t.walk.machine.Acquire(ctx, 1); err != nil {
		return err
	}
	t.away = false
	return nil
}
