package chrome

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/profile"
)

// settleFor is how long a better request is waited for once one is held that
// could be the send: a page may post its telemetry first.
const settleFor = 1500 * time.Millisecond

// Held is a request that Chrome has paused and that is about to be a send. It
// leaves by [Tab.Release] only.
type Held struct {
	tab      *Tab
	paused   *pausedRequest
	exchange *watched
	request  journal.Request
	send     string
	released bool
}

// Request is what is about to leave, for journal.MarkLeft. The body is in
// clear: it is for a keyed hash, never to be stored. The path is masked.
func (h *Held) Request() journal.Request { return h.request }

// Carries reports whether one of our values is in it, or may be in a body that
// Chrome does not show.
func (h *Held) Carries() bool { return h.paused.facts.carries || h.paused.facts.opaque }

// Send clicks the node that sends and gives the request this causes, paused:
// the one that goes to an address the profile names, else the one that carries
// our values, else, when none does, the first to the page's own origin. From
// the click on, every request of the tab, its pop-ups and workers that is not
// a plain GET stays paused.
//
// Errors: [ErrNoPermission] without a good permit, or an admission that does
// not cover the node; [ErrLent], [ErrCrashed], [ErrGone], [ErrStale];
// [ErrElsewhere] when the page's origin is not the admitted one any more or
// the click sent our values elsewhere (they were failed); [ErrNothingHeld] when
// nothing came by ctx's deadline. After an error nothing has left and nothing
// is held: it was failed first. What the page sends later on because of the
// press is failed too, until the next Send or [Tab.Navigate].
func (t *Tab) Send(ctx context.Context, a profile.Admitted, p journal.Permit, n locate.Node) (*Held, error) {
	if !p.Valid() || !a.Covers(n.Frame, n.Document) {
		return nil, fmt.Errorf("sending: %w", ErrNoPermission)
	}
	if err := t.admits(ctx, a); err != nil {
		return nil, fmt.Errorf("sending %s: %w", p.Send(), err)
	}
	refused := t.beginSending(a.Origin())
	// The press may not return while what it caused is held (a page may wait for
	// its request inside the click): it runs beside the waiting. When nothing came
	// of it, it is ended first.
	pressing, stop := context.WithCancel(ctx)
	pressed, over := make(chan error, 1), make(chan struct{})
	t.context.browser.task(func() {
		defer close(over)
		defer stop()
		pressed <- t.pressUntil(pressing, n, t.caused)
	})
	held, err := t.await(ctx, pressed, refused)
	if err == nil {
		held.send = p.Send()
		return held, nil
	}
	stop()
	select {
	case <-over:
	case <-t.gone: // then it may never have begun
	}
	t.backToTyping(NothingToDo)
	return nil, fmt.Errorf("sending %s: %w", p.Send(), err)
}

// Catch gives the request by which a person, who has or had the page, is about
// to send: it was paused because it goes where a send goes. Without one the
// error is [ErrNothingHeld]. The permit is taken for it as for a click.
func (t *Tab) Catch(p journal.Permit) (*Held, error) {
	if !p.Valid() {
		return nil, fmt.Errorf("catching a send: %w", ErrNoPermission)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	best := t.best()
	if best == nil {
		return nil, fmt.Errorf("catching a send: %w", ErrNothingHeld)
	}
	t.hold.phase = sending
	t.hold.pressed = true // by the person
	held := t.hand(best)
	held.send = p.Send()
	return held, nil
}

// Caught reports whether a person's own send is waiting to be caught.
func (t *Tab) Caught() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hold.phase != sending && t.best() != nil
}

// admits checks everything a send needs of the page, now: who has it, which
// document is in the frame, and what origin that document itself says it has.
func (t *Tab) admits(ctx context.Context, a profile.Admitted) error {
	if err := t.mayAct(); err != nil {
		return err
	}
	ref, ok := t.frame(proto.PageFrameID(a.Frame()))
	if !ok || string(ref.loader) != a.Document() {
		return ErrStale
	}
	origin, err := t.liveOrigin(ctx, ref.id)
	if err != nil {
		return err
	}
	if origin != a.Origin() || !t.guard.types(origin) {
		return ErrElsewhere
	}
	return nil
}

// liveOrigin asks the frame's document for its origin, in our own world, where
// the page cannot answer for it.
func (t *Tab) liveOrigin(ctx context.Context, id proto.PageFrameID) (string, error) {
	s, world, err := t.world(ctx, id)
	if err != nil {
		return "", err
	}
	got, err := proto.RuntimeEvaluate{Expression: "self.origin", ContextID: world, ReturnByValue: true}.Call(s.with(ctx))
	switch {
	case documentGone(err):
		return "", ErrStale
	case err != nil:
		return "", err
	case got.Result == nil:
		return "", ErrStale
	}
	return got.Result.Value.Str(), nil
}

// beginSending turns the hold on and gives how many requests were refused before.
func (t *Tab) beginSending(origin string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hold.phase, t.hold.origin = sending, origin
	t.hold.sent, t.hold.carried = nil, false
	clear(t.hold.hops)
	return len(t.hold.refused)
}

// backToTyping ends a sending that came to nothing: what is held is failed.
func (t *Tab) backToTyping(why Why) {
	ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
	defer cancel()
	t.mu.Lock()
	if t.hold.phase == sending {
		t.hold.phase = typing // first: what the page asks for anew when it fails is not held
	}
	t.mu.Unlock()
	t.failAll(ctx, why)
}

// await waits until the send is held, for a while longer when it could be
// another, for the press to go wrong, or for ctx.
func (t *Tab) await(ctx context.Context, pressed <-chan error, refused int) (*Held, error) {
	var settled <-chan time.Time
	for {
		wake := t.changing()
		held, some := t.pick(true)
		if held != nil {
			return held, nil
		}
		if settled == nil && (some || t.sentElsewhere(refused)) {
			timer := time.NewTimer(t.bounds.settle)
			defer timer.Stop()
			settled = timer.C
		}
		select {
		case <-wake:
		case <-settled:
			if held, _ := t.pick(false); held != nil {
				return held, nil
			}
			if t.sentElsewhere(refused) {
				return nil, ErrElsewhere
			}
			settled = nil
		case err := <-pressed:
			if err != nil && ctx.Err() == nil {
				return nil, err
			}
			pressed = nil // where the time is over, what is held decides
		case <-t.gone:
			return nil, ErrGone
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) { // nothing better can come any more
				if held, _ := t.pick(false); held != nil {
					return held, nil
				}
			}
			return nil, errors.Join(ErrNothingHeld, context.Cause(ctx))
		}
		if err := t.dead(); err != nil {
			return nil, err
		}
	}
}

// pick hands out the best request that is held: only a certain one while a
// better may come. It tells whether there is any that could be the send.
func (t *Tab) pick(certainOnly bool) (held *Held, some bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	best := t.best()
	if best == nil {
		return nil, false
	}
	if certainOnly && best.rank < certain(t.guard.namedOn(t.hold.origin)) {
		return nil, true
	}
	return t.hand(best), true
}

// best is the held request most likely to be the send; of equals the first.
func (t *Tab) best() *pausedRequest {
	var best *pausedRequest
	for _, p := range t.hold.held {
		if p.rank > 0 && (best == nil || p.rank > best.rank) {
			best = p
		}
	}
	return best
}

func (t *Tab) hand(p *pausedRequest) *Held {
	h := &Held{tab: t, paused: p, exchange: &watched{done: make(chan struct{})}}
	h.request = journal.Request{Method: p.request.Method, Origin: p.origin, Path: t.guard.mask(p.path), Body: p.body}
	h.exchange.describe(&t.guard, p.request)
	h.exchange.Ours = true
	t.hold.sent = h
	return h
}

func (t *Tab) sentElsewhere(before int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.hold.refused[min(before, len(t.hold.refused)):] {
		if r.Why == Elsewhere && (r.Carried || r.Main) {
			return true
		}
	}
	return false
}
