package chrome

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"opposer/internal/words"
)

// EnvBin is the variable that names the browser's program.
const EnvBin = "OPPOSER_CHROME"

// FindOptions say where a browser is looked for.
type FindOptions struct {
	Bin string                   // from the config or a flag; first
	Env func(name string) string // reads a variable; nil reads none
}

// Binary is a browser's program.
type Binary struct {
	Path  string
	Shell bool // a headless shell: fast, and without a window
}

// NotFoundError says that no usable browser is installed.
type NotFoundError struct {
	Reason words.Text
	remedy words.Text
	Seen   string // what was found and cannot be used, "" when nothing was
}

// Error is for a log.
func (e *NotFoundError) Error() string {
	text := "finding a browser: " + e.Reason.String()
	if e.Seen != "" {
		text += " (" + e.Seen + ")"
	}
	return text
}

// Remedy is what a person can do about it.
func (e *NotFoundError) Remedy() words.Text { return e.remedy }

// Find finds the browser: the one named, else the one in OPPOSER_CHROME, else
// by the usual names and places, full browsers before headless shells. A snap
// or flatpak build is passed over: it can take neither our pipe nor a hidden
// folder. The error is a *[NotFoundError].
func Find(o FindOptions) (Binary, error) {
	named := o.Bin
	if named == "" && o.Env != nil {
		named = o.Env(EnvBin)
	}
	if named != "" {
		return findNamed(named)
	}
	var confined string
	for _, place := range places(o.Env) {
		path, err := exec.LookPath(place)
		if err != nil {
			continue
		}
		if kind := confinement(path); kind != "" {
			confined = kind + ": " + path
			continue
		}
		return Binary{path, isShell(path)}, nil
	}
	if confined != "" {
		return Binary{}, notUsable(confined)
	}
	return Binary{}, &NotFoundError{
		Reason: words.T("no Chrome or Chromium is installed on this computer."),
		remedy: installRemedy(),
	}
}

func findNamed(name string) (Binary, error) {
	path, err := exec.LookPath(name)
	if errors.Is(err, exec.ErrDot) {
		err = nil // the person named it themselves
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return Binary{}, &NotFoundError{
			Reason: words.T("%s may not be run.", name), Seen: name,
			remedy: words.T("Make it executable, or name another browser."),
		}
	case err != nil:
		return Binary{}, &NotFoundError{
			Reason: words.T("there is no program at %s.", name),
			remedy: words.T("Correct the browser's path in the config or in %s, or remove it: the usual places are then searched.", EnvBin),
		}
	}
	if kind := confinement(path); kind != "" {
		return Binary{}, notUsable(kind + ": " + path)
	}
	return Binary{path, isShell(path)}, nil
}

func notUsable(seen string) error {
	return &NotFoundError{
		Seen:   seen,
		Reason: words.T("the only browser here is a snap or flatpak, which is shut off from other programs and cannot be driven."),
		remedy: words.T("Install Google Chrome from google.com/chrome, or Chromium from a package that is no snap or flatpak. It can stand beside the one you have."),
	}
}

// isShell reports whether a program is a headless shell, by its name.
func isShell(path string) bool {
	name := strings.ReplaceAll(filepath.Base(path), "_", "-")
	return strings.Contains(name, "headless-shell")
}

// confinement tells a snap ("snap") or flatpak ("flatpak") from a plain
// program, by where it stands or, for a small wrapper script, what it runs.
func confinement(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		if kind := confinedBy(real); kind != "" {
			return kind
		}
	}
	if kind := confinedBy(path); kind != "" {
		return kind
	}
	return confinedScript(path)
}

func confinedBy(path string) string {
	path = filepath.ToSlash(path)
	switch {
	case strings.HasPrefix(path, "/snap/"), strings.Contains(path, "/snapd/"), path == "/usr/bin/snap":
		return "snap"
	case strings.Contains(path, "/flatpak/"):
		return "flatpak"
	}
	return ""
}

// confinedScript reads a wrapper script. Ubuntu's package "chromium-browser" is
// one that runs the snap.
func confinedScript(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 8<<10)
	n, _ := f.Read(head) // an empty or unreadable file is no script
	script := string(head[:n])
	switch {
	case !strings.HasPrefix(script, "#!"):
		return ""
	case strings.Contains(script, "/snap/bin/"), strings.Contains(script, "snap run"):
		return "snap"
	case strings.Contains(script, "flatpak run"):
		return "flatpak"
	}
	return ""
}
