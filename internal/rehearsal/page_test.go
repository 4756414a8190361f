package rehearsal

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// each calls f for every element of the name, in document order.
func (p page) each(name string, f func(*html.Node)) {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			f(n)
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// links are the addresses behind links of exactly this text.
func (p page) links(text string) []string {
	var found []string
	p.each("a", func(n *html.Node) {
		if textOf(n) == text {
			found = append(found, attribute(n, "href"))
		}
	})
	return found
}

func (p page) titles(level string) []string {
	var found []string
	p.each(level, func(n *html.Node) { found = append(found, textOf(n)) })
	return found
}

// boot is what the page gives its scripts.
func (p page) boot(t *testing.T) boot {
	t.Helper()
	var told boot
	p.each("script", func(n *html.Node) {
		if attribute(n, "id") != "boot" {
			return
		}
		if err := json.Unmarshal([]byte(textOf(n)), &told); err != nil {
			t.Fatalf("%s: reading what the scripts are given: %v", p.url, err)
		}
	})
	return told
}

// told is the JSON of an answer to a script.
func (p page) told(t *testing.T) map[string]any {
	t.Helper()
	raw, guarded := strings.CutPrefix(p.body, "for (;;);")
	if !guarded {
		t.Fatalf("the answer begins %.40q, want it guarded", p.body)
	}
	told := map[string]any{}
	if err := json.Unmarshal([]byte(raw), &told); err != nil {
		t.Fatalf("reading the answer: %v", err)
	}
	return told
}
