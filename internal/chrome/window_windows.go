package chrome

import (
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// apart gives the window's process a group of its own, so that a Ctrl-C at the
// terminal reaches us alone.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
}

// noDump has nothing to do here: where a crash is written to is the system's
// setting.
func noDump(*exec.Cmd) error { return nil }

// askToClose ends the process: Windows has no signal that a window of another
// program takes for its closing.
func askToClose(p *os.Process) error { return p.Kill() }
