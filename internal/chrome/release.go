package chrome

import (
	"context"
	"fmt"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/journal"
)

// Release lets the held request go, which `left` in the journal has made safe,
// then everything else that was held and is no send; what would be the send
// once more is failed, from now on too. Errors: [ErrNoPermission] without a departure for
// this send; [ErrNothingHeld] when the page gave the request up meanwhile;
// [ErrGone]. After an error of Chrome's nobody knows whether it left.
func (t *Tab) Release(ctx context.Context, h *Held, d journal.Departure) error {
	if h == nil || h.tab != t || !d.Valid() || d.Send() != h.send {
		return fmt.Errorf("letting a request go: %w", ErrNoPermission)
	}
	own := h.paused.id // from the departure on h may follow a later request
	others, err := t.depart(h)
	if err != nil {
		return fmt.Errorf("letting %s go: %w", h.send, err)
	}
	b := t.context.browser
	err = proto.FetchContinueRequest{RequestID: own, InterceptResponse: true}.Call(b.root.with(ctx))
	for _, do := range others {
		do()
	}
	if err != nil {
		return fmt.Errorf("letting %s go: %w", h.send, err)
	}
	return nil
}

// depart moves the tab from sending to left, and judges what else is held by
// the rules that hold from now on. What becomes of it is done by the caller.
func (t *Tab) depart(h *Held) ([]func(), error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.over:
		return nil, ErrGone
	case h.released || t.hold.sent != h || t.hold.phase != sending:
		return nil, ErrNoPermission
	case h.paused.gone:
		return nil, ErrNothingHeld
	}
	h.released = true
	h.exchange.Started = t.now()
	t.traffic.watched[h.paused.network] = h.exchange
	t.hold.phase, t.hold.carried = departed, h.Carries() || h.paused.facts.named
	t.follow(h.paused)
	others := t.hold.held
	t.hold.held = nil
	var do []func()
	for _, p := range others {
		if p == h.paused {
			continue
		}
		p.facts.repeat = t.hold.equalsSend(p)
		do = append(do, t.rule(p))
	}
	return do, nil
}

// Drop gives a held request up: it is failed with everything else that is
// held, and nothing has left. Where [Tab.Release] came first nothing happens.
func (t *Tab) Drop(h *Held) {
	t.mu.Lock()
	mine := h != nil && h.tab == t && !h.released && t.hold.sent == h
	t.mu.Unlock()
	if mine {
		t.backToTyping(Withdrawn)
	}
}

// Answer waits until the send's answer is there, body included, or loading it
// has failed: then Exchange.Err says how, which proves nothing about whether
// it arrived. Errors: [ErrNoPermission] before the release, [ErrGone], ctx's.
func (t *Tab) Answer(ctx context.Context, h *Held) (Exchange, error) {
	if h == nil || h.tab != t {
		return Exchange{}, fmt.Errorf("waiting for the answer: %w", ErrNoPermission)
	}
	for {
		t.mu.Lock()
		released, w, wake := h.released, h.exchange, t.wake
		x, over := w.Exchange, w.over
		t.mu.Unlock()
		switch {
		case !released:
			return x, fmt.Errorf("waiting for the answer: %w", ErrNoPermission)
		case over:
			return x, nil
		}
		select {
		case <-w.done:
		case <-wake: // the real send may have come after telemetry
		case <-t.gone:
			return t.lastLook(h)
		case <-ctx.Done():
			return x, fmt.Errorf("waiting for the answer: %w", context.Cause(ctx))
		}
	}
}

// lastLook is the answer as far as it came when the tab ended.
func (t *Tab) lastLook(h *Held) (Exchange, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if h.exchange.over {
		return h.exchange.Exchange, nil
	}
	return h.exchange.Exchange, fmt.Errorf("waiting for the answer: %w", ErrGone)
}
