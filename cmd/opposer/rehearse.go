package main

import (
	"net"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"opposer/internal/rehearsal"
	"opposer/internal/words"
)

// rehearseFlag is --rehearse: alone it is the ordinary rehearsal; with a name,
// or several joined by +, the pages behave so.
type rehearseFlag struct{ o *runOptions }

// String is the name that was given. pflag asks it of the zero flag too.
func (f rehearseFlag) String() string {
	if f.o == nil {
		return ""
	}
	return f.o.scenario
}

// Set takes a name. The errors are *[usageError] and
// *[rehearsal.UnknownScenarioError].
func (f rehearseFlag) Set(name string) error {
	if name == "" {
		return &usageError{
			reason: words.T("--rehearse= names no rehearsal. Nothing was started."),
			remedy: words.T("Write: %s", "--rehearse"),
		}
	}
	known := scenarioNames()
	for part := range strings.SplitSeq(name, "+") {
		if !slices.Contains(known, part) {
			return &rehearsal.UnknownScenarioError{Name: part, Known: known}
		}
	}
	f.o.rehearse, f.o.scenario = true, name
	return nil
}

// Type is what the value is called.
func (rehearseFlag) Type() string { return "name" }

func scenarioNames() []string {
	all := rehearsal.Scenarios()
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.Name
	}
	return names
}

// completeScenarios offers the names, also behind a +.
func (a *app) completeScenarios(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	before := typed[:strings.LastIndex(typed, "+")+1]
	var out []string
	for _, s := range rehearsal.Scenarios() {
		out = append(out, cobra.CompletionWithDesc(before+s.Name, a.sentence(s)))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// sentence says what a rehearsal is like.
func (a *app) sentence(s rehearsal.Scenario) string { return a.say(words.Said(s.English, s.French)) }

// runArgs refuses words behind `opposer run`, and says how one is written that
// stands behind a flag whose value is optional: such a value needs a =.
func (o *runOptions) runArgs(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return noArgs(cmd, args)
	}
	o.place = placed(cmd)
	var meant string
	switch _, _, notAddress := net.SplitHostPort(args[0]); {
	case o.rehearse && slices.Contains(scenarioNames(), args[0]):
		o.scenario = args[0]
		meant = o.command() + o.selected()
	case o.supervise != "" && notAddress == nil:
		meant = o.command() + o.selected() + " --supervise=" + quoted(args[0])
	default:
		return noArgs(cmd, args)
	}
	return &usageError{
		reason: words.T("%s takes flags only.", cmd.CommandPath()),
		remedy: words.T("Write: %s", meant),
	}
}
