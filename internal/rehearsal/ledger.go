package rehearsal

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Received is one form as it arrived at a submit address, taken or not.
//
// Two arrivals of the same Token and Request are one request that the network
// delivered twice (Chrome repeats a POST on a connection that broke); the same
// Token with another Request is a second send from the same view of the form.
type Received struct {
	Service string // "facebook", "instagram", "whatsapp"
	Form    string // Meta's number of the form
	Look    string // "classic" or "portal"; empty for what has no view
	Send    string // "submit"; "code" asks for a code, "verify" gives it
	Email   string
	Phone   string // as typed; with "+" and the calling code where it was chosen
	Reason  string
	More    string // the second text
	Country string // ISO code
	Name    string
	Choice  string // of the form's radios
	Code    string // "right" or "wrong" where a code was given
	At      time.Time
	Token   string // the view's fb_dtsg; a new one each time the form is shown
	Request string // the page's own count of its requests (__req)
	Host    string
	Path    string
	Trusted bool // no event that a script had made up was heard before sending
	Taken   bool // the site counts it as done
}

// String tells a line without personal data.
func (r Received) String() string {
	return fmt.Sprintf("%s %s %s %s %s%s taken=%t", r.Service, r.Form, r.Look, r.Send, r.Host, r.Path, r.Taken)
}

// Counts is what was pressed besides the forms.
type Counts struct {
	CookiesAccepted int
	CookiesDeclined int
	CaptchaTicked   int
	CaptchaProven   int // by work
	PictureRead     int
	AdsAnswered     int
	LoggedIn        int
	Telemetry       int // beacons without values
}

// arrivals is how many arrivals wait for a reader of [Site.Arrived].
const arrivals = 1024

// ledger is all that is counted. One lock guards it: arrivals are rare and their
// order is what tests ask for.
type ledger struct {
	mu       sync.Mutex
	received []Received
	decoys   []Received
	mails    []Mail
	visits   []string
	counts   Counts
	arrived  chan Received
	changed  chan struct{} // closed and replaced at each arrival
	closed   bool
}

func newLedger() *ledger {
	return &ledger{arrived: make(chan Received, arrivals), changed: make(chan struct{})}
}

// receive adds an arrival and wakes who waits for one. It never blocks: a test
// that reads no channel must not hold up the site.
func (l *ledger) receive(r Received) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.received = append(l.received, r)
	close(l.changed)
	l.changed = make(chan struct{})
	if l.closed {
		return
	}
	select {
	case l.arrived <- r:
	default: // Nobody reads; Received has it.
	}
}

func (l *ledger) decoy(r Received) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.decoys = append(l.decoys, r)
}

func (l *ledger) visit(address string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.visits = append(l.visits, address)
}

func (l *ledger) count(change func(*Counts)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(&l.counts)
}

func (l *ledger) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.closed = true
		close(l.arrived)
	}
}

// state is what has arrived, and a channel that is closed when more has. Both
// under one lock, else an arrival in between would be missed.
func (l *ledger) state() ([]Received, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.received), l.changed
}

// Received is everything that arrived at a submit address of an objection form,
// in order.
func (s *Site) Received() []Received {
	all, _ := s.ledger.state()
	return all
}

// Decoys is everything that arrived where nothing must: look-alike forms and
// hosts, the hidden twin of a button, a field that people do not see. Form names
// which.
func (s *Site) Decoys() []Received {
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	return slices.Clone(s.ledger.decoys)
}

// Visits are the pages that were asked for, as host and path, in order.
func (s *Site) Visits() []string {
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	return slices.Clone(s.ledger.visits)
}

// Counts is what was pressed so far.
func (s *Site) Counts() Counts {
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	return s.ledger.counts
}

// CookiesAccepted is how often all cookies were allowed.
func (s *Site) CookiesAccepted() int { return s.Counts().CookiesAccepted }

// Arrived yields each arrival as it comes and is closed by [Site.Close]. All
// callers share one channel; what nobody reads in time is still in Received.
func (s *Site) Arrived() <-chan Received { return s.ledger.arrived }

// Await returns Received as soon as it holds n arrivals, or what there is and
// the context's cause.
func (s *Site) Await(ctx context.Context, n int) ([]Received, error) {
	for {
		all, changed := s.ledger.state()
		if len(all) >= n {
			return all, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return all, fmt.Errorf("waiting for arrival %d of %d: %w", len(all)+1, n, context.Cause(ctx))
		}
	}
}
