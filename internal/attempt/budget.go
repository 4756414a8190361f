package attempt

import (
	"context"
	"errors"
	"sync"
	"time"
)

// errDeadline says that the machine's own time for the attempt is used up.
var errDeadline = errors.New("the attempt's time is used up")

// budget is the machine's time: it stands still while a person has the page.
type budget struct {
	mu     sync.Mutex
	left   time.Duration
	since  time.Time
	timer  *time.Timer
	cancel context.CancelCauseFunc
}

// within is ctx with a budget; d ≤ 0 is no limit.
func within(ctx context.Context, d time.Duration) (context.Context, *budget) {
	ctx, cancel := context.WithCancelCause(ctx)
	b := &budget{left: d, cancel: cancel}
	if d > 0 {
		b.resume()
	}
	return ctx, b
}

func (b *budget) pause() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.timer != nil && b.timer.Stop() {
		b.left -= time.Since(b.since)
	}
	b.timer = nil
}

func (b *budget) resume() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left <= 0 || b.timer != nil {
		return
	}
	b.since = time.Now()
	b.timer = time.AfterFunc(b.left, func() { b.cancel(errDeadline) })
}

func (b *budget) end() {
	b.pause()
	b.cancel(context.Canceled)
}
