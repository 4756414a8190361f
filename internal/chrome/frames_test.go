package chrome

import (
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// Events that say a frame stands in itself, or in one below it, once made this
// room grow until the machine was full.
func TestARingOfFramesEnds(t *testing.T) {
	s := &session{id: "s"}
	var tree frameTree
	for _, f := range [][2]proto.PageFrameID{{"main", ""}, {"a", "main"}, {"b", "a"}, {"c", "c"}, {"main", "b"}, {"a", "b"}} {
		tree.attach(f[0], f[1], s)
	}
	for id, top := range map[proto.PageFrameID]proto.PageFrameID{"b": "main", "a": "main", "c": "c"} {
		if !tree.below(id, top) {
			t.Errorf("%s is not below %s", id, top)
		}
	}
	tree.remove("")
	if got := tree.remove("a"); len(got) != 2 || tree.find("b") != nil || tree.find("main") == nil {
		t.Errorf("removing a removed %q", got)
	}
	tree.remove("main")
	tree.remove("c")
	if len(tree.order) != 0 {
		t.Errorf("%d frames are left", len(tree.order))
	}
}
