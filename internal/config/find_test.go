package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"opposer/internal/config"
	"opposer/internal/personal"
)

// TestDiscovery: the one named by the flag, then by the variable, then here,
// then in the folder for configs; the others are not even read.
func TestDiscovery(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"flag/x.toml", "env/x.json", "here/opposer.json", "xdg/opposer/opposer.toml", "home/.config/opposer/opposer.yml", "home/Library/Application Support/opposer/opposer.yaml", "app/opposer/opposer.yaml"} {
		id, _, _ := strings.Cut(name, "/")
		text := map[string]string{
			".toml": "[[accounts]]\nid='%'\nservice='facebook'\nemail='a@example.org'\n",
			".json": `{"accounts": [{"id": "%", "service": "facebook", "email": "a@example.org"}]}`,
		}[filepath.Ext(name)]
		if text == "" {
			text = "accounts: [{id: '%', service: facebook, email: a@example.org}]"
		}
		write(t, dir, name, []byte(strings.ReplaceAll(text, "%", id)))
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		flag, env, here, os string
		more                []string
		want                string
	}{
		{"flag/x.toml", "env/x.json", "here", "linux", nil, "flag"},
		{"", "env/x.json", "here", "linux", nil, "env"},
		{"", "", "here", "linux", []string{"XDG_CONFIG_HOME", at("xdg")}, "here"},
		{"", "", "", "linux", []string{"XDG_CONFIG_HOME", at("xdg"), "HOME", at("home")}, "xdg"},
		{"", "", "", "linux", []string{"XDG_CONFIG_HOME", "xdg", "HOME", at("home")}, "home"}, // a relative one is ignored
		{"", "", "", "linux", []string{"HOME", at("home")}, "home"},
		{"", "", "", "darwin", []string{"HOME", at("home")}, "home"},
		{"", "", "", "windows", []string{"AppData", at("app")}, "app"},
	} {
		o := config.Options{Dir: at("nothing"), OS: c.os, Profiles: known}
		if c.here != "" {
			o.Dir = at(c.here)
		}
		if c.flag != "" {
			o.Path = at(c.flag)
		}
		pairs := append([]string{"XDG_STATE_HOME", "/s", "LocalAppData", "/l"}, c.more...)
		if c.env != "" {
			pairs = append(pairs, config.EnvPath, at(c.env))
		}
		o.Env = environ(pairs...)
		cfg, err := config.Load(o)
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		if got := cfg.Accounts[0].ID; got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// TestFilesThatAreRefused, with what to do about each.
func TestFilesThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "two/opposer.yaml", []byte(one))
	write(t, dir, "two/opposer.toml", []byte("accounts = []"))
	write(t, dir, "x.ini", []byte("a=b"))
	write(t, dir, "latin.yaml", []byte("reason: \xe9t\xe9"))
	for _, c := range []struct{ dir, path, env, want string }{
		{"", "none.yaml", "", "none.yaml: there is no such file; --config names it"},
		{"", "", "none.yaml", "none.yaml: there is no such file; OPPOSER_CONFIG names it"},
		{"", "two", "", "two: this is a folder, not a file"},
		{"two", "", "", "opposer.toml: a second config beside opposer.yaml"},
		{"", "x.ini", "", "x.ini: not a format that is known; name it .yaml, .toml or .json"},
		{"", "latin.yaml", "", "latin.yaml:1:1"},
		{"", "", "", "opposer.yaml: there is no config yet; write one: (umask 077; opposer config example > opposer.yaml)"},
	} {
		_, err := config.Load(config.Options{
			Path: c.path, Dir: filepath.Join(dir, c.dir), Profiles: known, OS: "linux",
			Env: environ("HOME", dir, config.EnvPath, c.env),
		})
		var ps config.Problems
		if !errors.As(err, &ps) || !strings.Contains(err.Error(), c.want) || len(ps) > 1 {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// TestAConfigThatOthersCanReadIsRefused, with the command to run; what else is
// wrong with it is told in the same go.
func TestAConfigThatOthersCanReadIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes")
	}
	dir := t.TempDir()
	name := "my config.yaml"
	write(t, dir, name, []byte("pace: 30\n"+one))
	for mode, refused := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o700: false, 0o640: true, 0o604: true, 0o620: true, 0o601: true, 0o666: true} {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
		_, err := config.Load(config.Options{Path: name, Dir: dir, Env: environ("HOME", dir), OS: "linux", Profiles: known})
		var ps config.Problems
		if !errors.As(err, &ps) || len(ps) != map[bool]int{true: 2, false: 1}[refused] {
			t.Errorf("%o: %v", mode, err)
		}
		if got := strings.Contains(err.Error(), "run: chmod 600 'my config.yaml'"); got != refused {
			t.Errorf("%o: %v", mode, err)
		}
	}
}

// TestTheExampleLoads: in a rehearsal it serves where there is no file, and it
// is what the README promises of it.
func TestTheExampleLoads(t *testing.T) {
	o := config.Options{Dir: t.TempDir(), Env: environ("HOME", "/h"), OS: "linux", Profiles: known, Otherwise: config.Example()}
	cfg, err := config.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	people := map[string]int{}
	for _, a := range cfg.Accounts {
		if a.Service != "facebook" || a.AccountsCentre != "" || a.Email.IsZero() {
			t.Errorf("%+v", a)
		}
		person, _, _ := strings.Cut(a.ID, "-")
		people[person]++
		host := a.Email.Reveal(personal.ForTyping)
		if !strings.HasSuffix(host, "example.org") && !strings.HasSuffix(host, ".example") {
			t.Errorf("%s is not reserved for examples (RFC 2606)", host)
		}
	}
	if len(people) != 2 || people["marie"] != 2 || people["jonas"] != 2 || cfg.Path != "" {
		t.Errorf("%v %q", people, cfg.Path)
	}
	if o.Otherwise[0] = 0; config.Example()[0] != '#' {
		t.Error("the example can be changed")
	}
	o.Otherwise, o.NoFile = nil, true
	if cfg, err = config.Load(o); err != nil || len(cfg.Accounts) > 0 || len(cfg.Settings) == 0 {
		t.Errorf("settings alone: %v %v", cfg, err)
	}
}

// TestTheExampleNamesEverySetting, commented out with its default.
func TestTheExampleNamesEverySetting(t *testing.T) {
	cfg, err := load(t, "opposer.yaml", config.Example())
	if err != nil {
		t.Fatal(err)
	}
	live := strings.NewReplacer("# pace:", "pace:", "# timeout:", "timeout:", "# headed:", "headed:").Replace(string(config.Example()))
	again, err := load(t, "opposer.yaml", []byte(live))
	if err != nil || again.Pace != cfg.Pace || again.Timeout != cfg.Timeout || again.Headed != cfg.Headed || live == string(config.Example()) {
		t.Errorf("not the defaults: %v", err)
	}
	for _, s := range cfg.Settings {
		if !strings.Contains(string(config.Example()), "\n# "+s.Key+": ") {
			t.Errorf("the example does not name %s", s.Key)
		}
	}
}

func TestProblemsKnowTheirPlace(t *testing.T) {
	_, err := load(t, "opposer.yaml", []byte("pace: 30\nheaded: x\n"+one))
	var ps config.Problems
	if !errors.As(err, &ps) {
		t.Fatal(err)
	}
	if file, line, column := ps.Position(); file != "opposer.yaml" || line != 1 || column != 7 || ps.Remedy().String() != ps[0].Remedy.String() {
		t.Errorf("%s:%d:%d", file, line, column)
	}
	if file, _, _ := (config.Problems{}).Position(); file != "" || !(config.Problems{}).Remedy().IsZero() {
		t.Error("none has a place")
	}
}
