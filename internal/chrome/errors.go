package chrome

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-rod/rod/lib/cdp"
)

// What a caller of this room decides by. All are found by errors.Is.
var (
	// ErrGone says that the tab or its browser is no more.
	ErrGone = errors.New("the browser's page is gone")
	// ErrCrashed says that the page's renderer died; the tab can be navigated again.
	ErrCrashed = errors.New("the page crashed")
	// ErrStale says that a node's document or the node itself is no more.
	ErrStale = errors.New("the page is not the one that was read")
	// ErrLent says that a person has the page: the machine only watches.
	ErrLent = errors.New("a person has the page")
	// ErrHumanOnly says that an element is part of a check that only a person may
	// pass (see Guard.Human).
	ErrHumanOnly = errors.New("only a person may act there")
	// ErrInUse says that another browser of ours has a data folder, or that a file
	// is held (see Hold). Not every Chrome says so itself: a headless shell shares
	// a folder without a word.
	ErrInUse = errors.New("the data folder is in use")
	// ErrNoScreen says that there is no screen to show a window on.
	ErrNoScreen = errors.New("no screen")
	// ErrElsewhere says that something wanted to go where the guard does not allow it.
	ErrElsewhere = errors.New("not an origin that is allowed")
	// ErrNothingHeld says that a click caused no request that could be the send.
	ErrNothingHeld = errors.New("no request was held")
	// ErrNoPermission says that a permission was missing, spent or for something else.
	ErrNoPermission = errors.New("no permission for it")
)

// NavigationError says that a document did not load.
type NavigationError struct {
	Origin string // where it was to come from; no path, it may hold values
	Reason string // Chrome's name for it: net::ERR_NAME_NOT_RESOLVED
}

// Error names the origin and Chrome's reason.
func (e *NavigationError) Error() string {
	return "opening a page of " + e.Origin + ": " + e.Reason
}

// callError is what Chrome answered instead of a result. It keeps rod's error
// from leaving the room.
type callError struct {
	method string
	code   int
	text   string
}

func (e *callError) Error() string { return fmt.Sprintf("%s: %s (%d)", e.method, e.text, e.code) }

// edge turns an error of the protocol library into one of ours. Chrome's text
// is kept, its data field is not: it may quote the page.
func edge(ctx context.Context, method string, err error) error {
	var refused *cdp.Error
	switch {
	case errors.As(err, &refused) && refused.Code == cdp.ErrSessionNotFound.Code:
		return fmt.Errorf("%s: %w", method, ErrGone)
	case errors.As(err, &refused):
		return &callError{method, refused.Code, refused.Message}
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", method, context.Cause(ctx))
	default:
		return fmt.Errorf("%s: %w: %w", method, ErrGone, err)
	}
}

// documentGone reports whether Chrome refused a call because the document,
// frame, context or node that it names is no more.
func documentGone(err error) bool {
	var e *callError
	if !errors.As(err, &e) {
		return false
	}
	switch e.text {
	case cdp.ErrCtxNotFound.Message, cdp.ErrCtxDestroyed.Message, cdp.ErrObjNotFound.Message,
		cdp.ErrNotAttachedToActivePage.Message, "Inspected target navigated or closed",
		"No frame for given id found", "No frame with given id found", "Could not find node with given id",
		"Node with given id does not belong to the document", "Cannot find default execution context",
		"uniqueContextId not found", "Promise was collected":
		return true
	}
	return false
}
