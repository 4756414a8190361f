package attempt

import (
	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/words"
)

// canShow reports whether a window can be opened on the page. Not after
// something has left: the page that tells what came of it would be gone.
func (t *try) canShow() bool {
	return t.Windowed != nil && !t.Browser.Headed() && !t.state.Gone && t.where.sent == nil
}

// intoWindow begins the route again in a browser with a window, with the
// cookies of this one: nothing of the page that was here goes on there.
func (t *try) intoWindow(m ask, a gate.Answer) error {
	if err := t.append(journal.Event{Kind: journal.GateReturned, Gate: m.kind, Channel: a.By}); err != nil {
		return err
	}
	if !t.canShow() {
		return nil
	}
	t.where.asked[m.key]-- // it is met there
	t.say("open", words.T("opens it in a window"))
	t.wipe()
	jar, err := t.page.Cookies(t.ctx)
	if err != nil {
		return err
	}
	browser, err := t.Windowed(t.ctx, t.Browser)
	if err != nil {
		t.log.Warn().Str("step", "gate").Err(err).Msg("no window")
		return t.needPersonFor(nil, m.kind, cause{code: nobody})
	}
	if err := t.page.Close(t.ctx); err != nil {
		return err
	}
	there := *t.Attempter
	there.Browser = browser
	t.Attempter = &there
	if err := t.openTabWith(jar); err != nil {
		return err
	}
	// The new tab has refused nothing and posted nothing yet: what is counted of
	// the old one would hide as much of it.
	t.followed, t.popups, t.posted, t.refused = "", 0, 0, 0
	t.where.rewind(t.where.route)
	return nil
}

func (t *try) openTabWith(jar chrome.Jar) error {
	if err := t.openContext(); err != nil {
		return err
	}
	if err := t.page.SetCookies(t.ctx, jar); err != nil {
		return err
	}
	return t.openPage()
}
