package profile_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"opposer/internal/locate"
	"opposer/internal/profile"
	"opposer/profiles"
)

// FuzzProfile: whatever a file holds, reading it ends with a set that can be
// used or with problems that stand in the file.
func FuzzProfile(f *testing.F) {
	seed(f, "myform.yaml", "facebook.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := profile.Load(fstest.MapFS{"myform.yaml": {Data: text}})
		if err != nil {
			sound(t, err, text)
			return
		}
		p := s.Profiles["myform"]
		b := s.Bind(p, "fr")
		for _, step := range p.Form {
			if fill, ok := step.(profile.Fill); ok {
				locate.Find(&locate.Page{}, b.Fill(fill))
			}
		}
		if _, err := p.Admit(locate.Frame{Origin: "http://evil.example"}); err == nil {
			t.Error("plain http admitted")
		}
		for _, o := range p.Origins.Type {
			if strings.ContainsAny(o, "*?#@ ") || strings.Count(o, "/") != 2 {
				t.Errorf("%q counts as an origin", o)
			}
		}
	})
}

// FuzzLexicon is FuzzProfile for the other decoder.
func FuzzLexicon(f *testing.F) {
	seed(f, "lexicon/fr.yaml", "lexicon/fr.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := profile.Load(fstest.MapFS{"lexicon/fr.yaml": {Data: text}})
		if err != nil {
			sound(t, err, text)
			return
		}
		for key := range s.Lexicons["fr"].Words {
			for _, w := range s.Words(key, "fr") {
				if locate.Fold(w.Text) == "" || w.Weight < locate.Unsourced || w.Weight > 1 {
					t.Errorf("word %+v", w)
				}
			}
		}
	})
}

// sound wants an error to be Problems with places inside the file.
func sound(t *testing.T, err error, text []byte) {
	t.Helper()
	var ps profile.Problems
	if !errors.As(err, &ps) || len(ps) == 0 {
		t.Fatalf("not problems: %v", err)
	}
	lines := 1
	for _, r := range string(text) {
		if strings.ContainsRune("\n\r\u0085\u2028\u2029", r) {
			lines++
		}
	}
	for _, p := range ps {
		if p.Line < 0 || p.Line > lines+1 || p.Reason.IsZero() || strings.Contains(p.Excerpt, "\n") {
			t.Errorf("%+v in a file of %d lines", p, lines)
		}
	}
}

// seed adds the testdata's files of one name, and a shipped one.
func seed(f *testing.F, name, ours string) {
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
	text, err := fs.ReadFile(profiles.FS, ours)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
}
