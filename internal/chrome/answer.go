package chrome

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/go-rod/rod/lib/proto"
)

// answered hears of the answer to a request that was let go as the send. A
// redirect goes on (the hop is paused and judged again); of any other answer
// the body is taken before the page sees it: once a navigation has committed,
// Chrome has it no more.
func (b *Browser) answered(e *proto.FetchRequestPaused) {
	b.mu.Lock()
	t := b.holders[e.FrameID]
	b.mu.Unlock()
	if t == nil {
		t = b.strictest()
	}
	if t == nil {
		b.continueRequest(e.RequestID, false)
		return
	}
	b.task(func() {
		ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
		defer cancel()
		defer b.continueRequest(e.RequestID, false)
		if e.ResponseStatusCode == nil {
			t.sendAnswered(e.NetworkID, func(w *watched) { w.Err = errorName(e.ResponseErrorReason) })
			return
		}
		if status := *e.ResponseStatusCode; status >= 300 && status < 400 && status != 304 {
			return
		}
		t.takeBody(ctx, e)
	})
}

// takeBody reads the answer's body and finishes the send's exchange.
func (t *Tab) takeBody(ctx context.Context, e *proto.FetchRequestPaused) {
	got, err := proto.FetchGetResponseBody{RequestID: e.RequestID}.Call(t.context.browser.root.with(ctx))
	t.sendAnswered(e.NetworkID, func(w *watched) {
		w.Status = *e.ResponseStatusCode
		if err != nil {
			w.Err = "net::ERR_FAILED"
			return
		}
		w.Body = []byte(got.Body)
		if got.Base64Encoded {
			if w.Body, err = base64.StdEncoding.DecodeString(got.Body); err != nil {
				w.Err = "net::ERR_CONTENT_DECODING_FAILED"
			}
		}
		w.Body = w.Body[:min(len(w.Body), maxBody)]
	})
}

// sendAnswered completes the exchange of a request that was let go as the send.
func (t *Tab) sendAnswered(id proto.NetworkRequestID, fill func(*watched)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := t.traffic.watched[id]
	if w == nil || w.over {
		return
	}
	fill(w)
	w.finish(t.now())
	t.notifyLocked()
}

// errorName gives a Network.ErrorReason the name under which Chrome shows it:
// ConnectionRefused is net::ERR_CONNECTION_REFUSED.
func errorName(r proto.NetworkErrorReason) string {
	var name strings.Builder
	name.WriteString("ERR")
	for _, c := range string(r) {
		if c >= 'A' && c <= 'Z' {
			name.WriteByte('_')
		}
		name.WriteRune(c)
	}
	return "net::" + strings.ToUpper(name.String())
}
