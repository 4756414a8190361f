package gate

import (
	"context"
	"time"

	"opposer/internal/personal"
	"opposer/internal/words"
)

// Kind is what a person is needed for.
type Kind string

// The kinds of gate.
const (
	Login    Kind = "login"    // the site asks who you are
	Captcha  Kind = "captcha"  // the site asks whether you are a person
	Code     Kind = "code"     // a one-time code came by mail, SMS or app
	Review   Kind = "review"   // last look before sending
	Choice   Kind = "choice"   // the tool is unsure: which link, which field, whose e-mail
	Decision Kind = "decision" // a choice with legal weight: only the person may answer
	Outcome  Kind = "outcome"  // after sending, the answer's meaning is unknown
)

// Kinds lists every kind, in the order of their constants.
func Kinds() []Kind { return []Kind{Login, Captcha, Code, Review, Choice, Decision, Outcome} }

// Gate is one pause for one person: everything a channel needs to ask, and
// nothing that is not masked.
type Gate struct {
	Kind    Kind
	Service string // the service's title, as a person calls it: "Facebook"
	Account string // the account's id from the config
	Origin  string // of the page that needs the person, e.g. https://www.facebook.com
	Title   string // the page's title, masked
	Need    words.Text
	Options []Option     // Choice, Decision, Outcome: what can be answered; else empty
	Form    []Line       // Review: the filled form as it will be sent, masked
	Changed []words.Text // Review: how the form differs from one that was approved
	Picture string       // path of the masked picture of the page; "" when there is none
	Opened  time.Time
	OnPage  bool   // the person acts on the page itself, and the page shows when it is done
	Screen  Screen // the live page; nil where there is none to look at
	Window  bool   // the page is in a window that the person can see
	Windows bool   // a window can be opened on it
}

// Option is one possible answer. ID is stable within a gate.
type Option struct {
	ID     string
	Label  words.Text
	Detail string // the page's own words around it, masked
}

// Line is one line of a form under review.
type Line struct {
	Label    string // as the page says it
	Value    string // masked
	Required bool
}

// Verb is what a person did with a gate.
type Verb string

// What a person can do with a gate.
const (
	Done    Verb = "done"    // acted on the page (login, captcha, decision); it will be read afresh
	Approve Verb = "approve" // review: send it
	Pick    Verb = "pick"    // an Option, by ID
	Give    Verb = "give"    // a one-time code
	Show    Verb = "show"    // open the page in a window; the gate is met again there
	GiveUp  Verb = "give up" // stop this objection here
	Gone    Verb = "gone"    // the page was closed, or its browser
	RanOut  Verb = "ran out" // nobody came, or they did not finish, in time
	Nobody  Verb = "nobody"  // there is no channel to a person
)

// Answer is what came back through a gate.
type Answer struct {
	Verb   Verb
	Option string        // Pick: the Option's ID
	Code   personal.Code // Give
	By     string        // which channel: "window", "terminal", "web", "none", or "--yes"
}

// Channel is how a human meets a gate. Meet returns when the lease is over, or
// at once with Nobody where the channel leads to no person (the lease is then
// left out), or with ctx's error. It takes the lease before the person can
// touch the page and returns it with their answer. The lease's clocks are not
// the channel's: they run elsewhere, and [Lease.Until] tells them. Several gates
// may be met at once.
type Channel interface {
	Meet(ctx context.Context, g Gate, l *Lease) (Answer, error)
}
