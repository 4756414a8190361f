package chrome

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-rod/rod/lib/proto"
)

// Navigate opens an address in the tab and gives the main document's exchange,
// whatever its HTTP status. It renews a crashed page. Errors: [ErrElsewhere]
// when the address, or where it redirects to, is not an origin the guard
// allows (nothing of it was loaded); *[NavigationError] when nothing loaded;
// [ErrLent], [ErrGone], [ErrCrashed], ctx's.
func (t *Tab) Navigate(ctx context.Context, address string) (Exchange, error) {
	origin, _ := split(address)
	if err := t.mayAct(); err != nil && !errors.Is(err, ErrCrashed) {
		return Exchange{}, fmt.Errorf("opening a page of %s: %w", origin, err)
	}
	if !t.guard.reads(origin) {
		return Exchange{}, fmt.Errorf("opening a page of %s: %w", origin, ErrElsewhere)
	}
	t.mu.Lock()
	s, refused := t.session, len(t.hold.refused)
	t.mu.Unlock()
	s.life.renew()
	got, err := proto.PageNavigate{URL: address}.Call(s.with(ctx))
	if err != nil {
		return Exchange{}, fmt.Errorf("opening a page of %s: %w", origin, err)
	}
	if got.ErrorText != "" {
		return t.document(got.LoaderID), t.notOpened(origin, got.ErrorText, refused)
	}
	x, err := t.awaitDocument(ctx, got.LoaderID)
	if err == nil && got.LoaderID != "" {
		t.mu.Lock()
		t.hold.pressed = false // what was pressed went with its document
		t.mu.Unlock()
	}
	return x, err
}

// notOpened tells a block of ours from a page that did not load.
func (t *Tab) notOpened(origin, reason string, before int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.hold.refused[min(before, len(t.hold.refused)):] {
		if r.Main && r.Why == Elsewhere {
			return fmt.Errorf("opening a page of %s, which leads to %s: %w", origin, r.Origin, ErrElsewhere)
		}
	}
	return &NavigationError{Origin: origin, Reason: reason}
}

// document is the exchange of one document, as far as it is known.
func (t *Tab) document(loader proto.NetworkLoaderID) Exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w := t.traffic.watched[proto.NetworkRequestID(loader)]; w != nil {
		return w.Exchange
	}
	return Exchange{}
}

// Document is the exchange that brought the main frame's current document; the
// zero Exchange when none did.
func (t *Tab) Document() Exchange {
	t.mu.Lock()
	var loader proto.NetworkLoaderID
	if len(t.tree.order) > 0 {
		loader = t.tree.order[0].loader
	}
	t.mu.Unlock()
	return t.document(loader)
}

// awaitDocument waits until a document is in the main frame and its status is
// known: Chrome answers the navigation a moment before it tells. A document
// that was overtaken by another is waited for until ctx ends.
func (t *Tab) awaitDocument(ctx context.Context, loader proto.NetworkLoaderID) (Exchange, error) {
	if loader == "" {
		return t.Document(), nil // a place within the document that is there
	}
	for {
		wake := t.changing()
		x := t.document(loader)
		here, whole := t.arrived(loader)
		// Loaded without an answer: it came from no network, nothing more will be told.
		if here && (x.Status != 0 || x.Err != "" || whole) {
			return x, nil
		}
		select {
		case <-wake:
		case <-t.gone:
			return Exchange{}, ErrGone
		case <-ctx.Done():
			return Exchange{}, fmt.Errorf("opening a page: %w", context.Cause(ctx))
		}
		if err := t.dead(); err != nil {
			return Exchange{}, err
		}
	}
}

// arrived reports whether a document is the main frame's, and whether it is loaded.
func (t *Tab) arrived(loader proto.NetworkLoaderID) (here, whole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.tree.order) == 0 {
		return false, false
	}
	f := t.tree.order[0]
	return f.loader == loader, f.loader == loader && f.loadedBy == loader
}
