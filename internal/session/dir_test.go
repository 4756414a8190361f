package session_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"opposer/internal/personal"
	"opposer/internal/session"
)

func account(id, centre, name string) personal.Account {
	return personal.Account{ID: id, Service: "facebook", AccountsCentre: centre, Session: name}
}

func TestWhoSharesALogin(t *testing.T) {
	for _, c := range []struct {
		of   personal.Account
		name string
	}{
		{account("marie-fb", "", ""), "marie-fb"},
		{account("marie-fb", "home", ""), "home"},
		{account("marie-fb", "home", "work"), "work"},
		{account("marie-fb", "", "work"), "work"},
	} {
		if got := session.Name(c.of); got != c.name {
			t.Errorf("%+v: %q, want %q", c.of, got, c.name)
		}
	}
}

// TestTwoNamesAreTwoFolders, in the state folder, also where the file system
// knows no case: nobody's login serves somebody else.
func TestTwoNamesAreTwoFolders(t *testing.T) {
	state := t.TempDir()
	d := session.In(state)
	names := []string{
		"marie", "Marie", "MARIE", "marie.fb", "marie-fb", "marie_fb", "con", "nul", "com1", "..", ".", "a/b", `a\b`, "a b",
		"marie@example.org", "jonas@example.org", "été", "-x", "x.lock", "x", strings.Repeat("a", 64), strings.Repeat("a", 65),
	}
	seen := map[string]string{}
	for _, name := range names {
		path := d.For(account("id", "", name)).Path()
		folder := strings.ToLower(filepath.Base(path))
		if before, ok := seen[folder]; ok {
			t.Errorf("%q and %q share %s", before, name, folder)
		}
		seen[folder] = name
		if filepath.Dir(path) != filepath.Join(state, "sessions") || strings.ContainsAny(folder, `@. /\`) {
			t.Errorf("%q is kept in %s", name, path)
		}
	}
	if got := filepath.Base(d.For(account("marie-fb", "", "")).Path()); got != "marie-fb" {
		t.Errorf("a plain name is not the folder's: %s", got)
	}
}

func TestOneAtATime(t *testing.T) {
	d := session.In(filepath.Join(t.TempDir(), "state"))
	marie, jonas := d.For(account("marie", "", "")), d.For(account("jonas", "", ""))
	release := locked(t, marie)
	if _, err := d.For(account("marie-ig", "", "marie")).Lock(); !errors.Is(err, session.ErrInUse) {
		t.Errorf("locked twice: %v", err)
	}
	locked(t, jonas)
	if there, err := marie.Exists(); there || err != nil {
		t.Errorf("a lock makes a login: %t, %v", there, err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	locked(t, marie)
}

func locked(t *testing.T, s session.Session) (release func() error) {
	t.Helper()
	release, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = release() })
	return release
}

// kept plays a login that a browser left in its folder.
func kept(t *testing.T, s session.Session) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(s.Path(), "Default"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join("Default", "Cookies"), "Local State"} {
		if err := os.WriteFile(filepath.Join(s.Path(), name), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRemovingForgetsOneLoginOnly(t *testing.T) {
	d := session.In(t.TempDir())
	marie, jonas := d.For(account("marie", "", "")), d.For(account("jonas", "", ""))
	if err := marie.Remove(); err != nil {
		t.Errorf("what is not kept: %v", err)
	}
	kept(t, marie)
	kept(t, jonas)
	release := locked(t, marie)
	if err := marie.Remove(); !errors.Is(err, session.ErrInUse) {
		t.Errorf("removed while in use: %v", err)
	}
	if there, _ := marie.Exists(); !there {
		t.Fatal("gone while in use")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if err := marie.Remove(); err != nil {
		t.Fatal(err)
	}
	if there, err := marie.Exists(); there || err != nil {
		t.Errorf("still there: %t, %v", there, err)
	}
	all, err := d.All()
	if err != nil || len(all) != 1 || all[0] != jonas {
		t.Errorf("left: %v, %v", all, err)
	}
}

func TestNothingIsKeptYet(t *testing.T) {
	if all, err := session.In(filepath.Join(t.TempDir(), "state")).All(); all != nil || err != nil {
		t.Errorf("%v, %v", all, err)
	}
}

func TestOnlyItsOwnerCanReadIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such rights here")
	}
	state := t.TempDir()
	marie := session.In(state).For(account("marie", "", ""))
	kept(t, marie)
	for _, path := range []string{filepath.Dir(marie.Path()), marie.Path()} {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	locked(t, marie)
	for _, path := range []string{filepath.Dir(marie.Path()), marie.Path()} {
		if stat, err := os.Stat(path); err != nil || stat.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", path, stat.Mode(), err)
		}
	}
}

// TestALinkIsNotFollowed: what is kept, or removed, would be somewhere else.
func TestALinkIsNotFollowed(t *testing.T) {
	elsewhere := t.TempDir()
	if err := os.WriteFile(filepath.Join(elsewhere, "precious"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, put := range map[string]func(path string) error{
		"link":          func(path string) error { return os.Symlink(elsewhere, path) },
		"dangling link": func(path string) error { return os.Symlink(filepath.Join(elsewhere, "none"), path) },
		"file":          func(path string) error { return os.WriteFile(path, nil, 0o600) },
	} {
		for _, at := range []string{"sessions", "sessions/marie"} {
			t.Run(name+" at "+at, func(t *testing.T) {
				state := t.TempDir()
				path := filepath.Join(state, at)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := put(path); err != nil {
					t.Fatal(err)
				}
				marie := session.In(state).For(account("marie", "", ""))
				_, asked := marie.Exists()
				_, lock := marie.Lock()
				for what, err := range map[string]error{"Exists": asked, "Lock": lock, "Remove": marie.Remove()} {
					var folder *session.FolderError
					if !errors.As(err, &folder) || folder.Path != path || folder.Remedy().IsZero() {
						t.Errorf("%s: %v", what, err)
					}
				}
			})
		}
	}
	if _, err := os.Stat(filepath.Join(elsewhere, "precious")); err != nil {
		t.Error(err)
	}
}

// TestAForgottenWindowHasItsFolder: a browser that outlived its run is in the
// folder though nobody holds the lock; it says so as Chromium does.
func TestAForgottenWindowHasItsFolder(t *testing.T) {
	marie := session.In(t.TempDir()).For(account("marie", "", ""))
	kept(t, marie)
	saysSo(t, marie.Path(), "--user-data-dir="+marie.Path())
	if _, err := marie.Lock(); !errors.Is(err, session.ErrInUse) {
		t.Errorf("locked: %v", err)
	}
	if err := marie.Remove(); !errors.Is(err, session.ErrInUse) {
		t.Errorf("removed: %v", err)
	}
}

// TestAnotherProgramsNumberKeepsNobodyOut: after a power cut the browser's note
// is still there, and the number in it is soon another program's.
func TestAnotherProgramsNumberKeepsNobodyOut(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("no system here tells what a process is")
	}
	marie := session.In(t.TempDir()).For(account("marie", "", ""))
	kept(t, marie)
	saysSo(t, marie.Path())
	release, err := marie.Lock()
	if err != nil {
		t.Fatal(err)
	}
	_ = release()
}

// saysSo leaves Chromium's note in a folder, in the name of a process with
// those arguments.
func saysSo(t *testing.T, folder string, args ...string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no such note here")
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	other := exec.CommandContext(t.Context(), "sh", append([]string{"-c", "echo; read -r line", "sh"}, args...)...)
	ends, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	says, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = ends.Close()
		_ = other.Wait()
	})
	// Its arguments can be read only when it runs, which is after Start.
	if _, err := says.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(fmt.Sprintf("%s-%d", host, other.Process.Pid), filepath.Join(folder, "SingletonLock")); err != nil {
		t.Fatal(err)
	}
}
