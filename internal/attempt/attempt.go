package attempt

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// Attempter makes attempts in one browser. Its fields are read-only once the
// first attempt began; Try may be called several times at once.
type Attempter struct {
	Browser  *chrome.Browser
	Journal  *journal.Journal
	Channel  gate.Channel
	Masker   *personal.Masker
	Evidence string // folder in which each attempt has one of its own
	Log      zerolog.Logger
	Tell     func(Progress)   // what is going on now, for a live line; nil: nobody listens
	Now      func() time.Time // for what is recorded
	Stop     <-chan struct{}  // closed: reach the next safe point, journal, leave
	Patience Patience
	// Soon is called when a person's time at a gate is almost over; nil: nobody
	// listens.
	Soon func(g gate.Gate, until time.Time)
	// Windowed gives a browser with a window to go on in, where a person asks for
	// one; the one it is given may be ended by then. nil: there can be none.
	Windowed func(context.Context, *chrome.Browser) (*chrome.Browser, error)
}

// Patience is how long is waited; zero fields take the defaults of [Patient].
type Patience struct {
	Step   time.Duration // for a step's target to appear at all
	Quiet  time.Duration // the same, on a page that has stopped changing
	Answer time.Duration // for the answer to a send, and for the page to say what it means
	Click  time.Duration // for a click's request
	Person gate.Clocks   // for a person to come to a gate, and to finish
}

// Patient is the patience of a run against the real sites.
func Patient() Patience {
	return Patience{
		Step: 45 * time.Second, Quiet: 12 * time.Second, Answer: 60 * time.Second,
		Click: 10 * time.Second, Person: gate.Clocks{Come: 30 * time.Minute, Finish: 15 * time.Minute, Soon: 2 * time.Minute},
	}
}

// Job is one attempt to be made.
type Job struct {
	Account   personal.Account
	Profile   *profile.Profile
	Set       *profile.Set
	Run       string
	DryRun    bool // stop before the first step that would send
	Review    Review
	Approvals *Approvals    // forms that people said yes to; nil knows none
	Played    bool          // the pages are a rehearsal's: no review, unless it is wanted always
	Kept      bool          // the browser's data folder holds the account's login
	Deadline  time.Duration // for the whole attempt, a person's time apart; 0: none
}

// Progress is what is going on now.
type Progress struct {
	Account string
	Step    string // a stable word: "open", "follow", "form", "send", "answer"
	Text    words.Text
}

// Result is what came of an attempt. What it claims is kept as evidence.
type Result struct {
	State     journal.State
	Reason    words.Text  // why it stopped where it did; zero when the state says enough
	Sentence  string      // the page's own, masked
	Reference string      // the service's number for it
	Evidence  string      // folder of this attempt
	Route     words.Text  // title of the route that led to the form
	Form      []gate.Line // the filled form, masked
}

// Try makes one attempt at the claimed objection. A page that says no, a gate
// that ran out, a page that changed are states; the error says that our own
// work could not be done (the journal cannot be written, the evidence cannot
// be kept), and then nothing is sent that was not sent before.
func (a *Attempter) Try(ctx context.Context, c journal.Claim, j Job) (Result, error) {
	t, err := a.begin(ctx, c, j)
	if err != nil {
		return unbegun(c.State()), err
	}
	defer t.end()
	err = t.loop()
	return t.result(err)
}
