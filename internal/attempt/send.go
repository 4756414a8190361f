package attempt

import (
	"context"
	"errors"
	"fmt"

	"opposer/internal/chrome"
	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// clicks is how often the sending button is pressed when no press causes a
// request: the permit is used up by the letting go, not by the click.
const clicks = 3

// send presses the button, holds the request that this causes until `left` is
// durable, and lets it go.
func (t *try) send(page *locate.Page, m send) error {
	admitted, err := t.admit(page, m.node.Frame)
	if err != nil {
		return t.nextRoute(page, cause{elsewhere, originOf(page, m.node.Frame)})
	}
	if err := t.beginSending(page, m); err != nil {
		return err
	}
	t.say("send", words.T("sends the form"))
	t.where.before, t.where.clicks = sentences(page), t.where.clicks+1
	ctx, cancel := context.WithTimeout(t.ctx, t.Patience.Click)
	defer cancel()
	held, err := t.tab.Send(ctx, admitted, t.permit, m.node)
	t.log.Info().Str("step", "send").Str("send", m.name).Err(err).Msg("pressed")
	switch {
	case err == nil:
		return t.letGo(held, m.name, m.step)
	case errors.Is(err, chrome.ErrStale) && t.where.clicks <= clicks+1:
		t.where.clicks--
		return err
	case errors.Is(err, chrome.ErrElsewhere):
		return t.notSent(cause{elsewhere, t.newRefusal()})
	case errors.Is(err, chrome.ErrNothingHeld) || lacksTime(t.ctx, err):
		if t.where.clicks < clicks {
			return nil
		}
		return t.notSent(cause{code: clickIgnored})
	default:
		return err
	}
}

// beginSending makes `sending` durable, with a picture of what is sent before
// it. A click that is repeated has its permit still.
func (t *try) beginSending(page *locate.Page, m send) error {
	if t.state.Is == journal.Sending && t.permit.Valid() && t.permit.Send() == m.name {
		return nil
	}
	if err := t.filled(page, m.form); err != nil {
		return err
	}
	if _, err := t.picture("filled"); err != nil {
		return err
	}
	return t.permitted(journal.Intent{Send: m.name, By: journal.Machine, Armed: t.tab.Armed()})
}

func (t *try) permitted(i journal.Intent) error {
	p, err := t.Journal.BeginSending(context.WithoutCancel(t.ctx), t.claim, i)
	if err != nil {
		return &recordError{fmt.Errorf("recording that the form is about to be sent: %w", err)}
	}
	t.permit, t.state = p, t.claim.State()
	return nil
}

// letGo makes `left` durable, then lets the held request go and waits for its
// answer. It is no point to stop at, and the attempt's own time stands still:
// what has left is answered or in doubt.
func (t *try) letGo(h *chrome.Held, name string, step int) error {
	t.budget.pause()
	d, err := t.Journal.MarkLeft(context.WithoutCancel(t.ctx), t.permit, h.Request())
	if err != nil {
		t.tab.Drop(h)
		return &recordError{fmt.Errorf("recording that the form is leaving: %w", err)}
	}
	t.state = t.claim.State()
	if err := t.tab.Release(t.ctx, h, d); err != nil {
		return err
	}
	t.say("answer", words.T("waits for the answer"))
	t.where.sent, t.where.sentAt, t.where.clicks = t.sendNamed(name), step, 0
	t.held = h
	return t.hear()
}

// hear waits for the answer of what was let go.
func (t *try) hear() error {
	ctx, cancel := context.WithTimeout(t.ctx, t.Patience.Answer)
	defer cancel()
	x, err := t.tab.Answer(ctx, t.held)
	if err != nil && (errors.Is(err, chrome.ErrGone) || t.ctx.Err() != nil) {
		return err
	}
	t.heard = x.Started
	t.keepExchange(x, t.where.sent.Name)
	t.where.answer = wire{status: x.Status, body: x.Body, broken: x.Err != "" || err != nil}
	t.log.Info().Str("step", "answer").Str("send", t.where.sent.Name).Int("status", x.Status).Str("trouble", x.Err).Int("repeats", x.Repeats).Err(err).Msg("answered")
	return nil
}

// hearMore waits for the answer of the real send, where what was let go before
// it, and answered, was only a page's telemetry.
func (t *try) hearMore() error {
	if t.where.sent == nil {
		return nil
	}
	now, cancel := context.WithCancel(t.ctx)
	cancel()
	if x, _ := t.tab.Answer(now, t.held); x.Started.Equal(t.heard) {
		return nil
	}
	return t.hear()
}

func (t *try) sendNamed(name string) *profile.Send {
	for i := range t.job.Profile.Sends {
		if t.job.Profile.Sends[i].Name == name {
			return &t.job.Profile.Sends[i]
		}
	}
	return &profile.Send{Name: name}
}

// notSent ends the attempt after clicks by which nothing left.
func (t *try) notSent(why cause) error {
	if _, err := t.picture("stopped"); err != nil {
		return err
	}
	t.wipe()
	return t.over(journal.Event{Kind: journal.NotHeld, Send: t.permit.Send(), Detail: why.String()})
}

// conclude records what the answer means.
func (t *try) conclude(page *locate.Page, m conclude) error {
	if err := t.keepAnswer(m); err != nil {
		return err
	}
	return t.answered(page, journal.Event{
		Kind: journal.Answered, Verdict: m.verdict, Sentence: t.proof.facts.Sentence,
		Reference: m.reference, Evidence: t.proof.rel,
	})
}

func (t *try) keepAnswer(m conclude) error {
	f := &t.proof.facts
	f.Verdict, f.Sentence = m.verdict, t.mask(m.sentence)
	if m.reference != "" {
		f.Reference = m.reference
	}
	_, err := t.picture("answer")
	return err
}

// answered goes on after an answer: to the next send, once more through the
// form, or it is over.
func (t *try) answered(page *locate.Page, e journal.Event) error {
	switch e.Verdict {
	case journal.TakenMore:
		t.where.formAt = afterOutcome(t.where.form(t.job.Profile), t.where.sentAt)
		t.where.ours = page.Main().Document // what asks for more is the form that was sent
	case journal.Prepared:
		t.where.came = max(t.where.came, partly)
		t.where.prepared[t.where.sent.Name] = true
	case journal.NotTaken:
		if t.where.sent.Prepares {
			t.where.came = max(t.where.came, partly)
		} else {
			t.where.came = returned
		}
		// Only where something says so: a page that just asks for another code is
		// no refusal.
		if said, _ := readWire(t.where.sent.Answer, t.where.answer); said != silent || e.Sentence != "" {
			t.where.rejections++
		}
	case journal.Taken, journal.Refused, journal.Honoured, journal.AlreadyHonoured, journal.Unclear, journal.Lost:
		return t.over(e)
	}
	if err := t.append(e); err != nil {
		return err
	}
	t.tab.Resume()
	t.budget.resume()
	why := cause{code: valueRefused}
	if t.where.sent.Prepares { // no form was refused, but a value on the way to it
		why.about = "value"
	}
	t.where.sent, t.where.answer = nil, wire{}
	clear(t.where.typed)
	clear(t.where.picked)
	if t.where.rejections >= rejectionsMost {
		return t.needPerson(page, why)
	}
	return nil
}

// rejectionsMost is how often the site may say that a form is not right before
// a person has to look.
const rejectionsMost = 2

func (t *try) mask(s string) string {
	if t.Masker == nil {
		return s
	}
	return t.Masker.Mask(s)
}
