package main

import (
	"github.com/spf13/cobra"

	"opposer/internal/rehearsal"
	"opposer/internal/words"
)

func (a *app) rehearsalCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rehearsal",
		Short: a.say(words.T("What can be rehearsed")),
		Args:  a.noCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	list := &cobra.Command{
		Use:     "list",
		Short:   a.say(words.T("List the ways in which the played pages can behave")),
		Example: a.examples(example{"opposer rehearsal list", words.T("then: opposer run --rehearse=NAME")}),
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.listRehearsals(rehearsal.Scenarios()) },
	}
	c.AddCommand(list, a.serveCommand())
	return c
}

func (a *app) listRehearsals(all []rehearsal.Scenario) error {
	rows := make([][]cell, len(all))
	for i, s := range all {
		rows[i] = []cell{{text: s.Name}, {text: a.sentence(s)}}
	}
	return a.print(table(rows, false))
}
