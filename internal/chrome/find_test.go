package chrome

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program writes an executable file of that name.
func program(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFindPassesOverWhatCannotBeDriven(t *testing.T) {
	dir := t.TempDir()
	program(t, dir, "chromium", "#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n")
	want := program(t, dir, "google-chrome", "#!/bin/sh\nexec true\n")
	t.Setenv("PATH", dir)
	got, err := Find(FindOptions{})
	if err != nil || got.Path != want || got.Shell {
		t.Errorf("found %+v, %v", got, err)
	}
}

func TestFindTakesWhatIsNamed(t *testing.T) {
	dir := t.TempDir()
	program(t, dir, "chromium", "")
	named, env := program(t, dir, "named", ""), program(t, dir, "chrome-headless-shell", "")
	t.Setenv("PATH", dir)
	vars := func(name string) string { return map[string]string{EnvBin: env}[name] }
	for _, c := range []struct {
		o     FindOptions
		path  string
		shell bool
	}{
		{FindOptions{Bin: named, Env: vars}, named, false},
		{FindOptions{Env: vars}, env, true},
		{FindOptions{Bin: "named"}, named, false},
	} {
		if got, err := Find(c.o); err != nil || got != (Binary{c.path, c.shell}) {
			t.Errorf("found %+v, %v, want %s", got, err, c.path)
		}
	}
}

func TestFindSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	closed := program(t, dir, "closed", "")
	if err := os.Chmod(closed, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "flatpak"), 0o700); err != nil {
		t.Fatal(err)
	}
	pack := program(t, filepath.Join(dir, "flatpak"), "chrome", "")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(pack, link); err != nil {
		t.Fatal(err)
	}
	for bin, reason := range map[string]string{
		"/no/such/chrome": "there is no program at",
		closed:            "may not be run",
		pack:              "snap or flatpak",
		link:              "snap or flatpak",
		program(t, dir, "wrapper", "#!/bin/sh\nflatpak run org.chromium.Chromium\n"): "snap or flatpak",
	} {
		_, err := Find(FindOptions{Bin: bin})
		e, ok := errors.AsType[*NotFoundError](err)
		if !ok || !strings.Contains(e.Reason.String(), reason) || e.Remedy().String() == "" {
			t.Errorf("%s: %v, want %q", bin, err, reason)
		}
	}
}
