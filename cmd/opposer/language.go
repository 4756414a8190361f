package main

import (
	"strings"

	"opposer/internal/words"
)

// systemLanguage is the language of the system's messages, in the order that
// POSIX gives its variables; English where it names none that we speak.
func systemLanguage(env func(string) string) words.Language {
	for _, name := range [...]string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			l, _ := words.Speaks(v)
			return l
		}
	}
	return words.English
}

// firstLanguage is the language before the config is read, and the one of
// --help: the flag, the variable, the system. The flag is looked for by hand,
// since the texts of the flags themselves depend on it.
func firstLanguage(args []string, env func(string) string) words.Language {
	for i, a := range args {
		if a == "--" {
			break
		}
		name, ok := strings.CutPrefix(a, "--lang=")
		if !ok && a == "--lang" && i+1 < len(args) {
			name, ok = args[i+1], true
		}
		if l, known := words.Speaks(name); ok && known {
			return l
		}
	}
	if l, ok := words.Speaks(env("OPPOSER_LANG")); ok {
		return l
	}
	return systemLanguage(env)
}
