package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// access is how a file is opened.
type access int

const (
	writing access = iota
	reading
	frozen // on a medium that nobody writes: no log, no shared memory, no locks
)

// address is the file's URI (sqlite.org/uri.html) with what every connection
// is set to. The path is escaped: "?" and "#" are legal in folder names.
func address(file string, how access) string {
	q := url.Values{"_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "trusted_schema(0)"}}
	switch how {
	case writing:
		q.Set("_txlock", "immediate")
		q.Set("mode", "rw") // the file is made by us, with its rights
		q["_pragma"] = append(q["_pragma"],
			"journal_mode(WAL)", "synchronous(FULL)",
			// macOS: fsync alone leaves the data in the drive's cache (fcntl
			// F_FULLFSYNC); elsewhere these two do nothing.
			"fullfsync(1)", "checkpoint_fullfsync(1)")
	case reading:
		q.Set("mode", "ro")
	case frozen:
		q.Set("mode", "ro")
		q.Set("immutable", "1")
	}
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… is file:///C:/…
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}
	return u.String()
}

// connect opens the one connection that a store works through: writes queue up
// in this process instead of meeting SQLITE_BUSY in the file.
func connect(ctx context.Context, dsn string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// private makes the file when there is none, and keeps others from reading it
// and its companions when there is one. SQLite gives a log and a shared memory
// the rights of their file.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		if err := tighten(name); err != nil {
			return err
		}
	}
	return nil
}

func tighten(name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	return os.Chmod(name, 0o600)
}

// patience is how long processes that open one journal at the same moment take
// turns: the switch to the write-ahead log does not wait for its lock, whatever
// busy_timeout says (sqlite.org/wal.html).
const patience = 15 * time.Second

// pause waits a moment for the other process; false when ctx is over.
func pause(ctx context.Context) bool {
	t := time.NewTimer(20 * time.Millisecond)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// busy reports whether another process had the file just then.
func busy(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
