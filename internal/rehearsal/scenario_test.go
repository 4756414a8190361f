package rehearsal

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestScenariosGolden keeps names and descriptions in one readable place: a name
// is what people type, so a change of one is a change people see.
func TestScenariosGolden(t *testing.T) {
	const golden = "testdata/scenarios.golden"
	var out strings.Builder
	for _, s := range Scenarios() {
		fmt.Fprintf(&out, "%s\n  en %s\n  fr %s\n", s.Name, s.English, s.French)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("scenarios are\n%swant\n%s(-update writes them)", out.String(), want)
	}
}

func TestScenariosAreDescribedOnce(t *testing.T) {
	seen := map[string]bool{}
	for i, s := range Scenarios() {
		if i == 0 && s.Name != Ordinary {
			t.Errorf("the first is %q, want %q", s.Name, Ordinary)
		}
		if seen[s.Name] || strings.ContainsAny(s.Name, "+ ") {
			t.Errorf("%q: twice, or not one word", s.Name)
		}
		seen[s.Name] = true
		for _, text := range []string{s.English, s.French} {
			if !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "!'\n") && text == s.French {
				t.Errorf("%s: %q is not one plain sentence", s.Name, text)
			}
		}
	}
}

// TestEveryScenarioDiffers finds a line of the table that bends nothing.
func TestEveryScenarioDiffers(t *testing.T) {
	seen := map[traits]string{}
	for _, s := range Scenarios() {
		got, err := traitsOf(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[got]; twice {
			t.Errorf("%s behaves as %s does", s.Name, other)
		}
		seen[got] = s.Name
	}
}

func TestTraitsCompose(t *testing.T) {
	got, err := traitsOf("login+refused+code")
	if err != nil {
		t.Fatal(err)
	}
	want := plain()
	want.login, want.answer = true, answerCode
	if got != want {
		t.Errorf("%+v, want %+v: all applied, the later answer wins", got, want)
	}
	if empty, err := traitsOf(""); err != nil || empty != plain() {
		t.Errorf("no name is %+v, %v, want the ordinary site", empty, err)
	}
}

func TestUnknownScenarioNamesTheKnown(t *testing.T) {
	for _, name := range []string{"ordinery", "login+", "login + code", "+"} {
		_, err := Start(t.Context(), Options{Scenario: name})
		var unknown *UnknownScenarioError
		if !errors.Is(err, ErrUnknownScenario) || !errors.As(err, &unknown) {
			t.Fatalf("%q: %v, want ErrUnknownScenario", name, err)
		}
		if !slices.Contains(unknown.Known, "thanks-but-500") || !strings.Contains(err.Error(), "thanks-but-500") {
			t.Errorf("%q: %v does not name what there is", name, err)
		}
	}
}
