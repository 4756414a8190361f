package chrome

import (
	"strings"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/locate"
	"opposer/internal/personal"
)

// look is what look.js answers for one document. It holds raw values, so it
// never leaves this room: [Tab.frameOf] makes a locate.Frame of it.
type look struct {
	Origin   string                    `json:"origin"`
	URL      string                    `json:"url"`
	Title    string                    `json:"title"`
	Lang     string                    `json:"lang"`
	Blocks   []locate.Block            `json:"blocks"`
	Nodes    []lookNode                `json:"nodes"`
	View     locate.Box                `json:"view"`
	Owners   map[proto.PageFrameID]int `json:"owners"`
	Suspects int                       `json:"suspects"` // elements that may hold a closed shadow root
	Still    bool                      `json:"still"`
}

// lookNode is a node with its value as the page shows it.
type lookNode struct {
	locate.Node
	Raw *string `json:"raw"` // nil where a node has no value, or a secret one
}

// frameOf turns a frame's answer into plain data without anybody's values.
func (t *Tab) frameOf(g glance, visible bool) locate.Frame {
	f := locate.Frame{
		ID: string(g.ref.id), Parent: string(g.ref.parent), Document: string(g.ref.loader), Visible: visible,
		URL: t.guard.address(g.ref.url),
	}
	if !g.answered {
		f.Origin, _ = split(g.ref.url)
		return f
	}
	f.URL, f.Origin = t.guard.address(g.look.URL), g.look.Origin
	f.Title, f.Lang = t.guard.text(g.look.Title), g.look.Lang
	f.Blocks = g.look.Blocks
	for i := range f.Blocks {
		f.Blocks[i].Text = t.guard.text(f.Blocks[i].Text)
	}
	f.Nodes = make([]locate.Node, len(g.look.Nodes))
	for i, n := range g.look.Nodes {
		f.Nodes[i] = t.nodeOf(n, f)
	}
	return f
}

func (t *Tab) nodeOf(raw lookNode, f locate.Frame) locate.Node {
	n := raw.Node
	n.Frame, n.Document = f.ID, f.Document
	if raw.Raw != nil {
		n.Value = t.guard.observe(*raw.Raw)
	}
	n.Name, n.Group, n.Placeholder = t.guard.text(n.Name), t.guard.text(n.Group), t.guard.text(n.Placeholder)
	n.Href, n.Src, n.Action = t.guard.address(n.Href), t.guard.address(n.Src), t.guard.address(n.Action)
	for i := range n.Headings {
		n.Headings[i] = t.guard.text(n.Headings[i])
	}
	for i := range n.Options {
		n.Options[i] = t.guard.text(n.Options[i])
	}
	return n
}

// text masks what a page shows. Most texts cannot hold an e-mail or a phone and
// are let through at once.
func (g *Guard) text(s string) string {
	if !mayIdentify(s) {
		return s
	}
	return g.mask(s)
}

// mayIdentify reports whether a text has what every e-mail or every phone has:
// an @, or six digits.
func mayIdentify(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r == '@' || r == '＠':
			return true
		case r >= '0' && r <= '9', r > 0x7f && digit(r):
			digits++
		}
	}
	return digits >= 6
}

// digit covers the digits of scripts that pages of ours may use besides ASCII:
// Arabic-Indic, extended Arabic-Indic, Devanagari, full-width.
func digit(r rune) bool {
	return r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹' || r >= '०' && r <= '९' || r >= '０' && r <= '９'
}

// address masks our own values in an address. What is merely shaped like a
// phone stays: the numbers of a site's forms are.
func (g *Guard) address(s string) string {
	if strings.HasPrefix(s, "data:") {
		s = "data:"
	}
	if s == "" || !g.carries([]byte(s)) {
		return s
	}
	return g.mask(s)
}

// observe compares what a field holds with the account's values; the text goes
// no further.
func (g *Guard) observe(text string) personal.Observed {
	return personal.Observe(text, g.Account)
}
