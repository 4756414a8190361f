package journal_test

import (
	"bytes"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
	"opposer/internal/personal"
)

func secret() []byte { return bytes.Repeat([]byte{7}, 32) }

// clock gives a new second at each look, so that times tell events apart.
func clock() func() time.Time {
	at := time.Date(2026, 11, 23, 15, 0, 0, 0, time.FixedZone("Paris", 3600))
	return func() time.Time {
		at = at.Add(time.Second)
		return at
	}
}

// fixture is a journal in memory and one objection.
type fixture struct {
	*testing.T
	store *journaltest.Memory
	*journal.Journal
	marie journal.Objection
}

func begin(t *testing.T) *fixture {
	t.Helper()
	store := journaltest.NewMemory()
	j := journal.New(store, secret(), clock())
	return &fixture{t, store, j, j.Objection(account(t, "marie-fb", "marie@example.org"))}
}

func account(t *testing.T, id, email string) personal.Account {
	t.Helper()
	e, err := personal.ParseEmail(email)
	if err != nil {
		t.Fatal(err)
	}
	p, err := personal.ParsePhone("06 12 34 56 78", "FR")
	if err != nil {
		t.Fatal(err)
	}
	return personal.Account{ID: id, Service: "facebook", Email: e, Phone: p, Country: "FR"}
}

func (f *fixture) claim() journal.Claim {
	f.Helper()
	c, err := f.Claim(f.Context(), "run-1", f.marie)
	if err != nil {
		f.Fatal(err)
	}
	return c
}

func (f *fixture) release(c journal.Claim) {
	f.Helper()
	if err := c.Release(); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) append(c journal.Claim, events ...journal.Event) journal.State {
	f.Helper()
	for _, e := range events {
		if _, err := f.Append(f.Context(), c, e); err != nil {
			f.Fatal(err)
		}
	}
	return c.State()
}

// ready brings a claim to where it may send.
func (f *fixture) ready(c journal.Claim) {
	f.Helper()
	f.append(c, journal.Event{Kind: journal.FormFound, Route: "form"}, journal.Event{Kind: journal.Filled})
}

func (f *fixture) permit(c journal.Claim, send string, armed bool) journal.Permit {
	f.Helper()
	p, err := f.BeginSending(f.Context(), c, journal.Intent{Send: send, By: journal.Machine, Armed: armed})
	if err != nil {
		f.Fatal(err)
	}
	return p
}

func (f *fixture) leave(p journal.Permit) journal.Departure {
	f.Helper()
	d, err := f.MarkLeft(f.Context(), p, request())
	if err != nil {
		f.Fatal(err)
	}
	return d
}

func request() journal.Request {
	return journal.Request{Method: "POST", Origin: "https://www.facebook.com", Path: "/help/contact?email=marie@example.org#x", Body: []byte("email=marie%40example.org")}
}

// history is what the store holds of the objection.
func (f *fixture) history() []journal.Event {
	f.Helper()
	events, err := f.History(f.Context(), f.marie.Key)
	if err != nil {
		f.Fatal(err)
	}
	return events
}

func (f *fixture) last() journal.Event {
	f.Helper()
	events := f.history()
	if len(events) == 0 {
		f.Fatal("nothing was kept")
	}
	return events[len(events)-1]
}

// upTo is a walk to each state an attempt may be interrupted in, and where the
// next claim has to find the objection.
type upTo struct {
	name string
	walk func(*fixture, journal.Claim)
	then journal.Name
}

func interruptions() []upTo {
	answer := func(v journal.Verdict) journal.Event { return journal.Event{Kind: journal.Answered, Verdict: v} }
	ask := journal.Event{Kind: journal.GateOpened, Gate: gate.Captcha}
	return []upTo{
		{"opening", func(*fixture, journal.Claim) {}, journal.Pending},
		{"filling", func(f *fixture, c journal.Claim) { f.append(c, journal.Event{Kind: journal.FormFound}) }, journal.Pending},
		{"ready", func(f *fixture, c journal.Claim) { f.ready(c) }, journal.Pending},
		{"waiting", func(f *fixture, c journal.Claim) { f.append(c, ask) }, journal.Pending},
		{"sending, armed", func(f *fixture, c journal.Claim) { f.ready(c); f.permit(c, "submit", true) }, journal.Failed},
		{"sending, not armed", func(f *fixture, c journal.Claim) { f.ready(c); f.permit(c, "submit", false) }, journal.InDoubt},
		{"left", func(f *fixture, c journal.Claim) { f.ready(c); f.leave(f.permit(c, "submit", true)) }, journal.InDoubt},
		{"waiting for the outcome", func(f *fixture, c journal.Claim) {
			f.ready(c)
			f.leave(f.permit(c, "submit", true))
			f.append(c, ask)
		}, journal.InDoubt},
		{"filling again, not taken", func(f *fixture, c journal.Claim) {
			f.ready(c)
			f.leave(f.permit(c, "submit", true))
			f.append(c, answer(journal.NotTaken))
		}, journal.Pending},
		{"filling the next send", func(f *fixture, c journal.Claim) {
			f.ready(c)
			f.leave(f.permit(c, "submit", true))
			f.append(c, answer(journal.TakenMore))
		}, journal.InDoubt},
		{"the second send armed", func(f *fixture, c journal.Claim) { second(f, c) }, journal.InDoubt},
		{"the second send not taken", func(f *fixture, c journal.Claim) {
			f.leave(second(f, c))
			f.append(c, answer(journal.NotTaken))
		}, journal.InDoubt},
	}
}

// second walks to where the second send of a wizard is permitted.
func second(f *fixture, c journal.Claim) journal.Permit {
	f.Helper()
	f.ready(c)
	f.leave(f.permit(c, "submit", true))
	f.append(c, journal.Event{Kind: journal.Answered, Verdict: journal.TakenMore}, journal.Event{Kind: journal.Filled})
	return f.permit(c, "verify", true)
}
