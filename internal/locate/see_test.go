package locate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/locate"
)

func word(text string) locate.Word { return locate.Word{Text: text, Language: "fr", Weight: 1} }

func page(frames ...locate.Frame) *locate.Page { return &locate.Page{Frames: frames, Quiet: true} }

func frame(id string, visible bool, blocks ...locate.Block) locate.Frame {
	return locate.Frame{ID: id, Visible: visible, Blocks: blocks}
}

// seen are the blocks of the hits, as frame and index.
func seen(hits []locate.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Frame+string(rune('0'+h.Block))+" "+h.Word.Text)
	}
	return out
}

func TestSee(t *testing.T) {
	p := page(
		frame("a", true,
			locate.Block{Text: "Nous acceptons\u00a0votre opposition."},
			locate.Block{Text: "NOUS ACCEPTONS VOTRE OPPOSITION, merci"},
			locate.Block{Text: "nous acceptons vos oppositions"},
			locate.Block{Text: "Elle dit que nous acceptons votre oppositionnel"},
		),
		frame("b", false, locate.Block{Text: "Nous acceptons votre opposition"}),
	)
	got := seen(locate.See(p, []locate.Word{word("Nous acceptons votre opposition"), word("acceptons")}))
	want := []string{"a0 Nous acceptons votre opposition", "a1 Nous acceptons votre opposition", "a2 acceptons", "a3 acceptons"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("hits (-want +got):\n%s", diff)
	}
}

// A success sentence in a frame that nobody sees is not on the page, however
// deep it stands.
func TestSeeNeedsEveryFrameAroundToBeSeen(t *testing.T) {
	for _, chain := range []string{"Ab", "aB", "Abc", "aBc", "abC"} { // a capital is hidden
		p, parent := page(), ""
		for id := range strings.SplitSeq(chain, "") {
			f := frame(id, strings.ToLower(id) == id)
			f.Parent, parent = parent, id
			p.Frames = append(p.Frames, f)
		}
		last := &p.Frames[len(p.Frames)-1]
		last.Title, last.Blocks = "merci", []locate.Block{{Text: "merci", Role: "heading"}}
		last.Nodes = []locate.Node{{Role: "button", Name: "merci", Block: 0}}
		if hits := append(locate.See(p, []locate.Word{word("merci")}), locate.SeeTitles(p, []locate.Word{word("merci")})...); hits != nil {
			t.Errorf("%s: the text of the innermost frame is seen: %v", chain, hits)
		}
		if v := locate.Find(p, locate.Want{Roles: []string{"button"}, Words: []locate.Word{word("merci")}}); v.Is != locate.Missing {
			t.Errorf("%s: the button of the innermost frame is %s", chain, v.Is)
		}
	}
	orphan := frame("d", true, locate.Block{Text: "merci"})
	orphan.Parent = "gone"
	loop := frame("e", true, locate.Block{Text: "merci"})
	loop.Parent = "e"
	if hits := locate.See(page(orphan, loop), []locate.Word{word("merci")}); hits != nil {
		t.Errorf("seen in a frame whose parent is not there: %v", hits)
	}
}

func TestSeeNothing(t *testing.T) {
	if hits := locate.See(nil, []locate.Word{word("a")}); hits != nil {
		t.Errorf("on no page: %v", hits)
	}
	p := page(frame("a", true, locate.Block{Text: "anything at all"}))
	if hits := locate.See(p, nil); hits != nil {
		t.Errorf("without words: %v", hits)
	}
	if hits := locate.See(p, []locate.Word{word(""), word("\u00a0")}); hits != nil {
		t.Errorf("with empty words: %v", hits)
	}
}

func TestSeeTitles(t *testing.T) {
	f := frame("a", true,
		locate.Block{Text: "Cookies everywhere"},
		locate.Block{Text: "About cookies", Role: "heading", Level: 2},
		locate.Block{Text: "Allow cookies?", Dialog: 1},
	)
	f.Title = "Cookies | Site"
	hits := locate.SeeTitles(page(f), []locate.Word{word("cookies")})
	want := []locate.Hit{
		{Word: word("cookies"), Frame: "a", Block: locate.TitleBlock},
		{Word: word("cookies"), Frame: "a", Block: 1},
		{Word: word("cookies"), Frame: "a", Block: 2},
	}
	if diff := cmp.Diff(want, hits); diff != "" {
		t.Errorf("hits (-want +got):\n%s", diff)
	}
}

func TestHolds(t *testing.T) {
	for text, want := range map[string]bool{
		"Objet : l’IA chez Meta": true, "IACHEZ META": false, "j'ai": false, "": false, "via chez meta": false,
	} {
		if _, got := locate.Holds(text, []locate.Word{word("IA chez Meta")}); got != want {
			t.Errorf("Holds(%q) = %t", text, got)
		}
	}
}

func TestFindOption(t *testing.T) {
	countries := locate.Node{Role: "combobox", Options: []string{"Choisissez…", "Guinée", "Guinée-Bissau", "France", "FRANCE métropolitaine", "Niger", "Nigeria"}}
	for name, want := range map[string]int{"France": 3, "Guinée": 1, "guinee-bissau": 2, "Niger": 5, "Nigeria": 6} {
		if i, is := locate.FindOption(countries, []locate.Word{word(name)}); i != want || is != locate.Chosen {
			t.Errorf("%s: option %d, %s", name, i, is)
		}
	}
	if i, is := locate.FindOption(countries, []locate.Word{word("Allemagne")}); i != -1 || is != locate.Missing {
		t.Errorf("an absent country: option %d, %s", i, is)
	}
	twice := locate.Node{Options: []string{"France", "France"}}
	if i, is := locate.FindOption(twice, []locate.Word{word("France")}); i != -1 || is != locate.Ambiguous {
		t.Errorf("one name twice: option %d, %s", i, is)
	}
}
