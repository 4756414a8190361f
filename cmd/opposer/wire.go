package main

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"opposer/internal/attempt"
	"opposer/internal/chrome"
	"opposer/internal/journal"
	"opposer/internal/journal/sqlite"
	"opposer/internal/rehearsal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// evidenceFolder stands in the state folder.
const evidenceFolder = "evidence"

// openJournal opens the journal of this kind of run, with the key that names
// objections, and reads which forms were approved.
func (h *house) openJournal(ctx context.Context) error {
	store, err := sqlite.Open(ctx, h.dir)
	if err != nil {
		return err
	}
	h.closers = append(h.closers, store.Close)
	secret, err := sqlite.Secret(h.dir)
	if err != nil {
		return err
	}
	h.journal = journal.New(store, secret, h.app.now)
	approved, err := h.journal.Approvals(ctx)
	h.approvals = attempt.NewApprovals(approved)
	return err
}

// attempts does the plan. A browser is started only where something is to be
// attempted.
func (h *house) attempts(ctx context.Context, p run.Plan, stop *stopping) ([]run.Result, error) {
	if first := slices.IndexFunc(p.Items, func(i run.Item) bool { return i.Doing == run.Do }); first >= 0 {
		if err := h.playPages(ctx); err != nil {
			return nil, err
		}
		// Begun before the first attempt, so that a browser that does not start
		// is told once and not for each account.
		own, err := h.browserOf(ctx, p.Items[first], nil)
		if err != nil {
			return nil, err
		}
		own.leave()
	}
	r := run.Runner{
		Journal: h.journal, ID: h.id, Pace: h.pace(), DryRun: h.options.dryRun, Stop: stop.asked,
		Attempt: h.attempter(stop),
		Began:   func(i run.Item) { h.goes(i.Account.ID, words.T("begins")) },
		Pausing: func(i run.Item, d time.Duration) {
			h.goes(i.Account.ID, words.T("waits %s, as a person would", d.Round(time.Second)))
		},
		Ended: h.ended,
	}
	return r.Run(ctx, p), nil
}

// ended tells a result, shows it, and logs it.
func (h *house) ended(r run.Result) {
	h.report.ended(r)
	h.board.ended(r)
	log := h.about(r.Item, "end")
	log.Info().Str("came", string(r.Came)).Str("state", stateName(r)).Dur("took", r.Took).Err(r.Err).Msg("ended")
}

// pace is a person's, but none against pages that we play ourselves.
func (h *house) pace() run.Pace {
	if h.options.rehearse {
		return run.Pace{}
	}
	return run.Pace{Between: h.config.Pace, Spread: 0.5, Draw: rand.Float64}
}

// playPages starts the rehearsal's pages, when this is one.
func (h *house) playPages(ctx context.Context) error {
	if !h.options.rehearse {
		return nil
	}
	site, err := h.app.play(ctx, rehearsal.Options{Scenario: h.options.scenario})
	if err != nil {
		return err
	}
	h.site = site
	h.closers = append(h.closers, site.Close)
	return nil
}

// attempter makes one attempt of an item, in the browser of its language.
func (h *house) attempter(stop *stopping) func(context.Context, journal.Claim, run.Item, *run.Turn) (run.Outcome, error) {
	channel := h.channel(stop)
	return func(ctx context.Context, c journal.Claim, i run.Item, t *run.Turn) (run.Outcome, error) {
		own, err := h.browserOf(ctx, i, t)
		if err != nil {
			return run.Outcome{State: c.State()}, err
		}
		defer own.leave()
		a := attempt.Attempter{
			Browser: own.browser, Journal: h.journal, Channel: giveWay(channel, t), Masker: h.masker,
			Evidence: filepath.Join(h.dir, evidenceFolder), Log: h.log, Tell: h.tell, Now: h.app.now, Stop: stop.asked,
			Patience: h.patience(), Soon: h.soon,
		}
		if h.app.hasDisplay() {
			a.Windowed = func(ctx context.Context, old *chrome.Browser) (*chrome.Browser, error) {
				return h.browsers.windowed(ctx, own.key, old)
			}
		}
		j := h.job(i)
		j.Kept = own.key.session != ""
		res, err := a.Try(ctx, c, j)
		return run.Outcome(res), err
	}
}

// patience is that of a run, with a person as long as the config says.
func (h *house) patience() attempt.Patience {
	p := attempt.Patient()
	p.Person.Come, p.Person.Finish = h.config.Come, h.config.Finish
	return p
}

// job is what an attempt is told of an item.
func (h *house) job(i run.Item) attempt.Job {
	return attempt.Job{
		Account: i.Account, Profile: i.Profile, Set: h.set, Run: h.id,
		DryRun: h.options.dryRun, Review: h.review(), Approvals: h.approvals, Played: h.options.rehearse, Deadline: h.config.Timeout,
	}
}

// review is when a person looks at a filled form: --yes is for this run, the
// config's review for all.
func (h *house) review() attempt.Review {
	if h.options.yes {
		return attempt.ReviewNever
	}
	return attempt.Review(h.config.Review)
}

// tell shows what goes on with an account.
func (h *house) tell(p attempt.Progress) { h.goes(p.Account, p.Text) }

// goes shows it on the screen and on the page.
func (h *house) goes(account string, text words.Text) {
	h.screen.set(account, h.app.say(text))
	h.board.goes(account, text)
}

// keyboard is the one reader of what the person types.
func (h *house) keyboard() *keyboard {
	if h.keys == nil {
		h.keys = newKeyboard(h.app.stdin)
	}
	return h.keys
}

// pageLanguage is the language in which an account's pages are asked for.
func pageLanguage(i run.Item) string { return i.Profile.PageLanguage(i.Account.Language) }
