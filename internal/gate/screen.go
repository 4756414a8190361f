package gate

import "context"

// Screen is the live page of a gate, for a channel that shows it elsewhere
// than in its own window. Safe for concurrent use.
type Screen interface {
	// Watch calls show with what there is to see, at first at once and then
	// whenever it changes, until ctx ends or the page is gone; it returns why.
	// While nobody watches no picture is made.
	Watch(ctx context.Context, show func(View)) error
	// Act does on the page what the person did on its picture. It needs the
	// current drive of the lease that is out ([ErrNotDriving] else).
	Act(ctx context.Context, d Drive, in Input) error
	// Front brings the page's own window before the others.
	Front(ctx context.Context) error
}

// View is what there is to see of a page at one moment.
type View struct {
	Frame         []byte  // JPEG; nil when it did not change since the view before
	Width, Height float64 // of the page's visible part, in CSS pixels
	Dialog        *Dialog // native dialog that stands before the page; nil: none
}

// Dialog is a native dialog of a page, which no picture of the page shows (CDP
// Page.javascriptDialogOpening).
type Dialog struct {
	Kind    string // alert, confirm, prompt or beforeunload
	Message string // the page's own words
	Default string // prompt: what its field holds at first
}

// InputKind is what a person does with a page.
type InputKind string

// What a person can do with a page.
const (
	Move    InputKind = "move"    // the pointer
	Down    InputKind = "down"    // a pointer's button
	Up      InputKind = "up"      // a pointer's button
	Wheel   InputKind = "wheel"   // scrolls
	KeyDown InputKind = "keydown" // a key, which may write a letter
	KeyUp   InputKind = "keyup"
	Text    InputKind = "text"   // pasted, or composed by an input method
	Reply   InputKind = "dialog" // to a native dialog
)

// Input is one thing that a person did, in the terms of UI Events: places and
// distances in CSS pixels of the page's visible part.
type Input struct {
	Kind      InputKind
	X, Y      float64 // pointer
	Button    string  // "left", "middle", "right"; "" or "none": none
	Buttons   int     // those that are held, as MouseEvent.buttons
	Clicks    int     // of this press: 2 for the second of a double click
	DX, DY    float64 // Wheel
	Key       string  // KeyboardEvent.key
	Code      string  // KeyboardEvent.code
	Location  int     // KeyboardEvent.location
	Repeat    bool
	Modifiers int    // 1 Alt, 2 Ctrl, 4 Meta, 8 Shift, as CDP Input
	Text      string // Text; Reply: what is typed into a prompt
	Accept    bool   // Reply: OK, as opposed to Cancel
}
