package sqlite

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

const insideEnv = "OPPOSER_TEST_INSIDE"

// inside runs the calling test a second time in a process of its own, whose
// rights and limits the test then changes; it reports whether this is it. A
// process that may not be made so skips the test.
func inside(t *testing.T, attr *syscall.SysProcAttr) bool {
	t.Helper()
	if os.Getenv(insideEnv) == t.Name() {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), insideEnv+"="+t.Name())
	cmd.SysProcAttr = attr
	out, err := cmd.CombinedOutput()
	switch {
	case errors.Is(err, unix.EPERM):
		t.Skip("this system does not let us:", err)
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("inside:\n%s", out)
	}
	return false
}

// TestFullDisk fills a real one, small and made for the purpose.
func TestFullDisk(t *testing.T) {
	if !inside(t, &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}) {
		return
	}
	disk := t.TempDir()
	if err := errors.Join(
		unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""),
		unix.Mount("none", disk, "tmpfs", 0, "size=512k"),
	); err != nil {
		t.Skip("no disk of our own: ", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(disk, unix.MNT_DETACH) })
	s := opened(t, disk)
	j, c := ready(t, disk, s)
	n := fill(t, s, journal.ErrFull)
	filler(t, disk)

	// Nothing is sent: there is no permit.
	p, err := j.BeginSending(t.Context(), c, journal.Intent{Send: "submit", By: journal.Machine, Armed: true})
	if !errors.Is(err, journal.ErrFull) || p.Valid() {
		t.Errorf("a send on a full disk: %v, permit %v", err, p.Valid())
	}

	// What was kept is there for a process that comes now, also where the
	// log's shared memory is gone and there is no room for another.
	if said := start(t, "look", disk).hear(); said != fmt.Sprintf("%d events, copied: false", n) {
		t.Errorf("%s; %d were kept", said, n)
	}
	if err := os.Remove(filepath.Join(disk, fileName+"-shm")); err != nil {
		t.Fatal(err)
	}
	filler(t, disk)
	if said := start(t, "look", disk).hear(); said != fmt.Sprintf("%d events, copied: true", n) {
		t.Errorf("without shared memory: %s; %d were kept", said, n)
	}
}

// ready brings an objection to where it may be sent.
func ready(t *testing.T, dir string, s *Store) (*journal.Journal, journal.Claim) {
	t.Helper()
	j, o, err := testJournal(dir, s)
	if err != nil {
		t.Fatal(err)
	}
	o.Key = "b"
	c, err := j.Claim(t.Context(), "run", o)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []journal.Kind{journal.FormFound, journal.Filled} {
		if _, err := j.Append(t.Context(), c, journal.Event{Kind: k}); err != nil {
			t.Fatal(err)
		}
	}
	return j, c
}

// TestRoomAgain: a journal that met a full disk goes on when there is room.
func TestRoomAgain(t *testing.T) {
	if !inside(t, nil) {
		return
	}
	// Stands in for the disk: a file may grow no further (EFBIG, setrlimit(2)).
	signal.Ignore(unix.SIGXFSZ)
	dir := t.TempDir()
	s := opened(t, dir)
	put(t, s, 1, 2)
	bound(t, 256<<10)
	n := fill(t, s, nil)
	bound(t, math.MaxInt64)
	put(t, s, n+1, n+3)
	closed(t, s)
	if had := count(t, opened(t, dir)); had != n+3 {
		t.Errorf("%d events are there, %d were kept", had, n+3)
	}
}

// fill appends until there is no room, and checks that nothing was lost.
func fill(t *testing.T, s *Store, want error) int64 {
	t.Helper()
	n := count(t, s)
	for {
		err := s.Append(t.Context(), journaltest.Event("a", n+1))
		if err == nil {
			n++
			continue
		}
		if want != nil && !errors.Is(err, want) {
			t.Errorf("on a full disk: %v, want %v", err, want)
		}
		break
	}
	if had := count(t, s); had != n {
		t.Errorf("%d events are there, %d were kept", had, n)
	}
	return n
}

func bound(t *testing.T, size uint64) {
	t.Helper()
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: math.MaxInt64}); err != nil {
		t.Fatal(err)
	}
}

// filler takes the room that is left.
func filler(t *testing.T, dir string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "filler"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, unix.ENOSPC) {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

// TestReadOnlyFolder is read by a person who may not write there.
func TestReadOnlyFolder(t *testing.T) {
	if os.Getenv(insideEnv) == "" {
		t.Setenv(dirEnv, readOnlyFolders(t))
	}
	if !inside(t, nil) {
		return
	}
	becomeNobody(t)
	base := os.Getenv(dirEnv)
	log, locked := filepath.Join(base, "log"), filepath.Join(base, "locked")
	t.Setenv("TMPDIR", filepath.Join(base, "temporary"))

	r := looked(t, log)
	if n := count(t, r); n != 3 || r.copied == "" {
		t.Errorf("with a log: %d events are seen in %q, want 3", n, r.copied)
	}
	if n := count(t, looked(t, filepath.Join(base, "folded"))); n != 2 {
		t.Errorf("without a log: %d events are seen, want 2", n)
	}
	if s, err := look(t.Context(), filepath.Join(log, fileName), []string{locked}); !errors.Is(err, ErrNoRoomToRead) {
		t.Errorf("nowhere to unfold the log: %v with %v, want ErrNoRoomToRead", s, err)
	}
	if _, err := Open(t.Context(), log); err == nil {
		t.Error("a journal that cannot be written was opened for writing")
	}
	if _, err := Secret(locked); err == nil {
		t.Error("a key was made where nothing can be written")
	}
}

// readOnlyFolders makes a journal with a log, one without, and an empty
// folder, none of which anybody but root can write to; and a temporary one.
func readOnlyFolders(t *testing.T) (base string) {
	t.Helper()
	base = t.TempDir()
	s := opened(t, filepath.Join(base, "folded"))
	put(t, s, 1, 2)
	closed(t, s)
	if err := errors.Join(
		os.Rename(left(t), filepath.Join(base, "log")),
		os.Mkdir(filepath.Join(base, "locked"), 0o700),
		os.Mkdir(filepath.Join(base, "temporary"), 0o700),
		os.Chmod(filepath.Join(base, "temporary"), 0o777), // whatever the umask
		os.Chmod(filepath.Dir(base), 0o755),
		os.Chmod(base, 0o755),
	); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"folded", "log", "locked"} {
		forbid(t, filepath.Join(base, name))
	}
	return base
}

// forbid lets everybody read the folder and nobody write there.
func forbid(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasPrefix(filepath.Base(name), fileName) {
			if err := os.Chmod(name, 0o444); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) }) // so that it can be removed
}

// becomeNobody gives root's rights away for the rest of the process: no
// folder is read-only to root. (All threads: syscall.Setuid, not the call.)
func becomeNobody(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	const nobody = 65534
	if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
		t.Skip("root that cannot change: ", err)
	}
}
