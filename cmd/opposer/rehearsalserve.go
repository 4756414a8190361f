package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"opposer/internal/chrome"
	"opposer/internal/rehearsal"
	"opposer/internal/words"
)

// serveOptions are what `opposer rehearsal serve` was asked for.
type serveOptions struct {
	scenario string
	language string // of the pages
	verbose  bool
}

func (a *app) serveCommand() *cobra.Command {
	var o serveOptions
	c := &cobra.Command{
		Use:   "serve",
		Short: a.say(words.T("Serve the played pages to a Chrome of your own")),
		Long: a.say(words.T("Serves the pages of a rehearsal on this computer until Ctrl-C, and prints the command that opens " +
			"them in a Chrome with a folder of its own: there www.facebook.com and the others are the played pages, and " +
			"no other site can be reached. Your usual Chrome notices nothing.")),
		Example: a.examples(
			example{"opposer rehearsal serve", words.T("the pages on which everything works")},
			example{"opposer rehearsal serve --scenario portal+prefilled", words.T("another behaviour, or several")},
			example{"opposer rehearsal serve --page-language pl", words.T("pages in Polish, whatever Chrome asks for")},
		),
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), o) },
	}
	f := c.Flags()
	f.StringVar(&o.scenario, "scenario", "", a.say(words.T("`name` of the rehearsal; see opposer rehearsal list")))
	f.StringVar(&o.language, "page-language", "", a.say(words.T("`language` of the pages: %s; else what Chrome asks for",
		strings.Join(rehearsal.Languages(), ", "))))
	_ = c.RegisterFlagCompletionFunc("scenario", a.completeScenarios)
	f.BoolVarP(&o.verbose, "verbose", "v", false, a.say(words.T("also show each request: its address, nothing that was typed")))
	return c
}

// serve plays the pages until a person has had enough.
func (a *app) serve(ctx context.Context, o serveOptions) (err error) {
	if o.language != "" && !slices.Contains(rehearsal.Languages(), o.language) {
		return &usageError{
			reason: words.T("There are no played pages in the language %s.", clean(o.language)),
			remedy: words.T("What there is: %s", strings.Join(rehearsal.Languages(), ", ")),
		}
	}
	ctx, stop := a.stops(ctx, func() {})
	defer stop.close()
	played := rehearsal.Options{Scenario: o.scenario, Language: o.language}
	if o.verbose {
		played.Log = a.stderr
	}
	site, err := rehearsal.Start(ctx, played)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "opposer-rehearsal-*")
	if err != nil {
		_ = site.Close()
		return fmt.Errorf("making a folder for Chrome: %w", err)
	}
	defer func() {
		if closed := site.Close(); err == nil {
			err = closed
		}
		// A Chrome that is still open may keep files in it: the system's own
		// tidying up gets those.
		_ = os.RemoveAll(folder)
	}()
	a.note(a.say(words.T("Meta's pages are played on this computer. Open them with this command:")) + "\n\n")
	if err := a.print(a.chromeFor(site, folder) + "\n"); err != nil {
		return err
	}
	a.note("\n" + a.say(playedSecrets()) + "\n" + a.say(words.T("What the pages receive is told here. Ctrl-C ends it.")) + "\n")
	a.hear(ctx, site, stop)
	a.note(a.say(words.T("Forms received: %d. Received where nothing must be sent: %d.", len(site.Received()), len(site.Decoys()))) + "\n")
	return nil
}

// hear tells what arrives, without what was typed, until a person stops it.
func (a *app) hear(ctx context.Context, site *rehearsal.Site, stop *stopping) {
	for {
		select {
		case got, open := <-site.Arrived():
			if !open {
				return
			}
			a.note("  " + got.String() + "\n")
		case <-stop.asked:
			return
		case <-ctx.Done():
			return
		}
	}
}

// chromeFor is the command that opens the pages: names lead to this computer or
// nowhere, the certificate is trusted by its key, and everything that Chrome
// remembers stays in the folder.
func (a *app) chromeFor(site *rehearsal.Site, folder string) string {
	bin := "google-chrome"
	if found, err := chrome.Find(chrome.FindOptions{Env: a.env}); err == nil {
		bin = found.Path
	}
	var rules []string
	for _, h := range site.Hosts() {
		name, address, _ := strings.Cut(h, "=")
		rules = append(rules, "MAP "+name+" "+address)
	}
	args := []string{
		bin, "--user-data-dir=" + folder, "--no-first-run", "--no-default-browser-check",
		"--host-resolver-rules=" + strings.Join(append(rules, "MAP * ~NOTFOUND"), ", "),
		"--ignore-certificate-errors-spki-list=" + strings.Join(site.TrustedKeys(), ","),
	}
	if a.super {
		args = append(args, "--no-sandbox")
	}
	args = append(args, rehearsal.Doors()...)
	for i, arg := range args {
		args[i] = quoted(arg)
	}
	return strings.Join(args, " ")
}
