package session

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"opposer/internal/chrome"
	"opposer/internal/personal"
)

// Name is what an account's login goes by: accounts with the same name share
// it. The config's session, else its Accounts Centre, else the account itself.
func Name(a personal.Account) string {
	if a.Session != "" {
		return a.Session
	}
	if a.AccountsCentre != "" {
		return a.AccountsCentre
	}
	return a.ID
}

// Dir is the folder of all logins.
type Dir struct{ path string }

// In is that of a state folder.
func In(state string) Dir { return Dir{filepath.Join(state, "sessions")} }

// For is an account's login, kept or not.
func (d Dir) For(a personal.Account) Session {
	return Session{d, folderName(Name(a))}
}

// All are those that are kept.
func (d Dir) All() ([]Session, error) {
	list, err := os.ReadDir(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing kept logins: %w", err)
	}
	var all []Session
	for _, entry := range list {
		if entry.IsDir() {
			all = append(all, Session{d, entry.Name()})
		}
	}
	return all, nil
}

var (
	plain = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)
	// reserved are names that Windows keeps for devices.
	reserved = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
)

// folderName is a name as a folder's, different for different names on every
// file system: letters of one case only, and what is no plain name as its hash,
// behind a sign that no plain name has.
func folderName(name string) string {
	if plain.MatchString(name) && !reserved.MatchString(name) {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return "+" + hex.EncodeToString(sum[:12])
}

// Session is one login: a folder, which may not exist. Two values of one folder
// are equal.
type Session struct {
	dir    Dir
	folder string
}

// Path is the data folder for a browser.
func (s Session) Path() string { return filepath.Join(s.dir.path, s.folder) }

// Exists reports whether a login is kept. The error is a *[FolderError] where
// something else stands in its place.
func (s Session) Exists() (bool, error) {
	for _, path := range [...]string{s.dir.path, s.Path()} {
		stat, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err == nil {
			err = isFolder(path, stat)
		}
		if err != nil {
			return false, fmt.Errorf("looking for a kept login: %w", err)
		}
	}
	return true, nil
}

// Lock keeps the login for the caller until release. The error is [ErrInUse]
// where another run, or a browser, has it, and a *[FolderError].
func (s Session) Lock() (release func() error, err error) {
	if err := private(s.dir.path); err != nil {
		return nil, fmt.Errorf("locking a kept login: %w", err)
	}
	// Beside the folder, so that it outlives the folder's removal: who waits for
	// it waits for the same file.
	f, err := chrome.Hold(s.Path() + ".lock")
	switch {
	case errors.Is(err, chrome.ErrInUse):
		return nil, fmt.Errorf("locking a kept login: %w", ErrInUse)
	case err != nil:
		return nil, fmt.Errorf("locking a kept login: %w", err)
	}
	if err := s.free(); err != nil {
		return nil, errors.Join(fmt.Errorf("locking a kept login: %w", err), f.Close())
	}
	return f.Close, nil
}

// free says whether no browser has the folder, and makes it private again where
// somebody opened it to others.
func (s Session) free() error {
	there, err := s.Exists()
	switch {
	case err != nil, !there:
		return err
	case chrome.InUse(s.Path()):
		return ErrInUse
	}
	return private(s.Path())
}

// Remove forgets the login: the folder with everything in it. Nothing to remove
// is no error.
func (s Session) Remove() (err error) {
	there, err := s.Exists()
	if err != nil || !there {
		return err
	}
	release, err := s.Lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := os.RemoveAll(s.Path()); err != nil {
		return fmt.Errorf("removing a kept login: %w", err)
	}
	return nil
}

// private makes a folder that only its owner can enter, or makes an existing
// one so.
func private(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	stat, err := os.Lstat(path)
	if err == nil {
		err = isFolder(path, stat)
	}
	if err != nil || stat.Mode().Perm() == 0o700 {
		return err
	}
	return os.Chmod(path, 0o700) //nolint:gosec // G302 a folder's owner has to enter it
}

// isFolder refuses a link: what is written there would be somewhere else.
func isFolder(path string, stat fs.FileInfo) error {
	if !stat.IsDir() {
		return &FolderError{Path: path, link: stat.Mode()&fs.ModeSymlink != 0}
	}
	return nil
}
