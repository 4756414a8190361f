package config_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"opposer/internal/config"
	"opposer/internal/profile"
	"opposer/internal/words"
)

const one = "accounts: [{id: a, service: facebook, email: a@example.org}]\n"

// given are the layers that can say a setting.
type given struct {
	flags []string
	env   []string
	file  string
}

func (g given) load(t *testing.T) (*config.Config, error) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "opposer.yaml", []byte(g.file+one))
	return config.Load(config.Options{Dir: dir, Env: environ(append(g.env, "HOME", "/home/marie")...), Flags: flags(t, g.flags), OS: "linux", Profiles: known})
}

// flags are those of a command, with the given ones set.
func flags(t *testing.T, given []string) *pflag.FlagSet {
	t.Helper()
	f := pflag.NewFlagSet("run", pflag.ContinueOnError)
	for _, name := range []string{
		"lang", "state", "profiles", "chrome", "verify", "review", "come-within", "finish-within", "notify-command",
		"pace", "timeout", "log-file", "log-format",
	} {
		f.String(name, "", "")
	}
	f.Bool("headed", false, "")
	if err := f.Parse(given); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPrecedence: flag over variable over file over default, for every setting.
func TestPrecedence(t *testing.T) {
	for _, s := range []struct {
		key, flag                     string
		byDefault, file, env, flagged string
	}{
		{"pace", "pace", "60s", "61s", "62s", "63s"},
		{"timeout", "timeout", "5m", "61s", "62s", "63s"},
		{"headed", "headed", "false", "true", "false", "true"},
		{"lang", "lang", "", "fr", "en", "fr"},
		{"state_dir", "state", "/home/marie/.local/state/opposer", "/file", "/env", "/flag"},
		{"profiles", "profiles", "", "/file", "/env", "/flag"},
		{"chrome", "chrome", "", "/file", "/env", "/flag"},
		{"log_file", "log-file", "", "/file", "/env", "/flag"},
		{"log_format", "log-format", "", "json", "console", "json"},
		{"verify", "verify", "auto", "window", "none", "web"},
		{"review", "review", "first", "always", "never", "always"},
		{"come_within", "come-within", "30m", "61s", "62s", "63s"},
		{"finish_within", "finish-within", "15m", "61s", "62s", "63s"},
		{"notify_command", "notify-command", "", "./tell file", "./tell env", "./tell flag"},
	} {
		file, env, flag := s.key+": "+s.file+"\n", []string{"OPPOSER_" + strings.ToUpper(s.key), s.env}, []string{"--" + s.flag + "=" + s.flagged}
		for from, c := range map[string]struct {
			given
			want string
		}{
			"default":             {given{}, s.byDefault},
			"opposer.yaml:1":      {given{file: file}, s.file},
			env[0]:                {given{file: file, env: env}, s.env},
			"--" + s.flag:         {given{file: file, env: env, flags: flag}, s.flagged},
			"--" + s.flag + " ":   {given{flags: flag}, s.flagged},
			env[0] + " ":          {given{env: env}, s.env},
			"--" + s.flag + "  ":  {given{file: file, flags: flag}, s.flagged},
			"default ":            {given{file: s.key + ":\n"}, s.byDefault},
			"default  ":           {given{file: s.key + ": ''\n"}, s.byDefault},
			"default   ":          {given{env: []string{env[0], ""}}, s.byDefault},
			"opposer.yaml:1     ": {given{file: file, env: []string{env[0], ""}}, s.file},
		} {
			cfg, err := c.load(t)
			if err != nil {
				t.Errorf("%s from %s: %v", s.key, from, err)
				continue
			}
			for _, got := range cfg.Settings {
				if got.Key == s.key && (got.Value != c.want || got.From != strings.TrimSpace(from)) {
					t.Errorf("%s: %q from %s, want %q from %s", s.key, got.Value, got.From, c.want, from)
				}
			}
		}
	}
}

// TestSettingsReachTheirFields: what is shown is what is used.
func TestSettingsReachTheirFields(t *testing.T) {
	cfg, err := given{
		file:  "state_dir: ~/mine\nlog_file: logs/x\nlang: fr_FR\n",
		env:   []string{"OPPOSER_CHROME", "~/chrome"},
		flags: []string{"--headed", "--pace=0", "--timeout=1h", "--log-format=json"},
	}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.StateDir != "/home/marie/mine" || cfg.LogFile != "logs/x" || cfg.Lang != "fr" || cfg.Chrome != "/home/marie/chrome" ||
		!cfg.Headed || cfg.Pace != 0 || cfg.Timeout != time.Hour || cfg.LogFormat != "json" || cfg.Path != "opposer.yaml" {
		t.Errorf("%+v", cfg)
	}
}

// TestAWrongSettingIsNamedByWhoGaveIt, also where something else is in force.
func TestAWrongSettingIsNamedByWhoGaveIt(t *testing.T) {
	_, err := given{
		file:  "pace: 30\n",
		env:   []string{"OPPOSER_PACE", "fast", "OPPOSER_HEADED", "1", "OPPOSER_LANG", "marie@example.org"},
		flags: []string{"--pace=marie@example.org", "--state=", "--timeout=9"},
	}.load(t)
	want := `reading the config: 7 to mend
OPPOSER_LANG: lang  "m•••@e•••.org": a language that this program does not speak; it is one of: en, fr
--state: state_dir  "": there is no name; write the name, or leave it out
OPPOSER_HEADED: headed  "1": neither true nor false; write true or false
opposer.yaml:1:7: pace  "30": a duration without a unit; write 30s for seconds or 30m for minutes
OPPOSER_PACE: pace  "fast": not a duration; write it as 30s, 2m or 1h30m
--pace: pace  "m•••@e•••.org": not a duration; write it as 30s, 2m or 1h30m
--timeout: timeout  "9": a duration without a unit; write 9s for seconds or 9m for minutes`
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// TestWhereStateIsKept: never a folder that is emptied by itself.
func TestWhereStateIsKept(t *testing.T) {
	for _, c := range []struct {
		os   string
		env  []string
		want string
	}{
		{"linux", []string{"HOME", "/h"}, "/h/.local/state/opposer"},
		{"linux", []string{"HOME", "/h", "XDG_STATE_HOME", "/s"}, "/s/opposer"},
		{"linux", []string{"HOME", "/h", "XDG_STATE_HOME", "relative"}, "/h/.local/state/opposer"},
		{"darwin", []string{"HOME", "/h"}, "/h/Library/Application Support/opposer"},
		{"windows", []string{"LocalAppData", "/l"}, "/l/opposer"},
		{"windows", []string{"HOME", "/h"}, ""},
		{"linux", nil, ""},
	} {
		dir := t.TempDir()
		write(t, dir, "opposer.yaml", []byte(one))
		cfg, err := config.Load(config.Options{Dir: dir, Env: environ(c.env...), OS: c.os, Profiles: known})
		switch {
		case c.want == "" && (err == nil || !strings.Contains(err.Error(), "name a folder with --state")):
			t.Errorf("%s %v: %v", c.os, c.env, err)
		case c.want != "" && (err != nil || cfg.StateDir != filepath.FromSlash(c.want)):
			t.Errorf("%s %v: %v %v", c.os, c.env, cfg, err)
		}
	}
}

// TestProblemsAreToldInTheConfigsLanguage: it is known before they are told.
func TestProblemsAreToldInTheConfigsLanguage(t *testing.T) {
	dir, spoken := t.TempDir(), ""
	write(t, dir, "opposer.yaml", []byte("lang: fr\npace: 30\n"+one))
	_, err := config.Load(config.Options{Dir: dir, Env: environ("HOME", "/h"), Profiles: known, Speak: func(l string) { spoken = l }})
	var ps config.Problems
	if spoken != "fr" || !errors.As(err, &ps) || ps[0].Reason.In(words.French) != "une durée sans unité" {
		t.Errorf("%q %v", spoken, err)
	}
}

// TestProfilesOfOnesOwn: the folder is a setting; what is wrong with it comes
// after what is wrong with the config.
func TestProfilesOfOnesOwn(t *testing.T) {
	dir, asked := t.TempDir(), ""
	broken := errors.New("broken profiles")
	load := func(file string) error {
		write(t, dir, "opposer.yaml", []byte(file+one))
		_, err := config.Load(config.Options{Dir: dir, Env: environ("HOME", "/h"), Profiles: func(d string) (*profile.Set, error) {
			asked = d
			return nil, broken
		}})
		return err
	}
	if err := load("profiles: /mine\n"); !errors.Is(err, broken) || asked != "/mine" {
		t.Errorf("%q %v", asked, err)
	}
	if err := load("pace: 30\n"); errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}
