package chrome

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/locate"
)

// NotReadyError says that a node could not be acted on until the deadline, and
// what stood in the way last: "disabled", "read-only", "covered by a dialog",
// "moving", "out of reach", "not shown". It unwraps to the context's error.
type NotReadyError struct {
	Why   string
	cause error
}

// Error names the obstacle.
func (e *NotReadyError) Error() string { return "waiting until it can be used: it is " + e.Why }

// Unwrap gives what ended the waiting.
func (e *NotReadyError) Unwrap() error { return e.cause }

// Scripts end their waiting this much before the context does, so that their
// answer, with the reason, comes in time; and one that was not answered is
// asked for it this long.
const (
	earlier   = 60 * time.Millisecond
	lastWords = 500 * time.Millisecond
)

// forever is the waiting without a deadline: an hour, since a script's clock
// counts in milliseconds and a page lives no longer than a person waits.
const forever = time.Hour

// waiting is how a script is told to wait.
type waiting struct {
	ID    int64 `json:"id"`
	MS    int64 `json:"ms"`
	Write bool  `json:"write"` // it is to be typed into: must not be read-only
}

func (t *Tab) waitingFor(ctx context.Context, write bool) waiting {
	left := forever
	if end, ok := ctx.Deadline(); ok {
		left = time.Until(end)
		left -= min(earlier, left/4)
	}
	return waiting{ID: t.tickets.Add(1), MS: max(left.Milliseconds(), 0), Write: write}
}

// spot is what waiting for an element gives: a point of its frame's viewport,
// or why there was none.
type spot struct {
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	Why   string  `json:"why"`
	Gone  bool    `json:"gone"`
	Stale bool    `json:"stale"`
}

// at finds the world of a node's document. The error is [ErrStale] when the
// frame has another document by now.
func (t *Tab) at(ctx context.Context, n locate.Node) (world, error) {
	if err := t.mayAct(); err != nil {
		return world{}, err
	}
	ref, ok := t.frame(proto.PageFrameID(n.Frame))
	if !ok || string(ref.loader) != n.Document {
		return world{}, ErrStale
	}
	if t.humansFrame(ref.id) {
		return world{}, ErrHumanOnly
	}
	return t.enter(ctx, ref.id)
}

// reach waits until a node can be acted on and gives the point to press, in its
// frame's viewport. The errors are *[NotReadyError], [ErrStale] and those of
// the tab.
func (t *Tab) reach(ctx context.Context, w world, n locate.Node, write bool) (spot, error) {
	wait := t.waitingFor(ctx, write)
	return w.await(ctx, wait, js("act", n.Document, n.Ref, wait))
}

// await runs a waiting script to its end or to the context's, whichever is
// first; then it is told to stop and asked why it was waiting.
func (w world) await(ctx context.Context, wait waiting, c script) (spot, error) {
	var s spot
	err := w.run(ctx, c, &s)
	switch {
	case err != nil && ctx.Err() != nil:
		return spot{}, &NotReadyError{w.lastWords(wait), context.Cause(ctx)}
	case err != nil:
		return spot{}, err
	case s.Stale || s.Gone:
		return spot{}, ErrStale
	case s.Why != "":
		return spot{}, &NotReadyError{s.Why, context.DeadlineExceeded}
	}
	return s, nil
}

// lastWords ends a script's waiting and asks what it was waiting for.
func (w world) lastWords(wait waiting) string {
	ctx, cancel := context.WithTimeout(context.Background(), w.session.owner.tab.bounds.words)
	defer cancel()
	var why string
	if w.run(ctx, js("why", wait.ID), &why) != nil || why == "" {
		return "in a page that does not answer"
	}
	_ = w.run(ctx, js("stop", wait.ID), nil)
	return why
}

// Click waits until the node can be pressed, makes sure that it still is what
// was read, by its role and name in Chrome's own accessibility tree, and
// presses it with real input. Errors: *[NotReadyError] with what stood in the
// way until ctx's deadline; [ErrStale] when the document, the node or its name
// is another by now (nothing was pressed); [ErrLent], [ErrCrashed], [ErrGone].
func (t *Tab) Click(ctx context.Context, n locate.Node) error {
	if err := t.press(ctx, n); err != nil {
		return fmt.Errorf("pressing %s: %w", n.Role, err)
	}
	return nil
}

// press is Click without its frame of words.
func (t *Tab) press(ctx context.Context, n locate.Node) error {
	return t.pressUntil(ctx, n, func() bool { return false })
}

// pressUntil presses again only when the press before did not arrive at the
// node, and has not done what it is for all the same.
func (t *Tab) pressUntil(ctx context.Context, n locate.Node, done func() bool) error {
	for {
		arrived, err := t.pressOnce(ctx, n)
		if err != nil || arrived || done() {
			return err
		}
		if ctx.Err() != nil {
			return &NotReadyError{"moving away under the press", context.Cause(ctx)}
		}
	}
}

func (t *Tab) pressOnce(ctx context.Context, n locate.Node) (arrived bool, err error) {
	w, err := t.at(ctx, n)
	if err != nil {
		return false, err
	}
	if err := t.bringFrames(ctx, n.Frame); err != nil {
		return false, err
	}
	inner, err := t.reach(ctx, w, n, false)
	if err != nil {
		return false, err
	}
	if err := t.confirm(ctx, w, n); err != nil {
		return false, unless(err, errMoved)
	}
	outer, err := t.project(ctx, n.Frame, inner)
	if err != nil {
		return false, err
	}
	if err := t.mayAct(); err != nil {
		return false, err
	}
	if len(t.guard.Human) > 0 {
		if err := t.pressable(ctx, w, inner); err != nil {
			return false, err
		}
	}
	t.striking()
	arrived, err = w.strike(ctx, n, press{inner, outer})
	return arrived, unless(err, errMoved)
}

// errMoved says that the node made place for another between two looks at it:
// it is looked for again.
var errMoved = errors.New("the node was replaced meanwhile")

// unless drops an error that only means: again.
func unless(err, again error) error {
	if errors.Is(err, again) {
		return nil
	}
	return err
}

// press is one point in the two viewports that matter: that of the node's
// document, and that which the session's input is measured in.
type press struct{ inner, outer spot }

// struck is how a press went, as our guard in the page saw it.
type struck struct {
	Missed   bool `json:"missed"`   // it would have reached another element and was stopped
	Down     bool `json:"down"`     // the button went down on the node
	Click    bool `json:"click"`    // the node was clicked
	Attached bool `json:"attached"` // the node is still there
	Stale    bool `json:"stale"`
	Moved    bool `json:"moved"` // another element is at the point by now
}

// arrived reports whether the node got the press. A node that was replaced
// between button down and up is not clicked: its successor is pressed again.
func (s struck) arrived() bool {
	return s.Click || !s.Missed && s.Down && s.Attached
}

// strike presses a node at a point, guarded. A document that goes away under
// the press was pressed.
func (w world) strike(ctx context.Context, n locate.Node, at press) (bool, error) {
	var armed struck
	if err := w.run(ctx, js("arm", n.Document, n.Ref, at.inner.X, at.inner.Y), &armed); err != nil {
		w.disarm() // the page may come to it yet
		return false, err
	}
	switch {
	case armed.Stale:
		return false, ErrStale
	case armed.Moved:
		return false, errMoved
	}
	if err := w.mouse(ctx, at.outer); err != nil {
		w.disarm()
		return false, err
	}
	var s struck
	err := w.run(ctx, js("disarm"), &s)
	switch {
	case err != nil && wentAway(err), errors.Is(err, ErrStale):
		return true, nil
	case err != nil:
		return false, err
	}
	return s.arrived(), nil
}

// disarm takes the guard away after a press that was broken off: a person's
// press elsewhere would never arrive.
func (w world) disarm() {
	ctx, cancel := context.WithTimeout(context.Background(), lastWords)
	defer cancel()
	_ = w.run(ctx, js("disarm"), nil)
}

// mouse moves, presses and lets go (Input.dispatchMouseEvent). The answer to
// the last comes when the page has dealt with it; a page that left in answer
// to it gives an error, which is no error of ours.
func (w world) mouse(ctx context.Context, at spot) error {
	s := w.session.with(ctx)
	move := proto.InputDispatchMouseEvent{Type: proto.InputDispatchMouseEventTypeMouseMoved, X: at.X, Y: at.Y}
	if err := move.Call(s); err != nil {
		return stale(err)
	}
	down := proto.InputDispatchMouseEvent{
		Type: proto.InputDispatchMouseEventTypeMousePressed, X: at.X, Y: at.Y,
		Button: proto.InputMouseButtonLeft, ClickCount: 1,
	}
	w.session.owner.tab.owe(true)
	if err := down.Call(s); err != nil && !wentAway(err) {
		return stale(err)
	}
	up := down
	up.Type = proto.InputDispatchMouseEventTypeMouseReleased
	if err := up.Call(s); err != nil && !wentAway(err) {
		return err
	}
	return nil
}

// wentAway reports whether the page or its frame went away during a call.
func wentAway(err error) bool { return documentGone(err) || errors.Is(err, ErrGone) }
