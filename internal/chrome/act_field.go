package chrome

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// ErrRefused says that a field did not take what was given to it: a box that
// does not stay ticked, an option that cannot be chosen, a field that cannot
// be emptied.
var ErrRefused = errors.New("the page does not take it")

// taken is how a field took the focus.
type taken struct {
	Origin  string `json:"origin"`
	Focused bool   `json:"focused"`
	Stale   bool   `json:"stale"`
}

// holding is what a field holds once the page has had its say. Raw never
// leaves this room.
type holding struct {
	Stale   bool   `json:"stale"`
	Raw     string `json:"raw"`
	Empty   bool   `json:"empty"`
	Secret  bool   `json:"secret"`
	Checked bool   `json:"checked"`
	Index   int    `json:"index"`
}

// admitted checks a permission against a node and the tab's guard.
func (t *Tab) admitted(a profile.Admitted, n locate.Node) error {
	switch {
	case !a.Covers(n.Frame, n.Document):
		return ErrNoPermission
	case !t.guard.types(a.Origin()):
		return ErrElsewhere
	}
	return nil
}

// Fill replaces what a field holds by text, with real input (Input.insertText:
// React, masks and maxlength hear it), and reads back what the field then
// shows. The document's own origin is asked again in the task that takes the
// focus, immediately before the text is inserted; text that would land in
// another field is stopped in the page. Errors: [ErrNoPermission] when the
// admission does not cover the node, [ErrElsewhere] when the origin is not the
// admitted one (nothing typed), *[NotReadyError], [ErrStale], [ErrLent],
// [ErrCrashed], [ErrGone].
func (t *Tab) Fill(ctx context.Context, a profile.Admitted, n locate.Node, text string) (personal.Observed, error) {
	held, err := t.fill(ctx, a, n, text)
	if err != nil {
		return personal.Observed{}, fmt.Errorf("filling a %s: %w", n.Role, err)
	}
	if held.Secret {
		return personal.Observed{}, nil
	}
	return t.guard.observe(held.Raw), nil
}

func (t *Tab) fill(ctx context.Context, a profile.Admitted, n locate.Node, text string) (holding, error) {
	if err := t.admitted(a, n); err != nil {
		return holding{}, err
	}
	w, err := t.writable(ctx, n)
	if err != nil {
		return holding{}, err
	}
	if err := t.beginWriting(ctx, proto.PageFrameID(n.Frame)); err != nil {
		return holding{}, err
	}
	t.typed(proto.PageFrameID(n.Frame), proto.NetworkLoaderID(n.Document))
	err = w.write(ctx, n.Document, a.Origin(), text)
	t.endWriting() // before the next question: Chrome passes none to a page that is being left
	if err != nil {
		return holding{}, err
	}
	return w.settled(ctx, n.Document)
}

// write asks for the origin, takes the focus and types.
func (w world) write(ctx context.Context, document, origin, text string) error {
	if err := w.take(ctx, document, origin); err != nil {
		return err
	}
	err := w.insert(ctx, text)
	if err != nil {
		w.letGo()
	}
	return err
}

// letGo lets text into other fields again, after a writing that was broken off.
func (w world) letGo() {
	ctx, cancel := context.WithTimeout(context.Background(), lastWords)
	defer cancel()
	_ = w.run(ctx, js("let"), nil)
}

// writable waits until a node can be typed into and confirms what it is.
func (t *Tab) writable(ctx context.Context, n locate.Node) (world, error) {
	for {
		w, err := t.at(ctx, n)
		if err != nil {
			return world{}, err
		}
		if err := t.bringFrames(ctx, n.Frame); err != nil {
			return world{}, err
		}
		inner, err := t.reach(ctx, w, n, true)
		if err != nil {
			return world{}, err
		}
		if _, err := t.project(ctx, n.Frame, inner); err != nil {
			return world{}, err
		}
		err = t.confirm(ctx, w, n)
		if err == nil {
			return w, t.mayAct()
		}
		if !errors.Is(err, errMoved) || ctx.Err() != nil {
			return world{}, err
		}
	}
}

// take focuses the chosen field with everything in it selected, if the
// document's origin is the one expected.
func (w world) take(ctx context.Context, document, origin string) error {
	var got taken
	if err := w.run(ctx, js("take", document, origin), &got); err != nil {
		return err
	}
	switch {
	case got.Stale:
		return ErrStale
	case got.Origin != origin:
		return ErrElsewhere
	case !got.Focused:
		return &NotReadyError{"not taking the focus", ErrRefused}
	}
	return nil
}

// insert types text over the selection; none empties the field.
func (w world) insert(ctx context.Context, text string) error {
	if text == "" {
		return w.key(ctx, backspace())
	}
	return stale(proto.InputInsertText{Text: text}.Call(w.session.with(ctx)))
}

func (w world) settled(ctx context.Context, document string) (holding, error) {
	var h holding
	if err := w.run(ctx, js("settled", document), &h); err != nil {
		return holding{}, err
	}
	if h.Stale {
		return holding{}, ErrStale
	}
	return h, nil
}

// Clear empties a field, with real input, so that nothing typed is left on a
// page that is given up. It needs no admission: nothing is typed. The errors
// are Fill's, and [ErrRefused] when the field does not stay empty.
func (t *Tab) Clear(ctx context.Context, n locate.Node) error {
	if err := t.empty(ctx, n); err != nil {
		return fmt.Errorf("emptying a %s: %w", n.Role, err)
	}
	return nil
}

func (t *Tab) empty(ctx context.Context, n locate.Node) error {
	w, err := t.writable(ctx, n)
	if err != nil {
		return err
	}
	origin, err := t.liveOrigin(ctx, proto.PageFrameID(n.Frame))
	if err != nil {
		return err
	}
	if err := w.write(ctx, n.Document, origin, ""); err != nil {
		return err
	}
	held, err := w.settled(ctx, n.Document)
	if err != nil {
		return err
	}
	if held.Raw != "" || held.Secret && !held.Empty {
		return ErrRefused
	}
	return nil
}

// Check ticks a box or radio that is not ticked yet, by a real press, and
// makes sure that it stays ticked. The errors are Click's, [ErrNoPermission]
// and [ErrElsewhere] as of [Tab.Fill], and [ErrRefused].
func (t *Tab) Check(ctx context.Context, a profile.Admitted, n locate.Node) error {
	if err := t.check(ctx, a, n); err != nil {
		return fmt.Errorf("ticking a %s: %w", n.Role, err)
	}
	return nil
}

func (t *Tab) check(ctx context.Context, a profile.Admitted, n locate.Node) error {
	if err := t.admitted(a, n); err != nil {
		return err
	}
	w, err := t.at(ctx, n)
	if err != nil {
		return err
	}
	if _, err := t.reach(ctx, w, n, false); err != nil {
		return err
	}
	if held, err := w.settled(ctx, n.Document); err != nil || held.Checked {
		return err
	}
	if err := t.press(ctx, n); err != nil {
		return err
	}
	held, err := w.settled(ctx, n.Document)
	if err != nil {
		return err
	}
	if !held.Checked {
		return ErrRefused
	}
	return nil
}
