package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"opposer/internal/words"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   a.say(words.T("Show the version")),
		Example: a.examples(example{"opposer version", words.T("the version, the commit and the system it was built for")}),
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.print("opposer " + version() + " " + runtime.GOOS + "/" + runtime.GOARCH + " " + runtime.Version() + "\n")
		},
	}
}

// version is what Go's tools stamped into the program: the module's version,
// or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	commit, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+changes"
		}
	}
	if commit == "" {
		return "(devel)"
	}
	return "(devel) " + commit + dirty
}
