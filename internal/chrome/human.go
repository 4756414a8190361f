package chrome

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/go-rod/rod/lib/proto"
)

// humanOnly reports whether an address is one of a check that only a person
// may pass: its host, or the end of it, is named by Guard.Human.
func (g *Guard) humanOnly(address string) bool {
	if len(g.Human) == 0 {
		return false
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")) // the root's dot (RFC 1034 §3.1) names the same host
	return slices.ContainsFunc(g.Human, func(human string) bool {
		human = strings.ToLower(human)
		return host == human || strings.HasSuffix(host, "."+human)
	})
}

// humansFrame reports whether a frame, or one around it, shows such a check.
func (t *Tab) humansFrame(id proto.PageFrameID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for f := t.tree.find(id); f != nil; f = t.tree.find(f.parent) {
		if t.guard.humanOnly(f.url) {
			return true
		}
	}
	return false
}

// pressable refuses a press that would land in a frame of such a check, by
// where its element says that it comes from and by where its document is.
func (t *Tab) pressable(ctx context.Context, w world, at spot) error {
	id, err := w.element(ctx, js("frameAt", at.X, at.Y))
	if err != nil || id == "" {
		return err
	}
	defer w.release(ctx, id)
	var address string
	if err := w.run(ctx, js("frameAddress", object(id)), &address); err != nil {
		return err
	}
	found, err := proto.DOMDescribeNode{ObjectID: id}.Call(w.session.with(ctx))
	if err != nil {
		return stale(err)
	}
	if t.guard.humanOnly(address) || t.humansFrame(found.Node.FrameID) {
		return ErrHumanOnly
	}
	return nil
}
