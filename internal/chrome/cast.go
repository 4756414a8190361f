package chrome

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

// stage is what a tab shows to those who watch it, and how it is cast (CDP
// Page.startScreencast): the newest pop-up that is ready, else the page itself,
// and nothing while nobody watches. Its tab guards it.
type stage struct {
	watchers map[*watcher]struct{}
	cast     *session           // whose pictures come, or are asked for
	telling  bool               // a task of ours tells Chrome what to cast
	hush     context.CancelFunc // ends what that task is waiting for
	failed   *session           // could not be cast; tried again when the page changes

	shown         *session // whose picture frame is
	frame         []byte   // JPEG
	width, height float64
	number        uint64 // of the frame, from 1

	flying int // frames that Chrome has not heard our thanks for
	turn   int // counts what was cast, so that an old one's thanks are told apart
	at     time.Time
	risky  bool // Chrome may have left out the last picture of a change
	lull   *time.Timer
	again  bool // cast anew, for a picture of how it stands
}

// watcher is one who watches a tab.
type watcher struct {
	wake   chan struct{} // of one: something changed
	frame  uint64        // they saw
	dialog *asked        // they saw
}

// seat takes one more who watches.
func (t *Tab) seat(w *watcher) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stage.watchers == nil {
		t.stage.watchers = map[*watcher]struct{}{}
	}
	t.stage.watchers[w] = struct{}{}
	t.recastLocked()
}

func (t *Tab) leave(w *watcher) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.stage.watchers, w)
	t.recastLocked()
	t.settleDialogsLocked()
}

// news is what a watcher has not seen yet.
func (t *Tab) news(w *watcher) (v gate.View, news bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return gate.View{}, false
	}
	g := &t.stage
	v.Width, v.Height = g.width, g.height
	if g.frame != nil && w.frame != g.number {
		v.Frame, news = g.frame, true
	}
	a := t.shownLocked()
	if a != nil {
		shown := a.dialog
		v.Dialog = &shown
	}
	news = news || w.dialog != a
	w.frame, w.dialog = g.number, a
	return v, news
}

// stirLocked wakes those who watch. The caller has locked t.
func (t *Tab) stirLocked() {
	for w := range t.stage.watchers {
		select {
		case w.wake <- struct{}{}:
		default: // awake already
		}
	}
}

// wantedLocked is whose pictures are wanted; nil: nobody's.
func (t *Tab) wantedLocked() *session {
	if len(t.stage.watchers) == 0 || t.over {
		return nil
	}
	for _, p := range slices.Backward(t.popups) {
		if p.ready && p.session.life.context().Err() == nil {
			return p.session
		}
	}
	return t.session
}

// recastLocked has Chrome cast what is wanted, where that is not what it casts.
// Cheap, and called at every change. The caller has locked t.
func (t *Tab) recastLocked() {
	g := &t.stage
	g.failed = nil
	switch {
	case t.wantedLocked() == g.cast && !g.again:
	case g.telling:
		g.hush()
	default:
		g.telling = true
		g.hush = func() {}
		t.context.browser.task(t.recast)
	}
}

// recast tells Chrome what to cast until that is what is wanted.
func (t *Tab) recast() {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
		old, next, more := t.turnStage(cancel)
		if !more {
			cancel()
			return
		}
		if old != nil {
			_ = proto.PageStopScreencast{}.Call(old.with(ctx)) // gone: it casts no more
		}
		if next != nil {
			quality := castQuality
			start := proto.PageStartScreencast{Format: proto.PageStartScreencastFormatJpeg, Quality: &quality}
			if err := start.Call(next.with(ctx)); err != nil && ctx.Err() == nil {
				_ = proto.PageStopScreencast{}.Call(next.with(ctx)) // it may have begun all the same
				t.context.browser.log.Debug().Err(err).Msg("the page could not be shown yet")
				t.notCast(next)
			}
		}
		cancel()
	}
}

// castQuality of 60 is readable, at a third of the size of 90 (measured).
const castQuality = 60

// turnStage makes what is wanted what is cast. more is false when Chrome need
// not be told anything.
func (t *Tab) turnStage(hush context.CancelFunc) (old, next *session, more bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := &t.stage
	old, next = g.cast, t.wantedLocked()
	again := g.again && next != nil
	g.again = false
	if next == old && !again || old == nil && next == g.failed {
		g.telling = false
		return old, next, false
	}
	if next != old {
		g.frame, g.shown = nil, nil
	}
	g.cast, g.hush = next, hush
	g.turn++
	g.flying, g.risky, g.at = 0, false, time.Time{}
	return old, next, true
}

func (t *Tab) notCast(s *session) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stage.failed = s
	t.offStageLocked(s)
}

// offStageLocked forgets a session that is cast no more. The caller has locked t.
func (t *Tab) offStageLocked(s *session) {
	if g := &t.stage; g.cast == s {
		g.cast, g.frame, g.shown = nil, nil, nil
	}
}

// screencastFrame takes a picture, and thanks for it: Chrome sends a few and
// then waits.
func screencastFrame(s *session, e *proto.PageScreencastFrame) {
	if s.owner == nil || e.Metadata == nil {
		return
	}
	t := s.owner.tab
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stage.cast != s {
		return
	}
	t.takeFrameLocked(s, e)
	t.stage.flying++
	turn := t.stage.turn
	t.context.browser.task(func() { t.acknowledge(s, e.SessionID, turn) })
}

// shuffled is how much older than the one before a picture can be: they arrive
// out of order now and then. More is a clock that was set back.
const shuffled = 15 * time.Second

func (t *Tab) takeFrameLocked(s *session, e *proto.PageScreencastFrame) {
	g := &t.stage
	at := e.Metadata.Timestamp.Time()
	if late := g.at.Sub(at); 0 < late && late < shuffled {
		return
	}
	gap := at.Sub(g.at)
	g.at = at
	if g.shown == s && bytes.Equal(g.frame, e.Data) {
		return
	}
	g.shown, g.frame = s, e.Data
	g.width, g.height = e.Metadata.DeviceWidth, e.Metadata.DeviceHeight
	g.number++
	t.stirLocked()
	t.missLocked(gap < silence || g.flying > 0)
}

func (t *Tab) acknowledge(s *session, frame, turn int) {
	ctx, cancel := context.WithTimeout(context.Background(), setupWithin)
	defer cancel()
	err := proto.PageScreencastFrameAck{SessionID: frame}.Call(s.with(ctx))
	if err != nil && !errors.Is(err, ErrGone) {
		s.browser.log.Debug().Err(err).Msg("a frame was not acknowledged")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stage.turn == turn {
		t.stage.flying--
	}
}

// silence is how long nothing changes until a change is taken to be over.
const silence = 200 * time.Millisecond

// missLocked sees to it that the last picture of a change is not missed: Chrome
// leaves pictures out while it waits for thanks, and sends none when nothing
// moves any more. When such a change is over the page is cast anew, which
// begins with a picture. The caller has locked t.
func (t *Tab) missLocked(risky bool) {
	g := &t.stage
	g.risky = g.risky || risky
	if !g.risky {
		return
	}
	if g.lull != nil {
		g.lull.Stop()
	}
	turn := g.turn
	g.lull = time.AfterFunc(silence, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if g.turn == turn && g.cast != nil {
			g.again = true
			t.recastLocked()
		}
	})
}
