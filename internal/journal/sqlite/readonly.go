package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"opposer/internal/journal"
)

// ErrNoRoomToRead says that the last events stand in a log that can only be
// read where something can be written, and that no such place was found.
var ErrNoRoomToRead = errors.New("no place to unfold the journal's log")

// errChanging says that the journal was written to while it was copied.
var errChanging = errors.New("journal changes while it is read")

// OpenReadOnly opens a journal to look at, also on a full or read-only disk.
// Appending and locking are journal.ErrReadOnly. Where there is no journal the
// error is fs.ErrNotExist. Other errors: journal.ErrNewerSchema,
// [ErrNoRoomToRead], or the file system's.
//
// A log that was left behind needs shared memory beside it to be read. Where
// that cannot be made, file and log are copied to a private temporary folder
// (which holds keyed hashes and masked forms only) and the copy is read; Close
// removes it.
func OpenReadOnly(ctx context.Context, dir string) (*Store, error) {
	file, err := filepath.Abs(filepath.Join(dir, fileName))
	if err == nil {
		_, err = os.Stat(file)
	}
	if err != nil {
		return nil, fmt.Errorf("reading journal in %s: %w", dir, err)
	}
	s, err := look(ctx, file, temporaries())
	if err != nil {
		return nil, fmt.Errorf("reading journal in %s: %w", dir, cause(err))
	}
	return s, nil
}

// temporaries are the folders in which a copy may be made. When the disk is
// full, so is often the one of temporary files; memory is not.
func temporaries() []string { return []string{os.TempDir(), "/dev/shm"} }

// look tries the ways of reading, the most faithful first.
func look(ctx context.Context, file string, temporary []string) (*Store, error) {
	s, first := reader(ctx, address(file, reading))
	if first == nil || errors.Is(first, journal.ErrNewerSchema) {
		return s, first
	}
	log, err := os.Stat(file + "-wal")
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && log.Size() == 0:
		return reader(ctx, address(file, frozen))
	case err != nil:
		return nil, errors.Join(first, err)
	}
	tried := []error{ErrNoRoomToRead, first}
	for _, folder := range temporary {
		s, err := lookAtCopy(ctx, file, folder)
		if err == nil || errors.Is(err, journal.ErrNewerSchema) {
			return s, err
		}
		tried = append(tried, err)
	}
	return nil, errors.Join(tried...)
}

// reader opens a store for reading and proves that it can be read.
func reader(ctx context.Context, dsn string) (*Store, error) {
	db, err := connect(ctx, dsn)
	if err != nil {
		return nil, err
	}
	v, err := check(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db: db, empty: v == 0}, nil
}

func lookAtCopy(ctx context.Context, file, folder string) (*Store, error) {
	dir, err := os.MkdirTemp(folder, "opposer-journal-")
	if err != nil {
		return nil, err
	}
	to := filepath.Join(dir, fileName)
	if err := copyStill(file, to); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s, err := reader(ctx, address(to, writing))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s.copied = dir
	return s, nil
}

// copyStill copies file and log as they stood together at one moment: a writer
// may be at work where only we cannot write.
func copyStill(from, to string) error {
	for range 5 {
		before, err := stamps(from)
		if err != nil {
			return err
		}
		for _, end := range []string{"", "-wal"} {
			if err := copyFile(from+end, to+end); err != nil {
				return err
			}
		}
		after, err := stamps(from)
		if err != nil {
			return err
		}
		if before == after {
			return nil
		}
	}
	return errChanging
}

// stamp tells one content of a file from another.
type stamp struct {
	size int64
	at   time.Time
}

func stamps(file string) (both [2]stamp, err error) {
	for i, end := range []string{"", "-wal"} {
		info, err := os.Stat(file + end)
		if err != nil {
			return both, err
		}
		both[i] = stamp{info.Size(), info.ModTime()}
	}
	return both, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
