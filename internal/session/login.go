package session

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"opposer/internal/chrome"
)

// LoginOptions say which window is opened, and on what.
type LoginOptions struct {
	Bin       string   // path of the browser
	Pages     []string // where a person logs in
	Languages []string // asked of every site, best first (BCP 47)
	NoSandbox bool     // as root only

	Env func(string) string // reads a variable of the environment

	Hosts       []string // as [chrome.Options.Hosts]
	TrustedKeys []string // as [chrome.Options.TrustedKeys]

	Opened func() // the window is there; nil: nobody listens
}

// Login opens a window for a person to log in, and returns when they have
// closed it. Where the browser could not be used at all, nothing is kept. The
// errors are *[NoScreenError], *[FolderError], [ErrInUse], [ErrBroke], a
// *[chrome.StartError], and ctx's; what was stored by then is kept.
func (s Session) Login(ctx context.Context, o LoginOptions) (err error) {
	if !screen(o.Env) {
		return &NoScreenError{}
	}
	release, err := s.Lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	before, err := s.Exists()
	if err != nil {
		return err
	}
	if err := private(s.Path()); err != nil {
		return fmt.Errorf("making a folder to log in: %w", err)
	}
	err = s.window(ctx, o)
	_, failed := errors.AsType[*chrome.StartError](err)
	if !chrome.Used(s.Path()) || failed && !before {
		err = errors.Join(err, os.RemoveAll(s.Path()))
	}
	switch {
	case errors.Is(err, chrome.ErrNoScreen):
		return &NoScreenError{err}
	case errors.Is(err, chrome.ErrGone):
		return fmt.Errorf("logging in: %w: %w", ErrBroke, err)
	default:
		return err
	}
}

func (s Session) window(ctx context.Context, o LoginOptions) error {
	w, err := chrome.OpenWindow(chrome.WindowOptions{
		Bin: o.Bin, DataDir: s.Path(), Pages: o.Pages, NoSandbox: o.NoSandbox,
		Hosts: o.Hosts, Keys: o.TrustedKeys, Languages: o.Languages,
	})
	if err != nil {
		return err
	}
	if o.Opened != nil {
		o.Opened()
	}
	return w.Wait(ctx)
}

// screen reports whether a window can be shown. Only X11 and Wayland say so in
// the environment.
func screen(env func(string) string) bool {
	return runtime.GOOS != "linux" || env == nil || env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != ""
}
