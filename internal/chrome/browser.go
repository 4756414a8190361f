package chrome

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/cdp"
	"github.com/go-rod/rod/lib/proto"
	"github.com/rs/zerolog"
)

// Browser is one Chrome that we started. Safe for concurrent use. Its owner
// closes it.
type Browser struct {
	options Options
	log     zerolog.Logger
	client  rod.CDPClient
	wire    *pipe
	process *process
	data    folder
	root    *session
	version string
	ears    ears

	ended chan struct{} // nothing is heard any more, and all tabs know
	tasks sync.WaitGroup

	mu       sync.Mutex
	over     bool // no new task is begun
	closing  bool // every request is failed from now on
	sessions map[proto.TargetSessionID]*session
	contexts map[proto.BrowserBrowserContextID]*Context
	holders  map[proto.PageFrameID]*Tab // whose frame, or pop-up's frame, it is
}

// Version is what the browser calls itself: "Chrome/156.0.8078.79".
func (b *Browser) Version() string { return b.version }

// Armed reports whether the browser dies with this program before it can let a
// held request go. False on other systems than Linux.
func (b *Browser) Armed() bool { return diesWithUs }

// Headed reports whether its pages have windows.
func (b *Browser) Headed() bool { return b.options.Headed }

// Gone is closed when the browser has ended, for whatever reason.
func (b *Browser) Gone() <-chan struct{} { return b.ended }

// Close fails what is held, asks Chrome to close, which alone makes it keep
// cookies, and kills it when it has not ended by ctx's deadline (10 s
// where there is none): an error where its data folder is kept, since the cookies
// may be lost. A temporary one is removed. Closing twice is harmless.
func (b *Browser) Close(ctx context.Context) error {
	ctx, cancel := closing(ctx)
	defer cancel()
	b.mu.Lock()
	b.closing = true
	contexts := make([]*Context, 0, len(b.contexts))
	for _, c := range b.contexts {
		contexts = append(contexts, c)
	}
	b.mu.Unlock()
	for _, c := range contexts {
		c.failHeld(ctx)
	}
	var err error
	if b.root.life.context().Err() == nil {
		// Whether it ends is what counts, not whether it says so first.
		_ = proto.BrowserClose{}.Call(b.root.with(ctx))
	}
	select {
	case <-b.process.ended:
	case <-ctx.Done():
		if !b.data.ours { // nothing of one of ours is kept
			err = fmt.Errorf("closing the browser: %w", context.Cause(ctx))
		}
	}
	b.finish()
	if folder := b.data.close(); err == nil {
		err = folder
	}
	return err
}

// closeWithin is how long Chrome has to end by itself where nobody says: it
// writes its cookies then, on slow machines for seconds.
const closeWithin = 10 * time.Second

// closing bounds a closing that nobody bounded.
func closing(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, bounded := ctx.Deadline(); bounded {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, closeWithin)
}

// finish kills what is left of the browser and waits for all that belongs to it.
func (b *Browser) finish() {
	b.process.kill()
	_ = b.wire.Close()
	<-b.ended
	b.tasks.Wait()
}

// watch closes the pipe when the browser's main process has ended: a child of
// its may keep the other end open.
func (b *Browser) watch() {
	<-b.process.ended
	_ = b.wire.Close()
}

// listen hears every event in order, and never calls Chrome itself: what has
// to is a task. When the connection is over everyone is told.
func (b *Browser) listen() {
	for e := range b.client.Event() {
		b.hear(e)
	}
	b.mu.Lock()
	b.over = true
	sessions := make([]*session, 0, len(b.sessions))
	for _, s := range b.sessions {
		sessions = append(sessions, s)
	}
	b.mu.Unlock()
	for _, s := range sessions {
		b.ends(s, ErrGone)
	}
	close(b.ended)
}

// task runs what an event asks for, apart from the listening. Close waits for it.
func (b *Browser) task(do func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over {
		b.tasks.Go(do)
	}
}

func (b *Browser) session(id proto.TargetSessionID) *session {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sessions[id]
}

// hear routes one event. Unknown events, and events of sessions that are gone,
// are no concern of ours.
func (b *Browser) hear(e *cdp.Event) {
	s := b.session(proto.TargetSessionID(e.SessionID))
	if s == nil {
		return
	}
	if hear, ok := b.ears[e.Method]; ok {
		if err := hear(s, e.Params); err != nil {
			b.log.Warn().Str("event", e.Method).Msg("an event of the browser does not decode")
		}
	}
}

// heard makes a listener of a func of one kind of event.
func heard[E any](do func(*session, *E)) func(*session, []byte) error {
	return func(s *session, params []byte) error {
		var e E
		if err := json.Unmarshal(params, &e); err != nil {
			return err
		}
		do(s, &e)
		return nil
	}
}

// ears are what we listen to, on every session, by the event's name.
type ears map[string]func(*session, []byte) error

func hearing() ears {
	return ears{
		"Target.attachedToTarget":      heard(attached),
		"Target.detachedFromTarget":    heard(detached),
		"Target.targetCrashed":         heard(targetCrashed),
		"Inspector.targetCrashed":      heard(crashed),
		"Page.frameAttached":           heard(frameAttached),
		"Page.frameNavigated":          heard(frameNavigated),
		"Page.navigatedWithinDocument": heard(frameMoved),
		"Page.frameDetached":           heard(frameDetached),
		"Page.lifecycleEvent":          heard(lifecycle),
		"Page.frameStoppedLoading":     heard(stoppedLoading),
		"Page.javascriptDialogOpening": heard(dialogOpening),
		"Page.javascriptDialogClosed":  heard(dialogClosed),
		"Page.screencastFrame":         heard(screencastFrame),
		"Runtime.bindingCalled":        heard(bindingCalled),
		"Network.requestWillBeSent":    heard(requestWillBeSent),
		"Network.responseReceived":     heard(responseReceived),
		"Network.loadingFinished":      heard(loadingFinished),
		"Network.loadingFailed":        heard(loadingFailed),
		"Network.webSocketCreated":     heard(socketCreated),
		"Network.webSocketClosed":      heard(socketClosed),
		"Network.webTransportCreated":  heard(transportCreated),
		"Network.webTransportClosed":   heard(transportClosed),
		"Fetch.requestPaused":          heard(requestPaused),
	}
}
