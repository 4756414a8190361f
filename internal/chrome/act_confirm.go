package chrome

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/locate"
)

// roleOf folds the roles of Chrome's accessibility tree to those of
// locate.Node, as role.js does with those of the page.
func roleOf(ax string) string {
	switch ax {
	case "switch", "menuitemcheckbox", "ToggleButton":
		return "checkbox"
	case "menuitemradio":
		return "radio"
	case "spinbutton", "Date", "DateTime", "InputTime", "textFieldWithComboBox":
		return "textbox"
	case "image", "img":
		return "img"
	case "DisclosureTriangle", "DisclosureTriangleGrouped", "popUpButton":
		return "button"
	case "Iframe", "IframePresentational":
		return "iframe"
	case "treeitem":
		return "option"
	}
	return ax
}

// called is what Chrome's accessibility tree says of an element.
type called struct {
	role, name string
	ignored    bool
}

// confirm compares a node's role and name with Chrome's own view of the element
// (Accessibility.getPartialAXTree), which no script of the page or of ours had
// a part in. The error is [ErrStale] when they differ: the node is not what was
// read.
func (t *Tab) confirm(ctx context.Context, w world, n locate.Node) error {
	id, err := w.element(ctx, js("handle", n.Document, n.Ref))
	if err != nil {
		return err
	}
	if id == "" {
		return errMoved
	}
	defer w.release(ctx, id)
	live, err := w.live(ctx, id)
	if err != nil {
		return err
	}
	if live.Role != n.Role || !t.sameName(live.Name, n.Name) {
		return fmt.Errorf("what was a %s is now a %s, or called otherwise: %w", n.Role, live.Role, ErrStale)
	}
	ax, err := w.accessible(ctx, id)
	if err != nil {
		return err
	}
	return t.agrees(ax, n)
}

// agrees compares with the accessibility tree. What that tree leaves out (a
// native box behind its label's picture) or has under another of the textbox's
// kinds is told by our own reading alone.
func (t *Tab) agrees(ax called, n locate.Node) error {
	switch {
	case ax.ignored:
		return nil
	case roleOf(ax.role) != n.Role && !alike(roleOf(ax.role), n.Role):
		return fmt.Errorf("what was read as a %s is a %s: %w", n.Role, ax.role, ErrStale)
	case !t.sameName(ax.name, n.Name) && !t.holdsName(ax.name, n.Name):
		return fmt.Errorf("the %s is called otherwise: %w", n.Role, ErrStale)
	}
	return nil
}

// alike are roles that Chrome and the page's source may tell apart differently:
// what is typed into.
func alike(a, b string) bool {
	writes := func(r string) bool {
		return r == "textbox" || r == "searchbox" || r == "combobox" || r == "generic" || r == "listbox"
	}
	return writes(a) && writes(b)
}

// sameName compares a name as the page has it with one as it was read, which
// is masked.
func (t *Tab) sameName(live, read string) bool {
	return squeeze(t.guard.text(live)) == squeeze(read)
}

// holdsName accepts a name that Chrome makes longer by what a style sheet or
// an embedded control adds.
func (t *Tab) holdsName(live, read string) bool {
	short := squeeze(read)
	return short != "" && strings.Contains(squeeze(t.guard.text(live)), short)
}

// squeeze folds a name and drops its spaces: where a line breaks inside a name
// is no difference.
func squeeze(s string) string { return strings.ReplaceAll(locate.Fold(s), " ", "") }

// liveName is what our own scripts say of an element now.
type liveName struct {
	Role     string `json:"role"`
	Name     string `json:"name"`
	Attached bool   `json:"attached"`
}

func (w world) live(ctx context.Context, id proto.RuntimeRemoteObjectID) (liveName, error) {
	var l liveName
	if err := w.run(ctx, js("called", object(id)), &l); err != nil {
		return l, err
	}
	if !l.Attached {
		return l, errMoved
	}
	return l, nil
}

func (w world) accessible(ctx context.Context, id proto.RuntimeRemoteObjectID) (called, error) {
	got, err := proto.AccessibilityGetPartialAXTree{ObjectID: id}.Call(w.session.with(ctx))
	var refused *callError
	switch {
	case errors.As(err, &refused):
		return called{}, fmt.Errorf("%w: %w", errMoved, err)
	case err != nil:
		return called{}, err
	case len(got.Nodes) == 0:
		return called{ignored: true}, nil
	}
	n := got.Nodes[0]
	c := called{ignored: n.Ignored}
	if n.Role != nil {
		c.role = n.Role.Value.Str()
	}
	if n.Name != nil {
		c.name = n.Name.Value.Str()
	}
	return c, nil
}
