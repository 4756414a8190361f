package journal

import (
	"slices"
	"strings"

	"opposer/internal/gate"
)

// Name is the name of a state.
type Name string

// The states of an objection.
const (
	Pending    Name = "pending"
	Opening    Name = "opening"
	Filling    Name = "filling"
	Ready      Name = "ready"
	Waiting    Name = "waiting"
	Sending    Name = "sending"
	Left       Name = "left"
	Submitted  Name = "submitted"
	Confirmed  Name = "confirmed"
	Already    Name = "already"
	Rejected   Name = "rejected"
	InDoubt    Name = "in_doubt"
	NeedsHuman Name = "needs_human"
	Drifted    Name = "drifted"
	Failed     Name = "failed"
)

// By is who caused a send.
type By string

// Who causes a send.
const (
	Machine By = "machine"
	Person  By = "person"
)

// State is where an objection stands. It is comparable; the zero State reads
// as Pending's.
type State struct {
	Is    Name      `json:"is"`
	Gate  gate.Kind `json:"gate,omitempty"`  // Waiting: for what
	From  Name      `json:"from,omitempty"`  // Waiting: where it came from
	Send  string    `json:"send,omitempty"`  // Sending, Left, and Waiting from them: which send
	By    By        `json:"by,omitempty"`    // likewise: by whom
	Armed bool      `json:"armed,omitempty"` // Sending, and Waiting from it: killed now, nothing leaves
	// Gone says that an earlier send has left and stands: it was answered, and
	// not by "not taken". From then on the objection ends in_doubt where it
	// would else be retried. (In Left itself Gone speaks of the sends before;
	// [State.Doubtful] answers for all of them.)
	Gone bool `json:"gone,omitempty"`
	// Stands names the earlier sends that were taken, joined by commas: none of
	// them may be sent again.
	Stands string `json:"stands,omitempty"`
}

// Names lists every state, in the order of their constants.
func Names() []Name {
	return []Name{
		Pending, Opening, Filling, Ready, Waiting, Sending, Left,
		Submitted, Confirmed, Already, Rejected, InDoubt, NeedsHuman, Drifted, Failed,
	}
}

// Settled reports whether a plain run leaves an objection in that state alone:
// only a person's explicit wish attempts it again.
func (n Name) Settled() bool {
	switch n {
	case Submitted, Confirmed, Already, Rejected, InDoubt:
		return true
	default:
		return false
	}
}

// Underway reports whether an attempt is in progress in that state; found by a
// new claim, it was interrupted.
func (n Name) Underway() bool {
	switch n {
	case Opening, Filling, Ready, Waiting, Sending, Left:
		return true
	default:
		return false
	}
}

// Doubtful reports whether something may have left, as far as the journal
// knows, and not been answered "not taken". Whatever ends an attempt in such a
// state without an answer leaves it in_doubt, never to be tried again by itself.
func (s State) Doubtful() bool {
	at := s.Is
	if at == Waiting {
		at = s.From
	}
	return s.Gone || at == Left || at == Sending && !s.Armed
}

// stands reports whether a send of that name was taken earlier.
func (s State) stands(send string) bool {
	return slices.Contains(strings.Split(s.Stands, ","), send)
}
