package attempt

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// do makes one move. Everything remembered of the page is stale afterwards.
func (t *try) do(page *locate.Page, m move) error {
	switch m := m.(type) {
	case wait:
		return nil // waited for where moves are made
	case open:
		return t.open(m)
	case follow:
		return t.follow(m)
	case press:
		return t.press(m)
	case fill:
		return t.fill(page, m)
	case tick:
		return t.mark(page, m.step, m.node, func(ctx context.Context, a profile.Admitted) error {
			t.where.picked[m.step] = true // an offered option may go with the press
			return t.tab.Check(ctx, a, m.node)
		})
	case pick:
		return t.mark(page, m.step, m.node, func(ctx context.Context, a profile.Admitted) error {
			return t.tab.Pick(ctx, a, m.node, m.option)
		})
	case lookUp:
		return t.mark(page, m.step, m.node, func(ctx context.Context, a profile.Admitted) error {
			t.where.came = max(t.where.came, unsent)
			_, err := t.tab.Fill(ctx, a, m.node, m.text)
			return err
		})
	case advance:
		return t.advance(page, m)
	case send:
		return t.send(page, m)
	case ask:
		return t.ask(page, m)
	case next:
		return t.nextRoute(page, m.why)
	case away:
		return t.leftAlone(m.why)
	case stop:
		return t.needPersonFor(page, m.kind, m.why)
	case ready:
		return t.readyDry(page, m)
	case conclude:
		return t.conclude(page, m)
	}
	return fmt.Errorf("attempting %s: no such move", t.job.Account.Service)
}

// acting is the time in which one act has to be possible.
func (t *try) acting() (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.ctx, t.Patience.Step)
}

func (t *try) open(m open) error {
	route := t.job.Profile.Routes[t.where.route]
	t.say("open", words.T("opens %s", route.Called()))
	t.followed, t.popups = "", len(t.tab.Popups())
	ctx, cancel := t.acting()
	defer cancel()
	x, err := t.tab.Navigate(ctx, m.url)
	t.log.Info().Str("step", "open").Str("route", route.ID).Int("status", x.Status).Err(err).Msg("opened")
	var nav *chrome.NavigationError
	switch {
	case err == nil:
		t.where.step++
		return nil
	case errors.As(err, &nav):
		return t.nextRoute(nil, cause{unreachable, nav.Reason})
	case errors.Is(err, chrome.ErrElsewhere):
		return t.nextRoute(nil, cause{elsewhere, t.newRefusal()})
	case ctx.Err() != nil && t.ctx.Err() == nil:
		return t.nextRoute(nil, cause{unreachable, "no answer"})
	default:
		return err
	}
}

func (t *try) follow(m follow) error {
	t.say("follow", words.T("follows the link “%s”", m.word))
	ctx, cancel := t.acting()
	defer cancel()
	t.popups = len(t.tab.Popups())
	err := t.tab.Click(ctx, m.node)
	t.log.Info().Str("step", "follow").Str("link", m.word).Err(err).Msg("followed")
	if err != nil {
		return t.notReady(err, cause{linkMissing, m.word})
	}
	t.followed, t.where.sentence = m.node.Href, m.sentence
	t.where.step++
	return nil
}

// ownTab goes in this tab to where the followed link opened another one: a
// pop-up is held but not read.
func (t *try) ownTab() error {
	if t.followed == "" || len(t.tab.Popups()) <= t.popups {
		return nil
	}
	address := t.followed
	t.followed = ""
	ctx, cancel := t.acting()
	defer cancel()
	_, err := t.tab.Navigate(ctx, address)
	var nav *chrome.NavigationError
	switch {
	case errors.As(err, &nav):
		return t.nextRoute(nil, cause{unreachable, nav.Reason})
	case errors.Is(err, chrome.ErrElsewhere):
		return t.nextRoute(nil, cause{elsewhere, t.newRefusal()})
	default:
		return err
	}
}

func (t *try) press(m press) error {
	t.where.pressed[m.interrupt.Name]++
	ctx, cancel := context.WithTimeout(t.ctx, t.Patience.Quiet)
	defer cancel()
	err := t.tab.Click(ctx, m.node)
	t.log.Info().Str("step", "interrupt").Str("interrupt", m.interrupt.Name).Str("button", m.node.Name).Err(err).Msg("sent away")
	if lacksTime(t.ctx, err) {
		return nil // it may have gone by itself; the page is read afresh
	}
	if err == nil && m.interrupt.Reopen {
		t.where.rewind(t.where.route)
	}
	return err
}

// enterForm records that the form is there, before the first thing is done in it.
func (t *try) enterForm(page *locate.Page, frame string) error {
	if t.state.Is == journal.Filling || t.state.Is == journal.Sending {
		return nil
	}
	f, _ := page.Frame(frame)
	route := t.job.Profile.Routes[t.where.route]
	t.proof.route = route.Called()
	t.proof.facts.Route, t.proof.facts.Origin = route.Title, f.Origin
	t.say("form", words.T("fills in the form"))
	if err := t.append(journal.Event{Kind: journal.FormFound, Route: route.ID, Origin: f.Origin, Evidence: t.proof.rel}); err != nil {
		return err
	}
	return t.whose(f)
}

// whose tells, before anything is typed, whose account the page shows, where
// its form holds an e-mail address.
func (t *try) whose(f locate.Frame) error {
	for _, n := range f.Nodes {
		if n.Hidden != "" || n.Type != "email" && !strings.Contains(n.Value.Masked, "@") {
			continue
		}
		switch n.Value.Is {
		case personal.Ours:
			t.say("form", words.T("the page shows your account: %s", n.Value.Masked))
			return t.append(journal.Event{Kind: journal.Noted, Detail: "account-shown: ours"})
		case personal.Other:
			t.say("form", words.T("the page shows another account: %s", n.Value.Masked))
			return t.append(journal.Event{Kind: journal.Noted, Detail: "account-shown: " + n.Value.Masked})
		case personal.Empty:
		}
	}
	return nil
}

// filled records that everything was read back as it should be.
func (t *try) filled(page *locate.Page, f form) error {
	t.form = f.lines
	if t.state.Is == journal.Ready || t.state.Is == journal.Sending {
		return nil
	}
	if err := t.enterForm(page, f.frame); err != nil {
		return err
	}
	t.proof.facts.Signature = f.signature.Hash
	return t.append(journal.Event{Kind: journal.Filled})
}

func (t *try) admit(page *locate.Page, frame string) (profile.Admitted, error) {
	f, ok := page.Frame(frame)
	if !ok {
		return profile.Admitted{}, chrome.ErrStale
	}
	return t.job.Profile.Admit(f)
}

func (t *try) fill(page *locate.Page, m fill) error {
	if err := t.enterForm(page, m.node.Frame); err != nil {
		return err
	}
	text := reveal(t.job.Account, m.value)
	if m.value == profile.FillCode {
		if t.code.IsZero() {
			return t.ask(page, ask{kind: gate.Code, key: codeKey, need: Needed(gate.Code, "")})
		}
		text = t.code.Reveal(personal.ForTyping)
		t.code = personal.Code{} // one code, one typing: the next one is asked for
	}
	admitted, err := t.admit(page, m.node.Frame)
	if err != nil {
		return t.nextRoute(page, cause{elsewhere, originOf(page, m.node.Frame)})
	}
	t.where.typed[m.step]++
	t.where.touched = true
	t.where.came = max(t.where.came, unsent)
	ctx, cancel := t.acting()
	defer cancel()
	boxes := []locate.Node{m.node}
	if m.value == profile.FillCode {
		boxes = codeBoxes(page, m.node)
	}
	seen, err := t.typeInto(ctx, admitted, boxes, text)
	if m.value == profile.FillCode {
		seen.Masked = "•••••" // a code's first digits are half of it
	}
	t.log.Info().Str("step", "form").Str("field", m.value).Str("value", seen.Masked).Str("is", string(seen.Is)).Err(err).Msg("filled")
	return t.notReady(err, cause{wontStay, m.value})
}

// typeInto types a value into its field, or a letter of it into each of several.
func (t *try) typeInto(ctx context.Context, a profile.Admitted, boxes []locate.Node, text string) (personal.Observed, error) {
	parts := []string{text}
	if len(boxes) > 1 {
		parts = strings.Split(text, "")
	}
	var seen personal.Observed
	for i := range min(len(boxes), len(parts)) {
		var err error
		if seen, err = t.tab.Fill(ctx, a, boxes[i], parts[i]); err != nil {
			return seen, err
		}
	}
	return seen, nil
}

// codeBoxes are the boxes of a code, its first one given: those like it that
// follow it, where each takes one letter.
func codeBoxes(page *locate.Page, first locate.Node) []locate.Node {
	boxes := []locate.Node{first}
	if first.MaxLength != 1 {
		return boxes
	}
	f, _ := page.Frame(first.Frame)
	after := false
	for _, n := range f.Nodes {
		switch {
		case n.Ref == first.Ref:
			after = true
		case after && n.Role == first.Role && n.MaxLength == 1 && n.Hidden == "":
			boxes = append(boxes, n)
		}
	}
	return boxes
}

// mark ticks or picks one option of the form.
func (t *try) mark(page *locate.Page, step int, node locate.Node, act func(context.Context, profile.Admitted) error) error {
	if step >= 0 {
		if err := t.enterForm(page, node.Frame); err != nil {
			return err
		}
	}
	admitted, err := t.admit(page, node.Frame)
	if err != nil {
		return t.nextRoute(page, cause{elsewhere, originOf(page, node.Frame)})
	}
	t.where.typed[step]++
	ctx, cancel := t.acting()
	defer cancel()
	err = act(ctx, admitted)
	t.log.Info().Str("step", "form").Str("role", node.Role).Err(err).Msg("chosen")
	if errors.Is(err, chrome.ErrRefused) {
		return nil // counted; it is seen as it is when the page is read afresh
	}
	return t.notReady(err, cause{wontStay, "option"})
}

// advance is behind a step: by pressing a wizard's button, or because a
// route's option is chosen already.
func (t *try) advance(page *locate.Page, m advance) error {
	if m.node.Document != "" {
		ctx, cancel := t.acting()
		defer cancel()
		err := t.tab.Click(ctx, m.node)
		t.log.Info().Str("step", "form").Str("button", m.node.Name).Err(err).Msg("went on")
		if err != nil {
			return t.notReady(err, cause{code: notReady})
		}
		if err := t.partials(); err != nil {
			return err
		}
	}
	if m.step < 0 {
		t.where.step++
		return nil
	}
	t.where.formAt, t.where.ours = m.step+1, page.Main().Document // decide goes on from a form of ours only
	return nil
}

// partials records what the earlier steps of a wizard have posted.
func (t *try) partials() error {
	all := t.tab.Partials()
	for _, x := range all[min(t.posted, len(all)):] {
		if err := t.append(journal.Event{Kind: journal.Partial, Origin: x.Origin, Detail: x.Method + " " + x.Path}); err != nil {
			return err
		}
		t.where.came = max(t.where.came, partly)
	}
	t.posted = len(all)
	return nil
}

// readyDry ends a dry run: filled, shown, not sent, and emptied again.
func (t *try) readyDry(page *locate.Page, m ready) error {
	if err := t.filled(page, m.form); err != nil {
		return err
	}
	if _, err := t.picture("filled"); err != nil {
		return err
	}
	t.wipe()
	return errOver
}

// notReady turns an act that was not possible in time into what follows from
// it: a person is needed in the form, another route before it.
func (t *try) notReady(err error, why cause) error {
	if !lacksTime(t.ctx, err) {
		return err
	}
	if away := t.newRefusal(); away != "" {
		return t.leftAlone(cause{elsewhere, away})
	}
	if why.code == linkMissing {
		return t.nextRoute(nil, why)
	}
	return t.needPerson(nil, why)
}

// lacksTime reports whether an act ran out of its own time, not of the
// attempt's.
func lacksTime(attempt context.Context, err error) bool {
	var obstacle *chrome.NotReadyError
	return attempt.Err() == nil && (errors.As(err, &obstacle) || errors.Is(err, context.DeadlineExceeded))
}

func originOf(page *locate.Page, frame string) string {
	f, _ := page.Frame(frame)
	return f.Origin
}
