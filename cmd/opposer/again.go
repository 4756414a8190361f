package main

import (
	"context"
	"errors"
	"strings"

	"opposer/internal/run"
	"opposer/internal/words"
)

// sure asks before what is settled is sent again: it may arrive twice. Without
// a person at the terminal only --yes says so.
func (h *house) sure(ctx context.Context, p run.Plan, stop *stopping) error {
	var ids []string
	for _, i := range p.Items {
		if i.Reopen {
			ids = append(ids, i.Account.ID)
		}
	}
	if len(ids) == 0 || h.options.yes {
		return nil
	}
	list := strings.Join(ids, ", ")
	if !h.app.tty.in || !h.app.tty.err {
		return &usageError{
			reason: words.T("Sending again for %s has to be confirmed: it may arrive twice. Nothing was sent.", list),
			remedy: words.T("Run it at a terminal, or add --yes."),
		}
	}
	over := h.screen.question()
	defer over()
	h.screen.ask(h.app.say(words.T("It may arrive twice. Send again for %s? Type y for yes:", list)) + " ")
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
