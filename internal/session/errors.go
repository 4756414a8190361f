package session

import (
	"errors"

	"opposer/internal/words"
)

// ErrInUse says that a browser, or another run, has the login's folder.
var ErrInUse = errors.New("the kept login is in use")

// ErrBroke says that the window ended without a person closing it.
var ErrBroke = errors.New("the window ended by itself")

// FolderError says that something else stands where a login is to be kept.
type FolderError struct {
	Path string
	link bool
}

// Error says what stands there.
func (e *FolderError) Error() string { return e.Reason().In(words.English) }

// Reason says it to a person.
func (e *FolderError) Reason() words.Text {
	if e.link {
		return words.T("%s is a link. A login is kept in a folder of its own only.", words.Verbatim(e.Path))
	}
	return words.T("%s is not a folder. A login is kept in a folder of its own only.", words.Verbatim(e.Path))
}

// Remedy says what to do about it.
func (e *FolderError) Remedy() words.Text {
	return words.T("Move it away, or name another folder with --state.")
}

// NoScreenError says that there is no screen to open the window on.
type NoScreenError struct{ cause error }

func (e *NoScreenError) Error() string { return "opening a window to log in: no screen" }

// Unwrap gives what the browser said; nil where none was started.
func (e *NoScreenError) Unwrap() error { return e.cause }

// Remedy says what to do about it.
func (e *NoScreenError) Remedy() words.Text {
	return words.T("Log in from a desktop session on this computer, or come by: ssh -X")
}
