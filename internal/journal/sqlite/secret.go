package sqlite

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// The reasons for which there is no secret.
var (
	// ErrKeyLost says that the key is gone while the journal is not. A new key
	// would name every objection anew, and all would be sent a second time.
	ErrKeyLost = errors.New("the journal's key is missing")
	// ErrKeyShape says that the key's file does not hold 32 bytes.
	ErrKeyShape = errors.New("the journal's key is damaged")
)

const (
	keyName  = "key"
	keyBytes = 32
)

// Secret gives the key of a state folder's hashes, made (32 random bytes, file
// 0600) when there is neither key nor journal. Processes that ask at once get
// the same one. Errors: [ErrKeyLost], [ErrKeyShape], or the file system's.
func Secret(dir string) ([]byte, error) {
	key, err := readKey(dir)
	if errors.Is(err, fs.ErrNotExist) {
		key, err = firstKey(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("reading key in %s: %w", dir, err)
	}
	return key, nil
}

func readKey(dir string) ([]byte, error) {
	name := filepath.Join(dir, keyName)
	key, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if len(key) != keyBytes {
		return nil, fmt.Errorf("%w: %d bytes instead of %d", ErrKeyShape, len(key), keyBytes)
	}
	_ = tighten(name) // on a read-only disk it stays as it is, and status still works
	return key, nil
}

// firstKey makes the key, one process at a time.
func firstKey(dir string) ([]byte, error) {
	lock, err := lockFile(filepath.Join(dir, "locks", "setup.lock"), true)
	if err != nil {
		return nil, err
	}
	defer func() { _ = lock.Close() }() // nothing was written to it
	if key, err := readKey(dir); !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if used, err := hasEvents(dir); err != nil || used {
		return nil, errors.Join(ErrKeyLost, err)
	}
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // crypto/rand.Read never returns an error
	return key, keep(filepath.Join(dir, keyName), key)
}

// hasEvents reports whether something was named by a key before.
func hasEvents(dir string) (bool, error) {
	s, err := OpenReadOnly(context.Background(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	events, err := s.History(context.Background(), "")
	return len(events) > 0, errors.Join(err, s.Close())
}

// keep writes a file so that after a power cut it is there whole or not at all.
func keep(name string, content []byte) error {
	f, err := os.OpenFile(name+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(name+".new", name); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(name))
}

// syncFolder makes a rename durable (fsync(2): the folder needs a sync of its
// own). Windows has no such call.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
