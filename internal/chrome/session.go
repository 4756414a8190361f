package chrome

import (
	"context"
	"fmt"
	"sync"

	"github.com/go-rod/rod/lib/proto"
)

// Kinds of target that the protocol library does not name.
const (
	kindFrame  proto.TargetTargetInfoType = "iframe" // a frame in a process of its own
	kindWorker proto.TargetTargetInfoType = "worker"
)

// session is one DevTools session: of the browser (id ""), a page, a frame out
// of process or a worker. It is a proto.Client, so that typed calls read
// `proto.PageEnable{}.Call(s.with(ctx))`. Copies made by with share everything
// but the context. Safe for concurrent use.
type session struct {
	browser *Browser
	parent  *session        // nil for the browser's
	ctx     context.Context //nolint:containedctx // proto's typed calls ask their client for it
	id      proto.TargetSessionID
	target  proto.TargetTargetID
	kind    proto.TargetTargetInfoType
	life    *life
	owner   *owner
}

// owner is the tab that a session belongs to; nil when none does.
type owner struct {
	tab   *Tab
	popup bool // a page that the tab's page opened, or something of it
}

// with gives the session bound to a context, which ends its calls.
func (s *session) with(ctx context.Context) *session {
	bound := *s
	bound.ctx = ctx
	return &bound
}

// GetContext is the context of calls made through proto's types.
func (s *session) GetContext() context.Context {
	if s.ctx == nil {
		return context.Background()
	}
	return s.ctx
}

// GetSessionID names the session in calls made through proto's types.
func (s *session) GetSessionID() proto.TargetSessionID { return s.id }

// Call makes one call and waits for its answer, for ctx, or for the end of the
// session, whichever is first: a crashed renderer answers nothing, ever. The
// errors are [ErrGone], [ErrCrashed], ctx's cause and *callError.
func (s *session) Call(ctx context.Context, id, method string, params any) ([]byte, error) {
	alive := s.life.context()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(alive, func() { cancel(context.Cause(alive)) })()
	answer, err := s.browser.client.Call(ctx, id, method, params)
	if err == nil {
		return answer, nil
	}
	if alive.Err() != nil {
		return nil, fmt.Errorf("%s: %w", method, context.Cause(alive))
	}
	return nil, edge(ctx, method, err)
}

// life is how long a session answers. A crash ends it; navigating renews it.
type life struct {
	mu  sync.Mutex
	ctx context.Context //nolint:containedctx // it is the life: it ends when the session does
	end context.CancelCauseFunc
}

func newLife() *life {
	l := &life{}
	l.ctx, l.end = context.WithCancelCause(context.Background())
	return l
}

func (l *life) context() context.Context {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ctx
}

func (l *life) stop(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end(why)
}

// renew lets a crashed session be used again; one that is gone stays gone.
func (l *life) renew() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if context.Cause(l.ctx) == ErrCrashed { //nolint:errorlint // set by us, never wrapped
		l.ctx, l.end = context.WithCancelCause(context.Background())
	}
}
