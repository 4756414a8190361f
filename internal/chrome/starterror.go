package chrome

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"

	"opposer/internal/words"
)

// StartError says why a browser did not start, and what to do.
type StartError struct {
	Reason words.Text
	Bin    string
	Said   string // the end of what the program wrote, for the log
	Cause  error
	remedy words.Text
}

// Error is for a log: reason, cause and the program's last line.
func (e *StartError) Error() string {
	text := "starting the browser " + e.Bin + ": " + e.Reason.String()
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap gives the cause.
func (e *StartError) Unwrap() error { return e.Cause }

// Remedy is what a person can do about it.
func (e *StartError) Remedy() words.Text { return e.remedy }

// outcome is how a start ended that did not succeed.
type outcome struct {
	said     string
	code     int
	ended    bool // by itself
	deadline bool
}

func inUse(o Options, cause error) error {
	return &StartError{
		Bin: o.Bin, Cause: cause,
		Reason: words.T("another browser already uses this login's folder."),
		remedy: words.T("Close the other browser window or program that uses it, then try again."),
	}
}

func noFolder(o Options, cause error) error {
	return &StartError{
		Bin: o.Bin, Cause: cause,
		Reason: words.T("the folder for the browser's data cannot be made."),
		remedy: words.T("Make room on the disk or choose a folder that you may write to."),
	}
}

// notStarted explains why the operating system did not run the program.
func notStarted(o Options, cause error) error {
	e := &StartError{Bin: o.Bin, Cause: cause}
	switch {
	case errors.Is(cause, fs.ErrNotExist), errors.Is(cause, exec.ErrNotFound):
		e.Reason = words.T("there is no program at %s.", o.Bin)
		e.remedy = installRemedy()
	case errors.Is(cause, fs.ErrPermission):
		e.Reason = words.T("%s may not be run.", o.Bin)
		e.remedy = words.T("Make it executable, or name another browser.")
	default:
		e.Reason = words.T("%s is not a program that runs on this computer.", o.Bin)
		e.remedy = installRemedy()
	}
	return e
}

// explained makes a sentence of what a program did that started and was no use.
func explained(o Options, was outcome, cause error) error {
	e := &StartError{Bin: o.Bin, Said: was.said, Cause: cause}
	says := func(parts ...string) bool { return holdsAny(was.said, parts...) }
	switch {
	case says("Running as root without --no-sandbox"):
		e.Reason = words.T("Chrome does not start for root with its sandbox on.")
		e.remedy = words.T("Run as another user, or allow Chrome to run without its sandbox.")
	case says("No usable sandbox"):
		e.Reason = words.T("this system does not allow Chrome's sandbox.")
		e.remedy = words.T("Allow unprivileged user namespaces, or install Chrome from your system's packages.")
	case screenless(was.said):
		e.Reason = words.T("there is no screen to show a window on.")
		e.remedy = words.T("Run without a window, or from a desktop session.")
		cause = errors.Join(ErrNoScreen, cause)
	case handedOver(was.said), says("ProcessSingleton", "profile appears to be in use"):
		return inUse(o, cause)
	case was.deadline && errors.Is(cause, context.Canceled):
		return cause
	case was.deadline && !was.ended:
		e.Reason = words.T("%s started but gave no answer in time.", o.Bin)
		e.remedy = words.T("Try again when the computer is less busy, or name another browser.")
	case was.ended:
		e.Reason = words.T("%s ended at once: it is not a Chrome or Chromium that this program can use.", o.Bin)
		e.remedy = installRemedy()
	default:
		e.Reason = words.T("%s does not speak as Chrome or Chromium does.", o.Bin)
		e.remedy = installRemedy()
	}
	if line := lastLine(was.said); line != "" {
		e.Cause = errors.Join(cause, fmt.Errorf("exit code %d: %s", was.code, line))
	}
	return e
}

// screenless reports whether a browser said that it found no screen.
func screenless(said string) bool {
	return holdsAny(said, "Missing X server", "Unable to open X display", "Failed to connect to Wayland",
		"cannot open display", "The platform failed to initialize")
}

func holdsAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
}

func lastLine(s string) string {
	return s[strings.LastIndexByte(s, '\n')+1:]
}

// installRemedy says how a usable browser comes onto this system.
func installRemedy() words.Text {
	if _, err := os.Stat("/etc/debian_version"); err == nil {
		return words.T("Install Chromium with: sudo apt-get install chromium")
	}
	return words.T("Install Google Chrome from google.com/chrome, or Chromium from your system's own packages.")
}
