package chrome

import (
	"context"
	"fmt"

	"opposer/internal/locate"
)

// Further scrolls a frame's document most of a window down, as a person does
// who looks for more, and reports whether it moved: at the end it does not. It
// is for parts that a page loads when they are scrolled to. The error is
// [ErrStale] when the document is gone, and those of the tab.
func (t *Tab) Further(ctx context.Context, f locate.Frame) (bool, error) {
	w, err := t.at(ctx, locate.Node{Frame: f.ID, Document: f.Document})
	if err != nil {
		return false, fmt.Errorf("scrolling on: %w", err)
	}
	var moved bool
	if err := w.run(ctx, js("further"), &moved); err != nil {
		return false, fmt.Errorf("scrolling on: %w", err)
	}
	return moved, nil
}

// Bring scrolls a node into view, for a person to see it. The errors are those
// of [Tab.Further].
func (t *Tab) Bring(ctx context.Context, n locate.Node) error {
	w, err := t.at(ctx, n)
	if err != nil {
		return fmt.Errorf("scrolling to a %s: %w", n.Role, err)
	}
	if err := w.run(ctx, js("bring", n.Ref), nil); err != nil {
		return fmt.Errorf("scrolling to a %s: %w", n.Role, err)
	}
	return nil
}
