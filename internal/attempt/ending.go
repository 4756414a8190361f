package attempt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// over records the event that ends the attempt, its cause marked where the site
// had got something before.
func (t *try) over(e journal.Event) error {
	e.Evidence = t.proof.rel
	if e.Detail != "" {
		e.Detail = marked(e.Detail, t.where.came)
	}
	if err := t.append(e); err != nil {
		return err
	}
	e.State = t.state
	t.reason, t.proof.facts.Cause = Explain(e), e.Detail
	return errOver
}

// giveUp is what follows when a wait was in vain.
func (t *try) giveUp(page *locate.Page, why cause) error {
	t.progress = time.Now()
	switch {
	case t.where.sent != nil && anotherCode(t.look(page), t.where):
		return t.conclude(page, conclude{verdict: journal.NotTaken})
	case t.where.sent != nil:
		return t.unclear(page)
	case why.code == notReady, why.code == valueRefused:
		return t.needPerson(page, why)
	default:
		return t.nextRoute(page, why)
	}
}

// nextRoute gives the route up, noted, and begins the next; after the last one
// it is over, with what was looked for.
func (t *try) nextRoute(page *locate.Page, why cause) error {
	t.causes = append(t.causes, why)
	t.refused = len(t.tab.Refused())
	var route profile.Route // none where no way is for the account's country
	if n := len(t.job.Profile.Routes); n > 0 {
		route = t.job.Profile.Routes[min(t.where.route, n-1)]
	}
	t.log.Warn().Str("step", "route").Str("route", route.ID).Str("why", why.String()).Msg("given up")
	// What was taken stands: another route would only fill in the same form
	// once more.
	if t.where.route+1 < len(t.job.Profile.Routes) && !t.state.Gone {
		t.wipe()
		t.where.rewind(t.where.route + 1)
		return t.append(journal.Event{Kind: journal.Noted, Route: route.ID, Detail: why.String()})
	}
	if err := t.lookedFor(page); err != nil {
		return err
	}
	t.wipe()
	telling := t.telling()
	kind := journal.NoRoute
	if telling.code == unreachable {
		kind = journal.Broke
	}
	return t.over(journal.Event{Kind: kind, Route: route.ID, Detail: telling.String()})
}

// leftAlone ends the attempt where a page turned out to be another's while it
// was worked on: that is no matter of routes.
func (t *try) leftAlone(why cause) error {
	if err := t.lookedFor(nil); err != nil {
		return err
	}
	t.wipe()
	return t.over(journal.Event{Kind: journal.NoRoute, Detail: why.String()})
}

// telling is the cause that says most of all routes': a link that was looked
// for on a page that was there, else what stood elsewhere than it should, and
// that nothing could be reached only where nothing could.
func (t *try) telling() cause {
	best := t.causes[len(t.causes)-1]
	rank := func(c cause) int {
		switch c.code {
		case unreachable:
			return 0
		case pageGone:
			return 1
		case formMissing:
			return 2
		case otherForm, buttonMissing:
			return 3
		case linkMissing:
			return 4
		default:
			return 5
		}
	}
	for _, c := range t.causes {
		if rank(c) > rank(best) {
			best = c
		}
	}
	return best
}

// needPerson ends the attempt where only a person can go on and no gate serves.
func (t *try) needPerson(page *locate.Page, why cause) error { return t.needPersonFor(page, "", why) }

func (t *try) needPersonFor(page *locate.Page, kind gate.Kind, why cause) error {
	if err := t.lookedFor(page); err != nil {
		return err
	}
	t.wipe()
	return t.over(journal.Event{Kind: journal.GateEnded, Gate: kind, Detail: why.String()})
}

// leave stops at a safe point, as a person wished.
func (t *try) leave() error {
	t.wipe()
	kind := journal.Broke
	if t.state.Is == journal.Sending {
		kind = journal.NotHeld
	}
	return t.over(journal.Event{Kind: kind, Send: t.state.Send, Detail: interrupted})
}

// broke ends the attempt on an error: of our records, which is the caller's to
// know, or of the browser, which is a state.
func (t *try) broke(err error) error {
	if _, ok := errors.AsType[*recordError](err); ok {
		return err
	}
	code, ours := broken(t.ctx, err)
	t.log.Error().Str("step", "end").Str("why", code).Err(err).Msg("broke")
	if over := t.over(journal.Event{Kind: journal.Broke, Detail: code}); !errors.Is(over, errOver) {
		return over
	}
	if ours {
		return fmt.Errorf("attempting %s: %w", t.job.Account.Service, err)
	}
	return nil
}

// broken names what an error of the browser comes to, and whether it is a
// fault of ours instead.
func broken(ctx context.Context, err error) (code string, ours bool) {
	switch {
	case errors.Is(context.Cause(ctx), errDeadline):
		return timeUp, false
	case ctx.Err() != nil:
		return interrupted, false
	case errors.Is(err, chrome.ErrGone):
		return browserGone, false
	case errors.Is(err, chrome.ErrCrashed):
		return pageCrashed, false
	case errors.Is(err, chrome.ErrStale), errors.Is(err, chrome.ErrLent), errors.Is(err, chrome.ErrNothingHeld), errors.Is(err, context.DeadlineExceeded):
		return restless, false
	default:
		return fault, true
	}
}

// wipe empties the fields that were typed into, so that nothing stays on a
// page that is given up. What cannot be emptied goes with the tab.
func (t *try) wipe() {
	if len(t.where.typed) == 0 || t.tab == nil || t.ctx.Err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(t.ctx, 5*time.Second)
	defer cancel()
	page, err := t.tab.Read(ctx)
	if err != nil {
		return
	}
	for _, f := range page.Frames {
		for _, n := range f.Nodes {
			if n.Value.Is == personal.Ours && n.Hidden == "" && len(n.Options) == 0 {
				if err := t.tab.Clear(ctx, n); err != nil {
					t.log.Warn().Str("step", "form").Err(err).Msg("a field was not emptied")
				}
			}
		}
	}
}

// newRefusal is the origin to which the page wanted to go, or to send our
// values, since the last route; "" when it did not.
func (t *try) newRefusal() string {
	all := t.tab.Refused()
	for _, r := range all[min(t.refused, len(all)):] {
		if r.Why == chrome.Elsewhere && (r.Main || r.Carried) {
			return r.Origin
		}
	}
	return ""
}

// result is what the attempt came to. Its evidence is sealed first: what is
// claimed is kept.
func (t *try) result(err error) (Result, error) {
	sealed := t.seal()
	return t.kept(t.reason), errors.Join(err, sealed)
}

// result of nothing: the attempt could not begin.
func unbegun(s journal.State) Result { return Result{State: s, Reason: words.Text{}} }
