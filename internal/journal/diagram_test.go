package journal_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"opposer/internal/journal"
)

var update = flag.Bool("update", false, "write states.md anew")

// TestDiagram keeps states.md as Next has it: go generate ./internal/journal
func TestDiagram(t *testing.T) {
	const name = "states.md"
	want := diagram()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Errorf("%s is not what Next says; run: go generate ./internal/journal", name)
	}
}

// edge leads from one state to another, told by names only.
type edge struct{ from, to journal.Name }

// diagram draws what Next does: each arrow with the events that take it.
func diagram() string {
	edges := edges()
	var b strings.Builder
	b.WriteString(`<!-- Code generated from journal.Next by "go generate ./internal/journal"; DO NOT EDIT. -->

# The states of an objection

Every arrow is one event of the journal, durable before the action whose start
it records. *noted* is possible everywhere and *partial* during an attempt;
neither changes the state. *(doubtful)* marks what happens where something may
have left and was not answered "not taken": a send has left, an earlier one
stands, or the held one would outlive this program. Such an attempt ends
` + "`in_doubt`" + ` and is never tried again by itself.

` + "```mermaid\nstateDiagram-v2\n    [*] --> pending\n")
	for _, from := range journal.Names() {
		for _, to := range journal.Names() {
			if labels := edges[edge{from, to}]; len(labels) > 0 {
				fmt.Fprintf(&b, "    %s --> %s: %s\n", from, to, strings.Join(slices.Sorted(maps.Keys(labels)), ", "))
			}
		}
	}
	b.WriteString("```\n")
	return b.String()
}

func edges() map[edge]map[string]bool {
	all := map[edge]map[string]bool{}
	for _, s := range states() {
		for name, e := range events() {
			to, err := journal.Next(s, e)
			if err != nil || e.Kind == journal.Noted || e.Kind == journal.Partial {
				continue
			}
			if to.Is == journal.InDoubt && elsewhereToo(s.Is, e) {
				name += " (doubtful)"
			}
			at := edge{s.Is, to.Is}
			if all[at] == nil {
				all[at] = map[string]bool{}
			}
			all[at][name] = true
		}
	}
	return all
}

// elsewhereToo reports whether the event leads from that state also to another
// than in_doubt, so that the doubt is what decides.
func elsewhereToo(from journal.Name, e journal.Event) bool {
	for _, s := range states() {
		if to, err := journal.Next(s, e); s.Is == from && err == nil && to.Is != journal.InDoubt {
			return true
		}
	}
	return false
}
