package chrome

import (
	"context"
	"errors"

	"github.com/go-rod/rod/lib/proto"
)

// openShadows asks the debugger about the elements that may hold a closed
// shadow root, and gives our scripts those there are. It reports whether any
// was found: then the document has to be looked at again.
func (w world) openShadows(ctx context.Context) (bool, error) {
	hosts, err := w.suspects(ctx)
	if err != nil {
		return false, err
	}
	found := false
	for _, host := range hosts {
		root, err := w.closedRoot(ctx, host)
		if errors.Is(err, ErrStale) {
			continue // the element has left the page
		}
		if err != nil {
			return false, err
		}
		if root != "" {
			if err := w.run(ctx, js("adopt", object(host), object(root)), nil); err != nil {
				return false, err
			}
			found = true
			w.release(ctx, root)
		}
		w.release(ctx, host)
	}
	return found, nil
}

// suspects names the elements that the last look was not sure of.
func (w world) suspects(ctx context.Context) ([]proto.RuntimeRemoteObjectID, error) {
	e, err := w.raw(ctx, "function () { const s = opposer.suspects; opposer.suspects = []; return s; }", false, script{name: "suspects"})
	if err != nil {
		return nil, err
	}
	list := e.Result.ObjectID
	defer w.release(ctx, list)
	got, err := proto.RuntimeGetProperties{ObjectID: list, OwnProperties: true}.Call(w.session.with(ctx))
	if err != nil {
		return nil, stale(err)
	}
	var hosts []proto.RuntimeRemoteObjectID
	for _, p := range got.Result {
		if p.Value != nil && p.Value.Subtype == proto.RuntimeRemoteObjectSubtypeNode {
			hosts = append(hosts, p.Value.ObjectID)
		}
	}
	return hosts, nil
}

// closedRoot gives an element's closed shadow root in our world, "" when it
// has none (DOM.describeNode tells of shadow roots of every kind).
func (w world) closedRoot(ctx context.Context, host proto.RuntimeRemoteObjectID) (proto.RuntimeRemoteObjectID, error) {
	got, err := proto.DOMDescribeNode{ObjectID: host}.Call(w.session.with(ctx))
	if err != nil {
		return "", stale(err)
	}
	for _, r := range got.Node.ShadowRoots {
		if r.ShadowRootType == proto.DOMShadowRootTypeClosed {
			return w.resolve(ctx, r.BackendNodeID)
		}
	}
	return "", nil
}
