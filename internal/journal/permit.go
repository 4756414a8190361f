package journal

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// ErrSpent says that a permit is the zero value, was used up by an earlier
// departure, or belongs to a sending that is over.
var ErrSpent = errors.New("permit is spent")

// Intent is a send that is about to be caused.
type Intent struct {
	Send  string // the profile's name for it
	By    By
	Armed bool // killed while it is held, nothing leaves
}

// Request is a request about to leave, as the wire shows it.
type Request struct {
	Method string
	Origin string // scheme, host and port
	Path   string // what follows ? or # is not kept
	Body   []byte // kept as a keyed hash only
}

// Permit is the permission to cause a send: `sending` is durable, the click may
// follow. Made by [Journal.BeginSending] only; the zero Permit is refused. It is
// used up by [Journal.MarkLeft], not by the click, and is worth nothing once
// its claim is released. Copies are the same permit.
type Permit struct{ p *permit }

// permit is what the copies of a Permit share; guarded by the hold's mutex.
type permit struct {
	hold  *hold
	send  string
	spent bool
}

// Valid reports whether the permit was minted and is not used up.
func (p Permit) Valid() bool {
	if p.p == nil {
		return false
	}
	p.p.hold.mu.Lock()
	defer p.p.hold.mu.Unlock()
	return p.p.usable() == nil
}

// Send names the send that is permitted; "" for the zero Permit.
func (p Permit) Send() string {
	if p.p == nil {
		return ""
	}
	return p.p.send
}

// usable tells why a permit is worth nothing; nil when it is good. The caller
// has the hold's mutex.
func (p *permit) usable() error {
	switch {
	case p.hold.release == nil:
		return ErrNoClaim
	case p.spent || p.hold.permit != p:
		return ErrSpent
	case p.hold.state.place() != Sending && p.hold.state.place() != waitingSending:
		return ErrSpent
	default:
		return nil
	}
}

// Departure is the permission to let one held request go: `left` is durable.
// Made by [Journal.MarkLeft] only; the zero Departure is refused.
type Departure struct{ send string }

// Valid reports whether the departure was minted.
func (d Departure) Valid() bool { return d.send != "" }

// Send names the send that departs; "" for the zero Departure.
func (d Departure) Send() string { return d.send }

// BeginSending makes `sending` durable and permits the click. Errors:
// [*TransitionError] where the objection is not ready for it (or, sent by a
// person, has left already), [ErrNoClaim], or the store's: a full or read-only
// disk is found out here, before anything is sent.
func (j *Journal) BeginSending(ctx context.Context, c Claim, i Intent) (Permit, error) {
	h, err := j.held(c)
	if err != nil {
		return Permit{}, fmt.Errorf("permitting %s: %w", i.Send, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	e := Event{Kind: SendingBegan, Send: i.Send, By: i.By, Armed: i.Armed}
	if _, err := h.append(ctx, e); err != nil {
		return Permit{}, err
	}
	h.permit = &permit{hold: h, send: i.Send}
	return Permit{h.permit}, nil
}

// MarkLeft makes `left` durable, uses the permit up, and allows the held
// request to go. Of several calls with one permit exactly one succeeds; the
// others are [ErrSpent]. After the store's error the permit is still good,
// since nothing may leave without a Departure.
func (j *Journal) MarkLeft(ctx context.Context, p Permit, r Request) (Departure, error) {
	if p.p == nil || p.p.hold.journal != j {
		return Departure{}, fmt.Errorf("marking a departure: %w", ErrSpent)
	}
	h := p.p.hold
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := p.p.usable(); err != nil {
		return Departure{}, fmt.Errorf("marking the departure of %s: %w", p.p.send, err)
	}
	e := Event{Kind: HasLeft, Send: p.p.send, By: h.state.By, Request: j.departing(r)}
	if _, err := h.append(ctx, e); err != nil {
		return Departure{}, err
	}
	p.p.spent = true
	return Departure{p.p.send}, nil
}

// departing is what is kept of a request. Its query may hold anything typed
// into the form, so only the path is.
func (j *Journal) departing(r Request) *Departing {
	h := j.keyed("body")
	_, _ = h.Write(r.Body) // hash.Hash never returns an error
	path := r.Path
	if end := strings.IndexAny(path, "?#"); end >= 0 {
		path = path[:end]
	}
	return &Departing{Method: r.Method, Origin: r.Origin, Path: path, Body: hex.EncodeToString(h.Sum(nil))}
}
