package journal_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

// gaps is a store whose histories begin at the second event.
type gaps struct{ *journaltest.Memory }

func (gaps) History(context.Context, journal.Key) ([]journal.Event, error) {
	return []journal.Event{journaltest.Event("a", 2)}, nil
}

// TestPermitIsDurableFirst: when BeginSending has returned, `sending` is in the
// store, and when MarkLeft has, `left` is.
func TestPermitIsDurableFirst(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	p := f.permit(c, "submit", true)
	if e := f.last(); e.Kind != journal.SendingBegan || e.Send != "submit" || e.By != journal.Machine || !e.Armed || !p.Valid() || p.Send() != "submit" {
		t.Errorf("a permit stands before %+v", e)
	}
	d := f.leave(p)
	e := f.last()
	if e.Kind != journal.HasLeft || e.State.Is != journal.Left || e.Send != "submit" || e.By != journal.Machine || !d.Valid() || d.Send() != "submit" {
		t.Errorf("a departure stands before %+v", e)
	}
	if r := e.Request; r.Method != "POST" || r.Origin != "https://www.facebook.com" || r.Path != "/help/contact" || len(r.Body) != 64 {
		t.Errorf("kept of the request: %+v", r)
	}
}

// TestNoPermitWithoutTheDisk: a full or read-only disk before sending sends
// nothing.
func TestNoPermitWithoutTheDisk(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	f.store.Fail(func(journal.Event) error { return journal.ErrFull })
	p, err := f.BeginSending(t.Context(), c, journal.Intent{Send: "submit", By: journal.Machine, Armed: true})
	if !errors.Is(err, journal.ErrFull) || p.Valid() || c.State().Is != journal.Ready {
		t.Fatalf("%v, permit %v, state %s", err, p.Valid(), c.State().Is)
	}
	if d, err := f.MarkLeft(t.Context(), p, request()); err == nil || d.Valid() {
		t.Error("a permit that was never minted lets a request go")
	}
}

// TestNoDepartureWithoutTheDisk: nothing leaves that the journal does not know.
func TestNoDepartureWithoutTheDisk(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	p := f.permit(c, "submit", true)
	f.store.Fail(func(journal.Event) error { return journal.ErrFull })
	if d, err := f.MarkLeft(t.Context(), p, request()); !errors.Is(err, journal.ErrFull) || d.Valid() {
		t.Fatalf("%v, departure %v", err, d.Valid())
	}
	f.store.Fail(nil)
	if !p.Valid() || !f.leave(p).Valid() {
		t.Error("the permit was used up by a departure that never was")
	}
}

// TestPermitIsUsedUpOnce, also by many at once.
func TestPermitIsUsedUpOnce(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	p := f.permit(c, "submit", true)
	var minted atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			d, err := f.MarkLeft(context.WithoutCancel(t.Context()), p, request())
			switch {
			case err == nil && d.Valid():
				minted.Add(1)
			case !errors.Is(err, journal.ErrSpent):
				t.Errorf("%v, want ErrSpent", err)
			}
		})
	}
	wg.Wait()
	if n := minted.Load(); n != 1 || p.Valid() {
		t.Errorf("%d departures; valid afterwards: %v", n, p.Valid())
	}
}

// TestOldPermitIsSpent: a permit serves the sending it was minted for, not the
// next one of the same name.
func TestOldPermitIsSpent(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	old := f.permit(c, "submit", true)
	f.leave(old)
	f.append(c, journal.Event{Kind: journal.Answered, Verdict: journal.NotTaken}, journal.Event{Kind: journal.Filled})
	fresh := f.permit(c, "submit", true)
	if _, err := f.MarkLeft(t.Context(), old, request()); !errors.Is(err, journal.ErrSpent) {
		t.Errorf("the old permit: %v, want ErrSpent", err)
	}
	f.leave(fresh)
}

// TestPermitEndsWithItsSending: after not-held, nothing leaves by it.
func TestPermitEndsWithItsSending(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	p := f.permit(c, "submit", true)
	if s := f.append(c, journal.Event{Kind: journal.NotHeld}); s.Is != journal.Failed {
		t.Fatalf("not-held, armed: %s", s.Is)
	}
	if _, err := f.MarkLeft(t.Context(), p, request()); !errors.Is(err, journal.ErrSpent) || p.Valid() {
		t.Errorf("%v, want ErrSpent", err)
	}
}

func TestZeroPermissionsAreRefused(t *testing.T) {
	f := begin(t)
	var p journal.Permit
	var d journal.Departure
	if p.Valid() || p.Send() != "" || d.Valid() || d.Send() != "" {
		t.Error("a zero permission is one")
	}
	if _, err := f.MarkLeft(t.Context(), p, request()); !errors.Is(err, journal.ErrSpent) {
		t.Errorf("the zero permit: %v", err)
	}
	c := f.claim()
	f.ready(c)
	other := journal.New(f.store, secret(), clock())
	if _, err := other.MarkLeft(t.Context(), f.permit(c, "submit", true), request()); !errors.Is(err, journal.ErrSpent) {
		t.Errorf("another journal's permit: %v", err)
	}
}

// TestSendingIsRefused where the form is not ready, or nobody says who sends.
func TestSendingIsRefused(t *testing.T) {
	f := begin(t)
	c := f.claim()
	for _, i := range []journal.Intent{
		{Send: "submit", By: journal.Machine},
		{Send: "", By: journal.Person},
		{Send: "submit"},
	} {
		var refused *journal.TransitionError
		if p, err := f.BeginSending(t.Context(), c, i); !errors.As(err, &refused) || p.Valid() {
			t.Errorf("%+v in opening: %v", i, err)
		}
	}
}

// TestPersonSendsWhileTheyHaveThePage: it is recorded as theirs before it
// leaves, wherever the attempt stands.
func TestPersonSendsWhileTheyHaveThePage(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.append(c, journal.Event{Kind: journal.FormFound}, journal.Event{Kind: journal.GateOpened, Gate: gate.Choice})
	p, err := f.BeginSending(t.Context(), c, journal.Intent{Send: "submit", By: journal.Person})
	if err != nil {
		t.Fatal(err)
	}
	f.leave(p)
	if e := f.last(); e.By != journal.Person || e.State.Is != journal.Left {
		t.Errorf("kept %+v", e)
	}
}

// TestCaptchaAfterTheClick: the person solves it, then the page sends, by the
// permit of that click.
func TestCaptchaAfterTheClick(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	p := f.permit(c, "submit", true)
	f.append(c, journal.Event{Kind: journal.GateOpened, Gate: gate.Captcha})
	if !p.Valid() {
		t.Fatal("the permit ended with the captcha")
	}
	f.leave(p)
	if f.last().State != (journal.State{Is: journal.Left, Send: "submit", By: journal.Machine}) {
		t.Errorf("state %+v", f.last().State)
	}
}

// TestBodyIsKeptAsAKeyedHash: equal bodies are told, bodies are not.
func TestBodyIsKeptAsAKeyedHash(t *testing.T) {
	hash := func(secret []byte, body string) string {
		store := journaltest.NewMemory()
		f := &fixture{T: t, store: store, Journal: journal.New(store, secret, clock()), marie: journal.Objection{Key: "a"}}
		c := f.claim()
		f.ready(c)
		r := request()
		r.Body = []byte(body)
		if _, err := f.MarkLeft(t.Context(), f.permit(c, "submit", true), r); err != nil {
			t.Fatal(err)
		}
		return f.last().Request.Body
	}
	other := append(secret()[:31:31], 8)
	a, same, longer, keyed := hash(secret(), "a"), hash(secret(), "a"), hash(secret(), "aa"), hash(other, "a")
	if a != same || a == longer || a == keyed || strings.Contains(a, "a=") {
		t.Errorf("hashes: %s %s %s %s", a, same, longer, keyed)
	}
}

// A send that the service has taken is not permitted a second time, whatever
// an attempt believes of the page.
func TestASendThatWasTakenIsNeverPermittedAgain(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	f.leave(f.permit(c, "submit", true))
	f.append(c, journal.Event{Kind: journal.Answered, Verdict: journal.TakenMore}, journal.Event{Kind: journal.Filled})
	var refused *journal.TransitionError
	if _, err := f.BeginSending(t.Context(), c, journal.Intent{Send: "submit", By: journal.Machine, Armed: true}); !errors.As(err, &refused) {
		t.Errorf("submit is permitted once more: %v", err)
	}
	if _, err := f.BeginSending(t.Context(), c, journal.Intent{Send: "verify", By: journal.Machine, Armed: true}); err != nil {
		t.Errorf("verify is not permitted: %v", err)
	}
}
