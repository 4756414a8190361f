package main

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"opposer/internal/chrome"
	"opposer/internal/config"
	"opposer/internal/journal"
	"opposer/internal/profile"
	"opposer/internal/rehearsal"
	"opposer/internal/run"
	"opposer/internal/session"
	"opposer/internal/supervise"
	"opposer/internal/words"
)

// explanation is an error as a person and a script hear of it.
type explanation struct {
	problems []problem  // things to mend in a file, all at once
	sentence words.Text // what happened; after problems, what it comes to
	remedy   words.Text // what to do
	detail   string     // for a report of a fault
	code     int
}

// problem is one thing to mend in a file.
type problem struct {
	file         string
	line, column int
	excerpt      string // masked
	reason       words.Text
	remedy       words.Text
}

// explain is the only place where an error becomes a sentence, a remedy and an
// exit code.
func explain(err error) explanation {
	for _, known := range [...]func(error) (explanation, bool){
		explainFiles, explainUsage, explainPage, explainSession, explainBrowser, explainJournal, explainSystem,
	} {
		if e, ok := known(err); ok {
			return e
		}
	}
	return explanation{
		sentence: words.T("Something went wrong inside this program: %s", err.Error()),
		remedy:   words.T("Please report it; the line above holds no personal data."),
		code:     run.Fault,
	}
}

func explainUsage(err error) (explanation, bool) {
	var usage *usageError
	var unknown *run.UnknownError
	var scenario *rehearsal.UnknownScenarioError
	switch {
	case errors.As(err, &usage):
		return explanation{sentence: usage.reason, remedy: usage.remedy, code: run.Usage}, true
	case errors.As(err, &unknown) && unknown.What == run.Account:
		return explanation{sentence: words.T("Your config has no account %s.", clean(unknown.Name)), remedy: unknown.Remedy(), code: run.Usage}, true
	case errors.As(err, &unknown) && unknown.What == run.Choice:
		return explanation{sentence: words.T("--only does not know the word %s.", clean(unknown.Name)), remedy: unknown.Remedy(), code: run.Usage}, true
	case errors.As(err, &unknown):
		return explanation{sentence: words.T("There is no profile for a service %s.", clean(unknown.Name)), remedy: unknown.Remedy(), code: run.Usage}, true
	case errors.As(err, &scenario):
		return explanation{
			sentence: words.T("There is no rehearsal called %s.", clean(scenario.Name)),
			remedy:   words.T("What there is: %s", "opposer rehearsal list"), code: run.Usage,
		}, true
	default:
		return explanation{}, false
	}
}

// explainPage knows why the page of a run cannot be served.
func explainPage(err error) (explanation, bool) {
	var address *supervise.AddressError
	switch {
	case errors.As(err, &address):
		return explanation{
			sentence: words.T("--supervise=%s names no port of this computer alone, as 127.0.0.1:8765 does.", clean(address.Addr)),
			remedy:   address.Remedy(), code: run.Usage,
		}, true
	case errors.Is(err, syscall.EADDRINUSE):
		return explanation{
			sentence: words.T("Another program has the address of --supervise already. Nothing was sent."),
			remedy:   words.T("Leave the address away and a free one is taken: %s", "--supervise"), code: run.Usage,
		}, true
	default:
		return explanation{}, false
	}
}

// explainSession knows what keeps a login from being kept, or from being used.
func explainSession(err error) (explanation, bool) {
	var folder *session.FolderError
	var screen *session.NoScreenError
	switch {
	case errors.As(err, &folder):
		return explanation{sentence: folder.Reason(), remedy: folder.Remedy(), code: run.Usage}, true
	case errors.As(err, &screen):
		return explanation{
			sentence: words.T("There is no screen here to show a window on."),
			remedy:   screen.Remedy(), code: run.Failed,
		}, true
	case errors.Is(err, session.ErrInUse):
		return explanation{
			sentence: words.T("The kept login is in use: a Chrome window or another opposer has it."),
			remedy:   words.T("Close that window, or wait for the other opposer to end, then try again."), code: run.Failed,
		}, true
	case errors.Is(err, session.ErrBroke):
		return explanation{
			sentence: words.T("The Chrome window ended by itself. What you did in the last half minute may be lost."),
			remedy:   words.T("Try again."), code: run.Failed,
		}, true
	default:
		return explanation{}, false
	}
}

func explainBrowser(err error) (explanation, bool) {
	var start *chrome.StartError
	var missing *chrome.NotFoundError
	switch {
	case errors.As(err, &start):
		return explanation{
			sentence: words.T("Chrome did not start: %s Nothing was sent.", start.Reason),
			remedy:   start.Remedy(), code: run.Failed,
		}, true
	case errors.As(err, &missing):
		return explanation{
			sentence: words.T("There is no browser to use: %s Nothing was sent.", missing.Reason),
			remedy:   missing.Remedy(), code: run.Failed,
		}, true
	case errors.Is(err, chrome.ErrGone):
		return explanation{
			sentence: words.T("The browser ended before its work was done."),
			remedy:   words.T("Run again: what was sent is not sent again."), code: run.Failed,
		}, true
	default:
		return explanation{}, false
	}
}

func explainJournal(err error) (explanation, bool) {
	switch {
	case errors.Is(err, journal.ErrNewerSchema):
		return explanation{
			sentence: words.T("The journal was written by a newer opposer."),
			remedy:   words.T("Use that version, or name another folder with --state."), code: run.Usage,
		}, true
	case errors.Is(err, journal.ErrHeld):
		return explanation{
			sentence: words.T("Another opposer is at work on this objection."),
			remedy:   words.T("Wait for it to end, then run again."), code: run.Failed,
		}, true
	default:
		return explanation{}, false
	}
}

// explainSystem knows what the operating system refuses. Before anything is
// sent the journal is written, so a full disk means that nothing was sent.
func explainSystem(err error) (explanation, bool) {
	path := ""
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		path = at.Path
	}
	switch {
	case errors.Is(err, context.Canceled):
		return explanation{sentence: words.T("Stopped."), code: run.Stopped}, true
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return explanation{
			sentence: words.T("The disk is full. What could not be written down was not sent."),
			remedy:   words.T("Make room, then run again."), code: run.Failed,
		}, true
	case errors.Is(err, syscall.EPIPE):
		return explanation{code: run.Failed}, true // nobody reads: nobody to tell
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return explanation{
			sentence: words.T("It is not allowed to write or read %s. What could not be written down was not sent.", pathOr(path)),
			remedy:   words.T("Change its rights, or name another folder with --state."), code: run.Failed,
		}, true
	default:
		return explanation{}, false
	}
}

func pathOr(path string) words.Text {
	if path == "" {
		return words.T("the folder of the journal")
	}
	return words.Verbatim(path)
}

// explainFiles lists everything that is to mend in the person's files.
func explainFiles(err error) (explanation, bool) {
	var inConfig config.Problems
	var inProfiles profile.Problems
	e := explanation{code: run.Usage}
	switch {
	case errors.As(err, &inConfig):
		for _, p := range inConfig {
			e.problems = append(e.problems, problem{p.File, p.Line, p.Column, p.Excerpt, p.Reason, p.Remedy})
		}
		e.remedy = words.T("A correct example: %s", "opposer config example")
	case errors.As(err, &inProfiles):
		e.problems = profileProblems(inProfiles)
	default:
		return explanation{}, false
	}
	n := len(e.problems)
	e.sentence = words.N(n, "%d thing to mend. Nothing was started.", "%d things to mend. Nothing was started.", n)
	return e, true
}
