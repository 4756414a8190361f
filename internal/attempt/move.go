package attempt

import (
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// move is the one thing to do next.
//
//sumtype:decl
type move interface{ move() }

type (
	// wait: nothing to do until the page changes. When patience ends, it is
	// given up for that reason.
	wait struct{ why cause }

	// open goes to the address of the route's step.
	open struct{ url string }

	// follow clicks the link of the route's step.
	follow struct {
		node     locate.Node
		word     string // what it was recognised by, for the log
		sentence string // around it
	}

	// press clicks the button with which an interrupt is sent away.
	press struct {
		interrupt profile.Interrupt
		node      locate.Node
	}

	// fill types an account's value into a field of the form.
	fill struct {
		step  int
		value string
		node  locate.Node
	}

	// tick clicks a radio button or a box until it is checked.
	tick struct {
		step int
		node locate.Node
	}

	// pick chooses an option of a select element.
	pick struct {
		step, option int
		node         locate.Node
	}

	// lookUp types an option's name into the box that offers what fits.
	lookUp struct {
		step int
		text string
		node locate.Node
	}

	// advance presses a wizard's button that sends nothing of ours for good.
	advance struct {
		step int
		node locate.Node
	}

	// send presses the button that commits.
	send struct {
		step int
		name string
		node locate.Node
		form form
	}

	// ask opens a gate.
	ask struct {
		kind    gate.Kind
		key     string // where the answer is remembered
		need    words.Text
		options []gate.Option
		nodes   []locate.Node // of the options, for a choice of links
		form    form
		button  locate.Node // review: the one that sends
		about   string      // what it is about, masked; for the journal
		reopen  bool        // afterwards the route is begun again
	}

	// next gives the route up and begins the next one.
	next struct{ why cause }

	// away ends the attempt: the page wanted to go elsewhere while it was
	// worked on.
	away struct{ why cause }

	// stop ends the attempt: a person is needed, and no gate can serve.
	stop struct {
		why  cause
		kind gate.Kind // what the person is needed for; "" when no gate has that name
	}

	// ready ends a dry run: everything is filled, nothing is sent.
	ready struct{ form form }

	// conclude ends the waiting for an answer.
	conclude struct {
		verdict   journal.Verdict
		sentence  string
		reference string
	}
)

func (wait) move()     {}
func (open) move()     {}
func (follow) move()   {}
func (press) move()    {}
func (fill) move()     {}
func (tick) move()     {}
func (pick) move()     {}
func (lookUp) move()   {}
func (advance) move()  {}
func (send) move()     {}
func (ask) move()      {}
func (next) move()     {}
func (away) move()     {}
func (stop) move()     {}
func (ready) move()    {}
func (conclude) move() {}

// form is the filled form as a person is asked to look at it.
type form struct {
	frame     string
	lines     []gate.Line
	signature locate.Signature
}
