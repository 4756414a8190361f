package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"opposer/internal/attempt"
	"opposer/internal/config"
	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/rehearsal"
	"opposer/internal/run"
	"opposer/internal/session"
	"opposer/internal/supervise"
	"opposer/internal/words"
)

// house is everything that one `opposer run` works with.
type house struct {
	app       *app
	options   runOptions
	config    *config.Config
	set       *profile.Set
	masker    *personal.Masker
	screen    *screen
	log       zerolog.Logger // without fields: an attempt adds its own
	dir       string         // the state folder of this kind of run
	id        string         // of this run
	journal   *journal.Journal
	approvals *attempt.Approvals

	site     *rehearsal.Site          // the played pages; nil where they are real
	browsers browsers                 // none until something is attempted
	warned   sync.Once                // that root's Chrome has no sandbox
	kept     map[session.Session]bool // logins that the run has
	keys     *keyboard
	page     *supervise.Page // on which a person looks on and answers; nil: there is none
	board    *board          // what is shown there; nil until there is a plan
	notices  *notifier       // nil where nobody can be met
	report   *reporter
	closers  []func() error // in the order of opening
}

// house opens what a run needs before its plan: config, profiles, log, journal,
// the page.
func (a *app) house(cmd *cobra.Command, o runOptions) (*house, error) {
	cfg, set, err := a.load(cmd, o.rehearse)
	if err != nil {
		return nil, err
	}
	h := &house{app: a, options: o, config: cfg, set: set, id: runID(a.now()), masker: personal.NewMasker(cfg.Accounts...)}
	h.screen = &screen{out: a.stderr, live: a.tty.err && a.env("TERM") != "dumb", colourful: a.colourful(a.tty.err), width: a.width}
	h.closers = append(h.closers, func() error { h.screen.close(); return nil })
	log, file, err := a.openLog(logWanted{o.verbose, cfg.LogFormat, cfg.LogFile}, h.masker, h.screen)
	if err != nil {
		return nil, err
	}
	h.log = log
	h.browsers.start = h.startBrowser
	h.closers = append(h.closers, file.Close)
	h.dir = stateFolder(cfg.StateDir, o.rehearse, o.dryRun)
	if o.fresh {
		if err := os.RemoveAll(h.dir); err != nil {
			return nil, errors.Join(err, h.close())
		}
	}
	for _, open := range [...]func(context.Context) error{h.openJournal, h.settleChannel, h.openPage} {
		if err := open(cmd.Context()); err != nil {
			return nil, errors.Join(err, h.close())
		}
	}
	return h, nil
}

// stateFolder is where a kind of run keeps its journal and evidence. What is
// rehearsed or tried dry never stands beside what is real.
func stateFolder(dir string, rehearse, dryRun bool) string {
	if rehearse {
		dir = filepath.Join(dir, "rehearsal")
	}
	if dryRun {
		dir = filepath.Join(dir, "dry-run")
	}
	return dir
}

// line is a log line of the run itself, about no account.
func (h *house) line(step string) zerolog.Logger {
	return h.about(run.Item{}, step)
}

// about is a log whose lines carry the run, the account, its service, the step.
func (h *house) about(i run.Item, step string) zerolog.Logger {
	return h.log.With().Str("run", h.id).Str("account", i.Account.ID).Str("service", i.Account.Service).Str("step", step).Logger()
}

// close closes what was opened, the latest first. The browsers are first of
// all: they use the rest. A kept login can be had before its browser starts, so
// they are closed also where none did.
func (h *house) close() error {
	errs := []error{h.browsers.close()}
	for _, v := range slices.Backward(h.closers) {
		errs = append(errs, v())
	}
	h.closers = nil
	return errors.Join(errs...)
}

// work makes the plan, shows it, does it and tells what it came to.
func (h *house) work(ctx context.Context, stop *stopping) ([]run.Result, error) {
	p, err := h.plan(ctx)
	if err != nil {
		return nil, err
	}
	if len(p.Items) == 0 && h.options.want.Only != "" {
		return nil, h.nothingWaits()
	}
	h.report = newReporter(h.app, h.screen, p, h.options.json)
	h.board = h.newBoard(p)
	h.screen.say(h.opening(p))
	if err := h.sure(ctx, p, stop); err != nil {
		return nil, err
	}
	h.tellPage(ctx, p)
	results, err := h.attempts(ctx, p, stop)
	if err != nil {
		return nil, err
	}
	h.screen.close()
	h.closing(h.resting(ctx, results))
	return results, h.report.err
}

// nothingWaits says that --only chose nothing: good news, and the result.
func (h *house) nothingWaits() error {
	text := h.app.say(words.T("Nothing waits for you.")) + "\n"
	if h.options.json {
		h.app.note(text)
		return nil
	}
	return h.app.print(text)
}

func (h *house) plan(ctx context.Context) (run.Plan, error) {
	standings, err := h.journal.Standings(ctx)
	if err != nil {
		return run.Plan{}, err
	}
	return run.NewPlan(run.Known{
		Accounts: h.config.Accounts, Set: h.set, Standings: standings,
		Objection: h.journal.Objection, Now: h.app.now(),
	}, h.options.selection())
}

// runID names a run: short, since every line of the log carries it, and in the
// order of time.
func runID(now time.Time) string {
	return "k" + strconv.FormatInt(now.Unix(), 36) + strconv.FormatInt(int64(now.Nanosecond()/1e6), 36)
}
