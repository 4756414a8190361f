package main

import (
	"github.com/spf13/cobra"

	"opposer/internal/config"
	"opposer/internal/words"
)

// logoutOptions are what `opposer logout` was asked for.
type logoutOptions struct{ rehearse, all bool }

func (a *app) logoutCommand() *cobra.Command {
	var o logoutOptions
	c := &cobra.Command{
		Use:   "logout ACCOUNT…",
		Short: a.say(words.T("Forget a login that was kept")),
		Long: a.say(words.T("Removes what opposer login kept: the cookies, and everything else that Chrome stored there. " +
			"Accounts that share a login lose it together. Nothing else is forgotten: the journal and the proof stay.")),
		Example: a.examples(
			example{"opposer logout marie-fb", words.T("forget the login of the account marie-fb")},
			example{"opposer logout --all", words.T("forget every login, also of accounts that are in the config no more")},
		),
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case o.all && len(args) > 0:
				return &usageError{
					reason: words.T("--all is for every account: it does not go with ids."),
					remedy: words.T("Write: %s", cmd.CommandPath()+" --all"),
				}
			case o.all:
				return nil
			default:
				return accountArgs(cmd, args)
			}
		},
		ValidArgsFunction: a.completeFurther,
		RunE: func(cmd *cobra.Command, ids []string) error {
			if o.all {
				return a.logoutAll(cmd, o.rehearse)
			}
			return a.logout(cmd, ids, o.rehearse)
		},
	}
	c.Flags().BoolVar(&o.all, "all", false, a.say(words.T("every login that is kept")))
	c.Flags().BoolVar(&o.rehearse, "rehearse", false, a.say(words.T("the logins of rehearsals")))
	return c
}

// logout removes the logins of accounts.
func (a *app) logout(cmd *cobra.Command, ids []string, rehearse bool) error {
	cfg, _, err := a.load(cmd, rehearse)
	if err != nil {
		return err
	}
	list, err := keptLogins(sessionsOf(cfg, rehearse), cfg.Accounts, ids)
	if err != nil {
		return err
	}
	for _, k := range list {
		there, err := k.Exists()
		if err == nil {
			err = k.Remove()
		}
		if err != nil {
			return err
		}
		said := words.T("No login is kept for: %s", k.ids())
		if there {
			said = words.T("Removed, with its cookies and all that the pages stored: the login of %s", k.ids())
		}
		if err := a.print(a.say(said) + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// logoutAll removes every login, with a config or without.
func (a *app) logoutAll(cmd *cobra.Command, rehearse bool) error {
	o := a.configOptions(cmd)
	o.NoFile = true
	cfg, err := config.Load(o)
	if err != nil {
		return err
	}
	list, err := sessionsOf(cfg, rehearse).All()
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := s.Remove(); err != nil {
			return err
		}
	}
	n := len(list)
	if n == 0 {
		return a.print(a.say(words.T("No login is kept.")) + "\n")
	}
	return a.print(a.say(words.N(n, "%d login removed, with its cookies and all that the pages stored.",
		"%d logins removed, with their cookies and all that the pages stored.", n)) + "\n")
}
