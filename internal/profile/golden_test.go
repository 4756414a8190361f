package profile_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"opposer/internal/profile"
)

var update = flag.Bool("update", false, "write what was found into the testdata")

// TestLoad reads testdata/*.txtar: a folder of profiles, and what Load makes
// of it, "problems" or, for a folder without any, "set" and "warnings".
func TestLoad(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fsys, expected := split(archive)
			got := outcome(t, fsys)
			if *update {
				rewrite(t, file, archive, got)
				return
			}
			if diff := cmp.Diff(expected, got); diff != "" {
				t.Errorf("(-file +found):\n%s", diff)
			}
		})
	}
}

// split tells a case's YAML files from what is expected of them.
func split(a *txtar.Archive) (fstest.MapFS, string) {
	fsys, expected := fstest.MapFS{}, ""
	for _, f := range a.Files {
		if f.Name == "expect" {
			expected = string(f.Data)
			continue
		}
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys, expected
}

func rewrite(t *testing.T, file string, a *txtar.Archive, got string) {
	t.Helper()
	for i := range a.Files {
		if a.Files[i].Name == "expect" {
			a.Files[i].Data = []byte(got)
		}
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o600); err != nil {
		t.Fatal(err)
	}
}

// outcome loads a folder and tells what came of it, a line each.
func outcome(t *testing.T, fsys fstest.MapFS) string {
	t.Helper()
	s, err := profile.Load(fsys)
	var problems profile.Problems
	if err != nil && !errors.As(err, &problems) {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "problem %s\n", p)
	}
	if s == nil {
		return b.String()
	}
	for _, service := range s.Services() {
		p := s.Profiles[service]
		fmt.Fprintf(&b, "profile %s %q needs %+v types on %v\n", service, p.Title, p.Requires, p.Origins.Type)
		for _, r := range p.Routes {
			fmt.Fprintf(&b, "route %s %q %+v\n", r.ID, r.Title, r.Steps)
		}
		for _, step := range p.Form {
			fmt.Fprintf(&b, "form %T %+v\n", step, step)
		}
	}
	for _, w := range s.Warnings() {
		fmt.Fprintf(&b, "warning %s\n", w)
	}
	return b.String()
}
