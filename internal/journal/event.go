package journal

import (
	"time"

	"opposer/internal/gate"
)

// Kind is the kind of an event.
type Kind string

// The kinds of event.
const (
	Claimed      Kind = "claimed"     // an attempt begins
	Interrupted  Kind = "interrupted" // a claim found an attempt that never ended
	FormFound    Kind = "form-found"
	Filled       Kind = "filled"      // every value read back
	GateOpened   Kind = "gate-opened" // Gate
	GateReturned Kind = "gate-returned"
	GateEnded    Kind = "gate-ended" // gave up, ran out, no channel, or a stop that needs a person: Detail says which
	NoRoute      Kind = "no-route"   // no route left, or the form means something else
	Broke        Kind = "broke"      // browser or network gone before any send
	SendingBegan Kind = "sending"    // Send, By, Armed
	NotHeld      Kind = "not-held"   // the click caused no request by the deadline
	HasLeft      Kind = "left"       // Request
	Answered     Kind = "answered"   // Verdict
	Settled      Kind = "settled"    // a person's word, or a verified mail: Verdict
	Partial      Kind = "partial"    // an earlier step of a wizard posted; state unchanged
	Noted        Kind = "noted"      // a fact worth keeping; state unchanged
	Reopened     Kind = "reopened"   // a person asks for it again
)

// Kinds lists every kind of event, in the order of their constants.
func Kinds() []Kind {
	return []Kind{
		Claimed, Interrupted, FormFound, Filled, GateOpened, GateReturned, GateEnded, NoRoute, Broke,
		SendingBegan, NotHeld, HasLeft, Answered, Settled, Partial, Noted, Reopened,
	}
}

// ours reports whether only the journal itself may append events of that kind,
// by [Journal.Claim], [Journal.BeginSending], [Journal.MarkLeft],
// [Journal.Settle] or [Journal.Reopen].
func (k Kind) ours() bool {
	switch k {
	case Claimed, Interrupted, SendingBegan, HasLeft, Reopened:
		return true
	default:
		return false
	}
}

// Verdict is what an answer to a send, or a person's word, means.
type Verdict string

// The verdicts.
const (
	Taken           Verdict = "taken"      // nothing more to send
	TakenMore       Verdict = "taken-more" // the next send is due
	Prepared        Verdict = "prepared"   // what was asked for is there; no objection has been made by it
	NotTaken        Verdict = "not-taken"  // captcha, field error: filling again
	Refused         Verdict = "refused"
	Honoured        Verdict = "honoured" // confirmed by a mail or later page
	AlreadyHonoured Verdict = "already"
	Unclear         Verdict = "unclear" // the meaning is unknown
	Lost            Verdict = "lost"    // settled: it never arrived; may be tried again
)

// Verdicts lists every verdict, in the order of their constants.
func Verdicts() []Verdict {
	return []Verdict{Taken, TakenMore, Prepared, NotTaken, Refused, Honoured, AlreadyHonoured, Unclear, Lost}
}

// Event is one thing that happened to one objection, in the order of Seq.
type Event struct {
	Seq   int64     `json:"seq"` // given by the store, from 1, without gaps in one objection
	Key   Key       `json:"key"`
	Run   string    `json:"run"` // id of the run
	At    time.Time `json:"at"`
	Kind  Kind      `json:"kind"`
	State State     `json:"state"` // after it

	Objection *Objection `json:"objection,omitempty"` // Claimed, Reopened: as known then
	Gate      gate.Kind  `json:"gate,omitempty"`
	Send      string     `json:"send,omitempty"`
	By        By         `json:"by,omitempty"`
	Armed     bool       `json:"armed,omitempty"`
	Verdict   Verdict    `json:"verdict,omitempty"`
	Request   *Departing `json:"request,omitempty"`

	Route     string   `json:"route,omitempty"`
	Origin    string   `json:"origin,omitempty"`
	Reference string   `json:"reference,omitempty"` // the service's number for it
	Sentence  string   `json:"sentence,omitempty"`  // of the page, masked
	Evidence  string   `json:"evidence,omitempty"`  // folder, relative to the state folder
	Signature string   `json:"signature,omitempty"` // of the form, when a person approved it
	Form      []string `json:"form,omitempty"`      // what the signature was made of, no value in it
	Channel   string   `json:"channel,omitempty"`   // where the person was met
	Detail    string   `json:"detail,omitempty"`    // a stable word for programs, how far it had come, then what a person may read, masked
}

// Departing is a request about to leave, as it is kept: its body as a keyed
// hash only.
type Departing struct {
	Method string `json:"method"`
	Origin string `json:"origin"`
	Path   string `json:"path"`
	Body   string `json:"body"` // hex HMAC-SHA-256
}
