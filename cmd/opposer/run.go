package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"opposer/internal/rehearsal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// runOptions are what `opposer run` was asked for.
type runOptions struct {
	want      run.Selection
	again     []string // ids of --again
	rehearse  bool
	scenario  string // of the rehearsal, as --rehearse names it
	dryRun    bool
	fresh     bool
	yes       bool
	json      bool
	supervise string // address of the run's page; "": no page
	verbose   int
	place     string // flags that say whose run it is, see placed
}

func (a *app) runCommand() *cobra.Command {
	var o runOptions
	c := &cobra.Command{
		Use:   "run",
		Short: a.say(words.T("File the objections of your config")),
		Long: a.say(words.T("Files the objections of your config that are not settled yet: shows what will be done, " +
			"opens each form in Chrome, fills it, asks you to look at it, sends it once, and keeps the proof. " +
			"What was sent is never sent again by itself.")),
		Example: a.examples(
			example{"opposer run --rehearse", words.T("play it through: nothing leaves this computer")},
			example{"opposer run --rehearse=login --headed", words.T("the same with a login in between")},
			example{"opposer run --rehearse --dry-run", words.T("fill the played forms, send nothing, show what would be sent")},
			example{"opposer run --headed", words.T("for real, with a Chrome window to look at")},
			example{"opposer run --only waiting --headed", words.T("take up all that waits for you, in one sitting")},
			example{"opposer run --supervise", words.T("asked on a page in your browser, from another computer too")},
			example{"opposer run --service facebook --json", words.T("one service, the result for a program")},
		),
		Args: o.runArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.place = placed(cmd)
			if cmd.Flags().Changed("only") && o.want.Only == "" {
				return o.onlyWhat()
			}
			if cmd.Flags().Changed("supervise") && o.supervise == "" {
				return &usageError{
					reason: words.T("--supervise= names no address. Nothing was started."),
					remedy: words.T("Write: %s", o.command()+o.selected()+" --supervise"),
				}
			}
			return a.run(cmd, o)
		},
	}
	f := c.Flags()
	f.StringSliceVar(&o.want.Accounts, "account", nil, a.say(words.T("only the account with this `id` (may be given several times)")))
	f.StringSliceVar(&o.want.Services, "service", nil, a.say(words.T("only this `service` (may be given several times)")))
	f.StringVar(&o.want.Only, "only", "", a.say(words.T("only those that stand as this `word` says; waiting: those that need you")))
	f.BoolVar(&o.want.Each, "each", false, a.say(words.T("one objection for each account, also where one covers several")))
	f.StringSliceVar(&o.again, "again", nil, a.say(words.T("the account with this `id` once more, though it is settled or left alone; asks first")))
	f.Var(rehearseFlag{&o}, "rehearse", a.say(words.T("play it through against pages that this program plays; nothing leaves this computer. "+
		"With a `name`: they behave as opposer rehearsal list says")))
	f.Lookup("rehearse").NoOptDefVal = rehearsal.Ordinary
	f.BoolVar(&o.dryRun, "dry-run", false, a.say(words.T("do everything up to the first step that would send anything")))
	f.BoolVar(&o.fresh, "fresh", false, a.say(words.T("with --rehearse: forget the earlier rehearsals first")))
	f.BoolVarP(&o.yes, "yes", "y", false, a.say(words.T("send without asking you to look at each filled form, where the way to it is well known; with --again: also without asking whether to send twice or to try a locked account")))
	f.BoolVar(&o.json, "json", false, a.say(words.T("write one JSON object for each account on standard output")))
	f.StringVar(&o.supervise, "supervise", "", a.say(words.T("show everything and ask you on a page in your browser, served to this computer alone, "+
		"also beside --verify; on a free port, or at an `address` such as 127.0.0.1:8765")))
	f.Lookup("supervise").NoOptDefVal = anyAddress
	f.CountVarP(&o.verbose, "verbose", "v", a.say(words.T("also show the log; twice: everything")))
	a.settingFlags(f, "headed", "verify", "review", "come-within", "finish-within", "notify-command",
		"pace", "timeout", "chrome", "log-file", "log-format")
	_ = c.RegisterFlagCompletionFunc("account", a.completeAccounts)
	_ = c.RegisterFlagCompletionFunc("again", a.completeAccounts)
	_ = c.RegisterFlagCompletionFunc("service", a.completeServices)
	_ = c.RegisterFlagCompletionFunc("rehearse", a.completeScenarios)
	_ = c.RegisterFlagCompletionFunc("only", cobra.FixedCompletions(run.Choices(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// check refuses flags that do not go together.
func (o runOptions) check() error {
	switch {
	case o.fresh && !o.rehearse:
		o.rehearse = true
		return &usageError{
			reason: words.T("--fresh forgets rehearsals only: real objections are never forgotten."),
			remedy: words.T("Write: %s", o.command()+o.selected()+" --fresh"),
		}
	case len(o.again) > 0 && len(o.want.Accounts) > 0:
		return &usageError{
			reason: words.T("--again names its accounts itself: it does not go with --account."),
			remedy: words.T("Write: %s", o.command()+" --again "+quoted(strings.Join(o.again, ","))),
		}
	default:
		return nil
	}
}

// onlyWhat says that --only chooses nothing when it is empty: all would be a
// surprise.
func (o runOptions) onlyWhat() error {
	return &usageError{
		reason: words.T("The flag --%s needs a value.", "only"),
		remedy: words.T("Write: %s", o.command()+o.selected()+" --only "+run.Waiting),
	}
}

// selection is what the plan is made for.
func (o runOptions) selection() run.Selection {
	s := o.want
	if len(o.again) > 0 {
		s.Accounts, s.Again = o.again, true
	}
	return s
}

// placed are the flags by which a command was told its config, its profiles and
// its state. A command that a person is told to go on with needs them again: with
// another state it would know nothing of what was sent.
func placed(cmd *cobra.Command) string {
	var s string
	for _, name := range []string{"config", "profiles", "state"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			s += " --" + name + " " + quoted(f.Value.String())
		}
	}
	return s
}

// command is the command line up to the selection, for the commands that a
// person is told to go on with.
func (o runOptions) command() string {
	s := "opposer run" + o.place
	if o.rehearse {
		s += " --rehearse"
	}
	if o.scenario != "" && o.scenario != rehearsal.Ordinary {
		s += "=" + o.scenario
	}
	if o.dryRun {
		s += " --dry-run"
	}
	return s
}

// selected are the flags that chose the accounts, for a command that is told to
// be written instead: without them it would be a run for all.
func (o runOptions) selected() string {
	var s string
	for _, f := range []struct {
		name   string
		values []string
	}{{"account", o.want.Accounts}, {"service", o.want.Services}, {"again", o.again}} {
		if len(f.values) > 0 {
			s += " --" + f.name + " " + quoted(strings.Join(f.values, ","))
		}
	}
	if o.want.Only != "" {
		s += " --only " + quoted(o.want.Only)
	}
	if o.want.Each {
		s += " --each"
	}
	return s
}

// status is the command that shows what stands after such a run.
func (o runOptions) status() string {
	s := "opposer status" + o.place
	if o.rehearse {
		s += " --rehearse"
	}
	if o.dryRun {
		s += " --dry-run"
	}
	return s
}

// run is the command: plan, shown; then attempts; then what it came to.
func (a *app) run(cmd *cobra.Command, o runOptions) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	h, err := a.house(cmd, o)
	if err != nil {
		return err
	}
	defer func() {
		if closed := h.close(); err == nil {
			err = closed
		}
	}()
	ctx, stop := a.stops(cmd.Context(), func() {
		h.screen.say(a.say(words.T("Stopping at the next safe point. Press Ctrl-C once more to stop now.")))
	})
	defer stop.close()
	results, err := h.work(ctx, stop)
	if err != nil {
		return a.orStopped(ctx, err, stop)
	}
	code := exitCode(results)
	if stop.wasAsked() && code == run.OK && len(results) == 0 {
		code = run.Stopped
	}
	if code == run.OK {
		return nil
	}
	return &doneError{code}
}

// orStopped turns an error that a second Ctrl-C caused into the stop that it is.
func (a *app) orStopped(ctx context.Context, err error, stop *stopping) error {
	if stop.wasAsked() && ctx.Err() != nil {
		return context.Canceled
	}
	return err
}
