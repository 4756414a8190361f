package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"opposer/internal/run"
)

// asksAgain is a house in which a person is asked whether to send once more,
// and what they typed.
func asksAgain(t *testing.T, typed string) (*house, *seat) {
	t.Helper()
	s := sit(t)
	s.type_(t, typed)
	_ = s.types.Close()
	a := &app{process: process{tty: terminals{in: true, out: true, err: true}}, lang: s.lang}
	return &house{app: a, screen: s.screen, keys: s.keyboard}, s
}

// reopening is a plan that sends once more for an account, beside one that is
// sent for the first time.
func reopening() run.Plan {
	again := of("marie-fb")
	again.Reopen = true
	return run.Plan{Items: []run.Item{of("paul"), again}}
}

// TestSendingAgainTakesAWholeYes: it may arrive twice, so that nothing but the
// word will do.
func TestSendingAgainTakesAWholeYes(t *testing.T) {
	for typed, agreed := range map[string]bool{
		"y\n": true, "YES\r\n": true, " oui \n": true, "o": true,
		"\n": false, "": false, "n\n": false, "yy\n": false, "s\n": false, "\ny\n": false,
	} {
		h, s := asksAgain(t, typed)
		stop := &stopping{asked: make(chan struct{})}
		err := h.sure(t.Context(), reopening(), stop)
		if _, refused := errors.AsType[*usageError](err); refused == agreed || !agreed && err == nil {
			t.Errorf("%q: %v", typed, err)
		}
		if shown := s.seen.String(); !strings.Contains(shown, "marie-fb") || strings.Contains(shown, "paul") {
			t.Errorf("%q: asked %q", typed, shown)
		}
	}
}

func TestSendingAgainIsAskedOnlyWhereItIsSent(t *testing.T) {
	for name, c := range map[string]struct {
		plan    run.Plan
		yes     bool
		tty     terminals
		refused bool
	}{
		"nothing is sent again":                {run.Plan{Items: []run.Item{of("paul")}}, false, terminals{}, false},
		"they said so":                         {reopening(), true, terminals{}, false},
		"nobody sits there":                    {reopening(), false, terminals{}, true},
		"the question would go to a file":      {reopening(), false, terminals{in: true, out: true}, true},
		"the answer would come from a program": {reopening(), false, terminals{out: true, err: true}, true},
	} {
		h, s := asksAgain(t, "y\n")
		h.app.tty, h.options.yes = c.tty, c.yes
		err := h.sure(t.Context(), c.plan, &stopping{asked: make(chan struct{})})
		if _, refused := errors.AsType[*usageError](err); refused != c.refused || !refused && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if s.seen.String() != "" {
			t.Errorf("%s: asked %q", name, s.seen)
		}
	}
}

func TestAWishToStopIsNoYes(t *testing.T) {
	s := sit(t)
	h := &house{app: &app{process: process{tty: terminals{in: true, err: true}}, lang: s.lang}, screen: s.screen, keys: s.keyboard}
	stop := &stopping{asked: make(chan struct{})}
	go func() { s.seen.holds(t, "marie-fb"); close(stop.asked) }()
	if err := h.sure(t.Context(), reopening(), stop); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestTryingTooSoonIsAsked by itself: a yes to sending once more is none to
// trying where the site has just locked the account.
func TestTryingTooSoonIsAsked(t *testing.T) {
	early := of("anna")
	early.Until = time.Now().Add(time.Hour)
	p := reopening()
	p.Items = append(p.Items, early)
	for typed, agreed := range map[string]bool{"y\ny\n": true, "y\n\n": false, "y\n": false} {
		h, s := asksAgain(t, typed)
		err := h.sure(t.Context(), p, &stopping{asked: make(chan struct{})})
		if _, refused := errors.AsType[*usageError](err); refused == agreed || !agreed && err == nil {
			t.Errorf("%q: %v", typed, err)
		}
		shown := s.seen.String()
		if !strings.Contains(shown, "Send again for marie-fb?") || !strings.Contains(shown, "Try now for anna?") {
			t.Errorf("%q: asked %q", typed, shown)
		}
	}
	h, _ := asksAgain(t, "")
	h.app.tty = terminals{}
	err := h.sure(t.Context(), run.Plan{Items: []run.Item{early}}, &stopping{})
	if err == nil || !strings.Contains(err.Error(), "so soon for anna") {
		t.Errorf("where nobody sits: %v", err)
	}
}
