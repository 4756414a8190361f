package rehearsal

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// holds are the paths whose answers wait.
type holds struct {
	mu sync.Mutex
	at map[string]chan struct{} // closed to let go
}

func newHolds() *holds { return &holds{at: map[string]chan struct{}{}} }

// add holds a path. A second hold of a path that is held joins the first: one
// release frees both.
func (h *holds) add(path string) (release func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	gate, held := h.at[path]
	if !held {
		gate = make(chan struct{})
		h.at[path] = gate
	}
	return func() { h.release(path, gate) }
}

// release lets go only the hold it belongs to; a later one of the same path
// stays.
func (h *holds) release(path string, gate chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.at[path] == gate {
		close(gate)
		delete(h.at, path)
	}
}

func (h *holds) releaseAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for path, gate := range h.at {
		close(gate)
		delete(h.at, path)
	}
}

// wait returns when the path is free, the asker is gone, or the time is over
// (0 is no limit).
func (h *holds) wait(ctx context.Context, path string, limit time.Duration) {
	h.mu.Lock()
	gate, held := h.at[path]
	h.mu.Unlock()
	if !held {
		return
	}
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	select {
	case <-gate:
	case <-ctx.Done():
	}
}

// heldWriter waits before the first byte of the answer: what was sent has been
// counted by then, as at a server that is slow rather than deaf.
type heldWriter struct {
	http.ResponseWriter
	wait   func()
	status int
}

// WriteHeader waits, then passes the status on.
func (w *heldWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.wait()
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write waits, then writes.
func (w *heldWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}
