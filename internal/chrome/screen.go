package chrome

import (
	"context"
	"fmt"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

// Screen is the tab as a person sees it who cannot see its window; see
// [gate.Screen].
func (t *Tab) Screen() gate.Screen { return screen{t} }

type screen struct{ tab *Tab }

// Watch shows the page, or the pop-up that stands before it, while ctx lasts.
func (s screen) Watch(ctx context.Context, show func(gate.View)) error {
	w := &watcher{wake: make(chan struct{}, 1)}
	s.tab.seat(w)
	defer s.tab.leave(w)
	for {
		if v, news := s.tab.news(w); news {
			show(v)
			continue
		}
		select {
		case <-w.wake:
		case <-s.tab.gone:
			return fmt.Errorf("watching the page: %w", ErrGone)
		case <-ctx.Done():
			return fmt.Errorf("watching the page: %w", context.Cause(ctx))
		}
		if ctx.Err() != nil {
			return fmt.Errorf("watching the page: %w", context.Cause(ctx))
		}
	}
}

// Front brings the tab's window to the front.
func (s screen) Front(ctx context.Context) error { return s.tab.Front(ctx) }

// Act passes on what the person did. What comes from an old drive, or after
// the lease's end, is [gate.ErrNotDriving] and reaches no page.
func (s screen) Act(ctx context.Context, d gate.Drive, in gate.Input) error {
	if err := s.tab.actFor(ctx, d, in); err != nil {
		return fmt.Errorf("acting for the person: %w", err)
	}
	return nil
}

func (t *Tab) actFor(ctx context.Context, d gate.Drive, in gate.Input) error {
	if in.Kind == gate.Reply {
		return t.answerFor(ctx, d, in)
	}
	do, err := input(in)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, lease, err := t.driven(d)
	if err != nil || s == nil {
		return err
	}
	done := make(chan error, 1)
	t.context.browser.task(func() {
		if !d.Current(lease) {
			done <- gate.ErrNotDriving
			return
		}
		done <- do(s.with(ctx))
	})
	// An input that opens a native dialog is answered by Chrome only when the
	// dialog is: it is done all the same.
	for {
		asking, wake := t.asking()
		if asking {
			return nil
		}
		select {
		case err := <-done:
			if err != nil && wentAway(err) {
				return t.dead()
			}
			return err
		case <-wake:
		case <-lease.Returned():
			return nil
		case <-t.gone:
			return ErrGone
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// driven is the session that a drive's input goes to: what is shown, else the
// page. nil without an error: a native dialog stands before it, and the input
// is dropped as a window would drop it.
func (t *Tab) driven(d gate.Drive) (*session, *gate.Lease, error) {
	if err := t.dead(); err != nil {
		return nil, nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !d.Current(t.lease) {
		return nil, nil, gate.ErrNotDriving
	}
	t.touchLocked()
	switch {
	case len(t.asked) > 0:
		return nil, t.lease, nil
	case t.stage.shown != nil:
		return t.stage.shown, t.lease, nil
	default:
		return t.session, t.lease, nil
	}
}

// answerFor answers the native dialog that is shown. One that is gone, or was
// answered already, is nobody's mistake.
func (t *Tab) answerFor(ctx context.Context, d gate.Drive, in gate.Input) error {
	if err := t.dead(); err != nil {
		return err
	}
	t.mu.Lock()
	if !d.Current(t.lease) {
		t.mu.Unlock()
		return gate.ErrNotDriving
	}
	t.touchLocked()
	a := t.shownLocked()
	if a == nil || a.answered {
		t.mu.Unlock()
		return nil
	}
	a.answered = true
	t.mu.Unlock()
	reply := proto.PageHandleJavaScriptDialog{Accept: in.Accept}
	if in.Accept && a.dialog.Kind == string(proto.PageDialogTypePrompt) {
		reply.PromptText = in.Text
	}
	return t.reply(ctx, a, reply)
}
