package chrome

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"opposer/internal/words"
)

// WindowOptions say which browser opens a window that nothing is attached to.
type WindowOptions struct {
	Bin       string   // path of the program; see [Find]
	DataDir   string   // kept data folder, which exists
	Pages     []string // opened, each in a tab
	NoSandbox bool     // as root only, and only with a warning to the person

	Hosts     []string // as [Options.Hosts]
	Keys      []string // as [Options.TrustedKeys]
	Languages []string // as [Options.Languages]
}

// Window is an ordinary browser for a person: no pipe, no port, nothing of ours
// looks in.
type Window struct {
	options WindowOptions
	*process
}

// OpenWindow opens one. The error is a *[StartError].
func OpenWindow(o WindowOptions) (*Window, error) {
	as := Options{Bin: o.Bin, DataDir: o.DataDir}
	if isShell(o.Bin) {
		return nil, &StartError{Bin: o.Bin, Reason: words.T("%s has no window.", o.Bin), remedy: installRemedy()}
	}
	if pid, used := inUseBy(o.DataDir); used {
		return nil, inUse(as, fmt.Errorf("process %d has the data folder", pid))
	}
	if err := prefer(o.DataDir); err != nil {
		return nil, noFolder(as, err)
	}
	p := &process{said: &tail{limit: keptOutput}, ended: make(chan struct{})}
	p.cmd = exec.Command(o.Bin, windowFlags(o)...) //nolint:noctx // it outlives what opens it: a person closes it
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	p.cmd.WaitDelay = time.Second
	apart(p.cmd)
	if err := p.cmd.Start(); err != nil {
		return nil, notStarted(as, err)
	}
	w := &Window{o, p}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait()
	}()
	if err := noDump(p.cmd); err != nil {
		p.kill()
		return nil, notStarted(as, err)
	}
	return w, nil
}

// windowFlags are few: it is a person's browser. The password store is the one
// that every browser of ours uses, or cookies that one wrote could not be read
// by the other.
func windowFlags(o WindowOptions) []string {
	args := []string{
		"--user-data-dir=" + o.DataDir,
		"--no-first-run",
		"--no-default-browser-check",
		"--disable-background-mode", // closed is closed: the folder is free then
		// Without these Chrome encrypts its cookies by a key of the desktop's
		// that a headless one has no way to.
		"--password-store=basic",
		"--use-mock-keychain",
	}
	if o.NoSandbox {
		args = append(args, "--no-sandbox")
	}
	if len(o.Languages) > 0 {
		args = append(args, "--accept-lang="+strings.Join(o.Languages, ","))
	}
	args = append(args, routed(Options{Hosts: o.Hosts, TrustedKeys: o.Keys})...)
	return append(args, o.Pages...)
}

// Wait waits until the person has closed the window. When ctx ends first, the
// browser is asked to close, which alone makes it keep its newest cookies, and
// is killed when it does not. The error is a *[StartError], [ErrGone] where it
// crashed, or ctx's.
func (w *Window) Wait(ctx context.Context) error {
	select {
	case <-w.ended:
		w.kill() // what it may have left of its group
		return w.outcome()
	case <-ctx.Done():
	}
	_ = askToClose(w.cmd.Process)
	timer := time.NewTimer(closeWithin)
	defer timer.Stop()
	select {
	case <-w.ended:
	case <-timer.C:
	}
	w.kill()
	return fmt.Errorf("waiting for a browser's window: %w", context.Cause(ctx))
}

// outcome explains how it ended.
func (w *Window) outcome() error {
	was := outcome{said: w.said.String(), code: w.cmd.ProcessState.ExitCode(), ended: true}
	cause := fmt.Errorf("exit code %d", was.code)
	switch {
	case handedOver(was.said):
		return inUse(Options{Bin: w.options.Bin}, cause)
	case !Used(w.options.DataDir), was.code != 0 && screenless(was.said):
		return explained(Options{Bin: w.options.Bin}, was, cause)
	case was.code != 0:
		return fmt.Errorf("waiting for a browser's window: %w: %w", ErrGone, cause)
	default:
		return nil
	}
}

// handedOver reports whether it gave its pages to another browser, which has
// the folder, and left.
func handedOver(said string) bool {
	return strings.Contains(said, "Opening in existing browser session")
}

// Used reports whether a browser has ever run with a data folder.
func Used(dataDir string) bool {
	_, err := os.Stat(filepath.Join(dataDir, "Local State"))
	return err == nil
}

// InUse reports whether a living browser of this machine has a data folder. A
// headless shell does not say so; see [Hold].
func InUse(dataDir string) bool {
	_, used := inUseBy(dataDir)
	return used
}

// Hold locks a file, which is made where it does not exist, for as long as it
// is open. The error is [ErrInUse] when another process, or another part of
// this one, holds it.
func Hold(file string) (*os.File, error) { return holdFile(file) }
