package config

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"opposer/internal/words"
)

// Setting is one effective scalar of the config.
type Setting struct {
	Key   string // as in the file: "log_file"
	Value string // as it is used; masked where it can be personal
	From  string // "--pace", "OPPOSER_PACE", "opposer.yaml:3", or "default"
}

// FromDefault is where a setting comes from that nobody gave.
const FromDefault = "default"

// scalar describes one setting.
type scalar struct {
	key   string
	flag  string // without --
	value string // the default, as a person would write it
	is    shape
}

// shape is what a setting's text has to be.
type shape int

const (
	aWord     shape = iota // anything
	aPath                  // ~ is the home folder; in a file, relative to it
	aDuration              // with a unit
	aSwitch                // true or false
	aLanguage              // one the program speaks
	aFormat                // of the log
)

// Env is the variable of a setting.
func (s scalar) Env() string { return "OPPOSER_" + strings.ToUpper(s.key) }

// scalars are all settings, in the order in which they are shown.
func scalars() []scalar {
	return []scalar{
		{"lang", "lang", "", aLanguage},
		{"state_dir", "state", "", aPath},
		{"profiles", "profiles", "", aPath},
		{"chrome", "chrome", "", aPath},
		{"headed", "headed", "false", aSwitch},
		{"pace", "pace", "60s", aDuration},
		{"timeout", "timeout", "5m", aDuration},
		{"log_file", "log-file", "", aPath},
		{"log_format", "log-format", "", aFormat},
	}
}

// merge puts the settings together: flag over variable over file over default.
// viper does it; what it is given are texts, so that it can change none.
func (r *reader) merge(flags *pflag.FlagSet) error {
	v := viper.New()
	inFile, inEnv := map[string]any{}, map[string]any{}
	for _, s := range scalars() {
		v.SetDefault(s.key, r.fallback(s))
		if f, ok := r.top[s.key]; ok && f.value.kind != null {
			inFile[s.key] = f.value.text
		}
		if text := r.o.Env(s.Env()); text != "" {
			inEnv[s.key] = text
		}
		if f := lookup(flags, s.flag); f != nil {
			if err := v.BindPFlag(s.key, f); err != nil {
				return err
			}
		}
	}
	for _, layer := range []map[string]any{inFile, inEnv} {
		if err := v.MergeConfigMap(layer); err != nil {
			return err
		}
	}
	for _, s := range scalars() {
		r.take(s, v.GetString(s.key), r.origin(s, flags))
	}
	return nil
}

func lookup(flags *pflag.FlagSet, name string) *pflag.Flag {
	if flags == nil {
		return nil
	}
	return flags.Lookup(name)
}

// origin is where a setting's value comes from, as a problem would name it.
func (r *reader) origin(s scalar, flags *pflag.FlagSet) Problem {
	f, inFile := r.top[s.key]
	flag := lookup(flags, s.flag)
	switch {
	case flag != nil && flag.Changed:
		return Problem{File: "--" + s.flag}
	case r.o.Env(s.Env()) != "":
		return Problem{File: s.Env()}
	case inFile && f.value.kind != null:
		return Problem{File: r.path, Line: f.value.at.line, Column: f.value.at.column}
	default:
		return Problem{File: FromDefault}
	}
}

// fallback is a setting's default.
func (r *reader) fallback(s scalar) string {
	if s.key == "state_dir" {
		return stateHome(r.o.Env, r.o.OS)
	}
	return s.value
}

// take checks a setting's text and puts it into the config.
func (r *reader) take(s scalar, text string, from Problem) {
	reason, remedy := r.set(s, text, from)
	if !reason.IsZero() {
		from.Excerpt, from.Reason, from.Remedy = s.key+"  "+quote(text), reason, remedy
		r.problems = append(r.problems, from)
	}
	shown := Setting{Key: s.key, Value: r.values[s.key], From: from.File}
	if from.Line > 0 {
		shown.From = from.File + ":" + itoa(from.Line)
	}
	r.config.Settings = append(r.config.Settings, shown)
}

func (r *reader) set(s scalar, text string, from Problem) (reason, remedy words.Text) {
	r.values[s.key] = text
	switch s.is {
	case aDuration:
		d, err := time.ParseDuration(text)
		switch {
		case err != nil && isNumber(text):
			return words.T("a duration without a unit"), words.T("write %s for seconds or %s for minutes", text+"s", text+"m")
		case err != nil || d < 0:
			return words.T("not a duration"), words.T("write it as 30s, 2m or 1h30m")
		}
		r.durations[s.key] = d
	case aSwitch:
		if text != "true" && text != "false" {
			return words.T("neither true nor false"), words.T("write true or false")
		}
	case aLanguage:
		if _, ok := words.Speaks(text); text != "" && !ok {
			return words.T("a language that this program does not speak"), words.T("it is one of: %s", "en, fr")
		}
	case aFormat:
		if text != "" && text != "console" && text != "json" {
			return words.T("no format of the log"), words.T("it is one of: %s", "console, json")
		}
	case aPath:
		r.values[s.key] = r.absolute(text, from)
	case aWord:
	}
	return words.Text{}, words.Text{}
}

// absolute is a path as the program uses it: ~ is the home folder, and what a
// file names stands beside that file.
func (r *reader) absolute(path string, from Problem) string {
	home := r.o.Env("HOME")
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	if path == "" || filepath.IsAbs(path) || from.Line == 0 {
		return path
	}
	return filepath.Join(filepath.Dir(r.path), path)
}

// stateHome is the folder for what a program keeps: the XDG base directory
// specification's on Unix, the system's own elsewhere.
func stateHome(env func(string) string, system string) string {
	home := env("HOME")
	switch {
	case env("XDG_STATE_HOME") != "":
		return filepath.Join(env("XDG_STATE_HOME"), "opposer")
	case system == "darwin":
		return filepath.Join(home, "Library", "Application Support", "opposer")
	case system == "windows":
		return filepath.Join(env("LocalAppData"), "opposer")
	case home == "":
		return filepath.Join(os.TempDir(), "opposer")
	default:
		return filepath.Join(home, ".local", "state", "opposer")
	}
}
