package chrome

import (
	"context"
	"fmt"

	"opposer/internal/locate"
	"opposer/internal/profile"
)

// way leads by keys to an option of a select.
type way struct {
	Stale  bool `json:"stale"`
	Closed bool `json:"closed"` // no such option, or one that cannot be chosen
	Before int  `json:"before"` // options that can be chosen before it
	Now    int  `json:"now"`    // of the selected one; -1 when none is
	Popup  bool `json:"popup"`  // the list opens, and the page hears of the last choice only
}

// Pick chooses an option of a select by its index, with real keys, and makes
// sure that it is chosen: the list is opened, gone through and closed with
// Enter, so that the page hears one trusted change. The errors are Fill's, and
// [ErrRefused] when the option cannot be chosen or does not stay.
func (t *Tab) Pick(ctx context.Context, a profile.Admitted, n locate.Node, option int) error {
	if err := t.choose(ctx, a, n, option); err != nil {
		return fmt.Errorf("choosing in a %s: %w", n.Role, err)
	}
	return nil
}

func (t *Tab) choose(ctx context.Context, a profile.Admitted, n locate.Node, option int) error {
	if err := t.admitted(a, n); err != nil {
		return err
	}
	w, err := t.writable(ctx, n)
	if err != nil {
		return err
	}
	if err := w.take(ctx, n.Document, a.Origin()); err != nil {
		return err
	}
	var to way
	if err := w.run(ctx, js("path", n.Document, option), &to); err != nil {
		return err
	}
	switch {
	case to.Stale:
		return ErrStale
	case to.Closed:
		return ErrRefused
	}
	if err := w.walk(ctx, to); err != nil {
		return err
	}
	held, err := w.settled(ctx, n.Document)
	if err != nil {
		return err
	}
	t.paid()
	if held.Index != option {
		return ErrRefused
	}
	return nil
}

// walk presses the keys.
func (w world) walk(ctx context.Context, to way) error {
	if to.Before == to.Now {
		return nil
	}
	keys := make([]key, 0, 8)
	if to.Popup {
		keys = append(keys, openList())
	}
	step, count := arrowDown(), to.Before-to.Now
	if count < 0 {
		step, count = arrowUp(), -count
	}
	for range count {
		keys = append(keys, step)
	}
	if to.Popup {
		keys = append(keys, enter())
	}
	for _, k := range keys {
		if err := w.key(ctx, k); err != nil {
			return err
		}
	}
	return nil
}
