package locate_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"opposer/internal/locate"
)

var update = flag.Bool("update", false, "write the verdicts found into the testdata")

// TestFind reads testdata/*.txtar: a page, a want, and the verdict with its
// reasons. The first line of a verdict is what a caller acts on; the rest shows
// which evidence decided, so that a changed weight is seen where it matters.
func TestFind(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			page, want, expected := parts(t, archive)
			got := tell(locate.Find(page, want))
			if *update {
				archive.Files[2].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(expected, got); diff != "" {
				t.Errorf("verdict (-file +found):\n%s", diff)
			}
		})
	}
}

// parts are a case's page, want and verdict, in that order in the file.
func parts(t *testing.T, a *txtar.Archive) (*locate.Page, locate.Want, string) {
	t.Helper()
	if len(a.Files) != 3 {
		t.Fatalf("%d parts, want page.json, want.json, verdict", len(a.Files))
	}
	page, want := &locate.Page{}, locate.Want{}
	for i, into := range []any{page, &want} {
		d := json.NewDecoder(strings.NewReader(string(a.Files[i].Data)))
		d.DisallowUnknownFields()
		if err := d.Decode(into); err != nil {
			t.Fatalf("%s: %v", a.Files[i].Name, err)
		}
	}
	return page, want, string(a.Files[2].Data)
}

// tell writes a verdict for people to read.
func tell(v locate.Verdict) string {
	var b strings.Builder
	fmt.Fprint(&b, v.Is)
	if v.Is == locate.Chosen {
		fmt.Fprintf(&b, " %d", v.Best().Node.Ref)
	}
	if v.Strong {
		fmt.Fprint(&b, " strong")
	}
	fmt.Fprintln(&b)
	write := func(kind string, c locate.Candidate) {
		fmt.Fprintf(&b, "%s %d %s %q %.3f\n", kind, c.Node.Ref, c.Node.Role, c.Node.Name, c.Score)
		for _, s := range c.For {
			fmt.Fprintf(&b, "  + %s\n", s)
		}
		for _, s := range c.Against {
			fmt.Fprintf(&b, "  - %s\n", s)
		}
	}
	for _, c := range v.Candidates {
		write("candidate", c)
	}
	for _, c := range v.Near {
		write("near", c)
	}
	return b.String()
}

// TestWhyAVerdictIsAmbiguous: too little for the best is another doubt than two
// that are equally good.
func TestWhyAVerdictIsAmbiguous(t *testing.T) {
	link := func(name, href string) locate.Node {
		return locate.Node{Role: "link", Name: name, Href: href, Block: -1, Document: "d", Frame: "main"}
	}
	for name, c := range map[string]struct {
		nodes []locate.Node
		want  locate.Want
		is    locate.Decision
		weak  bool
	}{
		"one, called so":         {[]locate.Node{link("object", "/a")}, locate.Want{}, locate.Chosen, false},
		"two, called so":         {[]locate.Node{link("object", "/a"), link("object", "/b")}, locate.Want{}, locate.Ambiguous, false},
		"part of a longer name":  {[]locate.Node{link("how people object to our many plans", "/a")}, locate.Want{}, locate.Ambiguous, true},
		"called so, but outside": {[]locate.Node{link("object", "/a")}, locate.Want{Scope: []locate.Word{{Text: "AI at Meta", Weight: 1}}}, locate.Ambiguous, true},
	} {
		t.Run(name, func(t *testing.T) {
			page := &locate.Page{Quiet: true, Frames: []locate.Frame{{ID: "main", Origin: "https://a.example", Visible: true, Nodes: c.nodes}}}
			c.want.Roles, c.want.Words = []string{"link"}, []locate.Word{{Text: "object", Weight: 1}}
			if v := locate.Find(page, c.want); v.Is != c.is || v.Weak != c.weak {
				t.Errorf("%s, weak %t; want %s, weak %t", v.Is, v.Weak, c.is, c.weak)
			}
		})
	}
}
