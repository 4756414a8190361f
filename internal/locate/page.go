package locate

import "opposer/internal/personal"

// Page is one reading of a tab: every frame, in and out of process, the main
// one first. It holds no value a person typed or a site filled in, only how it
// compares with ours.
type Page struct {
	Frames []Frame `json:"frames"`
	// Quiet says that the page had stopped changing when it was read: the main
	// document is loaded, no request that could change it is under way, and no
	// node changed for a moment. A weak verdict is believed only then.
	Quiet bool `json:"quiet,omitempty"`
}

// Frame is one document in the tab.
type Frame struct {
	ID       string  `json:"id"`               // CDP Page.FrameId
	Parent   string  `json:"parent,omitempty"` // "" for the main frame
	Document string  `json:"document"`         // CDP Network.LoaderId: changes with each navigation
	URL      string  `json:"url"`              // without query values that are ours
	Origin   string  `json:"origin"`           // as RFC 6454 serialises it; "null" when opaque
	Title    string  `json:"title,omitempty"`
	Lang     string  `json:"lang,omitempty"`   // of the html element
	Visible  bool    `json:"visible"`          // a person can see the frame's element
	Blocks   []Block `json:"blocks,omitempty"` // visible text, in reading order
	Nodes    []Node  `json:"nodes,omitempty"`  // what can be acted on, visible or not, in document order
}

// Block is one visible run of text: a heading, a paragraph, a list item, a
// label, an alert; text inside links and inline elements belongs to it.
type Block struct {
	Text   string `json:"text"`
	Role   string `json:"role,omitempty"`   // heading, alert, status, …; "" for plain text
	Level  int    `json:"level,omitempty"`  // of a heading, 1 to 6
	Dialog int    `json:"dialog,omitempty"` // 1-based number of the dialog it stands in within its frame, 0 for none
}

// Node is one thing that can be acted on: a link, a button, a field, a choice,
// a frame, a picture that may be a captcha.
type Node struct {
	Frame    string `json:"frame"`
	Document string `json:"document"`
	Ref      int    `json:"ref"` // finds the element again within its document

	// Role and Name are as WAI-ARIA and accname compute them: link, button,
	// textbox, searchbox, combobox, listbox, option, radio, checkbox, img,
	// iframe. Name is white-space normalised.
	Role string `json:"role"`
	Name string `json:"name,omitempty"`

	Tag          string `json:"tag,omitempty"`
	Type         string `json:"type,omitempty"`
	Autocomplete string `json:"autocomplete,omitempty"`
	NameAttr     string `json:"nameAttr,omitempty"`
	IDAttr       string `json:"idAttr,omitempty"`
	Placeholder  string `json:"placeholder,omitempty"`
	Href         string `json:"href,omitempty"`   // resolved; of a link
	Src          string `json:"src,omitempty"`    // resolved; of a picture or frame
	Action       string `json:"action,omitempty"` // resolved; of the form a field or button belongs to
	MaxLength    int    `json:"maxLength,omitempty"`

	Block     int      `json:"block"`               // index into Blocks of the text it stands in or beside, -1 for none
	Headings  []string `json:"headings,omitempty"`  // above it, nearest first, one a level
	Paragraph int      `json:"paragraph,omitempty"` // ordinal of its block among the plain blocks after its nearest heading, from 1
	Group     string   `json:"group,omitempty"`     // name of its fieldset or radiogroup
	Dialog    int      `json:"dialog,omitempty"`    // as Block.Dialog

	Value    personal.Observed `json:"value,omitzero"`
	Checked  bool              `json:"checked,omitempty"`
	Required bool              `json:"required,omitempty"` // required, aria-required
	Disabled bool              `json:"disabled,omitempty"` // :disabled, aria-disabled, inert
	ReadOnly bool              `json:"readOnly,omitempty"`
	Invalid  bool              `json:"invalid,omitempty"`  // :user-invalid, aria-invalid
	Options  []string          `json:"options,omitempty"`  // labels of a select's options
	Selected int               `json:"selected,omitempty"` // index of the selected one; -1 none

	// Hidden says why a person cannot see it: "display", "visibility",
	// "opacity", "size", "offscreen", "clipped", "covered", "aria-hidden",
	// "inert"; "" when they can. A hidden node is never a candidate.
	Hidden string `json:"hidden,omitempty"`
	// Covered names what lies on top just now (a dialog, a banner) of a node
	// that is otherwise visible; acting on it waits until it is uncovered.
	Covered string `json:"covered,omitempty"`
	Box     Box    `json:"box,omitzero"` // in CSS pixels of its frame's viewport
}

// Box is a rectangle in CSS pixels.
type Box struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	W float64 `json:"w"`
	H float64 `json:"h"`
}

// Main is the main frame; the zero Frame when the page has none.
func (p *Page) Main() Frame {
	if p == nil || len(p.Frames) == 0 {
		return Frame{}
	}
	return p.Frames[0]
}

// Frame finds a frame by its id.
func (p *Page) Frame(id string) (Frame, bool) {
	for _, f := range p.Frames {
		if f.ID == id {
			return f, true
		}
	}
	return Frame{}, false
}

// labelLongest is how many bytes a text may have to be a label.
const labelLongest = 80

// Label is what a node is called: its accessible name, or, for a field that has
// none, the short text that it stands beside, as a person reads it.
func (p *Page) Label(n Node) string {
	f, _ := p.Frame(n.Frame)
	return f.label(&n)
}

func (f *Frame) label(n *Node) string {
	if n.Name != "" || !isField(n.Role) || n.Block < 0 || n.Block >= len(f.Blocks) {
		return n.Name
	}
	if b := f.Blocks[n.Block]; b.Role != "heading" && len(b.Text) <= labelLongest {
		return b.Text
	}
	return ""
}
