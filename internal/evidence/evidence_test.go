package evidence

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"opposer/internal/journal"
)

var (
	at  = time.Date(2026, 11, 23, 15, 8, 12, 0, time.FixedZone("Paris", 3600))
	png = []byte("\x89PNG\r\n\x1a\nnot a real picture")
)

// hide stands for the masker of a run.
func hide(s string) string {
	return strings.NewReplacer("marie@example.org", "m•••@e•••.org", "2026-11-23", "••").Replace(s)
}

func create(t *testing.T) *Folder {
	t.Helper()
	f, err := Create(t.TempDir(), at, Of{Account: "marie-fb", Service: "facebook", Run: "k3", Mask: hide})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sealed is a folder with one of everything, closed.
func sealed(t *testing.T) *Folder {
	t.Helper()
	f := create(t)
	if _, err := f.Picture("filled", png); err != nil {
		t.Fatal(err)
	}
	if err := f.Page("filled", map[string]any{"text": "hello marie@example.org"}); err != nil {
		t.Fatal(err)
	}
	if err := f.Facts(Facts{Account: "marie-fb", State: journal.State{Is: journal.Submitted}}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

func verify(t *testing.T, dir string) []Finding {
	t.Helper()
	findings, err := Verify(dir)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func TestWhatIsSealedVerifies(t *testing.T) {
	f := sealed(t)
	if found := verify(t, f.Path()); len(found) != 0 {
		t.Errorf("%+v", found)
	}
	if want := filepath.Join("marie-fb", "20261123T140812Z-k3"); !strings.HasSuffix(f.Path(), want) {
		t.Errorf("%s, want …/%s", f.Path(), want)
	}
}

func TestTheManifestListsEveryFile(t *testing.T) {
	f := create(t)
	path, err := f.Picture("answer", png)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Picture("answer", png); err != nil {
		t.Fatal(err)
	}
	m, err := f.Close()
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != 2 || m.Files[0].Name != "answer-2.png" || m.Files[1].Name != "answer.png" {
		t.Errorf("%+v", m.Files)
	}
	if filepath.Base(path) != "answer.png" {
		t.Errorf("the first picture is %s", path)
	}
	if m.Account != "marie-fb" || m.Service != "facebook" || m.Run != "k3" || !m.Began.Equal(at) || len(m.Seal) != 64 {
		t.Errorf("%+v", m)
	}
}

func TestNothingGoesInAfterTheSeal(t *testing.T) {
	f := sealed(t)
	if _, err := f.Picture("late", png); !errors.Is(err, ErrSealed) {
		t.Errorf("a picture: %v", err)
	}
	if err := f.Page("late", 1); !errors.Is(err, ErrSealed) {
		t.Errorf("a page: %v", err)
	}
	if err := f.Facts(Facts{}); !errors.Is(err, ErrSealed) {
		t.Errorf("facts: %v", err)
	}
	if _, err := f.Close(); !errors.Is(err, ErrSealed) {
		t.Errorf("a second close: %v", err)
	}
	if found := verify(t, f.Path()); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

// TestEveryChangeIsFound is the room's main promise.
func TestEveryChangeIsFound(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(dir string) error
		file string
		want Trouble
	}{
		{"a picture changed", func(d string) error { return flip(filepath.Join(d, "filled.png")) }, "filled.png", Changed},
		{"a picture removed", func(d string) error { return os.Remove(filepath.Join(d, "filled.png")) }, "filled.png", Missing},
		{"a file added", func(d string) error { return os.WriteFile(filepath.Join(d, "new.png"), png, 0o600) }, "new.png", Added},
		{"a file cut short", func(d string) error { return os.Truncate(filepath.Join(d, "facts.json"), 3) }, "facts.json", Changed},
		{"a file replaced by a link", link, "filled.png", Changed},
		{"a file replaced by a folder", folderInstead, "filled.png", Changed},
		{"the manifest changed", func(d string) error { return replace(d, `"k3"`, `"k4"`) }, manifestName, BrokenSeal},
		{"a hash changed", func(d string) error { return replace(d, `"sha256": "`, `"sha256": "0`) }, manifestName, BrokenSeal},
		{"a key hidden by a second one", func(d string) error { return replace(d, `"run"`, `"run": "x", "run"`) }, manifestName, BrokenSeal},
		{"the manifest removed", func(d string) error { return os.Remove(filepath.Join(d, manifestName)) }, "", Unsealed},
		{"the manifest of another version", func(d string) error { return replace(d, `"version": 1`, `"version": 2`) }, manifestName, Unreadable},
		{"a name that leads out", func(d string) error { return replace(d, `"filled.png"`, `"../x.png"`) }, manifestName, Unreadable},
		{"no JSON", func(d string) error { return os.WriteFile(filepath.Join(d, manifestName), []byte("{"), 0o600) }, manifestName, Unreadable},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := sealed(t)
			if err := c.do(f.Path()); err != nil {
				t.Fatal(err)
			}
			found := verify(t, f.Path())
			for _, x := range found {
				if x.File == c.file && x.Is == c.want && !x.Text.IsZero() {
					return
				}
			}
			t.Errorf("%+v, want %s of %q", found, c.want, c.file)
		})
	}
}

func flip(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b[len(b)-1] ^= 1
	return os.WriteFile(path, b, 0o600)
}

func link(dir string) error {
	path := filepath.Join(dir, "filled.png")
	elsewhere := filepath.Join(dir, "..", "elsewhere.png")
	return errors.Join(os.Rename(path, elsewhere), os.Symlink(elsewhere, path))
}

func folderInstead(dir string) error {
	path := filepath.Join(dir, "filled.png")
	return errors.Join(os.Remove(path), os.Mkdir(path, 0o700))
}

func replace(dir, old, by string) error {
	path := filepath.Join(dir, manifestName)
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !strings.Contains(string(b), old) {
		return errors.New("the manifest does not hold " + old)
	}
	return os.WriteFile(path, []byte(strings.Replace(string(b), old, by, 1)), 0o600)
}

func TestOnlyTheOwnerReadsEvidence(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps access lists, not modes")
	}
	f := sealed(t)
	err := filepath.WalkDir(filepath.Dir(f.Path()), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && exposed(info) {
			t.Errorf("%s is %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(f.Path(), "filled.png"), 0o644); err != nil {
		t.Fatal(err)
	}
	if found := verify(t, f.Path()); len(found) != 1 || found[0].Is != Exposed {
		t.Errorf("%+v", found)
	}
}

// TestEveryStringIsMasked searches every file for the planted address.
func TestEveryStringIsMasked(t *testing.T) {
	f := create(t)
	page := map[string]any{
		"marie@example.org": []any{"to marie@example.org", 12, true, nil, "2026-11-23T15:08:12Z", "2026-11-23"},
		"big":               json.Number("12345678901234567890"),
	}
	if err := f.Page("page", page); err != nil {
		t.Fatal(err)
	}
	if err := f.Facts(Facts{Sentence: "we wrote to marie@example.org", Exchanges: []Exchange{{Path: "/x/marie@example.org", Started: at}}}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"page.json", "facts.json"} {
		b, err := os.ReadFile(filepath.Join(f.Path(), name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "marie@") || !json.Valid(b) {
			t.Errorf("%s: %s", name, b)
		}
	}
	b, _ := os.ReadFile(filepath.Join(f.Path(), "page.json"))
	for _, want := range []string{"2026-11-23T15:08:12Z", "12345678901234567890", `"••"`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%s is not in %s", want, b)
		}
	}
}

// TestAnIdThatIsAnAddressStaysOut: some people name an account by its e-mail.
func TestAnIdThatIsAnAddressStaysOut(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(dir, at, Of{Account: "marie@example.org", Service: "facebook", Run: "k3", Mask: hide})
	if err != nil {
		t.Fatal(err)
	}
	m, err := f.Close()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(f.Path(), manifestName))
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{"the manifest given": m.Account, "the manifest kept": string(kept), "the folder's name": f.Path()} {
		if strings.Contains(text, "marie") {
			t.Errorf("%s tells the address: %s", what, text)
		}
	}
}

// TestNamesThatDifferInCaseOnly are one name on macOS and Windows.
func TestNamesThatDifferInCaseOnly(t *testing.T) {
	f := create(t)
	seen := map[string]bool{}
	for _, name := range []string{"filled", "Filled", "FILLED"} {
		path, err := f.Picture(name, png)
		if err != nil {
			t.Fatal(err)
		}
		if folded := strings.ToLower(filepath.Base(path)); seen[folded] {
			t.Errorf("two pictures are called %s", folded)
		} else {
			seen[folded] = true
		}
	}
}

// TestNothingIsWrittenOver, nor through a link that somebody put there.
func TestNothingIsWrittenOver(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights that a person may not have")
	}
	f := create(t)
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if err := errors.Join(
		os.WriteFile(elsewhere, []byte("theirs"), 0o600),
		os.WriteFile(filepath.Join(f.Path(), "filled.png"), []byte("theirs"), 0o600),
		os.Symlink(elsewhere, filepath.Join(f.Path(), "answer.png")),
	); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"filled", "answer"} {
		if path, err := f.Picture(name, png); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{elsewhere, filepath.Join(f.Path(), "filled.png")} {
		if b, err := os.ReadFile(path); err != nil || string(b) != "theirs" {
			t.Errorf("%s holds %q, %v", path, b, err)
		}
	}
}

func TestWithoutAMaskStringsStayAsGiven(t *testing.T) {
	f, err := Create(t.TempDir(), at, Of{Account: "a", Run: "r"})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Page("p", []string{"2026-11-23"}); err != nil {
		t.Fatal(err)
	}
	b, _ := os.ReadFile(filepath.Join(f.Path(), "p.json"))
	if !strings.Contains(string(b), "2026-11-23") {
		t.Errorf("%s", b)
	}
}

func TestFolderNames(t *testing.T) {
	seen := map[string]string{}
	for _, id := range []string{
		"marie-fb", "Marie", "..", ".", "", "a/b", "a_b", `a\b`, "../../etc", "marie@example.org", "é", "e",
		"CON:", "x.", strings.Repeat("long", 40), strings.Repeat("long", 41), "a b", "a\x00b",
	} {
		name := folderName(id)
		if !filepath.IsLocal(name) || strings.ContainsAny(name, `/\:@ `) || len(name) > 80 || name == "." || strings.HasSuffix(name, ".") {
			t.Errorf("%q becomes %q", id, name)
		}
		if before, ok := seen[name]; ok {
			t.Errorf("%q and %q share %q", before, id, name)
		}
		seen[name] = id
	}
	if folderName("marie-fb") != "marie-fb" {
		t.Error("an ordinary id is changed")
	}
	if strings.Contains(folderName("marie@example.org"), "marie") {
		t.Error("an address shows in a folder's name")
	}
}

func TestTwoAttemptsInOneSecond(t *testing.T) {
	dir, of := t.TempDir(), Of{Account: "a", Run: "k3"}
	paths := map[string]bool{}
	for range 3 {
		f, err := Create(dir, at, of)
		if err != nil {
			t.Fatal(err)
		}
		paths[f.Path()] = true
	}
	if len(paths) != 3 {
		t.Errorf("%v", paths)
	}
}

func TestManyAtOnce(t *testing.T) {
	f := create(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := f.Picture("same", png); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if m, err := f.Close(); err != nil || len(m.Files) != 8 {
		t.Errorf("%d files, %v", len(m.Files), err)
	}
	if found := verify(t, f.Path()); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

func TestAPictureMayNotBeCalledManifest(t *testing.T) {
	f := create(t)
	if err := f.Page("manifest", 1); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if found := verify(t, f.Path()); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

func TestErrorsSurface(t *testing.T) {
	t.Run("no folder can be made", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Create(file, at, Of{Account: "a"}); err == nil {
			t.Error("made below a file")
		}
	})
	t.Run("the folder is gone", func(t *testing.T) {
		f := create(t)
		if err := os.RemoveAll(f.Path()); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Picture("x", png); err == nil {
			t.Error("a picture was kept nowhere")
		}
		if _, err := f.Close(); err == nil {
			t.Error("a folder that is gone was sealed")
		}
	})
	t.Run("nothing to encode", func(t *testing.T) {
		if err := create(t).Page("x", func() {}); err == nil {
			t.Error("a func was kept")
		}
	})
	t.Run("nothing to verify", func(t *testing.T) {
		if _, err := Verify(filepath.Join(t.TempDir(), "none")); err == nil {
			t.Error("no folder verified")
		}
	})
}

// FuzzVerify feeds manifests of any shape: none may read outside the folder,
// none but the sealed one verifies.
func FuzzVerify(f *testing.F) {
	f.Add([]byte(`{"version":1,"files":[{"name":"../x","size":1,"sha256":""}]}`))
	f.Add([]byte(`{"version":1,"files":[{"name":"filled.png"}],"seal":""}`))
	f.Add([]byte("null"))
	f.Fuzz(func(t *testing.T, manifest []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, manifestName), manifest, 0o600); err != nil {
			t.Fatal(err)
		}
		findings, err := Verify(dir)
		if err == nil && len(findings) == 0 {
			var m Manifest
			if err := json.Unmarshal(manifest, &m); err != nil {
				t.Fatalf("verified: %q", manifest)
			}
			if want, _ := m.seal(); want != m.Seal || len(m.Files) > 0 {
				t.Fatalf("verified: %q", manifest)
			}
		}
	})
}
