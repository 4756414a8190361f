package chrome

import (
	"slices"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// maxBody is how much of an answer is kept, in memory only.
const maxBody = 256 << 10

// pollAfter is the age from which on a request is taken for a poll that will
// never end, and no longer for a change that is coming.
const pollAfter = 10 * time.Second

// Exchange is one request and its answer, as seen on the wire. Addresses are
// masked; the body, of the send only, is kept in memory and never stored.
type Exchange struct {
	Method, URL, Origin, Path string
	Status                    int    // HTTP status; 0 when no answer came
	Body                      []byte // of the answer, at most 256 KiB
	Err                       string // Chrome's name for what went wrong: net::ERR_…
	Started, Finished         time.Time
	Ours                      bool // the send
	// Repeats counts how often the page asked for the send again, in vain.
	Repeats int
}

// watched is an exchange under way. Its tab guards it.
type watched struct {
	Exchange
	main proto.NetworkLoaderID // a document of the main frame
	done chan struct{}         // closed when it has finished or failed
	over bool
}

func (w *watched) finish(at time.Time) {
	if !w.over {
		w.over, w.Finished = true, at
		close(w.done)
	}
}

// flight is a request under way, whatever it is.
type flight struct {
	since    time.Time
	loader   proto.NetworkLoaderID
	counts   bool              // it could change the page
	document proto.PageFrameID // the frame whose next document it is; "" when it is none
}

// traffic is what a tab has on the wire. Its tab guards it.
type traffic struct {
	open     map[proto.NetworkRequestID]flight
	watched  map[proto.NetworkRequestID]*watched
	channels map[proto.NetworkRequestID]bool // WebSocket, WebTransport; true: of the page or its frames
	document proto.NetworkRequestID          // of the main frame's newest navigation
	timer    *time.Timer
	stopped  bool
}

func newTraffic() traffic {
	return traffic{
		open:     map[proto.NetworkRequestID]flight{},
		watched:  map[proto.NetworkRequestID]*watched{},
		channels: map[proto.NetworkRequestID]bool{},
	}
}

func (t *traffic) busy(at time.Time) int {
	n := 0
	for _, f := range t.open {
		if f.counts && at.Sub(f.since) < pollAfter {
			n++
		}
	}
	return n
}

// newDocument forgets what the document before the new one had under way:
// Chrome does not always say how it ended.
func (t *traffic) newDocument(loader proto.NetworkLoaderID) {
	for id, f := range t.open {
		if f.loader != loader {
			delete(t.open, id)
		}
	}
	for id, own := range t.channels {
		if own { // those of pop-ups and shared workers live on
			delete(t.channels, id)
		}
	}
}

// arrived forgets the documents that were asked for before the one that is now
// in a frame.
func (t *traffic) arrived(id proto.PageFrameID, loader proto.NetworkLoaderID) {
	came, known := t.open[proto.NetworkRequestID(loader)]
	for other, f := range t.open {
		if known && f.document == id && f.loader != loader && !f.since.After(came.since) {
			delete(t.open, other)
		}
	}
}

func (t *traffic) stop() {
	t.stopped = true
	if t.timer != nil {
		t.timer.Stop()
	}
}

// watch begins to follow an exchange.
func (t *Tab) watch(id proto.NetworkRequestID, r *proto.NetworkRequest) *watched {
	w := &watched{done: make(chan struct{})}
	w.Started = t.now()
	w.describe(&t.guard, r)
	t.traffic.watched[id] = w
	return w
}

func (w *watched) describe(g *Guard, r *proto.NetworkRequest) {
	w.Method, w.URL = r.Method, g.mask(r.URL)
	w.Origin, w.Path = split(r.URL)
	w.Path = g.mask(w.Path)
}

// changesPage reports whether a request's answer could change the page.
func changesPage(kind proto.NetworkResourceType) bool {
	switch kind {
	case proto.NetworkResourceTypeEventSource, proto.NetworkResourceTypeWebSocket, proto.NetworkResourceTypePing,
		proto.NetworkResourceTypePrefetch, proto.NetworkResourceTypeCSPViolationReport, proto.NetworkResourceTypePreflight:
		return false
	}
	return true
}

// ours runs do on the tab that a session belongs to, pop-ups and workers too.
func ours(s *session, do func(t *Tab)) {
	if s.owner == nil {
		return
	}
	t := s.owner.tab
	t.mu.Lock()
	defer t.mu.Unlock()
	do(t)
}

func requestWillBeSent(s *session, e *proto.NetworkRequestWillBeSent) {
	if e.Request == nil {
		return
	}
	ours(s, func(t *Tab) {
		f := flight{since: t.now(), loader: e.LoaderID, counts: changesPage(e.Type)}
		if e.Type == proto.NetworkResourceTypeDocument {
			f.document = e.FrameID
		}
		t.traffic.open[e.RequestID] = f
		t.age()
		main := !s.owner.popup && s == t.session && e.FrameID == s.frame() && e.Type == proto.NetworkResourceTypeDocument
		if !main {
			return
		}
		w := t.traffic.watched[e.RequestID]
		if w == nil {
			w = t.watch(e.RequestID, e.Request)
			t.forgetDocuments()
		} else if !w.Ours {
			w.describe(&t.guard, e.Request) // a redirect: the last address is the one that answers
		}
		w.main, t.traffic.document = e.LoaderID, e.RequestID
	})
}

// forgetDocuments keeps the exchanges of the newest documents only.
func (t *Tab) forgetDocuments() {
	for id, w := range t.traffic.watched {
		if w.over && w.main != "" && !w.Ours && id != t.traffic.document {
			delete(t.traffic.watched, id)
		}
	}
}

// age wakes [Tab.Changed] when the last request under way has become a poll.
func (t *Tab) age() {
	if t.traffic.timer != nil || t.traffic.stopped {
		return
	}
	t.traffic.timer = time.AfterFunc(pollAfter, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.traffic.timer = nil
		if t.traffic.busy(t.now()) == 0 {
			t.notifyLocked()
		} else {
			t.age()
		}
	})
}

func responseReceived(s *session, e *proto.NetworkResponseReceived) {
	ours(s, func(t *Tab) {
		if w := t.traffic.watched[e.RequestID]; w != nil && w.Status == 0 && e.Response != nil {
			w.Status = e.Response.Status
			t.notifyLocked()
		}
	})
}

func loadingFinished(s *session, e *proto.NetworkLoadingFinished) {
	ours(s, func(t *Tab) { t.ended(e.RequestID, "") })
}

func loadingFailed(s *session, e *proto.NetworkLoadingFailed) {
	ours(s, func(t *Tab) {
		t.hold.cancelled(e.RequestID)
		t.ended(e.RequestID, e.ErrorText)
	})
}

// ended records the end of a request, and wakes who waits for the last one.
func (t *Tab) ended(id proto.NetworkRequestID, why string) {
	before, f := t.traffic.busy(t.now()), t.traffic.open[id]
	delete(t.traffic.open, id)
	w := t.traffic.watched[id]
	if w != nil {
		if w.Err == "" && w.Status == 0 {
			w.Err = why
		}
		w.finish(t.now())
	}
	if w != nil || f.document != "" || slices.Contains(t.unsure, id) || before > 0 && t.traffic.busy(t.now()) == 0 {
		t.notifyLocked()
	}
}

func socketCreated(s *session, e *proto.NetworkWebSocketCreated) {
	ours(s, func(t *Tab) { t.traffic.channels[e.RequestID] = !s.owner.popup })
}

func socketClosed(s *session, e *proto.NetworkWebSocketClosed) {
	ours(s, func(t *Tab) { delete(t.traffic.channels, e.RequestID) })
}

func transportCreated(s *session, e *proto.NetworkWebTransportCreated) {
	ours(s, func(t *Tab) { t.traffic.channels[e.TransportID] = !s.owner.popup })
}

func transportClosed(s *session, e *proto.NetworkWebTransportClosed) {
	ours(s, func(t *Tab) { delete(t.traffic.channels, e.TransportID) })
}
