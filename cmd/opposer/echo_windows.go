package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// hide turns the console's echo off until show is called (SetConsoleMode).
func hide(f *os.File) (show func(), err error) {
	handle := windows.Handle(f.Fd())
	var before uint32
	if err := windows.GetConsoleMode(handle, &before); err != nil {
		return nil, fmt.Errorf("hiding what is typed: %w", err)
	}
	if err := windows.SetConsoleMode(handle, before&^windows.ENABLE_ECHO_INPUT); err != nil {
		return nil, fmt.Errorf("hiding what is typed: %w", err)
	}
	return func() { _ = windows.SetConsoleMode(handle, before) }, nil
}
