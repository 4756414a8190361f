package main

import (
	"context"
	"errors"
	"strings"

	"opposer/internal/run"
	"opposer/internal/words"
)

// doubt is something that is done only when a person says so.
type doubt struct {
	ids      []string
	question words.Text
	refusal  words.Text // where nobody can be asked
}

// doubts are those of a plan.
func doubts(p run.Plan) []doubt {
	var again, early []string
	for _, i := range p.Items {
		switch {
		case i.Reopen:
			again = append(again, i.Account.ID)
		case i.Early():
			early = append(early, i.Account.ID)
		}
	}
	twice, soon := strings.Join(again, ", "), strings.Join(early, ", ")
	return []doubt{
		{
			ids:      again,
			question: words.T("It may arrive twice. Send again for %s? Type y for yes:", twice),
			refusal:  words.T("Sending again for %s has to be confirmed: it may arrive twice. Nothing was sent.", twice),
		},
		{
			ids:      early,
			question: words.T("The site suspects a robot or has locked the account: trying too soon may lock it for longer. Try now for %s? Type y for yes:", soon),
			refusal:  words.T("Trying so soon for %s has to be confirmed: the site suspects a robot or has locked the account. Nothing was sent.", soon),
		},
	}
}

// sure asks before what is settled is sent again, since it may arrive twice,
// and before an account is tried that should be left alone. Without a person at
// the terminal only --yes says so.
func (h *house) sure(ctx context.Context, p run.Plan, stop *stopping) error {
	for _, d := range doubts(p) {
		if len(d.ids) == 0 || h.options.yes {
			continue
		}
		if err := h.confirm(ctx, d, stop); err != nil {
			return err
		}
	}
	return nil
}

func (h *house) confirm(ctx context.Context, d doubt, stop *stopping) error {
	if !h.app.tty.in || !h.app.tty.err {
		return &usageError{reason: d.refusal, remedy: words.T("Run it at a terminal, or add --yes.")}
	}
	over := h.screen.question()
	defer over()
	h.screen.ask(h.app.say(d.question) + " ")
	asking, cancel := stop.within(ctx)
	defer cancel()
	line, err := h.keyboard().line(asking)
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes", "o", "oui":
		if err == nil {
			return nil
		}
	}
	if err != nil && !errors.Is(err, errClosed) {
		return err
	}
	return &usageError{reason: words.T("Nothing was sent."), remedy: words.Text{}}
}
