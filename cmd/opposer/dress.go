package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"opposer/internal/words"
)

// example is a command line that works as printed, and what it does.
type example struct {
	line string
	does words.Text
}

// examples are laid out for cobra's help.
func (a *app) examples(list ...example) string {
	rows := make([][]cell, len(list))
	for i, e := range list {
		rows[i] = []cell{{text: e.line}, {text: a.say(e.does)}}
	}
	return strings.TrimRight(table(rows, false), "\n")
}

// dress gives the help of a command and of all below it our words: cobra's own
// are English.
func (a *app) dress(root *cobra.Command) {
	root.SetUsageFunc(func(c *cobra.Command) error { return a.print(a.usage(c)) })
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		text := c.Long
		if text == "" {
			text = c.Short
		}
		a.failed = a.print(strings.TrimSpace(text) + "\n\n" + a.usage(c))
	})
	root.SetHelpCommand(a.helpCommand(root))
	for _, c := range every(root) {
		c.Long = wrap(c.Long, helpWidth)
		c.InitDefaultHelpFlag()
		if f := c.Flags().Lookup("help"); f != nil {
			f.Usage = a.say(words.T("show this help"))
		}
		c.DisableFlagsInUseLine = true
		if c.HasAvailableFlags() {
			c.Use += " [flags]"
		}
	}
}

// helpWidth is how wide the help's prose is, in columns.
const helpWidth = 78

// every is a command and all below it.
func every(c *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{c}
	for _, below := range c.Commands() {
		list = append(list, every(below)...)
	}
	return list
}

// usage is how a command is used: what it is called, examples, what stands
// below it, its flags.
func (a *app) usage(c *cobra.Command) string {
	var b strings.Builder
	part := func(title words.Text, text string) {
		if text != "" {
			b.WriteString("\n" + a.say(title) + "\n" + strings.TrimRight(text, "\n") + "\n")
		}
	}
	line := columnGap + c.CommandPath() + " COMMAND"
	if c.Runnable() && !c.HasSubCommands() {
		line = columnGap + c.UseLine()
	}
	part(words.T("Usage:"), line)
	part(words.T("Examples:"), c.Example)
	part(words.T("Commands:"), commandTable(c))
	part(words.T("Flags:"), flagTable(c.LocalFlags()))
	part(words.T("Flags of every command:"), flagTable(c.InheritedFlags()))
	if c.HasAvailableSubCommands() {
		part(words.T("More about a command: %s", c.CommandPath()+" COMMAND --help"), "\n")
	}
	return strings.TrimLeft(b.String(), "\n")
}

func commandTable(c *cobra.Command) string {
	var rows [][]cell
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			rows = append(rows, []cell{{text: below.Name()}, {text: below.Short}})
		}
	}
	return table(rows, false)
}

// flagTable is one line a flag. pflag's own counts bytes, not columns.
func flagTable(flags *pflag.FlagSet) string {
	var rows [][]cell
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		switch {
		case f.Value.Type() == "count" || value == "":
		case f.NoOptDefVal != "":
			name += "[=" + value + "]"
		default:
			name += " " + value
		}
		rows = append(rows, []cell{{text: name}, {text: usage}})
	})
	return table(rows, false)
}

func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help",
		Short: a.say(words.T("Show the help of a command")),
		RunE: func(_ *cobra.Command, args []string) error {
			found, _, err := root.Find(args)
			if err != nil {
				return err
			}
			return found.Help()
		},
	}
}
