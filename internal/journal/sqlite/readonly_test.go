package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

// left makes a state folder as a killed process leaves it: three events, of
// which the last two stand in the log only, and no shared memory beside it.
func left(t *testing.T) string {
	t.Helper()
	from, to := t.TempDir(), t.TempDir()
	closed(t, opened(t, from))
	s := opened(t, from)
	put(t, s, 1, 3)
	for _, name := range []string{fileName, fileName + "-wal"} {
		if err := copyFile(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func looked(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := OpenReadOnly(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // some tests close it themselves
	return s
}

func TestReadOnlySeesEverything(t *testing.T) {
	dir := left(t)
	if n := count(t, looked(t, dir)); n != 3 {
		t.Errorf("%d events are seen, want 3", n)
	}
}

// TestReadOnlyBesideAWriter sees what is kept while it is open.
func TestReadOnlyBesideAWriter(t *testing.T) {
	dir := t.TempDir()
	w := opened(t, dir)
	put(t, w, 1, 1)
	r := looked(t, dir)
	for n := int64(1); n < 4; n++ {
		if had := count(t, r); had != n {
			t.Errorf("%d events are seen, want %d", had, n)
		}
		put(t, w, n+1, n+1)
	}
}

func TestReadOnlyChangesNothing(t *testing.T) {
	dir := t.TempDir()
	w := opened(t, dir)
	put(t, w, 1, 1)
	r := looked(t, dir)
	if err := r.Append(t.Context(), journaltest.Event("a", 2)); !errors.Is(err, journal.ErrReadOnly) {
		t.Errorf("Append: %v, want ErrReadOnly", err)
	}
	if _, err := r.Lock(t.Context(), "a"); !errors.Is(err, journal.ErrReadOnly) {
		t.Errorf("Lock: %v, want ErrReadOnly", err)
	}
	if _, err := r.db.ExecContext(t.Context(), "CREATE TABLE x (y)"); !errors.Is(cause(err), journal.ErrReadOnly) {
		t.Errorf("a change: %v, want ErrReadOnly", err)
	}
	if n := count(t, w); n != 1 {
		t.Errorf("%d events", n)
	}
}

// TestReadOnlyMakesNothing: where there is no journal, none is made.
func TestReadOnlyMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	if _, err := OpenReadOnly(t.Context(), dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want fs.ErrNotExist", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}

// TestCopyIsPrivateAndRemoved.
func TestCopyIsPrivateAndRemoved(t *testing.T) {
	dir, temporary := left(t), t.TempDir()
	s, err := lookAtCopy(t.Context(), filepath.Join(dir, fileName), temporary)
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, s); n != 3 {
		t.Errorf("%d events are seen in the copy, want 3", n)
	}
	info, err := os.Stat(s.copied)
	if err != nil || info.Mode().Perm()&0o077 != 0 || filepath.Dir(s.copied) != temporary {
		t.Errorf("the copy: %v, %v", info, err)
	}
	closed(t, s)
	if rest, err := os.ReadDir(temporary); err != nil || len(rest) != 0 {
		t.Errorf("left behind: %v, %v", rest, err)
	}
}

// TestCopyThatFailsLeavesNothing behind.
func TestCopyThatFailsLeavesNothing(t *testing.T) {
	temporary := t.TempDir()
	if _, err := lookAtCopy(t.Context(), filepath.Join(t.TempDir(), fileName), temporary); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want fs.ErrNotExist", err)
	}
	if rest, err := os.ReadDir(temporary); err != nil || len(rest) != 0 {
		t.Errorf("left behind: %v, %v", rest, err)
	}
}
