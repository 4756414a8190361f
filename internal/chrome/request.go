package chrome

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/go-rod/rod/lib/proto"
)

// pausedRequest is a request that Chrome has paused at the hold.
type pausedRequest struct {
	id      proto.FetchRequestID
	network proto.NetworkRequestID
	frame   proto.PageFrameID
	kind    proto.NetworkResourceType
	request *proto.NetworkRequest
	origin  string
	path    string
	body    []byte
	facts   facts
	rank    int
	gone    bool // its page gave it up while it was held
}

// requestPaused is the hold's ear: every request of every page, frame, pop-up
// and worker of the browser comes through here before it leaves.
func requestPaused(s *session, e *proto.FetchRequestPaused) {
	b := s.browser
	if e.ResponseStatusCode != nil || e.ResponseErrorReason != "" {
		b.answered(e)
		return
	}
	if e.Request == nil {
		b.failRequest(e.RequestID) // what cannot be judged does not leave
		return
	}
	b.mu.Lock()
	t, closing := b.holders[e.FrameID], b.closing
	b.mu.Unlock()
	known := t != nil
	if !known {
		t = b.strictest()
	}
	switch {
	case closing:
		b.failRequest(e.RequestID)
	case t == nil:
		b.continueRequest(e.RequestID, false)
	default:
		t.paused(e, known)
	}
}

// strictest is the tab that has come furthest on the way to a send: what
// nobody owns (a worker's request) is judged as if it were its.
func (b *Browser) strictest() *Tab {
	b.mu.Lock()
	var tabs []*Tab
	for _, c := range b.contexts {
		tabs = append(tabs, c.list()...)
	}
	b.mu.Unlock()
	var found *Tab
	reached := 0
	for _, t := range tabs {
		t.mu.Lock()
		p := t.hold.strictness()
		t.mu.Unlock()
		if p > reached {
			found, reached = t, p
		}
	}
	return found
}

// paused judges one request, at once where its body is known or does not
// matter, else after asking for it. Until then it stays paused.
func (t *Tab) paused(e *proto.FetchRequestPaused, known bool) {
	p := &pausedRequest{id: e.RequestID, network: e.NetworkID, frame: e.FrameID, kind: e.ResourceType, request: e.Request}
	p.origin, p.path = split(e.Request.URL)
	body, whole := bodyOf(e.Request)
	p.body = body
	t.mu.Lock()
	simple := t.hold.phase == free
	t.mu.Unlock()
	if whole || simple || p.network == "" {
		t.decide(p, known, whole)
		return
	}
	t.context.browser.task(func() { t.decideLate(p, known) })
}

// decideLate asks for a body that the event did not hold (a blob, a file, a
// long one). What Chrome will not show counts as carrying our values.
func (t *Tab) decideLate(p *pausedRequest, known bool) {
	ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
	defer cancel()
	whole := false
	if s, err := t.sessionOf(p.frame); err == nil {
		p.body, whole = postData(s.with(ctx), p.network)
	}
	t.decide(p, known, whole)
}

// postData asks for a request's body (Network.getRequestPostData, which by now
// gives what is no text as base64), and tells whether it was given.
func postData(s *session, id proto.NetworkRequestID) ([]byte, bool) {
	ask := proto.NetworkGetRequestPostData{RequestID: id}
	answer, err := s.Call(s.GetContext(), string(s.id), ask.ProtoReq(), ask)
	if err != nil {
		return nil, false
	}
	var got struct {
		PostData string `json:"postData"`
		Base64   bool   `json:"base64Encoded"`
	}
	if json.Unmarshal(answer, &got) != nil {
		return nil, false
	}
	if !got.Base64 {
		return []byte(got.PostData), true
	}
	body, err := base64.StdEncoding.DecodeString(got.PostData)
	return body, err == nil
}

func (t *Tab) sessionOf(id proto.PageFrameID) (*session, error) {
	if ref, ok := t.frame(id); ok && ref.session != nil {
		return ref.session, nil
	}
	return t.page()
}

// bodyOf gives a request's body, and whether that is all of it.
func bodyOf(r *proto.NetworkRequest) (body []byte, whole bool) {
	if !r.HasPostData && len(r.PostDataEntries) == 0 && r.PostData == "" {
		return nil, true
	}
	for _, entry := range r.PostDataEntries {
		if entry == nil || len(entry.Bytes) == 0 {
			return body, false // a file or blob: Chrome names it but does not show it
		}
		body = append(body, entry.Bytes...)
	}
	if body == nil && r.PostData != "" {
		return []byte(r.PostData), true
	}
	return body, body != nil
}

// decide judges one request with all that is known of it, and acts on it.
func (t *Tab) decide(p *pausedRequest, known, whole bool) {
	t.mu.Lock()
	t.learnFacts(p, known, whole)
	do := func() {}
	if p.kind == proto.NetworkResourceTypeDocument && slices.Contains(t.hold.writing, p.frame) {
		t.hold.waiting = append(t.hold.waiting, p) // see beginWriting
		t.notifyLocked()
	} else {
		do = t.rule(p)
	}
	t.mu.Unlock()
	do()
}

// rule judges a request and records the ruling. The caller has locked t, and
// does what is given once t is free.
func (t *Tab) rule(p *pausedRequest) func() {
	r := judge(t.standing(p.origin), p.facts)
	t.apply(p, r)
	b := t.context.browser
	switch r.do {
	case pass, passNote, passUnsure:
		return func() { b.continueRequest(p.id, false) }
	case passSend:
		return func() { b.continueRequest(p.id, true) }
	case deny:
		return func() { b.failRequest(p.id) }
	case keep: // apply has put it with the others
	}
	return func() {}
}

// standing is how far the tab has come, for a request to an origin. The caller
// has locked it.
func (t *Tab) standing(origin string) standing {
	return standing{
		phase: t.hold.phase, closing: t.hold.closing, lent: t.lease.Out(), form: t.form,
		names: t.guard.namedOn(origin), carried: t.hold.carried, pressed: t.hold.pressed,
		meddled: t.meddledLocked(),
	}
}

// learnFacts fills in what the rules need to know. The caller has locked t.
func (t *Tab) learnFacts(p *pausedRequest, known, whole bool) {
	f, g := &p.facts, &t.guard
	bodied := p.request.HasPostData || len(p.body) > 0
	f.plain = (p.request.Method == "GET" || p.request.Method == "HEAD") && !bodied
	f.preflight = isPreflight(p.request) && len(p.body) == 0
	f.beacon = p.kind == proto.NetworkResourceTypePing
	f.document = p.kind == proto.NetworkResourceTypeDocument && (p.frame == t.session.frame() || t.popupFrame(p.frame))
	f.allowed, f.readable = g.types(p.origin), g.reads(p.origin)
	f.named = g.names(p.origin, p.path)
	f.opaque = !whole
	if t.hold.phase != free || f.named || t.form && t.lease.Out() {
		f.inAddress = g.carries([]byte(p.request.URL + "\n" + headerText(p.request)))
		f.carries = f.inAddress || g.carries(p.body)
	}
	f.fromTyped = !known || t.mayComeFromTyped(p)
	f.hop = t.hold.isHop(p.network)
	f.repeat = t.hold.equalsSend(p)
	f.own = p.origin == t.hold.origin
	p.rank = rank(*f)
}

// isPreflight tells Chrome's own question from a page's OPTIONS request: no
// script can set that header (Fetch standard, forbidden request-header).
func isPreflight(r *proto.NetworkRequest) bool {
	_, asks := r.Headers["Access-Control-Request-Method"]
	return asks && r.Method == "OPTIONS" && !r.HasPostData
}

func (t *Tab) popupFrame(id proto.PageFrameID) bool {
	for _, p := range t.popups {
		if proto.PageFrameID(p.target) == id {
			return true
		}
	}
	return false
}

// headerText is what a page can put into headers. Cookies are not among them:
// Chrome adds those later.
func headerText(r *proto.NetworkRequest) string {
	var text strings.Builder
	for name, value := range r.Headers {
		text.WriteString(name + ": " + value.Str() + "\n")
	}
	return text.String()
}

// continueRequest lets a paused request go. One that is no more (its page has
// been closed or went on) is no error.
func (b *Browser) continueRequest(id proto.FetchRequestID, answer bool) {
	b.task(func() {
		ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
		defer cancel()
		err := proto.FetchContinueRequest{RequestID: id, InterceptResponse: answer}.Call(b.root.with(ctx))
		if err != nil {
			b.log.Trace().Err(err).Msg("a request was gone before it was let go")
		}
	})
}

func (b *Browser) failRequest(id proto.FetchRequestID) {
	b.task(func() {
		ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
		defer cancel()
		b.failNow(ctx, id)
	})
}

func (b *Browser) failNow(ctx context.Context, id proto.FetchRequestID) {
	fail := proto.FetchFailRequest{RequestID: id, ErrorReason: proto.NetworkErrorReasonBlockedByClient}
	if err := fail.Call(b.root.with(ctx)); err != nil {
		b.log.Trace().Err(err).Msg("a request was gone before it was failed")
	}
}
