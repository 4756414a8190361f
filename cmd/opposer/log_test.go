package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"opposer/internal/personal"
)

// TestNoLogHoldsAValue: each destination masks beneath whatever is logged.
func TestNoLogHoldsAValue(t *testing.T) {
	email, err := personal.ParseEmail("marie@example.org")
	if err != nil {
		t.Fatal(err)
	}
	masker := personal.NewMasker(personal.Account{Email: email})
	for _, format := range []string{"", formatConsole, formatJSON} {
		for _, terminal := range []bool{true, false} {
			var screenful bytes.Buffer
			file := filepath.Join(t.TempDir(), "logs", "opposer.log")
			a := &app{process: process{tty: terminals{err: terminal}}}
			log, closer, err := a.openLog(logWanted{2, format, file}, masker, &screen{out: &screenful, width: func() int { return 80 }})
			if err != nil {
				t.Fatal(err)
			}
			log.Info().Str("to", "marie@example.org").Err(errors.New("sent to marie%40example.org")).Msg("for jean@free.fr, +33687654321")
			if err := closer.Close(); err != nil {
				t.Fatal(err)
			}
			kept, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for where, text := range map[string]string{"screen": screenful.String(), "file": string(kept)} {
				for _, value := range []string{"marie", "jean", "687654"} {
					if strings.Contains(text, value) {
						t.Errorf("format %q: the %s holds %q: %s", format, where, value, text)
					}
				}
				if !strings.Contains(text, "m•••@e•••.org") {
					t.Errorf("format %q: nothing was logged to the %s: %q", format, where, text)
				}
			}
		}
	}
}

func TestTheLogFileIsThePersonsOwn(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are inherited from the person's profile folder")
	}
	path := filepath.Join(t.TempDir(), "new", "opposer.log")
	f, err := openLogFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, filepath.Dir(path)} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v, %v", name, info.Mode(), err)
		}
	}
}

func TestALogFormatThatDoesNotExistIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "opposer.log")
	_, _, err := (&app{}).openLog(logWanted{1, "xml", file}, personal.NewMasker(), &screen{})
	if _, refused := errors.AsType[*usageError](err); !refused {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a log file was made all the same")
	}
}
