package chrome

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// played writes a small program that plays a browser.
func played(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "chrome")
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// soon is a deadline for programs that never answer.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	t.Cleanup(cancel)
	return ctx
}

// Whatever is wrong with a browser, the person reads what and what to do, and
// nothing of it is left behind.
func TestABrowserThatDoesNotStartIsExplained(t *testing.T) {
	hung := filepath.Join(t.TempDir(), "hung")
	for name, c := range map[string]struct{ bin, reason, said string }{
		"missing":         {"/no/such/chrome", "there is no program at /no/such/chrome.", ""},
		"no browser":      {played(t, "#!/bin/sh\necho I am a cake >&2; exit 3\n"), "ended at once", "exit code 3: I am a cake"},
		"no program":      {played(t, "just text"), "is not a program that runs on this computer", ""},
		"silent":          {played(t, "#!/bin/sh\nexit 0\n"), "ended at once", ""},
		"hanging":         {played(t, "#!/bin/sh\necho $$ >"+hung+"\nexec sleep 1000\n"), "gave no answer in time", ""},
		"babbling":        {played(t, "#!/bin/sh\nprintf 'hello\\0' >&4\nexec sleep 1000\n"), "does not speak as Chrome", ""},
		"half a message":  {played(t, "#!/bin/sh\nprintf '{\"id\":1' >&4\n"), "ended at once", ""},
		"another message": {played(t, "#!/bin/sh\nprintf '{\"id\":\"one\"}\\0' >&4\nexec sleep 1000\n"), "does not speak as Chrome", ""},
		"no sandbox":      {played(t, "#!/bin/sh\necho '[0:FATAL:zygote_host_impl_linux.cc] No usable sandbox!' >&2; exit 1\n"), "does not allow Chrome's sandbox", "No usable sandbox"},
		"no screen":       {played(t, "#!/bin/sh\necho 'Missing X server or $DISPLAY' >&2; exit 1\n"), "no screen", "Missing X server"},
	} {
		t.Run(name, func(t *testing.T) {
			tmp := t.TempDir()
			t.Setenv("TMPDIR", tmp)
			_, err := Start(soon(t), Options{Bin: c.bin})
			explainedAs(t, err, c.reason)
			if err != nil && !strings.Contains(err.Error(), c.said) {
				t.Errorf("error %q does not hold what it said: %q", err, c.said)
			}
			if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
	if pid, err := os.ReadFile(hung); err == nil {
		if _, err := os.Stat("/proc/" + strings.TrimSpace(string(pid))); err == nil {
			t.Error("the hanging program still runs")
		}
	}
}

// explainedAs checks that an error is a *[StartError] of that reason, with a
// remedy.
func explainedAs(t *testing.T, err error, reason string) {
	t.Helper()
	e, ok := errors.AsType[*StartError](err)
	if !ok {
		t.Fatalf("error is %v, want a *StartError", err)
	}
	if got := e.Reason.String(); !strings.Contains(got, reason) {
		t.Errorf("reason is %q (%v), want %q", got, err, reason)
	}
	if e.Remedy().String() == "" {
		t.Error("no remedy")
	}
}

func TestRootWithoutItsFlagIsExplained(t *testing.T) {
	t.Parallel()
	if !isRoot() {
		t.Skip("only root is refused")
	}
	o := testOptions(fullBin)
	o.NoSandbox = false
	_, err := Start(within(t), o)
	explainedAs(t, err, "does not start for root")
}

func TestAStartThatWasStoppedIsNoFault(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(within(t))
	bin := played(t, "#!/bin/sh\nexec sleep 1000\n")
	o := Options{Bin: bin}
	cancel()
	if _, err := Start(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestAFolderIsNeverSharedByTwoBrowsers(t *testing.T) {
	t.Parallel()
	o := testOptions(shellBin)
	o.DataDir = t.TempDir()
	startedFor(t, o)
	_, err := Start(within(t), o)
	explainedAs(t, err, "already uses this login's folder")
}

func TestAFolderThatCannotBeMadeIsExplained(t *testing.T) {
	t.Parallel()
	file := played(t, "")
	o := testOptions(shellBin)
	o.DataDir = filepath.Join(file, "data")
	_, err := Start(within(t), o)
	explainedAs(t, err, "cannot be made")
}

// What a killed run left is removed by the next; what a living one uses is not.
func TestFoldersOfKilledRunsAreRemoved(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	dead := filepath.Join(tmp, folderPrefix+"dead")
	for _, dir := range []string{dead, filepath.Join(tmp, folderPrefix+"new")} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dead, folderLock), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * justMade)
	if err := os.Chtimes(filepath.Join(dead, folderLock), old, old); err != nil {
		t.Fatal(err)
	}
	living, err := openFolder("")
	if err != nil {
		t.Fatal(err)
	}
	other, err := openFolder("")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{dead: false, filepath.Join(tmp, folderPrefix+"new"): true, living.path: true, other.path: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", path, err == nil, want)
		}
	}
	if info, err := os.Stat(living.path); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode is %v, %v", info.Mode(), err)
	}
	for _, f := range []folder{living, other} {
		if err := f.close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(f.path); !os.IsNotExist(err) {
			t.Errorf("%s is still there", f.path)
		}
	}
}

// Only a browser that is closed keeps its cookies, and only in the kept context.
func TestAKeptLoginIsThereNextTime(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "here"})
	o := testOptions(shellBin)
	o.DataDir = t.TempDir()
	kept := func(kept bool, do string) string {
		b, err := Start(within(t), o)
		if err != nil {
			t.Fatal(err)
		}
		c, err := b.NewContext(within(t), ContextOptions{Kept: kept, Locale: "fr-FR"})
		if err != nil {
			t.Fatal(err)
		}
		tab, err := c.NewTab(within(t), Guard{Type: []string{s.URL}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
			t.Fatal(err)
		}
		got := asPage(t, tab, do).Str()
		if err := b.Close(within(t)); err != nil {
			t.Fatal(err)
		}
		return got
	}
	kept(true, `document.cookie = "login=yes; max-age=1000"`)
	if got := kept(false, `document.cookie`); got != "" {
		t.Errorf("a context of its own has %q", got)
	}
	if got := kept(true, `document.cookie + " " + (1.5).toLocaleString()`); got != "login=yes 1,5" {
		t.Errorf("the kept one has %q", got)
	}
	if _, err := os.Stat(o.DataDir); err != nil {
		t.Errorf("a person's folder was removed: %v", err)
	}
}
