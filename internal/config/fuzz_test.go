package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"opposer/internal/config"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// planted are values of a person that stand in the seeds, wherever the fuzzer
// carries them. No problem may show one.
func planted() []string {
	return []string{"marie.planted@example.org", "marie.planted@", "612345670", "0612345670"}
}

func FuzzYAML(f *testing.F) { fuzz(f, "opposer.yaml") }
func FuzzTOML(f *testing.F) { fuzz(f, "opposer.toml") }
func FuzzJSON(f *testing.F) { fuzz(f, "opposer.json") }

// fuzz: whatever a file holds, reading it ends with accounts that can be used
// or with problems that stand in the file, and none shows a person's values.
func fuzz(f *testing.F, name string) {
	seeds(f, name)
	set, err := known("")
	if err != nil {
		f.Fatal(err)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		cfg, err := config.Load(config.Options{
			Path: path, Dir: dir, Env: environ("HOME", "/home/m"), OS: "linux",
			Profiles: func(string) (*profile.Set, error) { return set, nil },
		})
		if err == nil {
			usable(t, cfg)
			return
		}
		var problems config.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("not problems: %v", err)
		}
		sound(t, problems, text)
	})
}

func usable(t *testing.T, cfg *config.Config) {
	t.Helper()
	ids := map[string]bool{}
	for _, a := range cfg.Accounts {
		if a.ID == "" || a.Service == "" || ids[a.ID] {
			t.Errorf("account %q of %q", a.ID, a.Service)
		}
		ids[a.ID] = true
	}
	if len(ids) == 0 || cfg.StateDir == "" || cfg.Pace < 0 || cfg.Timeout < 0 {
		t.Errorf("%+v", cfg)
	}
}

// sound wants places inside the file and nothing personal in any text.
func sound(t *testing.T, problems config.Problems, text []byte) {
	t.Helper()
	lines := 1 + strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(string(text)), "\n")
	for _, p := range problems {
		if p.Line < 0 || p.Line > lines+1 || p.Line > 0 && p.Column < 1 || p.Reason.IsZero() || strings.Contains(p.Excerpt, "\n") {
			t.Errorf("%+v in a file of %d lines", p, lines)
		}
		said := strings.Join([]string{p.Excerpt, p.Reason.String(), p.Remedy.String(), p.Reason.In(words.French), p.Remedy.In(words.French)}, "\n")
		for _, v := range planted() {
			if strings.Contains(said, v) {
				t.Errorf("%q is shown: %s", v, said)
			}
		}
	}
}

// seeds are the testdata's files of that format, and one with planted values
// in every place where people have been seen to put them.
func seeds(f *testing.F, name string) {
	f.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range a.Files {
			if part.Name == name {
				f.Add(part.Data)
			}
		}
	}
	for _, text := range misplaced(name) {
		f.Add([]byte(text))
	}
}

// misplaced are files of a format with personal values in wrong places.
func misplaced(name string) []string {
	const email, phone = "marie.planted@example.org", "0612345670"
	switch filepath.Ext(name) {
	case ".toml":
		return []string{
			"[[accounts]]\nid = '" + email + "'\nservice = '" + phone + "'\ncountry = '" + email + "'\nlanguage = " + phone[1:] + "\n",
			"pace = " + phone[1:] + "\n'" + email + "' = 1\n" + phone + " = 2\n",
			"email = \"" + email + "\", phone = \"" + phone + "\"\n",
			"phone = " + phone + " oops\n", "[[accounts]]\nemail = " + email + " " + phone,
			"reason = \"my phone: " + phone + "\" oops\n", "[" + phone + "]\n[" + phone + "]\n",
		}
	case ".json":
		return []string{
			`{"accounts": [{"id": "` + email + `", "email": "` + email + `", "phone": "` + phone + `", oops}]}`,
			`{"accounts": [{"id": "` + phone + `", "service": "` + email + ` ` + phone + `", "email": "` + email + ` ` + phone + `", "phone": ` + phone + `}]}`,
			`{"pace": ` + phone[1:] + `, "lang": "` + email + `", "` + email + `": {}, "` + phone + `": 1}`,
			`{"email": "` + email + `" "phone": "` + phone + `"}`, `{"headed": "` + phone + `", "log_format": "\u006darie.planted@example.org"}`,
		}
	default:
		return []string{
			"accounts:\n  - id: " + email + "\n    service: " + phone + "\n    email: Marie <" + email + ">\n    phone: +33" + phone[1:] + "999999\n    country: " + phone + "\n    language: " + email + "\n",
			"pace: " + phone[1:] + "\nheaded: " + email + "\n? " + email + "\n: " + phone + "\n" + phone + ": x\n",
			"accounts: &" + phone[1:] + "\n  - *" + email + "\n", "email: \"" + email + "\n" + phone + "\n",
			"reason: {" + email + ", " + phone + "\n", "accounts:\n  " + email + ":\n    phone: " + phone + "\n",
			"accounts: [{id: a, service: facebook, email: \"" + email + " " + phone + "\"}]",
			"%YAML " + phone + "\n", "!" + email + " x: " + phone + "\n",
		}
	}
}

// TestNothingPersonalIsShown is the fuzzers' promise on their seeds, and on
// each seed cut off at every byte.
func TestNothingPersonalIsShown(t *testing.T) {
	set, err := known("")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"opposer.yaml", "opposer.toml", "opposer.json"} {
		for _, text := range misplaced(name) {
			for end := range len(text) + 1 {
				write(t, dir, name, []byte(text[:end]))
				_, err := config.Load(config.Options{
					Path: name, Dir: dir, OS: "linux", Env: environ("HOME", "/h"),
					Profiles: func(string) (*profile.Set, error) { return set, nil },
				})
				var problems config.Problems
				if !errors.As(err, &problems) {
					t.Fatalf("%q: %v", text[:end], err)
				}
				sound(t, problems, []byte(text[:end]))
			}
		}
	}
}
