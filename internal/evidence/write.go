package evidence

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// writeFile makes a new file that is on the disk when it returns, or leaves
// none: half a picture is no evidence.
func writeFile(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path) // the first error is the one to tell
	}
	return err
}

// replaceFile writes beside the file and renames over it, so that a reader
// finds the whole of it or nothing.
func replaceFile(path string, content []byte) error {
	beside := path + ".new"
	_ = os.Remove(beside) // of an attempt that was interrupted here
	if err := writeFile(beside, content); err != nil {
		return err
	}
	if err := os.Rename(beside, path); err != nil {
		_ = os.Remove(beside)
		return err
	}
	return syncFolders(filepath.Dir(path))
}

// syncFolders makes new names in the folders durable. Windows cannot sync a
// folder and needs not: its file system journals names.
func syncFolders(paths ...string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	for _, path := range paths {
		if err := syncFolder(path); err != nil {
			return fmt.Errorf("syncing the evidence folder: %w", err)
		}
	}
	return nil
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
