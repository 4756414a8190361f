package attempt

import (
	"context"
	"errors"
	"strconv"
	"strings"

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
	switch a.Verb {
	case gate.Done, gate.Approve, gate.Pick, gate.Give:
		return t.gateReturned(m, a)
	case gate.GiveUp, gate.RanOut, gate.Nobody:
	}
	return t.gateEnded(m, a)
}

func (t *try) openGate(page *locate.Page, m ask) (gate.Gate, error) {
	main := page.Main()
	t.say("gate", words.T("needs you: %s", m.need))
	t.log.Info().Str("step", "gate").Str("gate", string(m.kind)).Str("origin", main.Origin).Msg("opened")
	picture, err := t.picture("gate-" + string(m.kind))
	if err != nil {
		return gate.Gate{}, err
	}
	if err := t.append(journal.Event{Kind: journal.GateOpened, Gate: m.kind, Origin: main.Origin, Evidence: t.proof.rel}); err != nil {
		return gate.Gate{}, err
	}
	now := t.Now()
	return gate.Gate{
		Kind: m.kind, Service: t.job.Profile.Title, Account: t.job.Account.ID, Origin: main.Origin, Title: t.mask(main.Title),
		Need: m.need, Options: m.options, Form: m.form.lines, Picture: picture,
		Opened: now, Until: now.Add(t.Patience.Person),
	}, nil
}

// meet lends the page until the person, the page or the clock says that it is
// over. The attempt's own time stands still meanwhile.
func (t *try) meet(g gate.Gate, m ask) (gate.Answer, error) {
	t.budget.pause()
	defer t.budget.resume()
	lease := gate.Offer()
	t.tab.Lend(lease)
	defer t.tab.Lend(nil)

	ctx, cancel := context.WithTimeout(t.ctx, t.Patience.Person)
	defer cancel()
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		t.watch(ctx, lease, m)
	}()
	a, err := t.Channel.Meet(ctx, g, lease)
	cancel()
	<-watched
	if theirs, ok := lease.Answer(); ok {
		a = theirs // the page was quicker, or it is what Meet gave
	}
	if err != nil && t.ctx.Err() == nil {
		err = nil // the person's time is up: a verb says so
		if a.Verb == "" {
			a.Verb = gate.RanOut
		}
	}
	t.log.Info().Str("step", "gate").Str("gate", string(g.Kind)).Str("verb", string(a.Verb)).Str("by", a.By).Msg("over")
	return a, err
}

// watch returns the lease when the page shows that the person is done, that
// they have sent the form themselves, or that they closed it. It only looks.
func (t *try) watch(ctx context.Context, l *gate.Lease, m ask) {
	for ctx.Err() == nil && l.Out() {
		if t.tab.Caught() {
			_ = l.Return(gate.Answer{Verb: gate.Done, By: byPage})
			return
		}
		page, err := t.tab.Read(ctx)
		if err == nil && onPage(m) && cleared(t.look(page), m.key) {
			_ = l.Return(gate.Answer{Verb: gate.Done, By: byPage})
			return
		}
		if errors.Is(err, chrome.ErrGone) || errors.Is(t.tab.Changed(ctx), chrome.ErrGone) {
			_ = l.Return(gate.Answer{Verb: gate.GiveUp, By: byPage})
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
	e := journal.Event{Kind: journal.GateReturned, Gate: m.kind, Detail: "by " + a.By}
	answer := "done"
	switch a.Verb {
	case gate.Approve:
		t.where.approved, e.Signature = m.form.signature.Hash, m.form.signature.Hash
	case gate.Give:
		t.code = a.Code
	case gate.Pick:
		answer = a.Option
		if n, err := strconv.Atoi(a.Option); err == nil && n < len(m.nodes) {
			answer = fingerprint(m.nodes[n])
		}
	case gate.Done, gate.GiveUp, gate.RanOut, gate.Nobody:
	}
	t.where.answers[m.key] = answer
	if err := t.append(e); err != nil {
		return err
	}
	if m.reopen {
		t.where.rewind(t.where.route)
	}
	return nil
}

// gateEnded ends the attempt: nobody did what was needed.
func (t *try) gateEnded(m ask, a gate.Answer) error {
	code := nobody
	switch a.Verb {
	case gate.GiveUp:
		code = personStopped
	case gate.RanOut:
		code = ranOut
	case gate.Done, gate.Approve, gate.Pick, gate.Give, gate.Nobody:
	}
	t.wipe()
	return t.over(journal.Event{Kind: journal.GateEnded, Gate: m.kind, Detail: cause{code, m.about}.String()})
}

// personSent lets the request go by which a person, while they had the page,
// is about to send the form: theirs is journaled before it leaves like ours.
func (t *try) personSent(page *locate.Page) error {
	name, step := t.nextSend()
	if err := t.permitted(journal.Intent{Send: name, By: journal.Person, Armed: t.tab.Armed()}); err != nil {
		return err
	}
	held, err := t.tab.Catch(t.permit)
	if errors.Is(err, chrome.ErrNothingHeld) {
		return t.notSent(cause{code: clickIgnored})
	}
	if err != nil {
		return err
	}
	t.where.before = sentences(page)
	return t.letGo(held, name, step)
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
	return t.over(journal.Event{
		Kind: journal.Answered, Verdict: verdict, By: journal.Person, Sentence: said, Reference: reference, Detail: "by " + a.By,
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
