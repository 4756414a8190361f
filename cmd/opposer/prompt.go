package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
)

// errClosed says that the person's input has ended (Ctrl-D): nobody answers
// any more.
var errClosed = errors.New("the input has ended")

// keyboard reads lines that a person types, one when asked. A reading that was
// given up stays under way and serves the next question, since a blocked read
// of a terminal cannot be taken back.
type keyboard struct {
	in *os.File

	mu      sync.Mutex
	lines   chan typed
	reading bool
	buffer  *bufio.Reader
}

type typed struct {
	line string
	err  error
}

func newKeyboard(in *os.File) *keyboard {
	return &keyboard{in: in, lines: make(chan typed, 1), buffer: bufio.NewReader(in)}
}

// line waits for a line. The error is errClosed at the input's end, or ctx's.
func (k *keyboard) line(ctx context.Context) (string, error) {
	k.begin()
	select {
	case t := <-k.lines:
		k.mu.Lock()
		k.reading = false
		k.mu.Unlock()
		return t.line, t.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// begin starts a reading unless one is under way. Its goroutine ends with the
// line, or with the process.
func (k *keyboard) begin() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.reading {
		return
	}
	k.reading = true
	go func() {
		line, err := k.buffer.ReadString('\n')
		if line != "" && errors.Is(err, io.EOF) {
			err = nil // a last line without its end is a line
		}
		if err != nil {
			err = errClosed
		}
		k.lines <- typed{strings.TrimRight(line, "\r\n"), err}
	}()
}

// secret waits for a line that the terminal does not show.
func (k *keyboard) secret(ctx context.Context) (string, error) {
	show, err := hide(k.in)
	if err != nil {
		return "", err
	}
	defer show()
	return k.line(ctx)
}
