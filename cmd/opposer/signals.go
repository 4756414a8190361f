package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"opposer/internal/run"
)

// signals come from a person's Ctrl-C, or a system that wants us to end.
type signals <-chan os.Signal

// end stops listening.
type end func()

// listen begins to listen. Meanwhile a reader of our output that goes away
// (`opposer run | head`) gives an error instead of ending the process between
// a request and its record.
func listen() (signals, end) {
	c := make(chan os.Signal, 4)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	signal.Ignore(syscall.SIGPIPE)
	return c, func() {
		signal.Stop(c)
		signal.Reset(syscall.SIGPIPE)
	}
}

// farewell is how long a second Ctrl-C leaves for the browser to be ended and
// its temporary folder to be removed.
const farewell = 3 * time.Second

// stopping turns signals into what they mean: the first asks to stop at the
// next safe point, the second stops now, a third does not even tidy up.
type stopping struct {
	asked  chan struct{} // closed at the first
	cancel context.CancelFunc
	over   chan struct{}
	done   chan struct{}
}

// stops begins to listen; first is called at the first signal, and the context
// ends at the second. The caller ends the listening by [stopping.close].
func (p process) stops(ctx context.Context, first func()) (context.Context, *stopping) {
	s := &stopping{asked: make(chan struct{}), over: make(chan struct{}), done: make(chan struct{})}
	ctx, s.cancel = context.WithCancel(ctx)
	c, end := p.signal()
	go func() {
		defer close(s.done)
		defer end()
		s.watch(c, first, p.exit)
	}()
	return ctx, s
}

func (s *stopping) watch(c signals, first func(), exit func(int)) {
	select {
	case <-s.over:
		return
	case <-c:
		close(s.asked)
		first()
	}
	select {
	case <-s.over:
		return
	case <-c:
		s.cancel()
	}
	timer := time.NewTimer(farewell)
	defer timer.Stop()
	select {
	case <-s.over:
		return
	case <-c:
	case <-timer.C:
	}
	exit(run.Stopped)
}

// close stops listening and waits for the listener.
func (s *stopping) close() {
	close(s.over)
	<-s.done
	s.cancel()
}

// wasAsked reports whether a person asked to stop.
func (s *stopping) wasAsked() bool {
	select {
	case <-s.asked:
		return true
	default:
		return false
	}
}

// within is ctx until somebody asks to stop. The caller cancels it.
func (s *stopping) within(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		select {
		case <-s.asked:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(); <-over }
}
