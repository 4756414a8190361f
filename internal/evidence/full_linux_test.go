package evidence

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// TestAFullDiskIsTold lets a child write into a disk that takes 4 KiB a file:
// the error comes out, and no half file is left to be taken for evidence.
func TestAFullDiskIsTold(t *testing.T) {
	if dir := os.Getenv("EVIDENCE_FULL_DISK"); dir != "" {
		writeToFullDisk(t, dir)
		return
	}
	dir := t.TempDir()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAFullDiskIsTold$")
	child.Env = append(os.Environ(), "EVIDENCE_FULL_DISK="+dir)
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*", "*", "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func writeToFullDisk(t *testing.T, dir string) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ) // the write then returns EFBIG
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: 4096}); err != nil {
		t.Fatal(err)
	}
	f, err := Create(dir, at, Of{Account: "a", Run: "r"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Picture("big", make([]byte, 10_000)); err == nil {
		t.Error("a picture larger than the disk was kept")
	}
	for range 100 {
		f.files = append(f.files, File{Name: "x", SHA256: "0123456789012345678901234567890123456789012345678901234567890123"})
	}
	if _, err := f.Close(); err == nil {
		t.Error("a manifest larger than the disk was sealed")
	}
	f.files = nil
	if _, err := f.Close(); err != nil {
		t.Errorf("after room was made: %v", err)
	}
	if err := os.Remove(filepath.Join(f.Path(), manifestName)); err != nil {
		t.Error(err)
	}
}
