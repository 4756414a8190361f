package chrome

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

// input turns what a person did on a page's picture into what CDP (domain
// Input) is asked to do.
func input(in gate.Input) (func(*session) error, error) {
	switch in.Kind {
	case gate.Move, gate.Down, gate.Up, gate.Wheel:
		return pointed(in)
	case gate.KeyDown, gate.KeyUp:
		event := typedKey(in)
		return func(s *session) error { return event.Call(s) }, nil
	case gate.Text:
		event := proto.InputInsertText{Text: in.Text}
		return func(s *session) error { return event.Call(s) }, nil
	case gate.Reply: // goes to the dialog, not to the page
	}
	return nil, fmt.Errorf("%q is nothing that a person does with a page", in.Kind)
}

func pointed(in gate.Input) (func(*session) error, error) {
	for _, n := range [...]float64{in.X, in.Y, in.DX, in.DY} {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, fmt.Errorf("%s: no place on a page", in.Kind)
		}
	}
	button := proto.InputMouseButton(in.Button)
	switch button {
	case "":
		button = proto.InputMouseButtonNone
	case proto.InputMouseButtonNone, proto.InputMouseButtonLeft, proto.InputMouseButtonMiddle, proto.InputMouseButtonRight:
	default:
		return nil, fmt.Errorf("%s: no button of a page's", in.Kind)
	}
	event := proto.InputDispatchMouseEvent{
		X: in.X, Y: in.Y, Button: button, Buttons: &in.Buttons, Modifiers: in.Modifiers,
		DeltaX: in.DX, DeltaY: in.DY,
	}
	switch in.Kind { //nolint:exhaustive // the caller sends no other here
	case gate.Move:
		event.Type = proto.InputDispatchMouseEventTypeMouseMoved
	case gate.Down:
		event.Type, event.ClickCount = proto.InputDispatchMouseEventTypeMousePressed, max(in.Clicks, 1)
	case gate.Up:
		event.Type, event.ClickCount = proto.InputDispatchMouseEventTypeMouseReleased, max(in.Clicks, 1)
	case gate.Wheel:
		event.Type = proto.InputDispatchMouseEventTypeMouseWheel
	}
	return func(s *session) error { return event.Call(s) }, nil
}

// Modifiers as CDP counts them.
const (
	withAlt  = 1
	withCtrl = 2
	withMeta = 4
)

// typedKey is a key as a keyboard's driver would report it. A key that writes
// carries its text: without it Chrome writes nothing. Ctrl and Alt together are
// AltGr, which writes too; on a Mac Alt alone does.
func typedKey(in gate.Input) proto.InputDispatchKeyEvent {
	event := proto.InputDispatchKeyEvent{
		Type: proto.InputDispatchKeyEventTypeRawKeyDown, Key: in.Key, Code: in.Code, Modifiers: in.Modifiers,
		WindowsVirtualKeyCode: virtualKey(in.Key, in.Code), AutoRepeat: in.Repeat, IsKeypad: in.Location == onKeypad,
	}
	if in.Location == onLeft || in.Location == onRight {
		event.Location = &in.Location
	}
	if in.Kind == gate.KeyUp {
		event.Type = proto.InputDispatchKeyEventTypeKeyUp
		return event
	}
	letters := utf8.RuneCountInString(in.Key)
	held := in.Modifiers & (withAlt | withCtrl | withMeta)
	switch {
	case in.Key == "Enter" && held == 0:
		event.Type, event.Text = proto.InputDispatchKeyEventTypeKeyDown, "\r"
	case letters == 1 && (held == 0 || held == withAlt|withCtrl || held == withAlt && printedKey(in.Key) == 0):
		event.Type, event.Text = proto.InputDispatchKeyEventTypeKeyDown, in.Key
		event.Modifiers &^= withAlt | withCtrl // Chrome takes a key with them for a command
	}
	return event
}

// Where a key is, as KeyboardEvent.location counts.
const (
	onLeft   = 1
	onRight  = 2
	onKeypad = 3
)

// virtualKey is the Windows virtual-key code of a key, by what it writes, by
// its name, or by its place on the keyboard; 0 when there is none. Pages still
// read it as keyCode.
func virtualKey(key, code string) int {
	if n := printedKey(key); n != 0 {
		return n
	}
	if n := namedKey(key); n != 0 {
		return n
	}
	if digit, ok := strings.CutPrefix(code, "Digit"); ok {
		return printedKey(digit)
	}
	if letter, ok := strings.CutPrefix(code, "Key"); ok {
		return printedKey(letter)
	}
	return placedKey(code)
}

// printedKey is the code of a key that writes a letter, a digit or a space.
func printedKey(key string) int {
	if len(key) != 1 {
		return 0
	}
	switch c := key[0]; {
	case 'a' <= c && c <= 'z':
		return int(c - 'a' + 'A')
	case 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == ' ':
		return int(c)
	}
	return 0
}

func namedKey(key string) int {
	var n int
	if _, err := fmt.Sscanf(key, "F%d", &n); err == nil && n >= 1 && n <= 24 {
		return 111 + n
	}
	return map[string]int{
		"Backspace": 8, "Tab": 9, "Clear": 12, "Enter": 13, "Shift": 16, "Control": 17, "Alt": 18, "Pause": 19,
		"CapsLock": 20, "Escape": 27, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36, "ArrowLeft": 37,
		"ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Insert": 45, "Delete": 46, "Meta": 91, "ContextMenu": 93,
	}[key]
}

func placedKey(code string) int {
	return map[string]int{
		"Semicolon": 186, "Equal": 187, "Comma": 188, "Minus": 189, "Period": 190, "Slash": 191, "Backquote": 192,
		"BracketLeft": 219, "Backslash": 220, "BracketRight": 221, "Quote": 222, "IntlBackslash": 226,
		"NumpadMultiply": 106, "NumpadAdd": 107, "NumpadSubtract": 109, "NumpadDecimal": 110, "NumpadDivide": 111,
	}[code]
}
