package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

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
	stop     <-chan struct{}
	page     bool          // there is a page to act on where no window shows it
	turn     chan struct{} // holds one token: whose turn it is to ask
}

// Meet asks the person. Where they have to act on a page that nothing shows
// them it answers Nobody: a terminal cannot log in.
func (t *terminal) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	if g.OnPage && !g.Window && !g.Windows && !t.page {
		return gate.Answer{Verb: gate.Nobody, By: inTerminal}, nil
	}
	a, err := t.meet(ctx, g, l)
	a.By = inTerminal
	if a.Verb == "" || errors.Is(l.Return(a), gate.ErrReturned) {
		// The time ran out, someone saw on the page that the person is done, or
		// another channel was quicker: theirs is the answer.
		a, _ = l.Answer()
	}
	return a, err
}

// meet gives the answer of the terminal; no verb where it has none.
func (t *terminal) meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	asking, cancel := t.until(ctx, l)
	defer cancel()
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-asking.Done():
		return t.unanswered(ctx)
	}
	if !l.Out() {
		return t.unanswered(ctx)
	}
	over := t.screen.question()
	defer over()
	a, err := t.question(asking, g, l)
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

// until is the time in which an answer counts: it ends with the lease, and with
// a wish to stop.
func (t *terminal) until(ctx context.Context, l *gate.Lease) (context.Context, context.CancelFunc) {
	asking, cancel := context.WithCancel(ctx)
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

// unanswered says why no answer came: the caller's context, or a wish to stop.
// Else the lease is over, and what it came back with counts.
func (t *terminal) unanswered(ctx context.Context) (gate.Answer, error) {
	if err := ctx.Err(); err != nil {
		return gate.Answer{}, err
	}
	select {
	case <-t.stop:
		return gate.Answer{Verb: gate.GiveUp}, nil
	default:
		return gate.Answer{}, nil
	}
}

// question puts the question on the screen and reads until an answer fits. Who
// types has come, whatever it is that they typed.
func (t *terminal) question(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	t.screen.ask(t.heading(g, l.Until()))
	for {
		t.screen.ask("> ")
		line, err := t.read(ctx, g)
		if err != nil {
			return gate.Answer{}, err
		}
		if err := l.Take(); err != nil {
			return gate.Answer{}, nil //nolint:nilerr // the lease is over: another answer counts
		}
		a, again := t.understand(ctx, g, strings.TrimSpace(line))
		if again.IsZero() {
			return a, nil
		}
		t.screen.ask(again.In(t.lang) + "\n")
	}
}

// read hides what is typed where it is a code.
func (t *terminal) read(ctx context.Context, g gate.Gate) (string, error) {
	if g.Kind == gate.Code && !g.OnPage {
		return t.keyboard.secret(ctx)
	}
	return t.keyboard.line(ctx)
}

// understand turns a line into an answer, or gives the sentence with which it
// is asked again.
func (t *terminal) understand(ctx context.Context, g gate.Gate, line string) (gate.Answer, words.Text) {
	switch strings.ToLower(line) {
	case "s":
		return gate.Answer{Verb: gate.GiveUp}, words.Text{}
	case "w":
		if g.Window || g.Windows {
			return t.window(ctx, g)
		}
	}
	switch {
	case g.OnPage && !g.Window && g.Windows:
		return gate.Answer{}, words.T("Press w and Enter to open it in a window, or s to stop.")
	case g.OnPage && !g.Window:
		return gate.Answer{}, words.T("Do it on your page, by the link above, or press s and Enter to stop.")
	case g.OnPage && line == "":
		return gate.Answer{Verb: gate.Done}, words.Text{}
	case g.OnPage:
		return gate.Answer{}, words.T("Press Enter when you are done, or s to stop.")
	case g.Kind == gate.Code:
		return t.code(line)
	case g.Kind == gate.Review:
		return t.review(line)
	default:
		return t.pick(g, line)
	}
}

// window brings the page's window to the front, or asks for one.
func (t *terminal) window(ctx context.Context, g gate.Gate) (gate.Answer, words.Text) {
	if !g.Window {
		return gate.Answer{Verb: gate.Show}, words.Text{}
	}
	if g.Screen == nil || g.Screen.Front(ctx) != nil {
		return gate.Answer{}, words.T("The window could not be brought to the front. Look for it among your windows.")
	}
	return gate.Answer{}, words.T("The window is in front.")
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
