package config

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"opposer/internal/personal"
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
	of    []string // aWord: those that it can be
}

// shape is what a setting's text has to be.
type shape int

const (
	aPath     shape = iota // ~ is the home folder; in a file, relative to it
	aDuration              // with a unit
	aSwitch                // true or false
	aLanguage              // one the program speaks
	aWord                  // one of a few
	aCommand               // as a shell reads it
)

// Env is the variable of a setting.
func (s scalar) Env() string { return "OPPOSER_" + strings.ToUpper(s.key) }

// scalars are all settings, in the order in which they are shown.
func scalars() []scalar {
	return []scalar{
		{"lang", "lang", "", aLanguage, nil},
		{"state_dir", "state", "", aPath, nil},
		{"profiles", "profiles", "", aPath, nil},
		{"chrome", "chrome", "", aPath, nil},
		{"headed", "headed", "false", aSwitch, nil},
		{"verify", "verify", "auto", aWord, []string{"auto", "window", "terminal", "web", "none"}},
		{"review", "review", "first", aWord, []string{"first", "always", "never"}},
		{"come_within", "come-within", "30m", aDuration, nil},
		{"finish_within", "finish-within", "15m", aDuration, nil},
		{"notify_command", "notify-command", "", aCommand, nil},
		{"pace", "pace", "60s", aDuration, nil},
		{"timeout", "timeout", "5m", aDuration, nil},
		{"log_file", "log-file", "", aPath, nil},
		{"log_format", "log-format", "", aWord, []string{"console", "json"}},
	}
}

// merge puts the settings together: flag over variable over file over default.
// viper does it; what it is given are texts, so that it can change none.
func (r *reader) merge(flags *pflag.FlagSet) error {
	v := viper.New()
	inFile, inEnv := map[string]any{}, map[string]any{}
	for _, s := range scalars() {
		v.SetDefault(s.key, r.fallback(s))
		if f, ok := r.inFile(s); ok {
			inFile[s.key] = f.value.text
			r.judge(s, f.value.text, r.placeOf(f))
		}
		if text := r.o.Env(s.Env()); text != "" {
			inEnv[s.key] = text
			r.judge(s, text, Problem{File: s.Env()})
		}
		if f := lookup(flags, s.flag); f != nil {
			if err := v.BindPFlag(s.key, f); err != nil {
				return fmt.Errorf("binding the flag --%s: %w", s.flag, err)
			}
			if f.Changed {
				r.judge(s, f.Value.String(), Problem{File: "--" + s.flag})
			}
		}
	}
	for _, layer := range []map[string]any{inFile, inEnv} {
		if err := v.MergeConfigMap(layer); err != nil {
			return fmt.Errorf("merging the settings: %w", err)
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
	f, inFile := r.inFile(s)
	flag := lookup(flags, s.flag)
	switch {
	case flag != nil && flag.Changed:
		return Problem{File: "--" + s.flag}
	case r.o.Env(s.Env()) != "":
		return Problem{File: s.Env()}
	case inFile:
		return r.placeOf(f)
	default:
		return Problem{File: FromDefault}
	}
}

// inFile is a setting as the file gives it; false where it says nothing.
func (r *reader) inFile(s scalar) (field, bool) {
	f, ok := r.top[s.key]
	return f, ok && f.value.kind != null && f.value.text != ""
}

func (r *reader) placeOf(f field) Problem {
	return Problem{File: r.path, Line: f.value.at.line, Column: f.value.at.column}
}

// fallback is a setting's default.
func (r *reader) fallback(s scalar) string {
	if s.key == "state_dir" {
		return stateHome(r.o.Env, r.o.OS)
	}
	return s.value
}

// take puts a setting that is in force into the config.
func (r *reader) take(s scalar, text string, from Problem) {
	r.values[s.key] = text
	switch s.is {
	case aPath:
		r.values[s.key] = r.absolute(text, from)
	case aDuration:
		r.durations[s.key], _ = time.ParseDuration(text) // judged where it was given
	case aLanguage:
		l, _ := words.Speaks(text)
		if r.values[s.key] = string(l); text == "" {
			r.values[s.key] = ""
		}
	case aSwitch, aWord, aCommand:
	}
	if s.key == "state_dir" && text == "" && from.File == FromDefault {
		r.add(Problem{File: s.key, Reason: words.T("no home folder is known to keep the journal in"), Remedy: words.T("name a folder with --state")})
	}
	shown := Setting{Key: s.key, Value: personal.NewMasker().Mask(r.values[s.key]), From: from.File}
	if from.Line > 0 {
		shown.From = from.File + ":" + strconv.Itoa(from.Line)
	}
	r.config.Settings = append(r.config.Settings, shown)
}

// judge tells what is wrong with a setting's text, wherever it is given: also
// where something else is in force.
func (r *reader) judge(s scalar, text string, from Problem) {
	from.Reason, from.Remedy = s.judge(text)
	if from.Reason.IsZero() {
		return
	}
	from.Excerpt = shown(s.key, text)
	r.add(from)
}

// judge is what is wrong with a text as this setting, and what to write.
func (s scalar) judge(text string) (reason, remedy words.Text) {
	switch s.is {
	case aDuration:
		return judgeDuration(text)
	case aSwitch:
		if text != "true" && text != "false" {
			return words.T("neither true nor false"), words.T("write true or false")
		}
	case aLanguage:
		if _, ok := words.Speaks(text); !ok {
			return words.T("a language that this program does not speak"), words.T("it is one of: %s", "en, fr")
		}
	case aWord:
		if !slices.Contains(s.of, text) {
			return words.T("not a word that this setting knows"), words.T("it is one of: %s", strings.Join(s.of, ", "))
		}
	case aCommand:
	case aPath:
		if text == "" {
			return words.T("there is no name"), words.T("write the name, or leave it out")
		}
	}
	return words.Text{}, words.Text{}
}

// unitless is a number without a unit, too short to be a phone on a wrong line.
var unitless = regexp.MustCompile(`^\d{1,5}(\.\d{1,3})?$`)

func judgeDuration(text string) (reason, remedy words.Text) {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil && unitless.MatchString(text):
		return words.T("a duration without a unit"), words.T("write %s for seconds or %s for minutes", text+"s", text+"m")
	case err != nil || d < 0:
		return words.T("not a duration"), words.T("write it as 30s, 2m or 1h30m")
	default:
		return words.Text{}, words.Text{}
	}
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
// specification's on Unix, the system's own elsewhere; "" where no home is
// known. Never a temporary folder: what is forgotten is sent again.
func stateHome(env func(string) string, system string) string {
	home := env("HOME")
	switch {
	case filepath.IsAbs(env("XDG_STATE_HOME")): // the specification ignores others
		return filepath.Join(env("XDG_STATE_HOME"), name)
	case system == "windows" && env("LocalAppData") != "":
		return filepath.Join(env("LocalAppData"), name)
	case home == "" || system == "windows":
		return ""
	case system == "darwin":
		return filepath.Join(home, "Library", "Application Support", name)
	default:
		return filepath.Join(home, ".local", "state", name)
	}
}
