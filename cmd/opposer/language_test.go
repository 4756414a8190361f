package main

import (
	"testing"

	"opposer/internal/words"
)

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

func TestWhichLanguage(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		env  []string
		want words.Language
	}{
		{"nothing said", nil, nil, words.English},
		{"the system", nil, []string{"LANG", "fr_FR.UTF-8"}, words.French},
		{"POSIX", nil, []string{"LANG", "C.UTF-8"}, words.English},
		{"a language we do not speak", nil, []string{"LANG", "de_DE"}, words.English},
		{"LC_ALL before LANG", nil, []string{"LANG", "fr_FR", "LC_ALL", "en_GB"}, words.English},
		{"LC_MESSAGES before LANG", nil, []string{"LANG", "en_GB", "LC_MESSAGES", "fr_CA@x"}, words.French},
		{"an empty LC_ALL says nothing", nil, []string{"LC_ALL", "", "LANG", "fr"}, words.French},
		{"our variable before the system's", nil, []string{"OPPOSER_LANG", "en", "LANG", "fr"}, words.English},
		{"the flag before all", []string{"run", "--lang", "fr"}, []string{"OPPOSER_LANG", "en"}, words.French},
		{"the flag in one word", []string{"--lang=fr-CA", "status"}, nil, words.French},
		{"the flag without value", []string{"--lang"}, []string{"LANG", "fr"}, words.French},
		{"an unknown one is told later", []string{"--lang", "de"}, []string{"LANG", "fr"}, words.French},
		{"behind --", []string{"--", "--lang=fr"}, nil, words.English},
	} {
		if got := firstLanguage(c.args, environ(c.env...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for name, want := range map[string]bool{"fr": true, "FR": true, "en-GB": true, "fr_FR.UTF-8": true, "de": false, "": false, "french": false, "-": false} {
		if _, ok := words.Speaks(name); ok != want {
			t.Errorf("%q: %v", name, ok)
		}
	}
}
