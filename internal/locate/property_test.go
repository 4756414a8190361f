package locate_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"opposer/internal/locate"
)

// cases gives every page and want of the testdata.
func cases(t testing.TB, each func(name string, page, want []byte)) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		each(filepath.Base(file), a.Files[0].Data, a.Files[1].Data)
	}
}

// TestHiddenIsNeverFound hides what was found and looks again: whatever the
// words and the place, it does not come back.
func TestHiddenIsNeverFound(t *testing.T) {
	cases(t, func(name string, pageText, wantText []byte) {
		var p locate.Page
		var w locate.Want
		if json.Unmarshal(pageText, &p) != nil || json.Unmarshal(wantText, &w) != nil {
			t.Fatal(name)
		}
		for _, why := range []string{"display", "opacity", "offscreen", "covered", "aria-hidden"} {
			hidden := p
			hidden.Frames = slices.Clone(p.Frames)
			for i := range hidden.Frames {
				nodes := slices.Clone(hidden.Frames[i].Nodes)
				for j := range nodes {
					nodes[j].Hidden = why
				}
				hidden.Frames[i].Nodes = nodes
			}
			if v := locate.Find(&hidden, w); v.Is != locate.Missing || len(v.Candidates)+len(v.Near) > 0 {
				t.Errorf("%s: %s found although all is hidden (%s)", name, v.Best().Node.Name, why)
			}
		}
	})
}

// TestDecoysBeforeOrAfter: where a decoy stands in the document does not
// change what is chosen.
func TestDecoysBeforeOrAfter(t *testing.T) {
	cases(t, func(name string, pageText, wantText []byte) {
		var p locate.Page
		var w locate.Want
		if json.Unmarshal(pageText, &p) != nil || json.Unmarshal(wantText, &w) != nil {
			t.Fatal(name)
		}
		was := locate.Find(&p, w)
		for i := range p.Frames {
			slices.Reverse(p.Frames[i].Nodes)
		}
		now := locate.Find(&p, w)
		if was.Is != now.Is || was.Strong != now.Strong {
			t.Errorf("%s: %s, in reverse order %s", name, was.Is, now.Is)
		}
		a, b := was.Best().Node, now.Best().Node
		if was.Is == locate.Chosen && (locate.Fold(a.Name) != locate.Fold(b.Name) || a.Href != b.Href) {
			t.Errorf("%s: chosen %q, in reverse order %q", name, a.Name, b.Name)
		}
	})
}

// FuzzFind: whatever a page holds, finding ends, what is found is visible, of a
// sought role, scored within 0 to 1, and a choice leads.
func FuzzFind(f *testing.F) {
	cases(f, func(_ string, page, want []byte) { f.Add(page, want) })
	f.Fuzz(func(t *testing.T, pageText, wantText []byte) {
		var p locate.Page
		var w locate.Want
		if json.Unmarshal(pageText, &p) != nil || json.Unmarshal(wantText, &w) != nil {
			t.Skip()
		}
		v := locate.Find(&p, w)
		if (v.Is == locate.Missing) != (len(v.Candidates) == 0) {
			t.Errorf("%s with %d candidates", v.Is, len(v.Candidates))
		}
		for _, c := range v.Candidates {
			if c.Node.Hidden != "" || !slices.Contains(w.Roles, c.Node.Role) || c.Score < 0 || c.Score > 1 {
				t.Errorf("found %+v, score %v", c.Node, c.Score)
			}
		}
		locate.See(&p, w.Words)
		locate.SeeTitles(&p, w.Sentence)
		for _, fr := range p.Frames {
			locate.SignatureOf(&p, fr.Nodes, v.Best().Node, "")
		}
	})
}

// bigPage is a page of n nodes as a social network makes them: many links,
// headings far up, few words.
func bigPage(n int) *locate.Page {
	f := locate.Frame{ID: "F", Origin: "https://www.facebook.com", Visible: true}
	for i := range n {
		f.Blocks = append(f.Blocks, locate.Block{Text: fmt.Sprintf("Publication n° %d : les élèves s’opposent à la fermeture de l’école", i)})
		f.Nodes = append(f.Nodes, locate.Node{
			Role: []string{"link", "button", "textbox"}[i%3], Name: fmt.Sprintf("Élément %d de la liste des publicités", i),
			Href: fmt.Sprintf("https://www.facebook.com/p/%d", i), Block: i,
			Headings: []string{fmt.Sprintf("Publication %d", i/20), "Fil d’actualité"}, Paragraph: i % 20,
		})
	}
	f.Nodes[n/2].Role, f.Nodes[n/2].Name = "link", "opposer"
	return page(f)
}

func manyWords(n int) []locate.Word {
	var out []locate.Word
	for i := range n {
		out = append(out, locate.Word{Text: fmt.Sprintf("mot %d de plus", i), Language: fmt.Sprint(i % 13), Weight: 1})
	}
	return append(out, word("opposer"))
}

func BenchmarkFind9000(b *testing.B) {
	p := bigPage(9000)
	w := locate.Want{Roles: []string{"link", "button"}, Words: manyWords(60), Never: manyWords(30)[:30], Scope: manyWords(20), Sentence: manyWords(20), Paragraph: 2}
	for b.Loop() {
		if v := locate.Find(p, w); len(v.Candidates)+len(v.Near) != 1 {
			b.Fatalf("%s, %d candidates", v.Is, len(v.Candidates))
		}
	}
}

func BenchmarkSee9000(b *testing.B) {
	p := bigPage(9000)
	words := manyWords(60)
	for b.Loop() {
		if len(locate.See(p, words)) != 0 {
			b.Fatal("seen what is not there")
		}
	}
}
