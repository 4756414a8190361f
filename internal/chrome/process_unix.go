//go:build unix

package chrome

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// openEnds makes the two pipes; Chrome finds its ends as descriptors 3 and 4.
func openEnds() (ends, error) {
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		return ends{}, err
	}
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		return ends{}, errors.Join(err, theirIn.Close(), ourOut.Close())
	}
	return ends{out: ourOut, in: ourIn, theirs: []*os.File{theirIn, theirOut}}, nil
}

// tie gives the process its ends and a group of its own, so that a Ctrl-C at
// the terminal reaches us alone and the whole group can be killed.
func tie(cmd *exec.Cmd, e ends) {
	cmd.ExtraFiles = e.theirs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithUs(cmd.SysProcAttr)
}

func killGroup(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) }

// isRoot reports whether Chrome's sandbox would refuse us.
func isRoot() bool { return os.Geteuid() == 0 }

// inUseBy tells which living process of this machine has the data folder, by
// the link that Chrome leaves there: SingletonLock → host-pid.
func inUseBy(dataDir string) (int, bool) {
	link, err := os.Readlink(filepath.Join(dataDir, "SingletonLock"))
	if err != nil {
		return 0, false
	}
	host, number, ok := cutLast(link, "-")
	here, err := os.Hostname()
	if !ok || err != nil || host != here {
		return 0, false
	}
	pid, err := strconv.Atoi(number)
	if err != nil || pid <= 0 {
		return 0, false
	}
	err = syscall.Kill(pid, 0) // EPERM: it lives, and is another person's
	return pid, (err == nil || errors.Is(err, syscall.EPERM)) && mayHaveFolder(pid)
}

// mayHaveFolder is false where the system tells that the process is none that
// has a data folder: after a power cut the link stands, and its number is soon
// another program's. Whom it tells nothing (no /proc, another person's process)
// Chrome's own word must do.
func mayHaveFolder(pid int) bool {
	args, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	return err != nil || len(args) == 0 || bytes.Contains(args, []byte("\x00--user-data-dir="))
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// holdFolder locks a data folder for as long as the file is open, so that a
// later run can tell a temporary one from one that a killed run left behind.
func holdFolder(dir string) (*os.File, error) { return holdFile(filepath.Join(dir, folderLock)) }

func holdFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = ErrInUse
		}
		return nil, errors.Join(fmt.Errorf("locking %s: %w", path, err), f.Close())
	}
	return f, nil
}
