package sqlite

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestSecretIsMadeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "deep")
	first, err := Secret(dir)
	if err != nil || len(first) != keyBytes || bytes.Equal(first, make([]byte, keyBytes)) {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	closed(t, opened(t, dir)) // a journal without events is no obstacle
	again, err := Secret(dir)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("another key: %v", err)
	}
	other, err := Secret(t.TempDir())
	if err != nil || bytes.Equal(first, other) {
		t.Errorf("two folders have one key: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, keyName+".new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a copy of the key is left: %v", err)
	}
}

// TestLostKeyIsNotReplaced: a new one would name every objection anew, and all
// would be sent a second time.
func TestLostKeyIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	first, err := Secret(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := opened(t, dir)
	if err := os.Rename(filepath.Join(dir, keyName), filepath.Join(dir, "away")); err != nil {
		t.Fatal(err)
	}
	if _, err := Secret(dir); err != nil {
		t.Fatalf("nothing was named by the lost key: %v", err)
	}
	put(t, s, 1, 1)
	if err := os.Remove(filepath.Join(dir, keyName)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if key, err := Secret(dir); !errors.Is(err, ErrKeyLost) || key != nil {
			t.Fatalf("%x, %v, want ErrKeyLost", key, err)
		}
	}
	if err := os.Rename(filepath.Join(dir, "away"), filepath.Join(dir, keyName)); err != nil {
		t.Fatal(err)
	}
	if key, err := Secret(dir); err != nil || !bytes.Equal(key, first) {
		t.Errorf("put back: %v", err)
	}
}

func TestDamagedKeyIsRefused(t *testing.T) {
	for _, n := range []int{0, 31, 33} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, keyName), make([]byte, n), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Secret(dir); !errors.Is(err, ErrKeyShape) {
			t.Errorf("%d bytes: %v, want ErrKeyShape", n, err)
		}
	}
}

// TestHalfMadeKeyIsMadeAnew: a process killed while it wrote leaves no key.
func TestHalfMadeKeyIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, keyName+".new"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if key, err := Secret(dir); err != nil || len(key) != keyBytes {
		t.Errorf("%d bytes, %v", len(key), err)
	}
}
