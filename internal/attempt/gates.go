package attempt

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// byPage is the channel's name where the page itself showed that the person
// is done.
const byPage = "page"

// codeKey is the gate of a form's one-time code.
const codeKey = "code"

// sameForm is the channel's name where a person said yes to the same form of
// another account meanwhile.
const sameForm = "same form"

// ask opens a gate, waits for the person, and takes their answer into where we
// are. Nothing of the page that was read before is used afterwards.
func (t *try) ask(page *locate.Page, m ask) error {
	if t.where.asked[m.key] >= askings {
		return t.needPersonFor(page, m.kind, cause{stillThere, m.about})
	}
	t.where.asked[m.key]++
	if m.kind == gate.Review {
		if err := t.filled(page, m.form); err != nil {
			return err
		}
	}
	g, err := t.openGate(page, m)
	if err != nil {
		return err
	}
	a, err := t.meet(g, m)
	if err != nil {
		return err
	}
	if t.tab.Caught() {
		return t.personSent(page)
	}
	if m.kind == gate.Review && t.tab.Touched() && t.tab.Unsure() && t.formGone() {
		return t.personMayHaveSent(m, a)
	}
	switch a.Verb {
	case gate.Done, gate.Approve, gate.Pick, gate.Give:
		return t.gateReturned(m, a)
	case gate.Show:
		return t.intoWindow(m, a)
	case gate.GiveUp, gate.RanOut, gate.Nobody, gate.Gone:
	}
	return t.gateEnded(m, a)
}

func (t *try) openGate(page *locate.Page, m ask) (gate.Gate, error) {
	main := page.Main()
	t.say("gate", words.T("needs you: %s", m.need))
	t.log.Info().Str("step", "gate").Str("gate", string(m.kind)).Str("origin", main.Origin).Msg("opened")
	t.bring(page, m)
	picture, err := t.picture("gate-" + string(m.kind))
	if err != nil {
		return gate.Gate{}, err
	}
	if err := t.append(journal.Event{Kind: journal.GateOpened, Gate: m.kind, Origin: main.Origin, Evidence: t.proof.rel}); err != nil {
		return gate.Gate{}, err
	}
	return gate.Gate{
		Kind: m.kind, Service: t.job.Profile.Title, Account: t.job.Account.ID, Origin: main.Origin, Title: t.mask(main.Title),
		Need: m.need, Options: m.options, Form: m.form.lines,
		Changed: t.job.Approvals.changed(t.job.Account.Service, m.form.signature), Picture: picture,
		Opened: t.Now(), OnPage: onPage(m), Screen: t.tab.Screen(), Window: t.Browser.Headed(), Windows: t.canShow(),
	}, nil
}

// bring scrolls what the person is needed for into view. They can scroll
// themselves: that it was not possible is no error.
func (t *try) bring(page *locate.Page, m ask) {
	n, ok := neededAt(t.look(page), m)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(t.ctx, t.Patience.Quiet)
	defer cancel()
	if err := t.tab.Bring(ctx, n); err != nil {
		t.log.Debug().Str("step", "gate").Err(err).Msg("not scrolled to")
	}
}

// neededAt is the element that a person is needed for: the button that sends,
// or what shows that an interrupt is there.
func neededAt(l look, m ask) (locate.Node, bool) {
	if m.button.Document != "" {
		return m.button, true
	}
	for _, i := range l.job.Profile.Interrupts {
		if "interrupt:"+i.Name != m.key {
			continue
		}
		names := folded(l.bound.Words(i.When.Button))
		for _, n := range l.page.Main().Nodes {
			there := n.Role == "iframe" && hostIn(n.Src, i.When.Frames) || names[locate.Fold(n.Name)] ||
				fieldIn(n, i.When.Fields) || imageIn(n, i.When.Images)
			if there && n.Hidden == "" {
				return n, true
			}
		}
	}
	return locate.Node{}, false
}

// meet lends the page until the person, the page or a clock says that it is
// over. The attempt's own time stands still meanwhile.
func (t *try) meet(g gate.Gate, m ask) (gate.Answer, error) {
	t.budget.pause()
	if t.where.sent == nil {
		defer t.budget.resume()
	}
	lease := gate.Offer()
	if m.kind == gate.Login || m.kind == gate.Code {
		t.tab.Lend(lease)
	} else {
		t.tab.LendForm(lease)
	}
	defer t.tab.Lend(nil)
	ctx, cancel := context.WithCancel(t.ctx)
	var aside sync.WaitGroup
	aside.Go(func() { t.watch(ctx, lease, m) })
	clocks := lease.Start(ctx, t.Patience.Person, t.soon(g))
	a, err := t.Channel.Meet(ctx, g, lease)
	cancel()
	aside.Wait()
	<-clocks
	_ = lease.Return(a) // the page or a clock was quicker: theirs stands
	a, _ = lease.Answer()
	if t.ctx.Err() == nil {
		err = nil // what a channel could not do is a verb
	}
	t.log.Info().Str("step", "gate").Str("gate", string(g.Kind)).Str("verb", string(a.Verb)).Str("by", a.By).Msg("over")
	return a, err
}

// soon tells that the person's time is almost over.
func (t *try) soon(g gate.Gate) func(time.Time) {
	if t.Soon == nil {
		return nil
	}
	return func(until time.Time) { t.Soon(g, until) }
}

// watch returns the lease when the page shows that the person is done, that
// they have sent the form themselves, or that it was closed; a press there
// takes it. It only looks.
func (t *try) watch(ctx context.Context, l *gate.Lease, m ask) {
	if m.kind == gate.Review {
		var elsewhere sync.WaitGroup
		defer elsewhere.Wait()
		elsewhere.Go(func() { t.watchApprovals(ctx, l, m) })
	}
	for ctx.Err() == nil && l.Out() {
		if t.tab.Caught() {
			_ = l.Return(gate.Answer{Verb: gate.Done, By: byPage})
			return
		}
		if t.tab.Touched() {
			_ = l.Take() // over by now: nothing to take
		}
		page, err := t.tab.Read(ctx)
		if err == nil && onPage(m) && cleared(t.look(page), m.key) {
			_ = l.Return(gate.Answer{Verb: gate.Done, By: byPage})
			return
		}
		if isGone(err) || isGone(t.tab.Changed(ctx)) {
			_ = l.Return(gate.Answer{Verb: gate.Gone, By: byPage})
			return
		}
	}
}

func isGone(err error) bool {
	return errors.Is(err, chrome.ErrGone) || errors.Is(err, chrome.ErrCrashed)
}

// watchApprovals returns the lease when a person says yes to the same form of
// another account.
func (t *try) watchApprovals(ctx context.Context, l *gate.Lease, m ask) {
	for {
		news := t.job.Approvals.news()
		if approved(look{job: &t.job}, t.where, m.form.signature) {
			_ = l.Return(gate.Answer{Verb: gate.Approve, By: sameForm})
			return
		}
		select {
		case <-news:
		case <-l.Returned():
			return
		case <-ctx.Done():
			return
		}
	}
}

// onPage reports whether the gate is passed by acting on the page itself.
func onPage(m ask) bool {
	switch m.kind {
	case gate.Login, gate.Captcha, gate.Decision:
		return len(m.nodes) == 0
	case gate.Code:
		return m.key != codeKey
	case gate.Review, gate.Choice, gate.Outcome:
		return false
	}
	return false
}

// gateReturned takes the person's answer.
func (t *try) gateReturned(m ask, a gate.Answer) error {
	e := journal.Event{Kind: journal.GateReturned, Gate: m.kind, Channel: a.By}
	answer := "done"
	switch a.Verb {
	case gate.Approve:
		t.where.approved = m.form.signature.Hash
		if a.By != sameForm { // one yes is one approval
			e.Signature, e.Form = m.form.signature.Hash, m.form.signature.Lines()
		}
	case gate.Give:
		t.code = a.Code
	case gate.Pick:
		answer = a.Option
		if n, err := strconv.Atoi(a.Option); err == nil && n < len(m.nodes) {
			answer = fingerprint(m.nodes[n])
		}
	case gate.Done, gate.Show, gate.GiveUp, gate.RanOut, gate.Nobody, gate.Gone:
	}
	t.where.answers[m.key] = answer
	if err := t.append(e); err != nil {
		return err
	}
	if e.Signature != "" {
		t.job.Approvals.add(journal.Approval{Signature: e.Signature, Form: e.Form, Service: t.job.Account.Service, At: t.Now(), By: a.By})
	}
	if m.reopen && !t.half() {
		t.where.rewind(t.where.route)
	}
	return nil
}

// half reports whether the person passed one gate and stands before the next,
// as a second step of a login: what follows is theirs too.
func (t *try) half() bool {
	page, err := t.tab.Read(t.ctx)
	return err == nil && personNeeded(t.look(page), "")
}

// gateEnded ends the attempt: nobody did what was needed.
func (t *try) gateEnded(m ask, a gate.Answer) error {
	code := nobody
	switch a.Verb {
	case gate.GiveUp:
		code = personStopped
	case gate.RanOut:
		code = ranOut
	case gate.Gone:
		code = pageClosed
	case gate.Done, gate.Approve, gate.Pick, gate.Give, gate.Show, gate.Nobody:
	}
	t.wipe()
	return t.over(journal.Event{Kind: journal.GateEnded, Gate: m.kind, Channel: a.By, Detail: cause{code, m.about}.String()})
}

// personSent lets the request go by which a person, while they had the page,
// is about to send the form: theirs is journaled before it leaves like ours.
// Where ours was permitted and pressed to no effect, that permit serves.
func (t *try) personSent(page *locate.Page) error {
	name, step := t.nextSend()
	if t.state.From == journal.Sending && t.permit.Valid() {
		name = t.permit.Send()
	} else if err := t.permitted(journal.Intent{Send: name, By: journal.Person, Armed: t.tab.Armed()}); err != nil {
		return err
	}
	held, err := t.tab.Catch(t.permit)
	switch {
	case errors.Is(err, chrome.ErrNothingHeld) && t.where.clicks < clicks:
		t.where.clicks++ // a second press took the first one back: the page is looked at again
		return nil
	case errors.Is(err, chrome.ErrNothingHeld):
		return t.notSent(cause{code: clickIgnored})
	case err != nil:
		return err
	}
	t.where.before = sentences(page)
	return t.letGo(held, name, step)
}

// formGone reports whether the form that a person had for review is not there
// any more, once what may have filed it is answered and the page has had time
// to show what came of that.
func (t *try) formGone() bool {
	ctx, cancel := context.WithTimeout(t.ctx, t.Patience.Answer)
	defer cancel()
	if err := t.tab.Settled(ctx); isGone(err) {
		return true
	}
	ctx, cancel = context.WithTimeout(t.ctx, t.Patience.Quiet)
	defer cancel()
	gone := true
	for {
		page, err := t.tab.Read(ctx)
		if err != nil {
			return gone || isGone(err)
		}
		m := decide(t.look(page), t.where)
		w, waits := m.(wait)
		_, gone = m.(next)
		gone = gone || waits && (w.why.code == formMissing || w.why.code == otherForm)
		if page.Quiet && gone || !t.changes(ctx, page.Quiet) {
			return gone
		}
	}
}

// changes waits for the page to change, for less long where it is still.
func (t *try) changes(ctx context.Context, still bool) bool {
	if still {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, t.Patience.Quiet/hesitation)
		defer cancel()
	}
	return t.tab.Changed(ctx) == nil
}

// personMayHaveSent ends the attempt in doubt: they pressed something, something
// left that could not be told from a page's own talk, and the form has gone.
func (t *try) personMayHaveSent(m ask, a gate.Answer) error {
	name, _ := t.nextSend()
	if err := t.permitted(journal.Intent{Send: name, By: journal.Person}); err != nil {
		return err
	}
	if _, err := t.picture("answer"); err != nil {
		return err
	}
	return t.over(journal.Event{Kind: journal.GateEnded, Gate: m.kind, Channel: a.By, Detail: sentByHand})
}

// nextSend is the send by which an objection is made that is due, and the form's
// step that causes it. What a person sends by hand counts as that one: if it
// only asked for a code, it is in doubt at worst.
func (t *try) nextSend() (string, int) {
	steps := t.where.form(t.job.Profile)
	for i := t.where.formAt; i < len(steps); i++ {
		if s, ok := steps[i].(profile.Submit); ok && s.Commits != "" && !t.sendNamed(s.Commits).Prepares {
			return s.Commits, i
		}
	}
	return t.job.Profile.Sends[0].Name, t.where.formAt
}

// The answers to the question what the service's answer means.
const (
	saidTaken   = "taken"
	saidRefused = "refused"
	saidUnclear = "unclear"
)

// unclear asks the person what the answer means. Where nobody can say, the
// objection is in doubt.
func (t *try) unclear(page *locate.Page) error {
	said := t.mask(strings.Join(newTexts(page, t.where.before), " · "))
	m := ask{kind: gate.Outcome, key: "outcome", need: Needed(gate.Outcome, ""), options: []gate.Option{
		{ID: saidTaken, Label: words.T("The objection was taken"), Detail: said},
		{ID: saidRefused, Label: words.T("The objection was refused")},
		{ID: saidUnclear, Label: words.T("It is not clear")},
	}}
	t.proof.facts.Sentence = said
	if err := t.proof.folder.Page("answer", page); err != nil {
		return &recordError{err}
	}
	g, err := t.openGate(page, m)
	if err != nil {
		return err
	}
	a, err := t.meet(g, m)
	if err != nil {
		return err
	}
	verdict, ok := map[string]journal.Verdict{
		saidTaken: journal.Taken, saidRefused: journal.Refused, saidUnclear: journal.Unclear,
	}[a.Option]
	if a.Verb != gate.Pick || !ok {
		return t.over(journal.Event{Kind: journal.GateEnded, Gate: gate.Outcome, Sentence: said, Detail: noAnswer})
	}
	t.proof.facts.Verdict = verdict
	_, reference := readWire(t.where.sent.Answer, t.where.answer)
	if reference != "" {
		t.proof.facts.Reference = reference
	}
	return t.over(journal.Event{
		Kind: journal.Answered, Verdict: verdict, By: journal.Person, Sentence: said, Reference: reference, Channel: a.By,
	})
}

// newTexts are what the page says now and did not say before the click.
func newTexts(page *locate.Page, before map[string]bool) []string {
	var out []string
	for _, f := range page.Frames {
		for _, b := range f.Blocks {
			if f.Visible && b.Text != "" && !before[locate.Fold(b.Text)] && len(out) < most {
				out = append(out, b.Text)
			}
		}
	}
	return out
}
