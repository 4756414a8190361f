package chrome

import (
	"fmt"
	"strings"
	"testing"
)

// bigPage has about 9,000 elements and 1,500 links.
func bigPage() string {
	var b strings.Builder
	b.WriteString("<!doctype html><title>Big</title>")
	for i := range 1500 {
		fmt.Fprintf(&b, `<div class=row><h4>Item %d</h4><p>Some <b>text</b> here <a href="#%d">link %d</a> and <span>more</span></p></div>`, i, i, i)
	}
	return b.String()
}

func BenchmarkReadNineThousandElements(b *testing.B) {
	s := newSite(b, map[string]string{"/": bigPage()})
	tab := visit(b, shared(b, shell), s, "/")
	p := settled(b, tab)
	if n := len(p.Main().Nodes); n != 1500 {
		b.Fatalf("%d nodes", n)
	}
	inPage := 0.0
	for b.Loop() {
		if _, err := tab.Read(b.Context()); err != nil {
			b.Fatal(err)
		}
		inPage += evaluate(b, tab, "(() => { const t = performance.now(); opposer.look(opposer.document); return performance.now() - t; })()").Num()
	}
	b.ReportMetric(inPage/float64(b.N), "ms-in-page/op")
}

func BenchmarkClick(b *testing.B) {
	tab := visit(b, shared(b, shell), fixtures(b), "/act.html")
	n := named(b, settled(b, tab), "button", "Go")
	for b.Loop() {
		if err := tab.Click(b.Context(), n); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFill(b *testing.B) {
	tab := visit(b, shared(b, shell), fixtures(b), "/act.html")
	p := settled(b, tab)
	n := named(b, p, "textbox", "E-mail")
	for b.Loop() {
		if _, err := tab.Fill(b.Context(), allow(b, p, n), n, "a@example.org"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	tab := visit(b, shared(b, shell), fixtures(b), "/look.html")
	settled(b, tab)
	for b.Loop() {
		if _, err := tab.Picture(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
