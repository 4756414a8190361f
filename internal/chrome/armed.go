package chrome

import (
	"context"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// armedWithin bounds the question to the page: one that does not answer is not
// known to be safe.
const armedWithin = 3 * time.Second

// Armed reports whether nothing can leave when this program is killed now: the
// browser dies with it, and no page or frame of the tab has a channel open
// that the hold does not see: WebSocket, WebTransport or RTC. It is to be asked
// before the press: Chrome passes no question to a page that is being left, and
// what cannot be asked is not armed.
func (t *Tab) Armed() bool {
	if !t.context.browser.Armed() || t.dead() != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), armedWithin)
	defer cancel()
	for _, s := range t.pages() {
		if peers, err := peerConnections(s.with(ctx)); err != nil || peers > 0 {
			return false
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.traffic.channels) == 0 // what was on its way has been told of, before those answers
}

// pages are the sessions of the tab's pages and frames, pop-ups included.
func (t *Tab) pages() []*session {
	b := t.context.browser
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []*session
	for _, s := range b.sessions {
		if s.owner != nil && s.owner.tab == t && s.framed() {
			out = append(out, s)
		}
	}
	return out
}

// peerConnections counts the RTC connections of a session's process. The
// protocol has no event for them, but Blink counts the living ones.
func peerConnections(s *session) (int, error) {
	if err := (proto.PerformanceEnable{}).Call(s); err != nil {
		return 0, err
	}
	got, err := proto.PerformanceGetMetrics{}.Call(s)
	if err != nil {
		return 0, err
	}
	for _, m := range got.Metrics {
		if m.Name == "RTCPeerConnections" {
			return int(m.Value), nil
		}
	}
	return 0, nil
}
