package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"opposer/internal/config"
	"opposer/internal/profile"
	"opposer/internal/run"
	"opposer/internal/words"
	"opposer/profiles"
)

// profileFiles are the built-in profiles, under the person's own where a
// folder is named: file by file, theirs come first.
func profileFiles(dir string) (fs.FS, error) {
	if dir == "" {
		return profiles.FS, nil
	}
	stat, err := os.Stat(dir)
	if err != nil || !stat.IsDir() {
		return nil, &usageError{
			reason: words.T("There is no folder %s with profiles.", dir),
			remedy: words.T("Name a folder that exists, or leave --profiles out."), err: err,
		}
	}
	return profile.Overlay(profiles.FS, os.DirFS(dir)), nil
}

func loadProfiles(dir string) (*profile.Set, error) {
	files, err := profileFiles(dir)
	if err != nil {
		return nil, err
	}
	return profile.Load(files)
}

// profilesFolder is the folder with the person's own profiles, as the flag, the
// variable or the config names it. A config that is not right is no reason not
// to look at profiles.
func (a *app) profilesFolder(cmd *cobra.Command) string {
	o := a.configOptions(cmd)
	o.NoFile, o.Profiles = true, func(string) (*profile.Set, error) { return loadProfiles("") }
	if cfg, err := config.Load(o); err == nil {
		return cfg.Profiles
	}
	if f := cmd.Flags().Lookup("profiles"); f != nil && f.Changed {
		return f.Value.String()
	}
	return a.env("OPPOSER_PROFILES")
}

func (a *app) profileCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "profile",
		Short: a.say(words.T("What is known of each service's form")),
		Args:  a.noCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use: "list", Args: noArgs,
			Short:   a.say(words.T("List the services that have a profile")),
			Example: a.examples(example{"opposer profile list", words.T("services, what they need, ways to the form")}),
			RunE:    func(cmd *cobra.Command, _ []string) error { return a.listProfiles(a.profilesFolder(cmd)) },
		},
		&cobra.Command{
			Use: "show SERVICE", Args: oneArg("facebook"), ValidArgsFunction: a.completeServices,
			Short:   a.say(words.T("Show a profile as it is used")),
			Example: a.examples(example{"opposer profile show facebook", words.T("the file, with its sources")}),
			RunE:    func(cmd *cobra.Command, args []string) error { return a.showProfile(a.profilesFolder(cmd), args[0]) },
		},
		a.profileWordsCommand(),
		&cobra.Command{
			Use: "lint", Args: noArgs,
			Short:   a.say(words.T("Check profiles and lexicons")),
			Example: a.examples(example{"opposer profile lint", words.T("the built-in ones; add --profiles FOLDER to check your own with them")}),
			RunE:    func(cmd *cobra.Command, _ []string) error { return a.lintProfiles(a.profilesFolder(cmd)) },
		},
	)
	return c
}

func (a *app) completeServices(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	set, err := loadProfiles(a.profilesFolder(cmd))
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return set.Services(), cobra.ShellCompDirectiveNoFileComp
}

func (a *app) listProfiles(dir string) error {
	set, err := loadProfiles(dir)
	if err != nil {
		return err
	}
	var rows [][]cell
	for _, name := range set.Services() {
		p := set.Profiles[name]
		for i, r := range p.Routes {
			row := []cell{{text: name}, {text: p.Title}, {text: a.needs(p.Requires)}}
			if i > 0 {
				row = []cell{{}, {}, {}}
			}
			rows = append(rows, append(row, cell{text: a.say(r.Called())}, cell{text: a.say(words.T("confidence %s, looked at %s", r.Confidence, r.Verified))}))
		}
	}
	return a.print(table(rows, false))
}

// needs says what a service requires of an account.
func (a *app) needs(r profile.Requires) string {
	var list []string
	for _, n := range []struct {
		need profile.Need
		what words.Text
	}{{r.Email, words.T("e-mail")}, {r.Phone, words.T("phone")}, {r.Country, words.T("country")}} {
		switch n.need {
		case profile.Required:
			list = append(list, a.say(n.what))
		case profile.Optional:
			list = append(list, "("+a.say(n.what)+")")
		case profile.Unused:
		}
	}
	return strings.Join(list, ", ")
}

func (a *app) showProfile(dir, service string) error {
	set, err := loadProfiles(dir)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(set.Services(), func(s string) bool {
		return s == service || strings.EqualFold(set.Profiles[s].Title, service)
	})
	if i < 0 {
		return &run.UnknownError{What: run.Service, Name: service, Known: set.Services()}
	}
	files, err := profileFiles(dir)
	if err != nil {
		return err
	}
	text, err := fs.ReadFile(files, set.Services()[i]+".yaml")
	if err != nil {
		return fmt.Errorf("reading a profile: %w", err)
	}
	return a.print(string(text))
}

// lintProfiles reports what has to be mended (exit code 2) and what a careful
// author mends.
func (a *app) lintProfiles(dir string) error {
	set, err := loadProfiles(dir)
	if found, ok := errors.AsType[profile.Problems](err); ok {
		if err := a.print(a.problemLines(profileProblems(found))); err != nil {
			return err
		}
		a.note(a.say(words.N(len(found), "%d thing to mend.", "%d things to mend.", len(found))) + "\n")
		return &doneError{run.Usage}
	}
	if err != nil {
		return err
	}
	warnings := set.Warnings()
	if err := a.print(a.problemLines(profileProblems(warnings))); err != nil {
		return err
	}
	services, languages := len(set.Profiles), len(set.Lexicons)
	a.note(a.say(words.T("Services: %d, languages: %d. Nothing to mend, to improve: %d.", services, languages, len(warnings))) + "\n")
	return nil
}

func profileProblems(list profile.Problems) []problem {
	out := make([]problem, len(list))
	for i, p := range list {
		out[i] = problem{p.File, p.Line, p.Column, p.Excerpt, p.Reason, p.Remedy}
	}
	return out
}
