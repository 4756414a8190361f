package chrome

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// diesWithUs says that a kill of this program kills Chrome before it can let
// a paused request go.
const diesWithUs = true

// dieWithUs asks the kernel to kill Chrome when the thread that starts it
// dies: 280 kills of the controlling program let nothing leave; without it
// Chrome lets paused keepalive requests go when the pipe closes.
func dieWithUs(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGKILL }

// afterStart forbids core dumps, to Chrome and to what it will start: one
// would hold what was typed.
func afterStart(cmd *exec.Cmd) (func() error, error) {
	err := unix.Prlimit(cmd.Process.Pid, unix.RLIMIT_CORE, &unix.Rlimit{}, nil)
	if err == unix.ESRCH { // it has ended already; waiting will tell why
		err = nil
	}
	return nil, err
}
