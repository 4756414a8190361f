package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"opposer/internal/journal"
)

// Lock implements journal.Store: an exclusive lock of the operating system on
// a file of the objection's own. It also excludes a second lock of this
// process, since it belongs to the open file and not to the process. The file
// is never removed: a lock on a removed file excludes nobody who makes it anew.
func (s *Store) Lock(ctx context.Context, key journal.Key) (func() error, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("locking %s: %w", key, err)
	}
	if s.locks == "" {
		return nil, fmt.Errorf("locking %s: %w", key, journal.ErrReadOnly)
	}
	name := sha256.Sum256([]byte(key)) // a service's name may hold what no file name may
	f, err := lockFile(filepath.Join(s.locks, hex.EncodeToString(name[:16])+".lock"), false)
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", key, err)
	}
	return f.Close, nil
}

// lockFile opens and locks a file; the lock ends when it is closed or the
// process ends. Children of this process do not inherit it (os.OpenFile sets
// close-on-exec). Without wait a lock that is taken is journal.ErrHeld.
func lockFile(name string, wait bool) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lock(f, wait); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
