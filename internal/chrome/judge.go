package chrome

// The hold's decision about one request, without a browser: what is known of
// the request (facts), how far the tab has come (standing), what happens to it
// (ruling). design: "The send: write-ahead at the wire".

// phase is how far a tab has come on the way to a send.
type phase int

const (
	free     phase = iota // nothing of ours was typed
	typing                // values of ours are, or were, in the page
	sending               // a permit was taken: what leaves is held
	departed              // the send was let go
)

// standing is all a ruling needs to know of the tab.
type standing struct {
	phase   phase
	closing bool // the tab or its browser is being closed
	lent    bool // a person has the page
	form    bool // … with the form filled in
	names   bool // the profile names an address of its sends on the origin that the request goes to
	carried bool // a request with our values has been let go as the send
	pressed bool // the button that sends was pressed, and nothing it caused was let go
	meddled bool // since our last press a person pressed something, and does not have the page now
}

// facts is all a ruling needs to know of a request. What is not known is given
// the stricter way by who fills it in.
type facts struct {
	plain     bool // GET or HEAD, without a body
	document  bool // a navigation of a main frame: the tab's or a pop-up's
	preflight bool // CORS preflight (Fetch standard §4.8): carries no body, causes nothing
	beacon    bool // sendBeacon or a ping
	carries   bool // one of our values is in it, anywhere
	inAddress bool // … in its address or headers
	opaque    bool // it has a body that Chrome does not show
	fromTyped bool // a document that was typed into may have made it
	named     bool // it goes to an address that the profile names for a send
	allowed   bool // to an origin where typing is allowed
	readable  bool // to an origin that may be read or typed on
	hop       bool // a redirect of the send
	repeat    bool // equals the send in method, address and body
	own       bool // to the origin of the page that sends
}

// mayCarry reports whether one of our values is in it, as far as can be known:
// what Chrome will not show counts.
func (f facts) mayCarry() bool { return f.carries || f.opaque }

// leaves reports whether a request takes something away with it: any but a
// plain GET or HEAD, and one whose address or headers hold a value.
func (f facts) leaves() bool { return !f.plain || f.inAddress }

// action is what happens to a paused request.
type action int

const (
	pass       action = iota
	passSend          // let go as part of the send: its answer is kept
	passNote          // let go and noted: it carries our values without a permit
	passUnsure        // let go; a person may have filed the form by it
	keep              // stays paused until the journal knows
	deny              // failed
)

// ruling is an action with the reason of a denial.
type ruling struct {
	do  action
	why Why
}

// Why says why the hold failed a request.
type Why string

// The reasons for failing a request.
const (
	Elsewhere   Why = "elsewhere"    // to an origin the guard does not allow
	Unpermitted Why = "no permit"    // a send, or what could be one, without a permit for it
	Repeated    Why = "repeat"       // the send once more
	Closing     Why = "closing"      // the tab was being closed
	Withdrawn   Why = "withdrawn"    // held, then given up by the attempt
	NothingToDo Why = "not the send" // held, and the send never came
)

// judge is the whole hold in one place.
func judge(s standing, f facts) ruling {
	switch {
	case s.closing:
		return ruling{deny, Closing}
	case elsewhere(s, f):
		return ruling{deny, Elsewhere}
	case f.preflight:
		return ruling{do: pass}
	case f.hop:
		return ruling{do: passSend}
	}
	switch s.phase {
	case sending:
		return judgeSending(f)
	case departed:
		return judgeLeft(s, f)
	default:
		return judgeBefore(s, f)
	}
}

// elsewhere is rule 2: a main frame goes only where it may be read, and after
// the first typing our values, and what a document typed into sends, go only
// where typing is allowed.
func elsewhere(s standing, f facts) bool {
	if f.document && !f.readable {
		return true
	}
	if s.phase == free || f.allowed {
		return false
	}
	return f.mayCarry() || f.fromTyped && !f.preflight && !f.plain
}

// judgeBefore rules while no permit was taken, or the one that was came to
// nothing. A page may answer a press late, or ask again for what was failed:
// after a press, what could be its send never leaves by itself.
func judgeBefore(s standing, f facts) ruling {
	switch {
	case !f.leaves():
		return ruling{do: pass}
	case f.named && s.lent:
		return ruling{do: keep} // the person's own send: the journal first
	case f.named:
		return ruling{deny, Unpermitted}
	case s.lent && s.phase != free && !s.names && f.mayCarry() && f.fromTyped && !f.beacon:
		return ruling{do: keep}
	case s.lent && s.form && s.phase == free && !s.names && f.carries && f.allowed && !f.beacon:
		return ruling{do: keep} // they filled it in themselves
	case s.pressed && late(s, f):
		return ruling{deny, Unpermitted}
	case s.lent && s.form && !s.names && f.allowed && !f.mayCarry() && !f.plain && !f.beacon:
		return ruling{do: passUnsure} // a page's telemetry looks the same
	case s.phase == free || !f.mayCarry():
		return ruling{do: pass}
	case s.meddled && !s.names && f.fromTyped:
		return ruling{deny, Unpermitted} // their press may have been the one that sends
	default:
		return ruling{do: passNote}
	}
}

// late reports whether a request may be what an earlier press has caused after
// all. While a person has the page, what they do there comes besides: then it
// is only what carries our values, and on an origin whose sends the profile
// names those alone are it.
func late(s standing, f facts) bool {
	if s.lent {
		return !s.names && f.mayCarry()
	}
	return f.mayCarry() || rank(f) > 0
}

// judgeSending rules between the permit and the letting go.
func judgeSending(f facts) ruling {
	if f.leaves() {
		return ruling{do: keep}
	}
	return ruling{do: pass}
}

// judgeLeft rules after the letting go. Where what was let go carried nothing
// of ours (a page's telemetry came first), the one request that does is still
// to come, and the journal already counts it as left.
func judgeLeft(s standing, f facts) ruling {
	again := f.named && !f.plain || f.mayCarry() && f.leaves()
	switch {
	case again && !s.carried && !f.repeat:
		return ruling{do: passSend}
	case again, f.repeat:
		return ruling{deny, Repeated}
	default:
		return ruling{do: pass}
	}
}

// rank says how likely a held request is the send, highest first; 0 is never.
func rank(f facts) int {
	switch {
	case f.named:
		return 4
	case f.carries && !f.beacon:
		return 3
	case f.carries:
		return 2
	case f.own && !f.plain && !f.beacon:
		return 1
	default:
		return 0
	}
}

// certain is the rank from which on no better request is waited for.
func certain(names bool) int {
	if names {
		return 4
	}
	return 3
}
