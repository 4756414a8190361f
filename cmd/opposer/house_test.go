package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the prefix of our own packages.
const module = "opposer/"

// allowed says which room may know which, and why. It is design.md's table;
// a new import is a decision, to be written down here with its reason.
func allowed() map[string]map[string]string {
	return map[string]map[string]string{
		"internal/words":    {},
		"internal/personal": {},
		"internal/locate":   {"internal/personal": "values read from a page are Observed"},
		"internal/gate": {
			"internal/personal": "an answer may be a one-time code",
			"internal/words":    "what a person is asked",
		},
		"internal/profile": {
			"internal/locate":   "a profile's words become wants; Admit takes a frame",
			"internal/personal": "which value fills which field",
			"internal/words":    "problems are told to a person",
		},
		"internal/journal": {
			"internal/gate":     "waiting has a kind",
			"internal/personal": "the keyed hash is made of an account",
			"internal/words":    "states are told to a person",
		},
		"internal/journal/sqlite":      {"internal/journal": "it is a journal.Store"},
		"internal/journal/journaltest": {"internal/journal": "it exercises a journal.Store", "internal/gate": "events of gates", "internal/personal": "accounts to make keys of"},
		"internal/config": {
			"internal/personal": "it makes accounts",
			"internal/profile":  "what a service requires is the profile's to say",
			"internal/words":    "problems are told to a person",
		},
		"internal/chrome": {
			"internal/gate":     "a lease keeps the machine's hands off",
			"internal/journal":  "permits and departures are needed to send",
			"internal/locate":   "it reads pages",
			"internal/personal": "it types values and masks what it shows",
			"internal/profile":  "Admitted is needed to type",
			"internal/words":    "what keeps a browser from starting is told to a person",
		},
		"internal/evidence": {
			"internal/journal":  "facts name states and verdicts",
			"internal/personal": "what is kept is masked",
			"internal/words":    "findings are told to a person",
		},
		"internal/rehearsal":            {},
		"internal/rehearsal/screentest": {},
		"internal/session": {
			"internal/chrome":   "a folder with a browser in it is kept",
			"internal/personal": "the folder is an account's",
			"internal/words":    "what keeps a login from being used is told to a person",
		},
		"internal/supervise": {
			"internal/gate":     "the page is a channel",
			"internal/journal":  "a row shows its state",
			"internal/personal": "a code that was typed there",
			"internal/words":    "what the page says",
		},
		"internal/attempt": {
			"internal/chrome":   "the use case that acts",
			"internal/evidence": "what it saw is kept",
			"internal/gate":     "it meets people",
			"internal/journal":  "events before acts",
			"internal/locate":   "it reads pages",
			"internal/personal": "values to type",
			"internal/profile":  "routes, steps, outcomes",
			"internal/words":    "what goes on is told to a person",
		},
		"internal/run": {
			"internal/gate":     "a dry run's result shows the filled form, as gate.Line (beyond design.md's table: the alternative was a second type for the same lines)",
			"internal/journal":  "claims and states",
			"internal/personal": "accounts",
			"internal/profile":  "a plan names the profile",
			"internal/words":    "reasons are told to a person",
		},
		"internal/profile/schemagen": {"internal/profile": "the schema is made of its types"},
		"profiles":                   {},
		"cmd/opposer": {
			"internal/attempt": "joins", "internal/chrome": "joins", "internal/config": "joins", "internal/evidence": "joins",
			"internal/gate": "the terminal is a channel", "internal/journal": "joins", "internal/journal/sqlite": "joins",
			"internal/personal": "joins", "internal/profile": "joins", "internal/rehearsal": "joins", "internal/run": "joins",
			"internal/session": "joins", "internal/supervise": "joins",
			"internal/words": "speaks", "profiles": "the built-in files",
		},
	}
}

// silent are the rooms of words and rules: no network, no process, no log.
func silent() []string {
	return []string{"internal/words", "internal/personal", "internal/locate", "internal/gate", "internal/profile", "internal/journal"}
}

// touching are packages that reach outside a program, and what a silent room
// would do with them.
func touching() map[string]string {
	return map[string]string{
		"net": "network", "net/http": "network", "os/exec": "process", "os/signal": "process",
		"log": "log", "log/slog": "log", "github.com/rs/zerolog": "log", "github.com/go-rod/rod": "browser",
	}
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	rules := allowed()
	found := imports(t)
	if len(found) < 8 {
		t.Fatalf("only %d rooms found: the reading is broken", len(found))
	}
	for _, room := range slices.Sorted(maps.Keys(found)) {
		rule, known := rules[room]
		if !known {
			t.Errorf("%s is a new room: say here what it may import, and why", room)
			continue
		}
		for _, path := range slices.Sorted(maps.Keys(found[room])) {
			ours, ok := strings.CutPrefix(path, module)
			if _, fine := rule[ours]; ok && !fine {
				t.Errorf("%s (%s) imports %s: not allowed", room, found[room][path], ours)
			}
			if what := touching()[path]; what != "" && slices.Contains(silent(), room) {
				t.Errorf("%s (%s) imports %s: words and rules have no %s", room, found[room][path], path, what)
			}
		}
	}
}

func TestEveryRuleHasAReason(t *testing.T) {
	for room, rule := range allowed() {
		for path, why := range rule {
			if why == "" || path == room {
				t.Errorf("%s may import %s: why?", room, path)
			}
		}
	}
}

// TestOnlyTheCommandTouchesTheProcess: arguments, exit and standard streams.
func TestOnlyTheCommandTouchesTheProcess(t *testing.T) {
	for _, name := range goFiles(t) {
		text := source(t, name)
		if strings.Contains(text, "\npackage main\n") || strings.HasPrefix(text, "package main\n") {
			continue // the command itself, and generators of files
		}
		for _, never := range []string{"os.Exit(", "os.Args", "os.Stdout", "os.Stdin", "fmt.Print(", "fmt.Println(", "fmt.Printf("} {
			if strings.Contains(text, never) {
				t.Errorf("%s: %s belongs to cmd/opposer", name, never)
			}
		}
	}
}

// imports are the imports of every room's files that are no tests, with a file
// that has it.
func imports(t *testing.T) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	for _, name := range goFiles(t) {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(repository, name), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		room := filepath.ToSlash(filepath.Dir(name))
		if found[room] == nil {
			found[room] = map[string]string{}
		}
		for _, i := range file.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			found[room][path] = name
		}
	}
	return found
}

// repository is the module's folder, seen from this one.
const repository = "../.."

// goFiles are the module's Go files that are no tests, by their path in it.
func goFiles(t *testing.T) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(repository, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != repository && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "scripts"):
			return filepath.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			name, err := filepath.Rel(repository, path)
			list = append(list, filepath.ToSlash(name))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func source(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(repository, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
