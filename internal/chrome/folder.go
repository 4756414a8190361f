package chrome

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	folderPrefix = "opposer-chrome-"
	folderLock   = "opposer.lock"
)

// folder is a browser's data folder: one of ours, removed at the end, or one
// that a person keeps.
type folder struct {
	path string
	ours bool
	lock *os.File
}

// openFolder makes a folder of our own where no other is named, locks it, and
// puts our preferences into a new one. Folders that a killed run left are
// removed first: they hold cookies.
func openFolder(named string) (folder, error) {
	f := folder{path: named}
	var err error
	if named == "" {
		sweep(os.TempDir(), time.Now().Add(-justMade))
		f.ours = true
		f.path, err = os.MkdirTemp("", folderPrefix) // 0700
	} else {
		err = os.MkdirAll(named, 0o700)
	}
	if err != nil {
		return f, err
	}
	if f.lock, err = holdFolder(f.path); err == nil {
		err = prefer(f.path)
	}
	if err != nil {
		return f, errors.Join(err, f.close())
	}
	return f, nil
}

// prefer writes our preferences where Chrome has none yet.
func prefer(dir string) error {
	defaults := filepath.Join(dir, "Default")
	if err := os.MkdirAll(defaults, 0o700); err != nil {
		return err
	}
	file := filepath.Join(defaults, "Preferences")
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	return os.WriteFile(file, []byte(preferences), 0o600)
}

// justMade is how long the lock of a folder may be there before its maker has
// locked it.
const justMade = 10 * time.Second

// sweep removes temporary folders with a lock from before then that nobody holds.
func sweep(dir string, then time.Time) {
	left, err := filepath.Glob(filepath.Join(dir, folderPrefix+"*"))
	if err != nil {
		return
	}
	for _, path := range left {
		if lock, err := os.Stat(filepath.Join(path, folderLock)); err != nil || lock.ModTime().After(then) {
			continue // being made, or not ours
		}
		if lock, err := holdFolder(path); err == nil {
			_ = discard(path, lock) // another's, or tried again
		}
	}
}

// close unlocks the folder, and removes one of ours.
func (f folder) close() error {
	if !f.ours {
		if f.lock != nil {
			return f.lock.Close()
		}
		return nil
	}
	if err := discard(f.path, f.lock); err != nil {
		return fmt.Errorf("removing the browser's temporary folder: %w", err)
	}
	return nil
}

// discard removes a folder under its lock, and once more without: a system may
// not remove what is open, and Chrome's last children may still be writing.
// What is left keeps a lock file, so that a later run finds it.
func discard(path string, lock *os.File) error {
	err := os.RemoveAll(path)
	if lock != nil {
		_ = lock.Close()
	}
	if err == nil {
		return nil
	}
	if err = os.RemoveAll(path); err != nil {
		_ = os.WriteFile(filepath.Join(path, folderLock), nil, 0o600)
	}
	return err
}
