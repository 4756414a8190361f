package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

// opened is a store that is closed with its test.
func opened(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // some tests close it themselves
	return s
}

func closed(t *testing.T, s journal.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// put appends events of one objection, from the given number to the last.
func put(t *testing.T, s journal.Store, from, to int64) {
	t.Helper()
	for seq := from; seq <= to; seq++ {
		if err := s.Append(t.Context(), journaltest.Event("a", seq)); err != nil {
			t.Fatal(err)
		}
	}
}

// count checks that the events from 1 on are there, whole, and gives how many.
func count(t *testing.T, s journal.Store) int64 {
	t.Helper()
	events, err := s.History(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range events {
		if diff := cmp.Diff(journaltest.Event("a", int64(i)+1), e); diff != "" {
			t.Fatalf("event %d: want -, got +\n%s", i+1, diff)
		}
	}
	return int64(len(events))
}

func TestStore(t *testing.T) {
	journaltest.Exercise(t, func(t *testing.T) journal.Store {
		t.Helper()
		return opened(t, t.TempDir())
	})
}

func TestReopenedStoreRemembers(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	for n := range int64(3) {
		s := opened(t, dir)
		if had := count(t, s); had != n {
			t.Fatalf("opened for the %d. time it holds %d events", n+1, had)
		}
		put(t, s, n+1, n+1)
		closed(t, s)
	}
}

// TestFolderNames that mean something in a URI, or to SQLite.
func TestFolderNames(t *testing.T) {
	for _, name := range []string{"with space", "q?mode=memory", "h#x", "50%25", "é", "a&b=c", ":memory:", "';drop"} {
		if runtime.GOOS == "windows" && strings.ContainsAny(name, "?:") {
			continue
		}
		dir := filepath.Join(t.TempDir(), name)
		s := opened(t, dir)
		put(t, s, 1, 1)
		closed(t, s)
		r, err := OpenReadOnly(t.Context(), dir)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if count(t, r) != 1 {
			t.Errorf("%s: the event is not there", name)
		}
		closed(t, r)
	}
}

// TestDurability: what a connection is set to decides whether an event
// survives a power cut.
func TestDurability(t *testing.T) {
	s := opened(t, t.TempDir())
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		"fullfsync": "1", "checkpoint_fullfsync": "1", "trusted_schema": "0",
	} {
		var got string
		if err := s.db.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s (%v), want %s", pragma, got, err, want)
		}
	}
}

// TestPrivateFiles: 0600 in 0700, also what was there before with wider rights.
func TestPrivateFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are inherited from the person's profile folder")
	}
	first := filepath.Join(t.TempDir(), "state")
	closed(t, opened(t, first)) // the store makes the folder, else the key does
	dir := filepath.Join(t.TempDir(), "state")
	check := func(dir string) {
		t.Helper()
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s is %s", name, info.Mode())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	check(first)
	if _, err := Secret(dir); err != nil {
		t.Fatal(err)
	}
	s := opened(t, dir)
	put(t, s, 1, 3)
	release, err := s.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	check(dir)
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm", keyName} {
		if err := os.Chmod(filepath.Join(dir, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, opened(t, dir))
	if _, err := Secret(dir); err != nil {
		t.Fatal(err)
	}
	check(dir)
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// TestAppendOnly: the file itself refuses every way of changing an event.
func TestAppendOnly(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	put(t, s, 1, 3)
	const columns = `(id, key, seq, run, at, kind, state, event)`
	for _, statement := range []string{
		`UPDATE event SET kind = 'noted'`,
		`UPDATE event SET seq = seq + 10`,
		`DELETE FROM event WHERE seq = 3`,
		`DELETE FROM event`,
		`INSERT OR REPLACE INTO event ` + columns + ` VALUES (1, 'a', 4, '', '', '', '{}', '{}')`,
		`INSERT OR REPLACE INTO event ` + columns + ` VALUES (9, 'a', 3, '', '', '', '{}', '{}')`,
		`REPLACE INTO event ` + columns + ` VALUES (1, 'b', 1, '', '', '', '{}', '{}')`,
		`INSERT INTO event ` + columns + ` VALUES (9, 'a', 5, '', '', '', '{}', '{}')`,
		`INSERT INTO event ` + columns + ` VALUES (9, 'a', 4, '', '', '', '{}', 'no json')`,
		`INSERT INTO event ` + columns + ` VALUES (9, '', 1, '', '', '', '{}', '{}')`,
	} {
		if _, err := s.db.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s: done", statement)
		}
	}
	if n := count(t, s); n != 3 {
		t.Errorf("%d events are left", n)
	}
}

// TestDamagedEventIsTold, never passed over.
func TestDamagedEventIsTold(t *testing.T) {
	for name, event := range map[string]string{
		"no event":  `{}`,
		"another's": `{"seq":1,"key":"b","at":"2026-11-23T15:08:12Z","kind":"noted","state":{"is":"pending"}}`,
		"another":   `{"seq":2,"key":"a","at":"2026-11-23T15:08:12Z","kind":"noted","state":{"is":"pending"}}`,
	} {
		s := opened(t, t.TempDir())
		_, err := s.db.ExecContext(t.Context(), insertEvent, "a", 1, "", "", "", "{}", event)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.History(t.Context(), "a"); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

func TestFileThatIsNoJournal(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, fileName), []byte(strings.Repeat("not a journal ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("Open: %v, want ErrDamaged", err)
	}
	if _, err := OpenReadOnly(t.Context(), dir); err == nil {
		t.Error("OpenReadOnly reads it")
	}
}

// TestNewerSchemaIsRefused, to write and to read, and the file is not touched.
func TestNewerSchemaIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	put(t, s, 1, 1)
	if _, err := s.db.ExecContext(t.Context(), `INSERT INTO `+versionTable+` (version_id, is_applied) VALUES (?, 1)`, schema+1); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	if _, err := Open(t.Context(), dir); !errors.Is(err, journal.ErrNewerSchema) {
		t.Errorf("Open: %v, want ErrNewerSchema", err)
	}
	if _, err := OpenReadOnly(t.Context(), dir); !errors.Is(err, journal.ErrNewerSchema) {
		t.Errorf("OpenReadOnly: %v, want ErrNewerSchema", err)
	}
}

// TestSchemaIsTheNewestMigration keeps the constant and the folder together.
func TestSchemaIsTheNewestMigration(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) != schema {
		t.Fatalf("%d migrations (%v), the newest is said to be %d", len(files), err, schema)
	}
	if last := filepath.Base(files[len(files)-1]); !strings.HasPrefix(last, fmt.Sprintf("%05d_", schema)) {
		t.Errorf("the last migration is %s", last)
	}
	s := opened(t, t.TempDir())
	if v, err := version(t.Context(), s.db); err != nil || v != schema {
		t.Errorf("a new file is at %d (%v), want %d", v, err, schema)
	}
}

// TestMigrationThatEndedEarly: a process killed before the schema stood leaves
// a file that the next one completes, and that status finds empty.
func TestMigrationThatEndedEarly(t *testing.T) {
	for name, left := range map[string]string{
		"nothing": ``,
		"version": `CREATE TABLE ` + versionTable + ` (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now'))); INSERT INTO ` + versionTable + ` (version_id, is_applied) VALUES (0, 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, fileName)
			if err := private(file); err != nil {
				t.Fatal(err)
			}
			db, err := connect(t.Context(), address(file, writing))
			if err != nil {
				t.Fatal(err)
			}
			_, err = db.ExecContext(t.Context(), left)
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
			r, err := OpenReadOnly(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			if count(t, r) != 0 {
				t.Error("an empty journal has events")
			}
			closed(t, r)
			s := opened(t, dir)
			put(t, s, 1, 1)
		})
	}
}

// TestFullFile: SQLite's own word for a full disk becomes ErrFull, nothing is
// lost, and afterwards the journal goes on.
func TestFullFile(t *testing.T) {
	s := opened(t, t.TempDir())
	put(t, s, 1, 2)
	limit(t, s.db, 1) // SQLite takes no less than the file has
	var full error
	n := int64(2)
	for full == nil {
		if full = s.Append(t.Context(), journaltest.Event("a", n+1)); full == nil {
			n++
		}
	}
	if !errors.Is(full, journal.ErrFull) {
		t.Fatalf("%v, want ErrFull", full)
	}
	if had := count(t, s); had != n {
		t.Errorf("%d events are there, %d were kept", had, n)
	}
	limit(t, s.db, 1_000_000)
	put(t, s, n+1, n+3)
}

// limit bounds the file to a number of pages.
func limit(t *testing.T, db *sql.DB, pages int) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
		t.Fatal(err)
	}
}

// TestCancelledInTheMiddle: an event that was begun is kept whole.
func TestCancelledInTheMiddle(t *testing.T) {
	s := opened(t, t.TempDir())
	for seq := int64(1); seq <= 20; seq++ {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.Append(ctx, journaltest.Event("a", seq)) }()
		cancel()
		err := <-done
		if n := count(t, s); n != seq && (err == nil || n != seq-1) {
			t.Fatalf("Append of event %d: %v, and %d events are there", seq, err, n)
		}
		if err != nil {
			put(t, s, seq, seq)
		}
	}
}

// endsWhenLookedAt is a context that ends as soon as somebody has asked whether
// it has.
type endsWhenLookedAt struct {
	context.Context
	end context.CancelFunc
}

func (c endsWhenLookedAt) Err() error {
	defer c.end()
	return c.Context.Err()
}

// TestCancelledOnceBegun: an event that was begun is kept, and said to be: a
// caller who was told of an error would not know whether it stands.
func TestCancelledOnceBegun(t *testing.T) {
	s := opened(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	if err := s.Append(endsWhenLookedAt{ctx, cancel}, journaltest.Event("a", 1)); err != nil {
		t.Error(err)
	}
	if ctx.Err() == nil {
		t.Error("the context was never looked at")
	}
	if n := count(t, s); n != 1 {
		t.Errorf("%d events are there", n)
	}
}

func BenchmarkAppend(b *testing.B) {
	s, err := Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	seq := int64(0)
	for b.Loop() {
		seq++
		if err := s.Append(b.Context(), journaltest.Event("a", seq)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		s, err := Open(b.Context(), dir)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
