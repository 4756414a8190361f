package config

import (
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// Config is what a person said, checked. It is read-only.
type Config struct {
	Path     string // of the file; "" when there is none
	Accounts []personal.Account
	Settings []Setting // all of them, as they are in force
	Set      *profile.Set

	Lang      string // the program's language; "" is the system's
	StateDir  string // folder of the journal and the evidence
	Profiles  string // folder of the person's own profiles; "" is none
	Chrome    string // the browser's program; "" looks for one
	Headed    bool
	Verify    string        // where the person is asked: auto, window, terminal, web, none
	Review    string        // when they look at a form before it is sent: first, always, never
	Come      time.Duration // that they are waited for when they are needed; 0 is without end
	Finish    time.Duration // and, once they are there, until they are done
	Notify    string        // command to run when they are needed; "" is none
	Pace      time.Duration // between two objections to one service
	Timeout   time.Duration // of one attempt, a person's time apart; 0 is none
	LogFile   string        // "" is none
	LogFormat string        // console, json; "" as the destination is
}

// Options say where a config is looked for.
type Options struct {
	Path  string              // of --config; "" looks for one
	Dir   string              // the working folder
	Env   func(string) string // reads a variable; nil reads none
	Flags *pflag.FlagSet      // whose changed flags win; nil has none
	OS    string              // as runtime.GOOS; "" is this one
	// Profiles loads what is known of services, the person's own over the
	// built-in ones; its error is Load's.
	Profiles func(dir string) (*profile.Set, error)
	// Otherwise is the text (YAML) that serves where no file is found; nil
	// makes that a problem.
	Otherwise []byte
	// NoFile asks for the settings alone: no file is no problem.
	NoFile bool
	// Speak is told the program's language ("" is the system's) before a
	// problem is, so that problems are told in it; nil is not told.
	Speak func(lang string)
}

// Load finds, reads, merges and checks the config. The error is [Problems]
// with everything that is to mend, an error of Options.Profiles, or what kept
// the file from being read. Nothing is returned with an error.
func Load(o Options) (*Config, error) {
	if o.Env == nil {
		o.Env = func(string) string { return "" }
	}
	if o.OS == "" {
		o.OS = runtime.GOOS
	}
	r := &reader{o: o, top: map[string]field{}, values: map[string]string{}, durations: map[string]time.Duration{}, config: &Config{}}
	r.open()
	if err := r.merge(o.Flags); err != nil {
		return nil, err
	}
	r.settle()
	if o.Speak != nil {
		o.Speak(r.config.Lang)
	}
	set, err := o.Profiles(r.config.Profiles)
	switch {
	case err != nil && len(r.problems) > 0:
		return nil, r.problems.sorted()
	case err != nil:
		return nil, err
	}
	r.config.Set = set
	r.accounts(set)
	if len(r.problems) > 0 {
		return nil, r.problems.sorted()
	}
	return r.config, nil
}

// reader is one reading of a config.
type reader struct {
	o        Options
	path     string
	root     value
	top      map[string]field // of the file, by key
	broken   bool             // the file could not be read as its format
	problems Problems

	config    *Config
	values    map[string]string
	durations map[string]time.Duration
}

func (r *reader) add(p Problem) { r.problems = append(r.problems, p) }

// open finds and decodes the file.
func (r *reader) open() {
	r.path = r.find()
	if r.path == "" {
		r.withoutFile()
		return
	}
	b, ok := r.read(r.path)
	r.broken = !ok
	if ok {
		r.config.Path = r.path
		r.decode(r.path, b)
	}
}

func (r *reader) withoutFile() {
	r.broken = true
	switch {
	case len(r.problems) > 0 || r.o.NoFile:
	case r.o.Otherwise != nil:
		r.broken = false
		r.decode("example.yaml", r.o.Otherwise)
	default:
		r.add(Problem{File: name + ".yaml", Reason: words.T("there is no config yet"), Remedy: words.T("write one: %s", "(umask 077; opposer config example > opposer.yaml)")})
	}
}

func (r *reader) decode(path string, b []byte) {
	root, faults := decode(path, b)
	r.root = root
	for _, f := range faults {
		r.broken = true
		r.add(Problem{File: r.path, Line: f.at.line, Column: f.at.column, Excerpt: line(b, f.at), Reason: f.reason, Remedy: f.remedy})
	}
	if r.broken {
		return
	}
	if root.kind != table {
		r.broken = true
		r.add(Problem{File: r.path, Line: 1, Column: 1, Reason: words.T("a config has keys and values"), Remedy: words.T("begin with: %s", "accounts:")})
		return
	}
	r.keys()
}

// keys tells the settings of the file from what is not known.
func (r *reader) keys() {
	for _, f := range r.root.fields {
		if f.name == "$schema" { // what editors complete JSON by
			continue
		}
		if !r.known(f, topKeys(), r.top) || f.name == "accounts" {
			continue
		}
		if f.value.kind == list || f.value.kind == table {
			r.at(f.at, f.name, words.T("a single value is expected here"), words.Text{})
			delete(r.top, f.name)
		}
	}
}

// known records a key, or tells that it is unknown or stands there twice. What
// a misspelt one was likely meant to be is recorded too: it is not missing, and
// its value is checked in the same go.
func (r *reader) known(f field, known []string, seen map[string]field) bool {
	first, twice := seen[f.name]
	switch {
	case twice && !first.guessed:
		r.at(f.at, f.name, words.T("stands here twice, first on line %d", first.at.line), words.T("keep one of the two"))
		return false
	case !slices.Contains(known, f.name):
		remedy := words.T("there are: %s", strings.Join(known, ", "))
		if near := words.Nearest(f.name, known); near != "" {
			remedy = words.T("did you mean %s?", near)
			if _, there := seen[near]; !there {
				seen[near] = field{near, f.at, f.value, true}
			}
		}
		r.at(f.at, veil(f.name), words.T("no such setting"), remedy)
		return false
	}
	seen[f.name] = f
	return true
}

// at tells a problem of the file.
func (r *reader) at(p place, excerpt string, reason, remedy words.Text) {
	file := r.path
	if file == "" {
		file = "example.yaml"
	}
	r.add(Problem{File: file, Line: p.line, Column: p.column, Excerpt: excerpt, Reason: reason, Remedy: remedy})
}

// settle puts the settings into their fields.
func (r *reader) settle() {
	c := r.config
	c.Lang, c.StateDir, c.Profiles, c.Chrome = r.values["lang"], r.values["state_dir"], r.values["profiles"], r.values["chrome"]
	c.Headed, c.LogFile, c.LogFormat = r.values["headed"] == "true", r.values["log_file"], r.values["log_format"]
	c.Verify, c.Review, c.Notify = r.values["verify"], r.values["review"], r.values["notify_command"]
	c.Come, c.Finish = r.durations["come_within"], r.durations["finish_within"]
	c.Pace, c.Timeout = r.durations["pace"], r.durations["timeout"]
}

// topKeys are the keys of a config outside its accounts.
func topKeys() []string {
	keys := []string{"accounts"}
	for _, s := range scalars() {
		keys = append(keys, s.key)
	}
	return keys
}
