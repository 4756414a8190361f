package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"opposer/internal/words"
)

// name is the file's name without its ending.
const name = "opposer"

// EnvPath is the variable that names the config file.
const EnvPath = "OPPOSER_CONFIG"

// endings are the formats, in the order in which they are looked for.
func endings() []string { return []string{".yaml", ".yml", ".toml", ".json"} }

// find is the path of the config: the one named, else the first that exists
// here, then in the folder for configs; "" when there is none.
func (r *reader) find() string {
	named, by := r.o.Path, "--config"
	if named == "" {
		named, by = r.o.Env(EnvPath), EnvPath
	}
	if named != "" {
		named = r.here(named)
		if _, err := os.Stat(r.full(named)); errors.Is(err, fs.ErrNotExist) {
			r.add(Problem{File: named, Reason: words.T("there is no such file; %s names it", by), Remedy: words.T("write one: %s", "(umask 077; opposer config example > "+shell(named)+")")})
			return ""
		}
		return named
	}
	for _, dir := range []string{r.o.Dir, r.folder()} {
		if path := r.in(dir); path != "" {
			return path
		}
	}
	return ""
}

// here is a path that a person named; in a variable no shell has read the ~.
func (r *reader) here(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && r.o.Env("HOME") != "" {
		return filepath.Join(r.o.Env("HOME"), rest)
	}
	return path
}

// full is a path seen from the working folder.
func (r *reader) full(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(r.o.Dir, path)
}

// in is the config in a folder. Two of them contradict each other sooner or
// later: that is told.
func (r *reader) in(dir string) string {
	if dir == "" {
		return ""
	}
	var found []string
	for _, ending := range endings() {
		path := filepath.Join(dir, name+ending)
		if stat, err := os.Stat(path); err == nil && stat.Mode().IsRegular() {
			found = append(found, path)
		}
	}
	if len(found) == 0 {
		return ""
	}
	if len(found) > 1 {
		r.add(Problem{File: r.near(found[1]), Reason: words.T("a second config beside %s", filepath.Base(found[0])), Remedy: words.T("keep one, or name the one you mean with --config")})
	}
	return r.near(found[0])
}

// near is a path as a person would write it from where they are.
func (r *reader) near(path string) string {
	if rel, err := filepath.Rel(r.o.Dir, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// folder is where a person's configs are: the XDG base directory
// specification's on Unix, the system's own elsewhere.
func (r *reader) folder() string {
	home := r.o.Env("HOME")
	switch {
	case filepath.IsAbs(r.o.Env("XDG_CONFIG_HOME")): // the specification ignores others
		return filepath.Join(r.o.Env("XDG_CONFIG_HOME"), name)
	case r.o.OS == "windows" && r.o.Env("AppData") != "":
		return filepath.Join(r.o.Env("AppData"), name)
	case r.o.OS == "darwin" && home != "":
		return filepath.Join(home, "Library", "Application Support", name)
	case home != "":
		return filepath.Join(home, ".config", name)
	default:
		return ""
	}
}

// read is the file's text. That others may read it is a problem, and told with
// those of its text.
func (r *reader) read(path string) ([]byte, bool) {
	path = r.full(path)
	stat, err := os.Stat(path)
	if err == nil && stat.IsDir() {
		r.add(Problem{File: r.path, Reason: words.T("this is a folder, not a file"), Remedy: words.T("name the file in it with --config")})
		return nil, false
	}
	if err == nil && r.o.OS != "windows" && stat.Mode().Perm()&0o077 != 0 {
		r.add(Problem{
			File: r.path, Reason: words.T("others on this computer can read this file"),
			Remedy: words.T("it holds personal data; run: %s", "chmod 600 "+shell(r.path)),
		})
	}
	b, err := os.ReadFile(path)
	if err != nil {
		reason := err.Error()
		if at, ok := errors.AsType[*fs.PathError](err); ok {
			reason = at.Err.Error()
		}
		r.add(Problem{File: r.path, Reason: words.T("this file cannot be read: %s", reason), Remedy: words.T("look at its owner and its rights")})
		return nil, false
	}
	return b, true
}

// shell quotes a path for a command that can be pasted.
func shell(path string) string {
	if strings.ContainsAny(path, " '\"$`\\*?&;()<>|#!~") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}
