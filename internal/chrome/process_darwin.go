package chrome

import (
	"os/exec"
	"syscall"
)

// diesWithUs is false: macOS has no death signal. When we are killed Chrome
// ends because the pipe closes, and may let a paused keepalive request go
// first. A hold is therefore never armed here, and an attempt that was killed
// while sending is in doubt.
const diesWithUs = false

func dieWithUs(*syscall.SysProcAttr) {}

func afterStart(*exec.Cmd) (func() error, error) { return nil, nil }
