package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"opposer/internal/rehearsal"
)

// process is everything of the operating system's process that the program
// touches, in one value: nothing else reads os.Args, the environment, a
// standard stream, or ends the process.
type process struct {
	args   []string // without the program's name
	env    func(string) string
	stdin  *os.File
	stdout io.Writer
	stderr io.Writer
	cwd    string
	super  bool                  // we have root's rights
	now    func() time.Time      // for what is recorded and told
	width  func() int            // columns of the terminal at stderr; 0: no terminal
	tty    terminals             // which streams a person sits at
	signal func() (signals, end) // begins to listen to signals, until end
	exit   func(int)             // ends the process at once
	// play serves the pages of a rehearsal.
	play func(context.Context, rehearsal.Options) (*rehearsal.Site, error)
}

// terminals says at which streams a person sits.
type terminals struct{ in, out, err bool }

// osProcess is the process we run in.
func osProcess() process {
	cwd, err := os.Getwd()
	if err != nil {
		cwd = "." // deleted under us: relative paths fail by themselves
	}
	return process{
		args: os.Args[1:], env: os.Getenv, cwd: cwd,
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		super: os.Geteuid() == 0, now: time.Now, exit: os.Exit, signal: listen, play: rehearsal.Start,
		width: func() int { return columns(os.Stderr) },
		tty:   terminals{in: isTerminal(os.Stdin), out: isTerminal(os.Stdout), err: isTerminal(os.Stderr)},
	}
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

func columns(f *os.File) int {
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return w
}

// colourful reports whether colour may mark words on a stream: no-color.org,
// and a terminal that knows what colour is.
func (p process) colourful(terminal bool) bool {
	return terminal && p.env("NO_COLOR") == "" && p.env("TERM") != "dumb"
}

// homely shortens a path for a person: ~ for the home folder.
func (p process) homely(path string) string {
	home := p.env("HOME")
	if home == "" || home == "/" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, filepath.Clean(home)+string(filepath.Separator)); ok {
		return "~" + string(filepath.Separator) + rest
	}
	return path
}
