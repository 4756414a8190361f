package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the module's folder, seen from this one.
const root = "../.."

// rooms are the catalogues, by the file that holds them.
func rooms() map[string]map[string]string {
	return map[string]map[string]string{
		"attempt": frenchAttempt, "chrome": frenchChrome, "command": frenchCommand,
		"config": frenchConfig, "evidence": frenchEvidence, "gate": frenchGate,
		"journal": frenchJournal, "personal": frenchPersonal, "profile": frenchProfile,
		"run": frenchRun, "session": frenchSession, "supervise": frenchSupervise,
	}
}

func TestEverySentenceHasItsFrenchTwin(t *testing.T) {
	said := sentences(t, root)
	if len(said.formats) == 0 {
		t.Fatal("no sentence found in the sources: the reading is broken")
	}
	for _, problem := range said.problems {
		t.Error(problem)
	}
	for _, format := range slices.Sorted(maps.Keys(said.formats)) {
		twin, ok := frenchTwin(format)
		if !ok {
			t.Errorf("%s: no French twin of %q", said.formats[format], format)
			continue
		}
		for _, p := range mismatch(format, twin) {
			t.Errorf("%s: %q: %s", said.formats[format], format, p)
		}
	}
}

func TestNoTwinIsStale(t *testing.T) {
	said := sentences(t, root)
	for room, twins := range rooms() {
		for _, english := range slices.Sorted(maps.Keys(twins)) {
			if _, ok := said.formats[english]; !ok {
				t.Errorf("french_%s.go: nobody says %q any more", room, english)
			}
		}
	}
}

func TestOneSentenceHasOneTwin(t *testing.T) {
	first := map[string]string{}
	for room, twins := range rooms() {
		for english, french := range twins {
			if before, ok := first[english]; ok && before != french {
				t.Errorf("french_%s.go: %q is also %q elsewhere", room, french, before)
			}
			first[english] = french
		}
	}
}

func TestEveryCatalogueIsListed(t *testing.T) {
	files, err := filepath.Glob("french_*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		room := strings.TrimSuffix(strings.TrimPrefix(f, "french_"), ".go")
		if _, ok := rooms()[room]; !ok {
			t.Errorf("%s is in no list of catalogues", f)
		}
	}
	if len(files) != len(rooms()) {
		t.Errorf("%d files, %d catalogues", len(files), len(rooms()))
	}
}

// TestTheReadingSeesEveryFault proves that the tests above can fail.
func TestTheReadingSeesEveryFault(t *testing.T) {
	dir := t.TempDir()
	source := "package x\n\nimport w \"opposer/internal/words\"\n\n" +
		"func f(s string) {\n" +
		"\tw.T(\"one \" + \"two %d\", 2)\n" +
		"\tw.T(s)\n" +
		"\tw.N(2, \"a day\", s)\n" +
		"\tw.T(\"too few %s\")\n" +
		"\t_ = w.T\n" +
		"}\n"
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	said := sentences(t, dir)
	for _, want := range []string{"one two %d", "a day", "too few %s"} {
		if _, ok := said.formats[want]; !ok {
			t.Errorf("%q was not found", want)
		}
	}
	for _, want := range []string{"x.go:7:", "x.go:8:", "x.go:9:", "x.go:10:"} {
		if !slices.ContainsFunc(said.problems, func(p string) bool { return strings.Contains(p, want) }) {
			t.Errorf("no problem at %s: %q", want, said.problems)
		}
	}
}

func TestMismatch(t *testing.T) {
	for _, c := range []struct {
		english, french string
		want            int
	}{
		{"%d of %s", "%d sur %s", 0},
		{"%s has %s", "%[2]s\u00a0: %[1]s", 0},
		{"%d of %s", "%s sur %d", 1},
		{"%s", "rien", 1},
		{"100 %%", "100 %%", 0},
		{"it is here", "c'est ici", 1},
		{"done", "fini !", 1},
		{"it says “%s”", `il dit "%s"`, 1},
		{"wait", "", 1},
		{"why: %s", "pourquoi : %s", 1},
		{"why: %s", "pourquoi\u00a0: %s", 0},
	} {
		if got := mismatch(c.english, c.french); len(got) != c.want {
			t.Errorf("%q / %q: %q, want %d", c.english, c.french, got, c.want)
		}
	}
}

// speech is what was found in the sources.
type speech struct {
	formats  map[string]string // format to the place where it is first said
	problems []string
}

// sentences reads every Go file below the folder that is no test.
func sentences(t *testing.T, dir string) speech {
	t.Helper()
	said := speech{formats: map[string]string{}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		said.file(t, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

func (s *speech) file(t *testing.T, path string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		// A file under repair is the compiler's to complain about.
		t.Logf("%s: %v", path, err)
		return
	}
	name := wordsName(file)
	if name == "" {
		return
	}
	called := map[ast.Node]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if f := maker(n.Fun, name); f != "" {
				called[n.Fun] = true
				s.call(set.Position(n.Pos()), f, n)
			}
		case *ast.SelectorExpr:
			if f := maker(n, name); f != "" && !called[n] {
				s.problems = append(s.problems, set.Position(n.Pos()).String()+": words."+f+" used without a call: its sentences cannot be found")
			}
		}
		return true
	})
}

// wordsName is what the file calls this package; "" when it does not use it.
func wordsName(file *ast.File) string {
	for _, i := range file.Imports {
		if i.Path.Value != `"opposer/internal/words"` {
			continue
		}
		if i.Name != nil {
			return i.Name.Name
		}
		return "words"
	}
	return ""
}

// maker is "T" or "N" where the expression names that function of ours.
func maker(e ast.Expr, pkg string) string {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || (sel.Sel.Name != "T" && sel.Sel.Name != "N") {
		return ""
	}
	if x, ok := sel.X.(*ast.Ident); !ok || x.Name != pkg {
		return ""
	}
	return sel.Sel.Name
}

func (s *speech) call(at token.Position, f string, c *ast.CallExpr) {
	first, formats := 0, 1
	if f == "N" {
		first, formats = 1, 2
	}
	for i := first; i < first+formats && i < len(c.Args); i++ {
		format, ok := literal(c.Args[i])
		if !ok {
			s.problems = append(s.problems, at.String()+": a sentence that is not a literal")
			continue
		}
		if _, before := s.formats[format]; !before {
			s.formats[format] = at.String()
		}
		given := len(c.Args) - first - formats
		if need := len(verbs(format)); c.Ellipsis == token.NoPos && need != given {
			s.problems = append(s.problems, at.String()+": "+strconv.Itoa(need)+" verbs, "+strconv.Itoa(given)+" arguments: "+format)
		}
	}
}

// literal is the text of a string literal or of several added up.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return "", false
}

// mismatch says what is wrong with a twin: its verbs, or the typography that
// French readers expect.
func mismatch(english, french string) []string {
	var wrong []string
	if strings.TrimSpace(french) == "" {
		return []string{"the twin is empty"}
	}
	if e, f := verbs(english), verbs(french); !maps.Equal(e, f) {
		wrong = append(wrong, "the twin has other verbs: "+french)
	}
	if strings.ContainsAny(french, "!") {
		wrong = append(wrong, "an exclamation mark: "+french)
	}
	if strings.Contains(french, "'") {
		wrong = append(wrong, "a straight apostrophe, not ’: "+french)
	}
	if strings.Contains(french, `"`) {
		wrong = append(wrong, "straight quotes, not « »: "+french)
	}
	if bareColon(french) {
		wrong = append(wrong, "a colon, semicolon or question mark after an ordinary space, not a no-break space: "+french)
	}
	return wrong
}

func bareColon(french string) bool {
	return regexp.MustCompile(` [:;?»]|« `).MatchString(french)
}

// verbs are the verbs of a format by the number of the argument they print.
func verbs(format string) map[int]string {
	out := map[int]string{}
	next := 1
	re := regexp.MustCompile(`%[-+# 0]*(?:\[(\d+)\])?[-+# 0]*\d*(?:\.\d+)?([a-zA-Z%])`)
	for _, m := range re.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		out[next] = m[2]
		next++
	}
	return out
}
