package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be the program, so that scripts run it as
// typed, in a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"opposer": main})
}

// TestScripts runs the command line as it is typed, in an empty home, with a
// state folder of its own and no language but the one a script names.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("HOME", home)
			e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, "state"))
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			e.Setenv("LANG", "C")
			e.Setenv("TZ", "UTC")
			e.Setenv("TERM", "xterm")
			return os.Mkdir(home, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": exitCodeIs,
			"perm": chmod,
		},
		RequireUniqueNames: true,
	})
}

// exitCodeIs is the command `code N program args…`: it runs the program and
// wants that exit code. Its output is there for stdout and stderr afterwards.
func exitCodeIs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program args…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = codeIn(err)
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// chmod is the command `perm MODE file`, in octal.
func chmod(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: perm MODE file")
	}
	mode, err := parseMode(args[0])
	ts.Check(err)
	ts.Check(os.Chmod(ts.MkAbs(args[1]), mode))
}

// codeIn is the exit code of a program that ended with an error.
func codeIn(err error) string {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return strconv.Itoa(exit.ExitCode())
	}
	return err.Error()
}

func parseMode(octal string) (fs.FileMode, error) {
	n, err := strconv.ParseUint(octal, 8, 32)
	return fs.FileMode(n), err
}
