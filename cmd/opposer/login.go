package main

import (
	"context"
	"net/url"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"opposer/internal/chrome"
	"opposer/internal/config"
	"opposer/internal/profile"
	"opposer/internal/rehearsal"
	"opposer/internal/session"
	"opposer/internal/words"
)

func (a *app) loginCommand() *cobra.Command {
	var rehearse bool
	c := &cobra.Command{
		Use:   "login ACCOUNT…",
		Short: a.say(words.T("Log in once, for the runs to come")),
		Long: a.say(words.T("Opens Chrome for you to log in, and keeps what it stores for the runs to come. It is an ordinary " +
			"window: this program cannot look into it. Accounts of one Accounts Centre share a login, as do accounts with the " +
			"same session in the config: one window serves them all. Close the window when you are done.")),
		Example: a.examples(
			example{"opposer login marie-fb", words.T("log in for the account marie-fb and all that share its login")},
			example{"opposer logout marie-fb", words.T("forget the login again")},
		),
		Args: accountArgs, ValidArgsFunction: a.completeFurther,
		RunE: func(cmd *cobra.Command, ids []string) error { return a.login(cmd, ids, rehearse) },
	}
	c.Flags().BoolVar(&rehearse, "rehearse", false, a.say(words.T("try it on pages that this program plays; nothing leaves this computer")))
	a.settingFlags(c.Flags(), "chrome")
	return c
}

// doorway is what every window to log in is opened with.
type doorway struct {
	config *config.Config
	set    *profile.Set
	bin    string          // of the browser
	site   *rehearsal.Site // the played pages; nil where they are real
	place  string          // see placed
}

// login opens a window for each login that the accounts have, one after the
// other. Ctrl-C closes the one that is open.
func (a *app) login(cmd *cobra.Command, ids []string, rehearse bool) (err error) {
	d := doorway{place: placed(cmd)}
	if d.config, d.set, err = a.load(cmd, rehearse); err != nil {
		return err
	}
	list, err := keptLogins(sessionsOf(d.config, rehearse), d.config.Accounts, ids)
	if err != nil {
		return err
	}
	for _, k := range list {
		if len(d.pages(k)) == 0 {
			return &usageError{
				reason: words.T("No page for logging in is known for %s: the form goes without.", k.ids()),
				remedy: words.T("A profile of your own names one as: %s", "login: https://…"),
			}
		}
	}
	found, err := chrome.Find(chrome.FindOptions{Bin: d.config.Chrome, Env: a.env})
	if err != nil {
		return err
	}
	d.bin = found.Path
	ctx, stop := a.stops(cmd.Context(), func() {
		a.note(a.say(words.T("The window is being closed. To keep a login of the last half minute, close it yourself next time.")) + "\n")
	})
	defer stop.close()
	if rehearse {
		if d.site, err = rehearsal.Start(ctx, rehearsal.Options{}); err != nil {
			return err
		}
		defer func() {
			if closed := d.site.Close(); err == nil {
				err = closed
			}
		}()
	}
	if a.super {
		a.note(a.say(rootWarning()) + "\n")
	}
	window, cancel := stop.within(ctx)
	defer cancel()
	for _, k := range list {
		if err := a.logInto(window, d, k); err != nil {
			return err
		}
	}
	return nil
}

// logInto opens one window, waits until it is closed, and tells how to go on.
func (a *app) logInto(ctx context.Context, d doorway, k keptLogin) error {
	pages, first := d.pages(k), k.accounts[0]
	o := session.LoginOptions{
		Bin: d.bin, Pages: pages, NoSandbox: a.super, Env: a.env,
		Opened: func() { a.note(a.say(closing()) + "\n") },
	}
	if l := d.set.Profiles[first.Service].PageLanguage(first.Language); l != "" {
		o.Languages = []string{l}
	}
	if d.site != nil {
		o.Hosts, o.TrustedKeys = d.site.Hosts(), d.site.TrustedKeys()
		a.note(a.say(words.T("Rehearsal: the window shows pages that this program plays; they forget the login when it ends.")) + "\n" +
			a.say(playedSecrets()) + "\n")
	}
	a.note(a.say(words.T("%s: a Chrome window opens on %s.", k.ids(), words.Verbatim(hosts(pages)))) + "\n" +
		a.say(words.T("It is an ordinary window: this program looks at nothing in it. What Chrome stores stays in %s, which only you can read.",
			words.Verbatim(a.homely(k.Path())))) + "\n")
	if err := k.Login(ctx, o); err != nil {
		return err
	}
	run, out := "opposer run"+d.place, "opposer logout"+d.place+" "+quoted(first.ID)
	if d.site != nil {
		run, out = run+" --rehearse", out+" --rehearse"
	}
	for _, acc := range k.accounts {
		run += " --account " + quoted(acc.ID)
	}
	return a.print(a.say(words.T("Kept for: %s. The next run shows whether you are logged in.", k.ids())) + "\n" +
		a.examples(example{run, words.T("go on")}, example{out, words.T("forget the login again")}) + "\n")
}

// closing says how the window is left. On a Mac a program outlives its windows.
func closing() words.Text {
	if runtime.GOOS == "darwin" {
		return words.T("Log in there, then quit that Chrome (Cmd-Q).")
	}
	return words.T("Log in there, then close the window.")
}

// pages are where the accounts of a login log in, each once.
func (d doorway) pages(k keptLogin) []string {
	var list []string
	for _, acc := range k.accounts {
		if page := d.set.Profiles[acc.Service].Login; page != "" && !slices.Contains(list, page) {
			list = append(list, page)
		}
	}
	return list
}

// hosts are those of pages, for a person.
func hosts(pages []string) string {
	list := make([]string, len(pages))
	for i, page := range pages {
		list[i] = page
		if u, err := url.Parse(page); err == nil {
			list[i] = u.Host
		}
	}
	return strings.Join(list, ", ")
}
