package chrome

import (
	"context"
	"slices"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// Dialog is one dialog of the page's that was answered at once: an open one
// stops everything else.
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
	target proto.TargetTargetID
	URL    string // when it was opened, often empty; masked
}

// Popups are those that are open now.
func (t *Tab) Popups() []Popup {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.popups)
}

// dialogOpening answers a dialog: an alert has one answer; leaving a page goes
// on; a question is answered no, since nobody read it.
func dialogOpening(s *session, e *proto.PageJavascriptDialogOpening) {
	accept := e.Type == proto.PageDialogTypeAlert || e.Type == proto.PageDialogTypeBeforeunload
	s.browser.task(func() {
		ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
		defer cancel()
		if err := (proto.PageHandleJavaScriptDialog{Accept: accept}).Call(s.with(ctx)); err != nil {
			s.browser.log.Debug().Err(err).Msg("a dialog of the page was gone before it was answered")
		}
	})
	if s.owner == nil {
		return
	}
	t := s.owner.tab
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dialogs = append(t.dialogs, Dialog{Kind: string(e.Type), Message: t.guard.mask(e.Message), At: t.now()})
	t.notifyLocked()
}

// lostPopup forgets a pop-up that was closed, and fails what it left paused.
func (t *Tab) lostPopup(s *session) {
	t.mu.Lock()
	t.popups = slices.DeleteFunc(t.popups, func(p Popup) bool { return p.target == s.target })
	t.notifyLocked()
	t.mu.Unlock()
	t.context.browser.release([]proto.PageFrameID{s.frame()})
	t.context.browser.task(func() { t.failOf(s.frame()) })
}
