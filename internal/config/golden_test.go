package config_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"opposer/internal/config"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
	"opposer/profiles"
)

var update = flag.Bool("update", false, "write what was found into the testdata")

// TestFiles reads testdata/*.txtar: the same mistakes in one or more formats,
// and, under expect/<format>, what Load makes of each.
func TestFiles(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) < 10 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			out := &txtar.Archive{Comment: archive.Comment}
			var want, got strings.Builder
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "expect/") {
					fmt.Fprintf(&want, "%s\n%s", f.Name, f.Data)
					continue
				}
				found := outcome(t, f.Name, f.Data)
				fmt.Fprintf(&got, "expect/%s\n%s", f.Name, found)
				out.Files = append(out.Files, f, txtar.File{Name: "expect/" + f.Name, Data: []byte(found)})
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(out), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want.String(), got.String()); diff != "" {
				t.Errorf("(-file +found):\n%s", diff)
			}
		})
	}
}

// outcome is what Load makes of a file, a line each, values masked, in English;
// it checks on the way that each problem is also said in French.
func outcome(t *testing.T, name string, text []byte) string {
	t.Helper()
	cfg, err := load(t, name, text)
	var problems config.Problems
	if err != nil && !errors.As(err, &problems) {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "problem %s\n", strings.Replace(p.String(), p.File, filepath.Base(p.File), 1))
		if p.Reason.In(words.French) == p.Reason.String() {
			t.Errorf("%q is not said in French", p.Reason)
		}
	}
	if cfg == nil {
		return b.String()
	}
	for _, a := range cfg.Accounts {
		fmt.Fprintf(&b, "account %s %s %q %q country %q language %q centre %q session %q reason %q\n",
			a.ID, a.Service, a.Email, a.Phone, a.Country, a.Language, a.AccountsCentre, a.Session, a.Reason)
	}
	for _, s := range cfg.Settings {
		if s.From != config.FromDefault {
			fmt.Fprintf(&b, "setting %s %q from %s\n", s.Key, s.Value, s.From)
		}
	}
	return b.String()
}

// load writes a file where only its owner may read it, and loads it.
func load(t testing.TB, name string, text []byte) (*config.Config, error) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, name, text)
	return config.Load(config.Options{Path: name, Dir: dir, Env: environ("HOME", "/home/marie"), OS: "linux", Profiles: known})
}

func write(t testing.TB, dir, name string, text []byte) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// known are the built-in profiles and two more: one that needs a phone and a
// country, one that brings its own words.
func known(string) (*profile.Set, error) { return readOnce() }

var readOnce = sync.OnceValues(func() (*profile.Set, error) {
	return profile.Load(profile.Overlay(profiles.FS, fstest.MapFS{
		"chat.yaml": {Data: []byte(strings.Replace(form, "NEEDS", "{email: optional, phone: required, country: required}", 1))},
		"club.yaml": {Data: []byte(strings.NewReplacer("NEEDS", "{email: optional}", "chat", "club", "Chat", "Club").Replace(form))},
	}))
})

const form = `service: chat
title: Chat
requires: NEEDS
origins: {type: ["http://127.0.0.1:8080"]}
about: {words: chat.about}
sends: [{name: submit}]
routes: [{id: form, title: The form, steps: [{open: "http://127.0.0.1:8080/form"}]}]
form:
  - fill: {value: email, label: chat.email}
  - submit: {button: chat.send, commits: submit}
  - expect: outcome
outcomes: [{means: taken, words: chat.taken}]
words: {chat.about: [artificial intelligence], chat.email: [Your e-mail], chat.send: [Send], chat.taken: [Thank you]}
`

func environ(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// TestThePhoneArrivesAsTyped: unquoted in YAML, with the zero that other
// decoders read as octal.
func TestThePhoneArrivesAsTyped(t *testing.T) {
	for name, text := range map[string]string{
		"a.yaml": "accounts: [{id: a, service: chat, country: FR, phone: 0612345670}]",
		"b.yml":  "accounts: [{id: a, service: chat, country: FR, phone: +33612345670}]",
		"c.toml": "[[accounts]]\nid = 'a'\nservice = 'chat'\ncountry = 'FR'\nphone = '06 12 34 56 70'",
		"d.json": `{"accounts": [{"id": "a", "service": "chat", "country": "fr", "phone": "06.12.34.56.70"}]}`,
		"e.yaml": "accounts: [{id: a, service: chat, country: GB, phone: 0033 6 12 34 56 70}]",
	} {
		cfg, err := load(t, name, []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := cfg.Accounts[0].Phone.Reveal(personal.ForTyping); got != "+33612345670" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
