package main

import "golang.org/x/sys/unix"

// The requests that read and set a terminal's attributes (ioctl_tty(2)).
const (
	getAttributes = unix.TCGETS
	setAttributes = unix.TCSETS
)
