package main

import "golang.org/x/sys/unix"

// The requests that read and set a terminal's attributes (tty(4)).
const (
	getAttributes = unix.TIOCGETA
	setAttributes = unix.TIOCSETA
)
