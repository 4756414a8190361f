package chrome

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

// Dialog is one native dialog that the page opened. Where no person can answer
// it, it is answered at once: an open one stops everything else.
type Dialog struct {
	Kind    string // alert, confirm, prompt, beforeunload
	Message string // masked
	At      time.Time
}

// Dialogs are those of the tab and its pop-ups so far, oldest first.
func (t *Tab) Dialogs() []Dialog {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.dialogs)
}

// Popup is a page that the tab's page opened. Its requests are held like the
// tab's own; it is not read.
type Popup struct {
	session *session
	target  proto.TargetTargetID
	ready   bool   // it can be shown
	URL     string // when it was opened, often empty; masked
}

// Popups are those that are open now.
func (t *Tab) Popups() []Popup {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.popups)
}

// asked is a native dialog that is open.
type asked struct {
	session  *session
	dialog   gate.Dialog
	answered bool // the answer is on its way
}

// dialogOpening leaves a dialog to the person who has the page and can see it,
// and answers every other.
func dialogOpening(s *session, e *proto.PageJavascriptDialogOpening) {
	a := &asked{session: s, dialog: gate.Dialog{Kind: string(e.Type), Message: e.Message, Default: e.DefaultPrompt}}
	if s.owner == nil {
		s.browser.task(a.dismiss)
		return
	}
	t := s.owner.tab
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dialogs = append(t.dialogs, Dialog{Kind: string(e.Type), Message: t.guard.mask(e.Message), At: t.now()})
	if t.leavesDialogsLocked() {
		t.asked = append(t.asked, a)
		t.asks++
		t.stirLocked()
	} else {
		s.browser.task(a.dismiss)
	}
	t.notifyLocked()
}

// dialogClosed forgets a dialog that was answered, in its window too.
func dialogClosed(s *session, _ *proto.PageJavascriptDialogClosed) {
	if s.owner != nil {
		s.owner.tab.unaskSession(s)
	}
}

// leavesDialogsLocked reports whether a dialog is a person's to answer: they
// have the page, and see it in its window or in a picture. The caller has
// locked t.
func (t *Tab) leavesDialogsLocked() bool {
	return t.lease.Out() && (t.context.browser.options.Headed || len(t.stage.watchers) > 0)
}

// settleDialogsLocked answers what no person can answer any more. The caller
// has locked t.
func (t *Tab) settleDialogsLocked() {
	if t.leavesDialogsLocked() {
		return
	}
	for _, a := range t.asked {
		if a.answered {
			continue
		}
		a.answered = true
		t.context.browser.task(func() {
			a.dismiss()
			t.unask(func(other *asked) bool { return other == a })
		})
	}
}

// dismiss answers in nobody's name: an alert has one answer; leaving a page
// goes on; a question is answered no, since nobody read it.
func (a *asked) dismiss() {
	ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
	defer cancel()
	kind := proto.PageDialogType(a.dialog.Kind)
	accept := kind == proto.PageDialogTypeAlert || kind == proto.PageDialogTypeBeforeunload
	if err := (proto.PageHandleJavaScriptDialog{Accept: accept}).Call(a.session.with(ctx)); err != nil {
		a.session.browser.log.Debug().Err(err).Msg("a dialog of the page was gone before it was answered")
	}
}

// reply gives a person's answer. That the dialog, or its page, was gone by then
// is no error.
func (t *Tab) reply(ctx context.Context, a *asked, answer proto.PageHandleJavaScriptDialog) error {
	err := answer.Call(a.session.with(ctx))
	if _, refused := errors.AsType[*callError](err); refused || errors.Is(err, ErrGone) {
		err = nil
	}
	t.unask(func(other *asked) bool { return other == a })
	if err == nil {
		return t.dead()
	}
	return err
}

// shownLocked is the dialog that is shown: the newest lies on top. nil: none.
// The caller has locked t.
func (t *Tab) shownLocked() *asked {
	if len(t.asked) == 0 {
		return nil
	}
	return t.asked[len(t.asked)-1]
}

// asking reports whether a dialog is open, and gives the channel that the next
// change closes.
func (t *Tab) asking() (bool, <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.asked) > 0, t.wake
}

// unasked waits until no dialog is open, and gives how many there have been: a
// page does not answer while one is.
func (t *Tab) unasked(ctx context.Context) (int, error) {
	for {
		t.mu.Lock()
		open, asks, wake := len(t.asked) > 0, t.asks, t.wake
		t.mu.Unlock()
		if !open {
			return asks, nil
		}
		select {
		case <-wake:
		case <-t.gone:
			return 0, ErrGone
		case <-ctx.Done():
			return 0, fmt.Errorf("waiting for a dialog's answer: %w", context.Cause(ctx))
		}
	}
}

// dialogsAsked is how many dialogs have been left to a person.
func (t *Tab) dialogsAsked() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asks
}

// unask forgets dialogs that are gone.
func (t *Tab) unask(gone func(*asked) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unaskLocked(gone)
}

func (t *Tab) unaskSession(s *session) { t.unask(func(a *asked) bool { return a.session == s }) }

func (t *Tab) unaskLocked(gone func(*asked) bool) {
	before := len(t.asked)
	t.asked = slices.DeleteFunc(t.asked, gone)
	if len(t.asked) < before {
		t.stirLocked()
		t.notifyLocked()
	}
}

// popupReadyLocked has a pop-up shown from now on. The caller has locked t.
func (t *Tab) popupReadyLocked(s *session) {
	for i := range t.popups {
		if t.popups[i].session == s {
			t.popups[i].ready = true
		}
	}
	t.recastLocked()
}

// lostPopup forgets a pop-up that was closed, and fails what it left paused.
func (t *Tab) lostPopup(s *session) {
	t.mu.Lock()
	t.popups = slices.DeleteFunc(t.popups, func(p Popup) bool { return p.target == s.target })
	t.offStageLocked(s)
	t.recastLocked()
	t.notifyLocked()
	t.mu.Unlock()
	t.context.browser.release([]proto.PageFrameID{s.frame()})
	t.context.browser.task(func() { t.failOf(s.frame()) })
}
