package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"opposer/internal/words"
)

// manuals are the files in which a person reads what to type.
func manuals() []string {
	return []string{
		"README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "profiles/README.md", "internal/config/example.yaml",
	}
}

// TestTheManualsCommandsAreOurs: what can be copied from a manual is a command
// that the program takes, and a flag named alone is one of some command.
func TestTheManualsCommandsAreOurs(t *testing.T) {
	for _, name := range manuals() {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		codes := codesIn(string(text))
		for _, code := range codes {
			for _, args := range commandsIn(code) {
				if err := faultIn(args); err != nil {
					t.Errorf("%s: opposer %s: %v", name, strings.Join(args, " "), err)
				}
			}
			if flag := flagAlone(code); flag != "" && !flagOfAny(fresh(), flag) {
				t.Errorf("%s: no command has the flag --%s", name, flag)
			}
		}
		if name == "README.md" && len(codes) < 50 {
			t.Errorf("only %d pieces of code found in %s", len(codes), name)
		}
	}
}

func TestAWrongCommandInAManualIsSeen(t *testing.T) {
	for code, right := range map[string]bool{
		"`opposer run --headed`":               true,
		"    opposer run --supervise=[::1]:80": true,
		"`opposer --lang fr run -y`":           true,
		"`scripts/run --fresh`":                true,
		"`opposer run --watch`":                false,
		"`opposer run --rehearse=nonsense`":    false,
		"`opposer resolve marie-fb`":           false,
		"`scripts/run --fresher`":              false,
		"    (umask 077; opposer confug show)": false,
		"`opposer login`":                      true,
		"`opposer rehearsal list now`":         false,
		"`opposer run --rehearse=NAME`":        true,
	} {
		found, wrong := 0, false
		for _, c := range codesIn(code) {
			for _, args := range commandsIn(c) {
				found++
				wrong = wrong || faultIn(args) != nil
			}
		}
		if found != 1 || wrong == right {
			t.Errorf("%s: %d commands, wrong is %t", code, found, wrong)
		}
	}
}

// codesIn are the pieces of a manual that are typed: indented lines, lines that
// begin with the program, and what stands between backquotes.
func codesIn(text string) (out []string) {
	quoted := regexp.MustCompile("`([^`]+)`")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "opposer ") {
			out = append(out, strings.TrimSpace(line))
		}
		for _, found := range quoted.FindAllStringSubmatch(line, -1) {
			out = append(out, found[1])
		}
	}
	return out
}

// commandsIn are the arguments of each call of the program in a piece of code;
// scripts/run calls it for a rehearsal. NAME stands for any rehearsal's.
func commandsIn(code string) (out [][]string) {
	plain := strings.NewReplacer(`"`, "", "--rehearse=NAME", "--rehearse")
	call := regexp.MustCompile(`(?:^|[(;] *)(opposer|scripts/run)((?: +[^\s()<>|;#]+)*)`)
	for _, found := range call.FindAllStringSubmatch(code, -1) {
		args := strings.Fields(plain.Replace(found[2]))
		if found[1] == "scripts/run" {
			args = append([]string{"run", "--rehearse"}, args...)
		}
		out = append(out, args)
	}
	return out
}

// faultIn is what the command line says about arguments, without running them.
// A command that is only named, as in a sentence about it, needs none of its own.
func faultIn(args []string) error {
	cmd, rest, err := fresh().Find(args)
	if err != nil {
		return err
	}
	if err := cmd.ParseFlags(rest); err != nil {
		return err
	}
	if cmd.Flags().NArg() == 0 {
		return nil
	}
	return cmd.ValidateArgs(cmd.Flags().Args())
}

// flagAlone is the flag that a piece of code begins with; "" where it is
// something else.
func flagAlone(code string) string {
	found := regexp.MustCompile(`^--([a-z][a-z-]*)`).FindStringSubmatch(code)
	if found == nil {
		return ""
	}
	return found[1]
}

func flagOfAny(c *cobra.Command, flag string) bool {
	if c.Flags().Lookup(flag) != nil || c.PersistentFlags().Lookup(flag) != nil {
		return true
	}
	for _, sub := range c.Commands() {
		if flagOfAny(sub, flag) {
			return true
		}
	}
	return false
}

// fresh is the command line as it is at the start of a process.
func fresh() *cobra.Command {
	a := &app{process: process{env: environ(), stdout: io.Discard, stderr: io.Discard}, lang: words.English}
	return a.root()
}
