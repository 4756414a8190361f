package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"opposer/internal/gate"
	"opposer/internal/personal"
	"opposer/internal/words"
)

// terminal is a gate.Channel: a person who sits at the terminal. One question
// is asked at a time; the end of the input (Ctrl-D) stops the objection asked
// about, and so does a wish to stop the run.
type terminal struct {
	screen   *screen
	keyboard *keyboard
	lang     words.Language
	headed   bool // there is a Chrome window in which a person can act
	stop     <-chan struct{}
	now      func() time.Time
	turn     chan struct{} // holds one token: whose turn it is to ask
}

// byTerminal is what the journal keeps as the channel's name.
const byTerminal = "terminal"

// Meet asks the person. What needs a window is answered Nobody when there is
// none: a terminal cannot log in.
func (t *terminal) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	a, err := t.meet(ctx, g, l)
	a.By = byTerminal
	if returned := l.Return(a); errors.Is(returned, gate.ErrReturned) {
		// Someone saw on the page that the person is done, or another channel
		// was quicker: theirs is the answer.
		if theirs, ok := l.Answer(); ok {
			return theirs, err
		}
	}
	return a, err
}

func (t *terminal) meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	if needsWindow(g) && !t.headed {
		return gate.Answer{Verb: gate.Nobody}, nil
	}
	asking, cancel := t.until(ctx, g, l)
	defer cancel()
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-asking.Done():
		return t.unanswered(ctx)
	}
	if err := l.Take(); err != nil {
		return t.unanswered(ctx)
	}
	over := t.screen.question()
	defer over()
	a, err := t.question(asking, g)
	switch {
	case err == nil:
		return a, nil
	case errors.Is(err, errClosed):
		t.screen.ask("\n")
		return gate.Answer{Verb: gate.GiveUp}, nil
	case asking.Err() != nil:
		t.screen.ask("\n")
		return t.unanswered(ctx)
	default:
		return gate.Answer{Verb: gate.GiveUp}, err
	}
}

// needsWindow reports whether the person has to act on the page itself.
func needsWindow(g gate.Gate) bool {
	switch g.Kind {
	case gate.Login, gate.Captcha:
		return true
	case gate.Decision:
		return len(g.Options) == 0
	case gate.Code, gate.Review, gate.Choice, gate.Outcome:
		return false
	}
	return false
}

// until is the time in which an answer counts: it ends with the gate's offer,
// with the lease, and with a wish to stop.
func (t *terminal) until(ctx context.Context, g gate.Gate, l *gate.Lease) (context.Context, context.CancelFunc) {
	asking, cancel := context.WithCancel(ctx)
	if !g.Until.IsZero() {
		asking, cancel = deadline(asking, cancel, g.Until.Sub(t.now()))
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		select {
		case <-l.Returned():
		case <-t.stop:
		case <-asking.Done():
		}
		cancel()
	}()
	return asking, func() { cancel(); <-over }
}

func deadline(ctx context.Context, outer context.CancelFunc, d time.Duration) (context.Context, context.CancelFunc) {
	inner, cancel := context.WithTimeout(ctx, d)
	return inner, func() { cancel(); outer() }
}

// unanswered says why no answer came: the caller's context, a wish to stop, or
// the end of the offer.
func (t *terminal) unanswered(ctx context.Context) (gate.Answer, error) {
	if err := ctx.Err(); err != nil {
		return gate.Answer{Verb: gate.RanOut}, err
	}
	select {
	case <-t.stop:
		return gate.Answer{Verb: gate.GiveUp}, nil
	default:
		return gate.Answer{Verb: gate.RanOut}, nil
	}
}

// question puts the question on the screen and reads until an answer fits.
func (t *terminal) question(ctx context.Context, g gate.Gate) (gate.Answer, error) {
	t.screen.ask(t.heading(g))
	for {
		t.screen.ask("> ")
		line, err := t.read(ctx, g.Kind)
		if err != nil {
			return gate.Answer{}, err
		}
		a, again := t.understand(g, strings.TrimSpace(line))
		if again.IsZero() {
			return a, nil
		}
		t.screen.ask(again.In(t.lang) + "\n")
	}
}

// read hides what is typed where it is a code.
func (t *terminal) read(ctx context.Context, k gate.Kind) (string, error) {
	if k == gate.Code {
		return t.keyboard.secret(ctx)
	}
	return t.keyboard.line(ctx)
}

// understand turns a line into an answer, or gives the sentence with which it
// is asked again.
func (t *terminal) understand(g gate.Gate, line string) (gate.Answer, words.Text) {
	if strings.EqualFold(line, "s") {
		return gate.Answer{Verb: gate.GiveUp}, words.Text{}
	}
	switch {
	case g.Kind == gate.Code:
		return t.code(line)
	case g.Kind == gate.Review:
		return t.review(line)
	case len(g.Options) > 0:
		return t.pick(g, line)
	case line == "":
		return gate.Answer{Verb: gate.Done}, words.Text{}
	default:
		return gate.Answer{}, words.T("Press Enter when you are done, or s to stop.")
	}
}

func (t *terminal) code(line string) (gate.Answer, words.Text) {
	if line == "" {
		return gate.Answer{}, words.T("Type the code, or s to stop.")
	}
	return gate.Answer{Verb: gate.Give, Code: personal.NewCode(line)}, words.Text{}
}

// review takes nothing but the whole word for a yes: Enter alone sends nothing.
func (t *terminal) review(line string) (gate.Answer, words.Text) {
	switch strings.ToLower(line) {
	case "y", "yes", "o", "oui":
		return gate.Answer{Verb: gate.Approve}, words.Text{}
	case "n", "no", "non":
		return gate.Answer{Verb: gate.GiveUp}, words.Text{}
	default:
		return gate.Answer{}, words.T("Type y to send it, or s to stop.")
	}
}

func (t *terminal) pick(g gate.Gate, line string) (gate.Answer, words.Text) {
	n, err := strconv.Atoi(line)
	if err != nil || n < 1 || n > len(g.Options) {
		return gate.Answer{}, words.T("Type a number from 1 to %d, or s to stop.", len(g.Options))
	}
	return gate.Answer{Verb: gate.Pick, Option: g.Options[n-1].ID}, words.Text{}
}
