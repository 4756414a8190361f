package locate_test

import (
	"strings"
	"testing"

	"opposer/internal/locate"
)

// TestLabel: a field without a name is called what stands beside it, when that
// reads as a label; everything else only what it is named.
func TestLabel(t *testing.T) {
	blocks := []locate.Block{{Text: "Email"}, {Text: "Contact", Role: "heading"}, {Text: strings.Repeat("long ", 20)}}
	for name, c := range map[string]struct {
		node locate.Node
		want string
	}{
		"named":              {locate.Node{Role: "textbox", Name: "E-mail", Block: 0}, "E-mail"},
		"beside a text":      {locate.Node{Role: "textbox", Block: 0}, "Email"},
		"under a heading":    {locate.Node{Role: "textbox", Block: 1}, ""},
		"beside a long text": {locate.Node{Role: "textbox", Block: 2}, ""},
		"beside nothing":     {locate.Node{Role: "textbox", Block: -1}, ""},
		"beyond the page":    {locate.Node{Role: "textbox", Block: 3}, ""},
		"a button":           {locate.Node{Role: "button", Block: 0}, ""},
	} {
		c.node.Frame = "main"
		page := &locate.Page{Quiet: true, Frames: []locate.Frame{{ID: "main", Visible: true, Blocks: blocks, Nodes: []locate.Node{c.node}}}}
		if got := page.Label(c.node); got != c.want {
			t.Errorf("%s: called %q, want %q", name, got, c.want)
		}
		found := locate.Find(page, locate.Want{Roles: []string{"textbox", "button"}, Words: []locate.Word{{Text: "Email", Weight: 1}}}).Is == locate.Chosen
		if want := c.want == "Email"; found != want && c.node.Name == "" {
			t.Errorf("%s: found by its label: %t", name, found)
		}
	}
}
