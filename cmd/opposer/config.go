package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"opposer/internal/config"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// load reads the config for a command. A rehearsal without one plays the
// example's accounts, and says so. From here on the program speaks the
// language that the config names.
func (a *app) load(cmd *cobra.Command, rehearse bool) (*config.Config, *profile.Set, error) {
	o := a.configOptions(cmd)
	if rehearse {
		o.Otherwise = config.Example()
	}
	cfg, err := config.Load(o)
	if err != nil {
		return nil, nil, err
	}
	if cfg.Path == "" {
		a.note(a.say(words.T("There is no config yet: these are the accounts of the example (%s).", "opposer config example")) + "\n")
	}
	return cfg, cfg.Set, nil
}

func (a *app) configOptions(cmd *cobra.Command) config.Options {
	return config.Options{Path: a.common.config, Dir: a.cwd, Env: a.env, Flags: cmd.Flags(), Profiles: loadProfiles, Speak: a.speak}
}

// speak takes the config's language, where it names one.
func (a *app) speak(lang string) {
	if l, ok := words.Speaks(lang); ok {
		a.lang = l
	}
}

// settingFlags declares the flags of these settings; the config reads them.
func (a *app) settingFlags(f *pflag.FlagSet, names ...string) {
	usage := map[string]words.Text{
		"state":          words.T("`folder` of the journal and the evidence"),
		"profiles":       words.T("`folder` with profiles of your own, beside or instead of the built-in ones"),
		"lang":           words.T("`language` that the program speaks: en or fr; else the system's"),
		"chrome":         words.T("`program` to use as browser; else Chrome or Chromium is looked for"),
		"pace":           words.T("`duration` between two objections to one service, give or take a half (default 60s)"),
		"timeout":        words.T("`duration` of one attempt, the time you need not counted (default 5m)"),
		"log-file":       words.T("also write the log to this `file`"),
		"verify":         words.T("`channel` on which you are asked: window, terminal, web (the page of --supervise), none (stop there); auto picks (default auto)"),
		"review":         words.T("`when` you look at a filled form before it is sent: first (once, then the same form is trusted), always, never (default first)"),
		"come-within":    words.T("`duration` of waiting for you to come when you are needed; 0: without end (default 30m)"),
		"finish-within":  words.T("`duration` of waiting for you to be done, once you are there; 0: without end (default 15m)"),
		"notify-command": words.T("`command` to run when you are needed, and again shortly before the waiting ends; variables tell it what for, see the README"),
		"log-format":     words.T("`format` of the log: console or json"),
	}
	for _, name := range names {
		if name == "headed" {
			f.Bool(name, false, a.say(words.T("show the Chrome window")))
			continue
		}
		f.String(name, "", a.say(usage[name]))
	}
}

func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: a.say(words.T("Your config: check it, see what is in force")),
		Args:  a.noCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	show := &cobra.Command{
		Use: "show", Args: noArgs,
		Short:   a.say(words.T("Show the settings and accounts in force, and where each comes from")),
		Example: a.examples(example{"opposer config show", words.T("personal data is masked")}),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.showConfig(cmd) },
	}
	a.settingFlags(show.Flags(), "headed", "verify", "review", "come-within", "finish-within", "notify-command",
		"pace", "timeout", "chrome", "log-file", "log-format")
	c.AddCommand(
		show,
		&cobra.Command{
			Use: "check", Args: noArgs,
			Short:   a.say(words.T("Tell everything that is to mend in the config")),
			Example: a.examples(example{"opposer config check", words.T("each with its line, and what to write instead")}),
			RunE:    func(cmd *cobra.Command, _ []string) error { return a.checkConfig(cmd) },
		},
		&cobra.Command{
			Use: "example", Args: noArgs,
			Short:   a.say(words.T("Print a config to start from")),
			Example: a.examples(example{"(umask 077; opposer config example > opposer.yaml)", words.T("a file that only you can read")}),
			RunE:    func(*cobra.Command, []string) error { return a.print(string(config.Example())) },
		},
	)
	return c
}

func (a *app) checkConfig(cmd *cobra.Command) error {
	cfg, err := config.Load(a.configOptions(cmd))
	if err != nil {
		return err
	}
	n := len(cfg.Accounts)
	return a.print(a.say(words.N(n, "%s is in order: %d account.", "%s is in order: %d accounts.", words.Verbatim(a.homely(cfg.Path)), n)) + "\n")
}

// showConfig prints the settings, then the accounts, personal data masked.
func (a *app) showConfig(cmd *cobra.Command) error {
	o := a.configOptions(cmd)
	o.NoFile = true
	cfg, err := config.Load(o)
	if err != nil {
		return err
	}
	var rows [][]cell
	for _, s := range cfg.Settings {
		from := s.From
		if from == config.FromDefault {
			from = a.say(words.T("default"))
		}
		rows = append(rows, []cell{{text: s.Key}, {text: a.homely(s.Value)}, {text: from, paint: faint}})
	}
	if err := a.print(table(rows, a.colourful(a.tty.out))); err != nil {
		return err
	}
	if cfg.Path == "" {
		return a.print("\n" + a.say(words.T("There is no config yet. Write one: %s", "(umask 077; opposer config example > opposer.yaml)")) + "\n")
	}
	return a.print("\n" + a.homely(cfg.Path) + "\n" + table(accountRows(cfg.Accounts, a.keptMarks(cfg)), false))
}

// keptMarks say which accounts have a login that is kept, one an account.
func (a *app) keptMarks(cfg *config.Config) []string {
	marks := make([]string, len(cfg.Accounts))
	for i, acc := range cfg.Accounts {
		if there, err := sessionsOf(cfg, false).For(acc).Exists(); there && err == nil {
			marks[i] = a.say(words.T("login kept"))
		}
	}
	return marks
}

// accountRows is one line an account, with what is kept for each. Its values
// mask themselves.
func accountRows(list []personal.Account, kept []string) [][]cell {
	rows := make([][]cell, len(list))
	for i, acc := range list {
		place := strings.Trim(acc.Language+" "+acc.Country, " ")
		reason := ""
		if !acc.Reason.IsZero() {
			reason = acc.Reason.String()
		}
		rows[i] = []cell{
			{text: acc.ID},
			{text: acc.Service},
			{text: acc.Email.String()},
			{text: acc.Phone.String()},
			{text: place},
			{text: acc.AccountsCentre},
			{text: reason},
			{text: kept[i]},
		}
	}
	return slim(rows)
}

// completeAccounts offers the ids of the config, where it can be read.
func (a *app) completeAccounts(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	cfg, err := config.Load(a.configOptions(cmd))
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	ids := make([]string, len(cfg.Accounts))
	for i, acc := range cfg.Accounts {
		ids[i] = acc.ID
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
