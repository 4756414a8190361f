//go:build linux || darwin

package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// hide turns the terminal's echo off until show is called. It leaves line
// editing and signals as they are, so that Ctrl-C still works.
func hide(f *os.File) (show func(), err error) {
	fd := int(f.Fd())
	before, err := unix.IoctlGetTermios(fd, getAttributes)
	if err != nil {
		return nil, fmt.Errorf("hiding what is typed: %w", err)
	}
	hidden := *before
	hidden.Lflag &^= unix.ECHO
	hidden.Lflag |= unix.ECHONL // the line's end is shown: the next text begins a line of its own
	if err := unix.IoctlSetTermios(fd, setAttributes, &hidden); err != nil {
		return nil, fmt.Errorf("hiding what is typed: %w", err)
	}
	return func() { _ = unix.IoctlSetTermios(fd, setAttributes, before) }, nil
}
