package journal

import "strings"

// table is the state machine, row by row. The first row that matches decides.
//
// Two rows go beyond the obvious. A gate may open in `sending`: a captcha that
// the click brings up is solved by the person, and only then does the page
// send. And a person may send while they have the page (or just after): theirs
// is `sending` by person from wherever the attempt stands, and ends the wait.
func table() []rule {
	form := []Name{Opening, Filling, Ready}
	clicked := []Name{Sending, waitingSending}
	gone := []Name{Left, waitingOutcome}
	waiting := []Name{waitingForm, waitingSending, waitingOutcome}
	acting := []Name{Opening, Filling, Ready, Sending, Left}
	underway := append(waiting[:3:3], acting...)
	settled := []Name{Submitted, Confirmed, Already, Rejected, InDoubt}
	anywhere := append(append(settled[:5:5], underway...), Pending, NeedsHuman, Drifted, Failed)
	said := kinds(Answered, Settled)

	return []rule{
		// An attempt begins, reaches the form, fills it. A form found again is
		// another route's, or the same read afresh.
		{in: []Name{Pending, NeedsHuman, Drifted, Failed}, on: kinds(Claimed), to: become(Opening)},
		{in: form, on: kinds(FormFound), to: move(Filling)},
		{in: []Name{Filling, Ready}, on: kinds(Filled), to: move(Ready)},

		// A person is asked.
		{in: acting, on: kinds(GateOpened), to: wait},
		{in: waiting, on: kinds(GateReturned), to: resume},
		{in: underway, on: kinds(GateEnded), to: fall(NeedsHuman)},

		// The attempt ends without an answer.
		{in: acting, on: kinds(NoRoute), to: fall(Drifted)},
		{in: underway, on: kinds(Broke), to: fall(Failed)},

		// The send.
		{in: []Name{Ready}, on: kinds(SendingBegan), to: begin(Machine)},
		{in: []Name{Opening, Filling, Ready, waitingForm}, on: kinds(SendingBegan), to: begin(Person)},
		{in: clicked, on: kinds(NotHeld), to: fall(Failed)},
		{in: clicked, on: kinds(HasLeft), to: leave},

		// The answer, by page and wire, or by a person who is asked.
		{in: gone, on: said, verdict: Taken, to: become(Submitted)},
		{in: gone, on: said, verdict: TakenMore, to: more},
		{in: gone, on: kinds(Answered), verdict: Prepared, to: move(Filling)},
		{in: gone, on: said, verdict: NotTaken, to: move(Filling)},
		{in: gone, on: said, verdict: Refused, to: become(Rejected)},
		{in: gone, on: said, verdict: AlreadyHonoured, to: become(Already)},
		{in: gone, on: said, verdict: Honoured, to: become(Confirmed)},
		{in: gone, on: said, verdict: Unclear, to: become(InDoubt)},
		{in: gone, on: kinds(Settled), verdict: Lost, to: lost},

		// Word that comes later.
		{in: []Name{Submitted}, on: kinds(Settled), verdict: Honoured, to: become(Confirmed)},
		{in: []Name{Submitted}, on: kinds(Settled), verdict: Refused, to: become(Rejected)},
		{in: []Name{InDoubt}, on: kinds(Settled), verdict: Taken, to: become(Submitted)},
		{in: []Name{InDoubt}, on: kinds(Settled), verdict: Honoured, to: become(Confirmed)},
		{in: []Name{InDoubt}, on: kinds(Settled), verdict: AlreadyHonoured, to: become(Already)},
		{in: []Name{InDoubt}, on: kinds(Settled), verdict: Refused, to: become(Rejected)},
		{in: []Name{InDoubt}, on: kinds(Settled), verdict: Lost, to: become(Failed)},

		// The next claim finds an attempt that never ended.
		{in: []Name{Opening, Filling, Ready, waitingForm}, on: kinds(Interrupted), to: fall(Pending)},
		{in: clicked, on: kinds(Interrupted), to: fall(Failed)},
		{in: gone, on: kinds(Interrupted), to: become(InDoubt)},

		// A person wants it again.
		{in: settled, on: kinds(Reopened), to: become(Pending)},

		// Facts that change nothing.
		{in: underway, on: kinds(Partial), to: same},
		{in: anywhere, on: kinds(Noted), to: same},
	}
}

func kinds(k ...Kind) []Kind { return k }

// become begins a state that remembers nothing.
func become(n Name) effect {
	return func(State, Event) (State, bool) { return State{Is: n}, true }
}

// move goes on within the attempt, remembering what has gone before.
func move(n Name) effect {
	return func(s State, _ Event) (State, bool) { return State{Is: n, Gone: s.Gone, Stands: s.Stands}, true }
}

// fall ends the attempt: there if nothing can have left, else in doubt.
func fall(n Name) effect {
	return func(s State, _ Event) (State, bool) {
		if s.Doubtful() {
			return State{Is: InDoubt}, true
		}
		return State{Is: n}, true
	}
}

// begin is the durable word before the click. What was sent before goes along,
// and none of it is sent a second time: the service has taken it.
func begin(by By) effect {
	return func(s State, e Event) (State, bool) {
		ok := e.Send != "" && e.By == by && !s.stands(e.Send)
		return State{Is: Sending, Send: e.Send, By: e.By, Armed: e.Armed, Gone: s.Gone, Stands: s.Stands}, ok
	}
}

// leave is the durable word before the held request is let go. The request may
// be another send than the click was meant for only by a fault of ours.
func leave(s State, e Event) (State, bool) {
	return State{Is: Left, Send: s.Send, By: s.By, Gone: s.Gone, Stands: s.Stands}, e.Send == s.Send && e.Request != nil
}

// more is an answer that took this send and asks for the next.
func more(s State, _ Event) (State, bool) {
	return State{Is: Filling, Gone: true, Stands: strings.TrimPrefix(s.Stands+","+s.Send, ",")}, true
}

// lost is a person's word that this send never arrived; the sends before it
// still stand.
func lost(s State, _ Event) (State, bool) {
	if s.Gone {
		return State{Is: InDoubt}, true
	}
	return State{Is: Failed}, true
}

func wait(s State, e Event) (State, bool) {
	s.Gate, s.From, s.Is = e.Gate, s.Is, Waiting
	return s, e.Gate != ""
}

func resume(s State, _ Event) (State, bool) {
	s.Is, s.Gate, s.From = s.From, "", ""
	return s, true
}

func same(s State, _ Event) (State, bool) { return s, true }
