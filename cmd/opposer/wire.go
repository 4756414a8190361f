package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"opposer/internal/attempt"
	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/journal/sqlite"
	"opposer/internal/rehearsal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// evidenceFolder stands in the state folder.
const evidenceFolder = "evidence"

// openJournal opens the journal of this kind of run, with the key that names
// objections.
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
	return nil
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
		if _, err := h.browserFor(ctx, pageLanguage(p.Items[first])); err != nil {
			return nil, err
		}
	}
	r := run.Runner{
		Journal: h.journal, ID: h.id, Pace: h.pace(), DryRun: h.options.dryRun, Stop: stop.asked,
		Attempt: h.attempter(stop),
		Began:   func(i run.Item) { h.screen.set(i.Account.ID, h.app.say(words.T("begins"))) },
		Pausing: func(i run.Item, d time.Duration) {
			h.screen.set(i.Account.ID, h.app.say(words.T("waits %s, as a person would", d.Round(time.Second))))
		},
		Ended: h.ended,
	}
	return r.Run(ctx, p), nil
}

// ended tells a result, and logs it.
func (h *house) ended(r run.Result) {
	h.report.ended(r)
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
	site, err := rehearsal.Start(ctx, rehearsal.Options{Scenario: h.options.scenario})
	if err != nil {
		return err
	}
	h.site = site
	h.closers = append(h.closers, site.Close)
	return nil
}

// browserFor is the browser that asks every site for its pages in a language,
// as the account's owner's would: accounts of one language share it. One that
// died is replaced.
func (h *house) browserFor(ctx context.Context, language string) (*chrome.Browser, error) {
	if b := h.browsers[language]; b != nil && !gone(b.Gone()) {
		return b, nil
	}
	b, err := h.startBrowser(ctx, language)
	if err != nil {
		return nil, err
	}
	if h.browsers == nil {
		h.browsers = map[string]*chrome.Browser{}
	}
	h.browsers[language] = b
	h.closers = append(h.closers, func() error {
		//nolint:contextcheck // the run's context may have ended; the browser is closed all the same
		ctx, cancel := context.WithTimeout(context.Background(), farewell)
		defer cancel()
		if err := b.Close(ctx); err != nil && !errors.Is(err, chrome.ErrGone) {
			return err
		}
		return nil
	})
	return b, nil
}

// startBrowser finds and starts Chrome. In a rehearsal it knows the played
// hosts and no other.
func (h *house) startBrowser(ctx context.Context, language string) (*chrome.Browser, error) {
	found, err := chrome.Find(chrome.FindOptions{Bin: h.config.Chrome, Env: h.app.env})
	if err != nil {
		return nil, err
	}
	o := chrome.Options{
		Bin: found.Path, Headed: h.config.Headed, NoSandbox: h.app.super, Log: h.line("browser"),
	}
	if language != "" {
		o.Languages = []string{language}
	}
	if h.site != nil {
		o.Hosts, o.TrustedKeys = h.site.Hosts(), h.site.TrustedKeys()
	}
	if o.NoSandbox && len(h.browsers) == 0 {
		h.screen.say(h.app.say(words.T("You run this as root: Chrome runs without its sandbox. Better run it as another user.")))
	}
	return chrome.Start(ctx, o)
}

// attempter makes one attempt of an item, in the browser of its language.
func (h *house) attempter(stop *stopping) func(context.Context, journal.Claim, run.Item) (run.Outcome, error) {
	channel := h.channel(stop)
	return func(ctx context.Context, c journal.Claim, i run.Item) (run.Outcome, error) {
		browser, err := h.browserFor(ctx, pageLanguage(i))
		if err != nil {
			return run.Outcome{State: c.State()}, err
		}
		a := attempt.Attempter{
			Browser: browser, Journal: h.journal, Channel: channel, Masker: h.masker,
			Evidence: filepath.Join(h.dir, evidenceFolder), Log: h.log, Tell: h.tell, Now: h.app.now, Stop: stop.asked,
		}
		res, err := a.Try(ctx, c, h.job(i))
		return run.Outcome(res), err
	}
}

// job is what an attempt is told of an item.
func (h *house) job(i run.Item) attempt.Job {
	return attempt.Job{
		Account: i.Account, Profile: i.Profile, Set: h.set, Run: h.id,
		DryRun: h.options.dryRun, Yes: h.options.yes, Played: h.options.rehearse, Deadline: h.config.Timeout,
	}
}

func gone(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// tell shows what goes on with an account.
func (h *house) tell(p attempt.Progress) { h.screen.set(p.Account, h.app.say(p.Text)) }

// channel is how a person is met: at the terminal, if somebody sits there.
func (h *house) channel(stop *stopping) gate.Channel {
	if !h.app.tty.in || !h.app.tty.err {
		return gate.None{}
	}
	return &terminal{
		screen: h.screen, keyboard: h.keyboard(), lang: h.app.lang, headed: h.config.Headed,
		stop: stop.asked, now: h.app.now, turn: make(chan struct{}, 1),
	}
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
