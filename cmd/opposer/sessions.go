package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"opposer/internal/config"
	"opposer/internal/personal"
	"opposer/internal/run"
	"opposer/internal/session"
	"opposer/internal/words"
)

// keptLogin is a login and the accounts of the config that share it.
type keptLogin struct {
	session.Session
	accounts []personal.Account
}

// ids are the accounts as a person calls them.
func (k keptLogin) ids() string {
	ids := make([]string, len(k.accounts))
	for i, acc := range k.accounts {
		ids[i] = acc.ID
	}
	return strings.Join(ids, ", ")
}

// sessionsOf is where the logins of a kind of run are kept: what a rehearsal's
// pages stored must never meet a real site. A dry run goes to the real pages,
// so it has the real logins.
func sessionsOf(cfg *config.Config, rehearse bool) session.Dir {
	return session.In(stateFolder(cfg.StateDir, rehearse, false))
}

// keptLogins are the logins of some accounts, each once, with everybody who
// shares them. The error is *[run.UnknownError].
func keptLogins(d session.Dir, all []personal.Account, ids []string) ([]keptLogin, error) {
	known := make([]string, len(all))
	for i, acc := range all {
		known[i] = acc.ID
	}
	var list []keptLogin
	for _, id := range ids {
		i := slices.Index(known, id)
		if i < 0 {
			return nil, &run.UnknownError{What: run.Account, Name: id, Known: known}
		}
		s := d.For(all[i])
		if slices.ContainsFunc(list, func(k keptLogin) bool { return k.Session == s }) {
			continue
		}
		k := keptLogin{Session: s}
		for _, acc := range all {
			if d.For(acc) == s {
				k.accounts = append(k.accounts, acc)
			}
		}
		list = append(list, k)
	}
	return list, nil
}

// sessionFor is the folder of an account's kept login, if there is one. The run
// keeps it for itself until its browsers have ended.
func (h *house) sessionFor(acc personal.Account) (dir string, ok bool, err error) {
	s := sessionsOf(h.config, h.options.rehearse).For(acc)
	if h.kept[s] {
		return s.Path(), true, nil
	}
	there, err := s.Exists()
	if err != nil || !there {
		return "", false, err
	}
	release, err := s.Lock()
	if err != nil {
		return "", false, err
	}
	h.browsers.after(release)
	// It may have been forgotten while we came to the lock.
	if there, err = s.Exists(); err != nil || !there {
		return "", false, err
	}
	if h.kept == nil {
		h.kept = map[session.Session]bool{}
	}
	h.kept[s] = true
	return s.Path(), true, nil
}

// accountArgs wants ids of accounts behind a command.
func accountArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return nil
	}
	return &usageError{
		reason: words.T("%s needs the id of an account.", cmd.CommandPath()),
		remedy: words.T("Write: %s", cmd.CommandPath()+" marie-fb"),
	}
}

// completeFurther offers the ids that do not stand there yet.
func (a *app) completeFurther(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	ids, how := a.completeAccounts(cmd, args, typed)
	return slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(args, id) }), how
}
