package main

import (
	"strings"

	"github.com/spf13/cobra"

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
	root.SetUsageTemplate(a.usageTemplate())
	root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}" +
		"{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}")
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

func (a *app) usageTemplate() string {
	usage, examples := a.say(words.T("Usage:")), a.say(words.T("Examples:"))
	commands, flags := a.say(words.T("Commands:")), a.say(words.T("Flags:"))
	common, more := a.say(words.T("Flags of every command:")), a.say(words.T("More about a command: %s", "{{.CommandPath}} COMMAND --help"))
	return usage + `{{if and .Runnable (not .HasSubCommands)}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND{{end}}{{if .HasExample}}

` + examples + `
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

` + commands + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + flags + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + common + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

` + more + `{{end}}
`
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
