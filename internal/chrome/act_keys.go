package chrome

import (
	"context"

	"github.com/go-rod/rod/lib/proto"
)

// key is one key without a character, as Input.dispatchKeyEvent wants it.
type key struct {
	name string // KeyboardEvent.key and .code
	code int    // Windows virtual key code
	text string // what it would insert
}

func backspace() key { return key{"Backspace", 8, ""} }
func arrowDown() key { return key{"ArrowDown", 40, ""} }
func arrowUp() key   { return key{"ArrowUp", 38, ""} }
func openList() key  { return key{"F4", 115, ""} } // of a select
func enter() key     { return key{"Enter", 13, "\r"} }

// key presses and lets go one key in the session's focused frame.
func (w world) key(ctx context.Context, k key) error {
	s := w.session.with(ctx)
	down := proto.InputDispatchKeyEvent{
		Type: proto.InputDispatchKeyEventTypeRawKeyDown, Key: k.name, Code: k.name, WindowsVirtualKeyCode: k.code,
	}
	if k.text != "" {
		down.Type, down.Text = proto.InputDispatchKeyEventTypeKeyDown, k.text
	}
	w.session.owner.tab.owe(false)
	if err := down.Call(s); err != nil {
		return stale(err)
	}
	up := down
	up.Type, up.Text = proto.InputDispatchKeyEventTypeKeyUp, ""
	return stale(up.Call(s))
}
