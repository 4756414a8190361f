package chrome

import (
	"bytes"
	"context"
	"slices"

	"github.com/go-rod/rod/lib/proto"
)

// hold is what a tab knows of its requests. Its tab guards it.
type hold struct {
	phase   phase
	closing bool
	pressed bool                                        // the button that sends was pressed on this page
	typed   map[proto.PageFrameID]proto.NetworkLoaderID // documents that were typed into
	origins []string                                    // … and their origins
	origin  string                                      // of the page that sends: where a send without values goes

	writing  []proto.PageFrameID // the frame that is being written into, and those around it
	waiting  []*pausedRequest    // documents for these, until the writing is done
	held     []*pausedRequest
	sent     *Held // the send that was let go, or is about to be
	hops     map[proto.NetworkRequestID]bool
	carried  bool
	refused  []Refusal
	partials []*watched
}

func newHold() hold {
	return hold{typed: map[proto.PageFrameID]proto.NetworkLoaderID{}, hops: map[proto.NetworkRequestID]bool{}}
}

func (h *hold) typedInto(id proto.PageFrameID, document proto.NetworkLoaderID) {
	h.typed[id] = document
	if h.phase == free {
		h.phase = typing
	}
}

// strictness orders tabs by how much a request of unknown origin matters to
// them: 0 is not at all.
func (h *hold) strictness() int {
	return [...]int{free: 0, departed: 1, typing: 2, sending: 3}[h.phase]
}

// striking records that the button is about to be pressed: from then on the
// page may send, however late.
func (t *Tab) striking() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hold.pressed = t.hold.pressed || t.hold.phase == sending
}

// caused reports whether the press that is to send has had its effect already.
func (t *Tab) caused() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hold.phase != sending || t.best() != nil
}

// Resume goes back to before the letting go: the send was answered, and by the
// answer it was not the one that makes the objection. Whatever the page sends
// now of itself is failed, and what a person sends is kept for the journal.
func (t *Tab) Resume() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hold.phase == departed {
		t.hold.phase, t.hold.sent, t.hold.carried, t.hold.pressed = typing, nil, false, true
	}
}

// isHop reports whether a request is a redirect of one that was let go as the send.
func (h *hold) isHop(id proto.NetworkRequestID) bool { return id != "" && h.hops[id] }

// equalsSend reports whether a request is the send once more.
func (h *hold) equalsSend(p *pausedRequest) bool {
	if h.phase != departed || h.sent == nil {
		return false
	}
	s := h.sent.paused
	return s.request.Method == p.request.Method && s.request.URL == p.request.URL && bytes.Equal(s.body, p.body)
}

// cancelled forgets a held request that its page gave up itself.
func (h *hold) cancelled(id proto.NetworkRequestID) {
	given := func(p *pausedRequest) bool {
		p.gone = p.gone || p.network == id && id != ""
		return p.gone
	}
	h.held, h.waiting = slices.DeleteFunc(h.held, given), slices.DeleteFunc(h.waiting, given)
}

// mayComeFromTyped reports whether a document that was typed into may have
// made a request. Chrome itself writes the Origin header of what is not a
// plain GET; where there is none, the frame decides, and an unknown one counts.
func (t *Tab) mayComeFromTyped(p *pausedRequest) bool {
	if t.hold.phase == free {
		return false
	}
	if origin, ok := p.request.Headers["Origin"]; ok && origin.Str() != "null" {
		return slices.Contains(t.hold.origins, origin.Str())
	}
	if _, ok := t.hold.typed[p.frame]; ok || p.kind == proto.NetworkResourceTypeDocument {
		return true
	}
	f := t.tree.find(p.frame)
	if f == nil {
		return true
	}
	origin, _ := split(f.url)
	return origin == "null" || slices.Contains(t.hold.origins, origin)
}

// apply records a ruling. The caller has locked t.
func (t *Tab) apply(p *pausedRequest, r ruling) {
	switch r.do {
	case keep:
		t.hold.held = append(t.hold.held, p)
		t.notifyLocked()
	case deny:
		t.refuse(p, r.why)
	case passNote:
		t.hold.partials = append(t.hold.partials, t.watch(p.network, p.request))
	case passUnsure:
		t.unsure = append(t.unsure, p.network)
		if _, told := t.traffic.open[p.network]; !told && p.network != "" {
			t.traffic.open[p.network] = flight{since: t.now(), counts: true} // Chrome tells of it yet
		}
	case passSend:
		t.follow(p)
	case pass:
	}
}

// follow counts a request as part of the send: its hops are told from others,
// and its answer is the send's.
func (t *Tab) follow(p *pausedRequest) {
	if !p.facts.hop && t.hold.sent != nil && t.hold.sent.paused != p {
		// The one that carries our values, after telemetry was let go as the send.
		w := t.hold.sent.exchange
		delete(t.traffic.watched, t.hold.sent.paused.network) // its answer is not the send's
		t.traffic.watched[p.network] = w
		w.describe(&t.guard, p.request)
		t.hold.sent.paused, t.hold.carried = p, true
		if w.over {
			t.hold.sent.exchange = t.reopened(w, p)
		}
	}
	if p.network != "" {
		t.hold.hops[p.network] = true
	}
}

// reopened follows the real send where the telemetry before it was answered.
func (t *Tab) reopened(old *watched, p *pausedRequest) *watched {
	w := t.watch(p.network, p.request)
	w.Ours, w.Repeats = true, old.Repeats
	return w
}

// refuse records a request that is being failed.
func (t *Tab) refuse(p *pausedRequest, why Why) {
	if why == Repeated && t.hold.sent != nil {
		t.hold.sent.exchange.Repeats++
	}
	t.hold.refused = append(t.hold.refused, Refusal{
		Method: p.request.Method, Origin: p.origin, Path: t.guard.mask(p.path), Why: why,
		Carried: p.facts.mayCarry(), Main: p.facts.document, At: t.now(),
	})
	t.notifyLocked()
}

// Refused lists the requests that the hold has failed, oldest first.
func (t *Tab) Refused() []Refusal {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.hold.refused)
}

// Partials lists the requests that carried our values to allowed origins
// without a permit: what the earlier steps of a wizard posted.
func (t *Tab) Partials() []Exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]Exchange, len(t.hold.partials))
	for i, w := range t.hold.partials {
		out[i] = w.Exchange
	}
	return out
}

// failAll fails all that is held, and, when the tab is closing, all to come.
func (t *Tab) failAll(ctx context.Context, why Why) {
	t.mu.Lock()
	if why == Closing {
		t.hold.closing = true
	}
	held := t.takeHeld(why, func(*pausedRequest) bool { return true })
	t.mu.Unlock()
	for _, p := range held {
		t.context.browser.failNow(ctx, p.id)
	}
}

// failOf fails what one frame left held.
func (t *Tab) failOf(id proto.PageFrameID) {
	t.mu.Lock()
	held := t.takeHeld(Closing, func(p *pausedRequest) bool { return p.frame == id })
	t.mu.Unlock()
	for _, p := range held {
		t.context.browser.failRequest(p.id)
	}
}

// takeHeld takes the held requests that are meant out of the list, as refused.
// The caller has locked t and fails them.
func (t *Tab) takeHeld(why Why, meant func(*pausedRequest) bool) []*pausedRequest {
	var taken []*pausedRequest
	take := func(p *pausedRequest) bool {
		if !meant(p) {
			return false
		}
		taken = append(taken, p)
		return true
	}
	t.hold.held, t.hold.waiting = slices.DeleteFunc(t.hold.held, take), slices.DeleteFunc(t.hold.waiting, take)
	for _, p := range taken {
		t.refuse(p, why)
	}
	return taken
}
