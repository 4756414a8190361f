package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"opposer/internal/attempt"
	"opposer/internal/journal"
	"opposer/internal/journal/sqlite"
	"opposer/internal/personal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// statusOptions are what `opposer status` was asked for.
type statusOptions struct {
	rehearse, dryRun, json bool
}

func (a *app) statusCommand() *cobra.Command {
	var o statusOptions
	c := &cobra.Command{
		Use:   "status",
		Short: a.say(words.T("Show what stands for each account")),
		Long: a.say(words.T("Shows what stands for each account, since when, and what comes next. " +
			"It reads only: also on a full or read-only disk, also while a run is under way.")),
		Example: a.examples(
			example{"opposer status", words.T("the real objections")},
			example{"opposer status --rehearse", words.T("what the rehearsals came to")},
			example{"opposer status --json", words.T("the same for a program")},
		),
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.status(cmd, o) },
	}
	f := c.Flags()
	f.BoolVar(&o.rehearse, "rehearse", false, a.say(words.T("of the rehearsals")))
	f.BoolVar(&o.dryRun, "dry-run", false, a.say(words.T("of the dry runs")))
	f.BoolVar(&o.json, "json", false, a.say(words.T("write one JSON object for each account on standard output")))
	return c
}

func (a *app) status(cmd *cobra.Command, o statusOptions) error {
	cfg, set, err := a.load(cmd, o.rehearse)
	if err != nil {
		return err
	}
	k, err := a.recorded(cmd.Context(), stateFolder(cfg.StateDir, o.rehearse, o.dryRun))
	if err != nil {
		return err
	}
	k.Accounts, k.Set, k.Now = cfg.Accounts, set, a.now()
	p, err := run.NewPlan(k, run.Selection{})
	if err != nil {
		return err
	}
	again := runOptions{rehearse: o.rehearse, dryRun: o.dryRun, place: placed(cmd)}.command()
	list := append(a.standing(p, again), a.others(p, k.Standings)...)
	if o.json {
		return a.printJSON(list)
	}
	if len(list) == 0 {
		a.note(a.say(words.T("Your config has no account, and nothing was sent.")) + "\n")
		return nil
	}
	return a.print(a.statusTable(list))
}

// recorded reads the journal without writing anything. A folder without one is
// an empty journal.
func (a *app) recorded(ctx context.Context, dir string) (run.Known, error) {
	nothing := run.Known{Objection: func(acc personal.Account) journal.Objection {
		return journal.Objection{Service: acc.Service, Account: acc.ID}
	}}
	store, err := sqlite.OpenReadOnly(ctx, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nothing, nil
	}
	if err != nil {
		return run.Known{}, err
	}
	secret, err := sqlite.Secret(dir)
	if err != nil {
		return run.Known{}, errors.Join(err, store.Close())
	}
	j := journal.New(store, secret, a.now)
	standings, err := j.Standings(ctx)
	return run.Known{Standings: standings, Objection: j.Objection}, errors.Join(err, store.Close())
}

// stands is one line of the status.
type stands struct {
	Account   string    `json:"account"`
	Service   string    `json:"service"`
	State     string    `json:"state"`
	Since     time.Time `json:"since,omitzero"`
	Attempts  int       `json:"attempts"`
	CoveredBy string    `json:"covered_by,omitempty"`
	Reference string    `json:"reference"`
	Evidence  string    `json:"evidence"`
	Reason    string    `json:"reason,omitempty"`
	Next      string    `json:"next,omitempty"` // a command, as it can be pasted
	InConfig  bool      `json:"in_config"`

	mark mark
	says words.Text // what comes next, for a person
}

// standing is where each account of the config stands.
func (a *app) standing(p run.Plan, again string) []stands {
	out := make([]stands, len(p.Items))
	for n, i := range p.Items {
		s := a.stands(i.Standing)
		s.Account, s.Service, s.InConfig = i.Account.ID, i.Account.Service, true
		if i.Doing == run.Covered {
			s.State, s.CoveredBy, s.mark, s.Reason = "covered", i.CoveredBy, coveredMark(), a.say(i.Reason)
		} else {
			s.says, s.Next = a.whatNext(i, again)
		}
		out[n] = s
	}
	return out
}

func (a *app) stands(s journal.Standing) stands {
	state := s.State.Is
	if state == "" {
		state = journal.Pending
	}
	return stands{
		State: string(state), Since: s.Since, Attempts: s.Attempts, Reference: s.Reference, Evidence: s.Evidence,
		Reason: a.say(attempt.Explain(s.Last)), mark: markOf(state),
	}
}

// others are the objections whose account is no longer in the config: they
// stand all the same.
func (a *app) others(p run.Plan, all []journal.Standing) []stands {
	var out []stands
	for _, s := range all {
		if slices.ContainsFunc(p.Items, func(i run.Item) bool { return i.Objection.Key == s.Objection.Key }) {
			continue
		}
		x := a.stands(s)
		x.Account, x.Service = s.Objection.Account, s.Objection.Service
		x.says = words.T("%s: no longer in your config", words.Verbatim(firstOf(s.Objection.Email, s.Objection.Phone)))
		out = append(out, x)
	}
	return out
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// whatNext says what comes next, and the command for it if there is one.
func (a *app) whatNext(i run.Item, again string) (words.Text, string) {
	id := " --account " + quoted(i.Account.ID)
	switch i.Standing.State.Is {
	case journal.Submitted:
		// GDPR, Article 12(3): one month, which may be extended by two.
		return words.T("%s has until %s to answer", i.Profile.Title, words.When(i.Standing.Since.AddDate(0, 1, 0), a.now())), ""
	case journal.Confirmed, journal.Already:
		return words.T("nothing is left to do"), ""
	case journal.Rejected:
		return words.T("the service said no; you can complain to your data protection authority"), ""
	case journal.InDoubt:
		return words.T("wait for the service's mail; it is not sent again by itself. If none comes: %s", words.Verbatim(again+" --again "+quoted(i.Account.ID))), ""
	case journal.NeedsHuman, journal.Drifted:
		if i.Doing == run.Skip {
			return words.T("left alone until %s", words.When(i.Until, a.now())), ""
		}
		return words.Text{}, again + id + " " + a.looking(runOptions{})
	default:
		return words.Text{}, again + id
	}
}

func (a *app) statusTable(list []stands) string {
	rows := make([][]cell, len(list))
	for n, s := range list {
		since := ""
		if !s.Since.IsZero() && s.CoveredBy == "" {
			since = words.When(s.Since, a.now()).In(a.lang)
		}
		text := s.Reason
		for _, more := range []string{a.say(s.says), s.Next} {
			if text != "" && more != "" {
				text += columnGap
			}
			text += more
		}
		rows[n] = []cell{
			{text: s.Account}, {text: s.Service}, {text: s.mark.in(a.lang), paint: s.mark.paint}, {text: since}, {text: text},
		}
	}
	return table(slim(rows), a.colourful(a.tty.out))
}

func (a *app) printJSON(list []stands) error {
	for _, s := range list {
		b, err := json.Marshal(s)
		if err != nil {
			return fmt.Errorf("encoding the status: %w", err)
		}
		if err := a.print(string(b) + "\n"); err != nil {
			return err
		}
	}
	return nil
}
