package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/words"
)

// logWanted is what a person asked of the log.
type logWanted struct {
	verbose int    // 0: none on the screen; 1: what happens; 2: everything
	format  string // "", formatConsole or formatJSON
	file    string // also there; "": nowhere
}

// The formats of the log.
const (
	formatConsole = "console"
	formatJSON    = "json"
)

// check refuses a format that does not exist.
func (w logWanted) check() error {
	switch w.format {
	case "", formatConsole, formatJSON:
		return nil
	default:
		return &usageError{
			reason: words.T("There is no log format of that name."),
			remedy: words.T("There are: %s", formatConsole+", "+formatJSON),
		}
	}
}

// masking is the writer under the log: it hides every value that is known and
// everything shaped like an e-mail or a phone.
type masking interface {
	Writer(w io.Writer) io.Writer
}

// openLog opens the log. Each destination has its own masking writer beneath,
// so no event reaches one unmasked. The caller closes it.
func (a *app) openLog(w logWanted, m masking, s *screen) (zerolog.Logger, io.Closer, error) {
	if err := w.check(); err != nil {
		return zerolog.Nop(), nil, err
	}
	var to []io.Writer
	var file *os.File
	if w.verbose > 0 {
		to = append(to, w.shaped(m.Writer(screenLines{s}), a.tty.err))
	}
	if w.file != "" {
		var err error
		if file, err = openLogFile(w.file); err != nil {
			return zerolog.Nop(), nil, err
		}
		to = append(to, w.shaped(m.Writer(file), false))
	}
	if len(to) == 0 {
		return zerolog.Nop(), io.NopCloser(nil), nil
	}
	level := zerolog.InfoLevel
	if w.verbose > 1 {
		level = zerolog.DebugLevel
	}
	log := zerolog.New(zerolog.MultiLevelWriter(to...)).Level(level).With().Timestamp().Logger()
	return log, closeFile{file}, nil
}

// shaped is lines for a person at a terminal, JSON elsewhere, unless the format
// was named.
func (w logWanted) shaped(to io.Writer, terminal bool) io.Writer {
	if w.format == formatJSON || w.format == "" && !terminal {
		return to
	}
	return zerolog.ConsoleWriter{Out: to, TimeFormat: time.TimeOnly, NoColor: true}
}

func openLogFile(path string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("opening the log file: %w", err)
	}

	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the log file: %w", err)
	}
	return f, nil
}

// closeFile closes a file if there is one, after its lines are on the disk.
type closeFile struct{ file *os.File }

// Close syncs and closes.
func (c closeFile) Close() error {
	if c.file == nil {
		return nil
	}
	return errors.Join(c.file.Sync(), c.file.Close())
}

// screenLines writes log lines above the live lines of a screen.
type screenLines struct{ s *screen }

// Write says one line.
func (w screenLines) Write(b []byte) (int, error) {
	w.s.say(string(b))
	return len(b), nil
}
