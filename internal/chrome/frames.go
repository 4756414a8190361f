package chrome

import (
	"slices"

	"github.com/go-rod/rod/lib/proto"
)

// frameNode is a frame with what we keep of its current document.
type frameNode struct {
	frameRef
	loadedBy proto.NetworkLoaderID // the document whose load event fired
	world    proto.RuntimeExecutionContextID
	worldOf  proto.NetworkLoaderID // the document that world belongs to
}

// frameTree are a tab's frames, the main one first, parents before children.
// Its owner guards it.
type frameTree struct{ order []*frameNode }

func (t *frameTree) find(id proto.PageFrameID) *frameNode {
	for _, f := range t.order {
		if f.id == id && id != "" {
			return f
		}
	}
	return nil
}

// attach adds a frame, or brings one back that had been in a process of its own.
func (t *frameTree) attach(id, parent proto.PageFrameID, s *session) *frameNode {
	f := t.find(id)
	if f == nil {
		f = &frameNode{frameRef: frameRef{id: id}}
		t.order = append(t.order, f)
	}
	if f.parent == "" && !t.below(parent, id) { // a ring would never end
		f.parent = parent
	}
	f.move(s)
	return f
}

// move gives a frame to another session; what was kept of the old one is void.
func (f *frameNode) move(s *session) {
	if f.session == nil || f.session.id != s.id {
		f.session, f.world, f.worldOf = s, 0, ""
	}
}

// commit records a new document in a frame, and gives the frames that stood in
// the old one: they went with it, and Chrome says so of none.
func (t *frameTree) commit(v *proto.PageFrame, s *session) []proto.PageFrameID {
	f := t.attach(v.ID, v.ParentID, s)
	var gone []proto.PageFrameID
	if f.loader != v.LoaderID {
		gone = t.removeBelow(f.id)
	}
	f.url, f.loader = v.URL+v.URLFragment, v.LoaderID
	f.world, f.worldOf = 0, ""
	return gone
}

// removeBelow drops all frames below one, and gives their ids.
func (t *frameTree) removeBelow(id proto.PageFrameID) []proto.PageFrameID {
	var gone []proto.PageFrameID
	for _, f := range slices.Clone(t.order) {
		if f.id != id && t.below(f.id, id) {
			gone = append(gone, f.id)
		}
	}
	t.drop(gone)
	return gone
}

// fill takes over what Chrome tells of a session's frames when it is attached.
func (t *frameTree) fill(v *proto.PageFrameTree, s *session) {
	f := t.attach(v.Frame.ID, v.Frame.ParentID, s)
	if f.loader != v.Frame.LoaderID {
		f.url, f.loader = v.Frame.URL+v.Frame.URLFragment, v.Frame.LoaderID
	}
	for _, child := range v.ChildFrames {
		t.fill(child, s)
	}
}

// remove drops a frame and all below it, and gives their ids.
func (t *frameTree) remove(id proto.PageFrameID) []proto.PageFrameID {
	gone := append(t.removeBelow(id), id)
	t.drop(gone)
	return gone
}

func (t *frameTree) drop(gone []proto.PageFrameID) {
	t.order = slices.DeleteFunc(t.order, func(f *frameNode) bool { return slices.Contains(gone, f.id) })
}

// below reports whether a frame is another or stands below it.
func (t *frameTree) below(id, top proto.PageFrameID) bool {
	for f := t.find(id); f != nil; f = t.find(f.parent) {
		if f.id == top {
			return true
		}
	}
	return false
}

// byWorld finds the frame that an isolated world of ours belongs to.
func (t *frameTree) byWorld(s *session, id proto.RuntimeExecutionContextID) *frameNode {
	for _, f := range t.order {
		if f.world == id && f.session.id == s.id {
			return f
		}
	}
	return nil
}

// worldKnown gives the frame and its world where one was made for its current
// document; 0 where one has to be made.
func (t *Tab) worldKnown(id proto.PageFrameID) (frameRef, proto.RuntimeExecutionContextID, error) {
	if err := t.dead(); err != nil {
		return frameRef{}, 0, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.tree.find(id)
	if f == nil {
		return frameRef{}, 0, ErrStale
	}
	if f.worldOf != f.loader || f.world == 0 {
		return f.frameRef, 0, nil
	}
	return f.frameRef, f.world, nil
}

// worldMade keeps a world, unless the frame has gone on to another document
// meanwhile.
func (t *Tab) worldMade(ref frameRef, world proto.RuntimeExecutionContextID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f := t.tree.find(ref.id); f != nil && f.loader == ref.loader && f.session.id == ref.session.id {
		f.world, f.worldOf = world, ref.loader
	}
}
