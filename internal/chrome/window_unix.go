//go:build unix

package chrome

import (
	"os"
	"os/exec"
	"syscall"
)

// apart gives the window's process a group of its own, so that a Ctrl-C at the
// terminal reaches us alone and the whole group can be killed. It outlives us:
// a person is logging in there.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// noDump keeps the process's memory from being written to disk when it crashes.
func noDump(cmd *exec.Cmd) error {
	_, err := afterStart(cmd)
	return err
}

// askToClose has Chrome close as when its last window is closed: what is stored
// is kept.
func askToClose(p *os.Process) error { return p.Signal(syscall.SIGTERM) }
