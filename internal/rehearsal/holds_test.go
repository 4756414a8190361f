package rehearsal

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

func TestHoldsLetGoOnce(t *testing.T) {
	h := newHolds()
	release := h.add("/x")
	if again := h.add("/x"); again == nil {
		t.Fatal("no second release")
	}
	release()
	release()
	h.wait(t.Context(), "/x", 0)
	// A release of an earlier hold does not open a later one.
	h.add("/x")
	release()
	if _, held := h.at["/x"]; !held {
		t.Error("an old release opened a new hold")
	}
	h.releaseAll()
	h.wait(t.Context(), "/x", 0)
}

func TestHoldWaits(t *testing.T) {
	for name, free := range map[string]func(h *holds, release, cancel func()){
		"release":       func(_ *holds, release, _ func()) { release() },
		"release all":   func(h *holds, _, _ func()) { h.releaseAll() },
		"asker is gone": func(_ *holds, _, cancel func()) { cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHolds()
				release := h.add("/x")
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				done := make(chan struct{})
				go func() { h.wait(ctx, "/x", 0); close(done) }()
				h.wait(ctx, "/other", 0)
				synctest.Wait()
				select {
				case <-done:
					t.Error("did not wait")
				default:
				}
				free(h, release, cancel)
				<-done
			})
		})
	}
}

func TestHoldWithLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHolds()
		h.add("/x")
		begun := time.Now()
		h.wait(t.Context(), "/x", 10*time.Second)
		if took := time.Since(begun); took != 10*time.Second {
			t.Errorf("waited %s, want 10s", took)
		}
	})
}

// TestHeldAnswerWaitsWhole: neither status nor body leaves before the release,
// whichever of the two a page writes first.
func TestHeldAnswerWaitsWhole(t *testing.T) {
	for name, write := range map[string]func(http.ResponseWriter){
		"status first": func(w http.ResponseWriter) { w.WriteHeader(http.StatusTeapot) },
		"body first":   func(w http.ResponseWriter) { _, _ = w.Write([]byte("x")) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &Site{holds: newHolds(), ledger: newLedger()}
				release := s.Hold("/x")
				begun, written := false, false
				page := s.watched(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					begun = true
					write(w)
					written = true
				}))
				done := make(chan struct{})
				go func() {
					defer close(done)
					page.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/x", nil))
				}()
				synctest.Wait()
				if !begun || written {
					t.Errorf("begun %t, written %t, want the work done and the answer waiting", begun, written)
				}
				release()
				<-done
				if !written {
					t.Error("never answered")
				}
			})
		})
	}
}

// TestSlowCountsBeforeItAnswers: the form is received while its sender still
// waits, which is when a run is in doubt.
func TestSlowCountsBeforeItAnswers(t *testing.T) {
	s := started(t, Options{Scenario: "slow"})
	v := newVisitor(t, s, "en")
	form := v.open(direct)
	answered := make(chan page, 1)
	go func() { answered <- v.send(form, "a@example.org") }()
	if _, err := s.Await(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	select {
	case <-answered:
		t.Error("answered before it was let go")
	default:
	}
	s.Release()
	if got := <-answered; got.status != 200 {
		t.Errorf("answered %d", got.status)
	}
}

// TestCloseFreesTheHeld: a held answer does not keep the site from closing.
func TestCloseFreesTheHeld(t *testing.T) {
	s := started(t, Options{})
	s.Hold(submitPath)
	v := newVisitor(t, s, "en")
	fields := v.filled(v.open(direct), "a@example.org")
	over := make(chan struct{})
	go func() {
		defer close(over)
		r, err := newPost(t.Context(), "https://"+mainHost+submitPath, fields)
		if err == nil {
			// Cut or answered: either is over.
			_, _ = v.try(r)
		}
	}()
	if _, err := s.Await(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	<-over
}
