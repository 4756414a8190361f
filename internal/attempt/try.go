package attempt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// try is one attempt under way. It belongs to one goroutine.
type try struct {
	*Attempter
	job   Job
	claim journal.Claim
	state journal.State
	log   zerolog.Logger

	ctx    context.Context //nolint:containedctx // it is the attempt's own life, and ends with it
	budget *budget
	page   *chrome.Context
	tab    *chrome.Tab
	proof  *proof

	bound    profile.Bound
	where    where
	permit   journal.Permit
	held     *chrome.Held  // what was let go last as a send
	heard    time.Time     // when the exchange began whose answer is known
	code     personal.Code // a one-time code that a person gave, until it is typed
	form     []gate.Line   // the filled form, masked
	followed string        // where the link that was followed leads
	popups   int           // how many there were before it was followed
	posted   int           // how many of the tab's partials are recorded
	refused  int           // how many of the tab's refusals are dealt with
	progress time.Time     // of the last move that was not a wait
	restless time.Time     // of the last reading that was waited on and was not still

	unsure      string    // the choice that a person would be asked for, and since when
	unsureSince time.Time // … if the page brings nothing more
	scrolled    struct {
		route   int    // whose pages are looked through
		screens int    // by how many windows
		bottom  string // the document whose end was reached
	}
	stale  int     // readings in a row that were out of date when used
	causes []cause // of the routes given up
	reason words.Text
}

func (a *Attempter) begin(ctx context.Context, c journal.Claim, j Job) (*try, error) {
	j.Profile = j.Profile.For(j.Account.Country)
	t := &try{
		Attempter: a, job: j, claim: c, state: c.State(), where: begin(), progress: time.Now(), bound: j.Set.Bind(j.Profile, j.Account.Language),
		log: a.Log.With().Str("run", j.Run).Str("account", j.Account.ID).Str("service", j.Account.Service).Logger(),
	}
	if t.Patience == (Patience{}) {
		patient := *a
		patient.Patience = Patient()
		t.Attempter = &patient
	}
	var err error
	if t.proof, err = newProof(t); err != nil {
		return nil, err
	}
	t.ctx, t.budget = within(ctx, j.Deadline)
	return t, nil
}

// end closes the tab, which fails whatever is still held, and the account's
// browser context with it.
func (t *try) end() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), 5*time.Second)
	defer cancel()
	if t.page != nil {
		if err := t.page.Close(ctx); err != nil && !errors.Is(err, chrome.ErrGone) {
			t.log.Warn().Err(err).Msg("closing the account's pages")
		}
	}
	t.budget.end()
}

func (t *try) openTab() error {
	if err := t.openContext(); err != nil {
		return err
	}
	return t.openPage()
}

func (t *try) openContext() (err error) {
	t.page, err = t.Browser.NewContext(t.ctx, chrome.ContextOptions{
		Locale: t.job.Profile.PageLanguage(t.job.Account.Language), Kept: t.job.Kept,
	})
	return err
}

func (t *try) openPage() (err error) {
	p := t.job.Profile
	t.tab, err = t.page.NewTab(t.ctx, chrome.Guard{
		Type: p.Origins.Type, Read: p.Origins.Read, Human: forPersons(p), Account: t.job.Account,
		Masker: t.Masker, Sends: p.Sends, BlockSockets: p.Sockets == "",
	})
	return err
}

// forPersons are the hosts whose frames are checks for robots: only a person
// acts there.
func forPersons(p *profile.Profile) []string {
	var hosts []string
	for _, i := range p.Interrupts {
		if i.Gate == string(gate.Captcha) {
			hosts = append(hosts, i.When.Frames...)
		}
	}
	return hosts
}

// errOver ends the loop: the objection is where it will stay for now.
var errOver = errors.New("the attempt is over")

// loop reads, decides and acts until the attempt is over.
func (t *try) loop() error {
	if err := t.openTab(); err != nil {
		return t.broke(err)
	}
	for {
		err := t.turn()
		switch {
		case err == nil:
			t.stale = 0
		case errors.Is(err, chrome.ErrStale) && t.stale < 50:
			t.stale++ // the page moved on under us: read it afresh
		case errors.Is(err, errOver):
			return nil
		default:
			return t.broke(err)
		}
	}
}

// turn is one reading and one move.
func (t *try) turn() error {
	if t.stopped() {
		return t.leave()
	}
	if err := t.ownTab(); err != nil {
		return err
	}
	page, err := t.tab.Read(t.ctx)
	if err != nil {
		return err
	}
	if err := t.hearMore(); err != nil {
		return err
	}
	t.where.stand(t.job.Profile, page.Main().Origin)
	m := decide(t.look(page), t.where)
	if w, ok := m.(wait); ok {
		return t.wait(page, w)
	}
	if a, ok := m.(ask); ok && a.kind == gate.Choice {
		if hesitates, err := t.hesitate(page, a); hesitates {
			return err
		}
	} else {
		t.unsure = ""
	}
	err = t.do(page, m)
	if errors.Is(err, chrome.ErrHumanOnly) { // what the move leads to lies in a check
		return t.ask(page, ask{kind: gate.Captcha, key: "check", need: Needed(gate.Captcha, "")})
	}
	if err != nil {
		return err
	}
	t.progress = time.Now()
	return nil
}

// stopped is true at a safe point only: not while an answer is due.
func (t *try) stopped() bool {
	select {
	case <-t.Stop:
		return t.where.sent == nil
	default:
		return false
	}
}

// wait waits for the page to change; when patience ends, it says so.
func (t *try) wait(page *locate.Page, w wait) error {
	if page.Quiet && t.where.sent == nil && w.why.mayLoad() {
		if moved, err := t.further(page); moved || err != nil {
			return err
		}
	}
	if !page.Quiet {
		t.restless = time.Now()
	}
	step := t.progress.Add(t.Patience.Step)
	if !time.Now().Before(step) { // it may change for ever
		return t.giveUp(page, w.why)
	}
	until := step
	if page.Quiet {
		// It has been still since the move, or came to rest only later.
		still := min(time.Since(t.progress), time.Since(t.restless))
		until = time.Now().Add(min(t.Patience.Quiet-still, time.Until(step)))
	}
	ctx, cancel := context.WithDeadline(t.ctx, until)
	defer cancel()
	err := t.changedOrStopped(ctx)
	if err == nil || ctx.Err() == nil || t.ctx.Err() != nil {
		return err
	}
	if page.Quiet && t.tab.Stirs() {
		t.restless = time.Now() // it was still when it was read, and is not any more
		return nil
	}
	return t.giveUp(page, w.why)
}

// hesitation is the part of the patience with a quiet page that passes before a
// person is asked to choose: what is still to come may leave nothing to choose.
const hesitation = 4

// hesitate waits for what a page may still bring, further down or by itself, and
// reports whether it did: then the page is read afresh.
func (t *try) hesitate(page *locate.Page, m ask) (bool, error) {
	if t.unsure != m.key {
		t.unsure, t.unsureSince = m.key, time.Now()
	}
	until := t.unsureSince.Add(t.Patience.Quiet / hesitation)
	if !time.Now().Before(until) {
		return false, nil
	}
	if m.key == linkKey {
		if moved, err := t.further(page); moved || err != nil {
			t.unsure = "" // what came into view has its time too
			return true, err
		}
	}
	ctx, cancel := context.WithDeadline(t.ctx, until)
	defer cancel()
	err := t.changedOrStopped(ctx)
	if ctx.Err() != nil && t.ctx.Err() == nil {
		err = nil // it brought nothing
	}
	return true, err
}

// screens is how far down the pages of one route are looked through for what
// they may load.
const screens = 40

// further scrolls on where something is missing of a page that is quiet: parts
// of it may come only when they are scrolled to.
func (t *try) further(page *locate.Page) (bool, error) {
	main, sc := page.Main(), &t.scrolled
	if t.where.route != sc.route {
		sc.route, sc.screens, sc.bottom = t.where.route, 0, ""
	}
	if sc.screens >= screens || sc.bottom == main.Document {
		return false, nil
	}
	moved, err := t.tab.Further(t.ctx, main)
	sc.screens++
	switch {
	case err != nil:
	case moved:
		t.progress = time.Now()
	default:
		sc.bottom = main.Document
	}
	return moved, err
}

// changedOrStopped returns early when a person asked to stop and that is safe.
func (t *try) changedOrStopped(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	over := make(chan struct{})
	defer close(over)
	if t.where.sent == nil && t.Stop != nil {
		go func() {
			select {
			case <-t.Stop:
				cancel()
			case <-over:
			}
		}()
	}
	err := t.tab.Changed(ctx)
	if err != nil && t.stopped() {
		return nil
	}
	return err
}

// look is a reading with what it is read for.
func (t *try) look(page *locate.Page) look {
	return look{
		page: page, status: t.tab.Document().Status, job: &t.job, bound: t.bound, refused: t.newRefusal(),
		late: time.Since(t.progress) > t.Patience.Quiet,
	}
}

func (t *try) say(step string, text words.Text) {
	if t.Tell != nil {
		t.Tell(Progress{Account: t.job.Account.ID, Step: step, Text: text})
	}
}

func (t *try) append(e journal.Event) error {
	s, err := t.Journal.Append(context.WithoutCancel(t.ctx), t.claim, e)
	if err != nil {
		return &recordError{fmt.Errorf("recording %s: %w", e.Kind, err)}
	}
	t.state = s
	return nil
}

// recordError is an error of our own records, told from one of the browser.
type recordError struct{ err error }

func (e *recordError) Error() string { return e.err.Error() }
func (e *recordError) Unwrap() error { return e.err }
