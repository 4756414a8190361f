package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"opposer/internal/rehearsal"
	"opposer/internal/words"
)

// usageError says that the command line is not one that we understand.
type usageError struct {
	reason words.Text
	remedy words.Text
	err    error // of the library that parsed it; may be nil
}

// Error is the reason in English, for logs.
func (e *usageError) Error() string { return "reading the command line: " + e.reason.String() }

// Unwrap gives the library's error.
func (e *usageError) Unwrap() error { return e.err }

// Remedy says what to write instead.
func (e *usageError) Remedy() words.Text { return e.remedy }

// flagError turns the flag library's errors into ours. A value that was given
// is not repeated: it may be somebody's address.
func flagError(cmd *cobra.Command, err error) error {
	remedy := words.T("What there is: %s", cmd.CommandPath()+" --help")
	var unknown *pflag.NotExistError
	var without *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return &usageError{words.T("There is no flag %s.", flagName(unknown)), nearFlag(cmd, unknown, remedy), err}
	case errors.As(err, &without):
		return &usageError{words.T("The flag --%s needs a value.", without.GetFlag().Name), remedy, err}
	case errors.As(err, &invalid):
		if usage, ok := errors.AsType[*usageError](err); ok {
			return usage
		}
		if unknown, ok := errors.AsType[*rehearsal.UnknownScenarioError](err); ok {
			return unknown
		}
		return &usageError{words.T("The value of the flag --%s is not one that fits.", invalid.GetFlag().Name), remedy, err}
	default:
		return &usageError{words.T("A flag is not written as a flag."), remedy, err}
	}
}

func flagName(e *pflag.NotExistError) string {
	if e.GetSpecifiedShortnames() != "" {
		return "-" + e.GetSpecifiedName()
	}
	return "--" + e.GetSpecifiedName()
}

// nearFlag looks for the flag that was meant, as cobra looks for commands.
func nearFlag(cmd *cobra.Command, e *pflag.NotExistError, otherwise words.Text) words.Text {
	if e.GetSpecifiedShortnames() != "" {
		return otherwise
	}
	names := &cobra.Command{SuggestionsMinimumDistance: 2}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	if near := names.SuggestionsFor(e.GetSpecifiedName()); len(near) > 0 {
		return words.T("Did you mean %s?", "--"+near[0])
	}
	return otherwise
}

// noCommand refuses words where a command's name was expected.
func (a *app) noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	remedy := words.T("What there is: %s", cmd.CommandPath()+" --help")
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		remedy = words.T("Did you mean %s?", cmd.CommandPath()+" "+near[0])
	}
	return &usageError{reason: words.T("There is no command %s.", cmd.CommandPath()+" "+clean(args[0])), remedy: remedy}
}

// noArgs refuses words behind a command that takes none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{
		reason: words.T("%s takes flags only.", cmd.CommandPath()),
		remedy: words.T("What there is: %s", cmd.CommandPath()+" --help"),
	}
}

// oneArg wants one word behind a command: its name is shown when it is missing.
func oneArg(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return &usageError{
			reason: words.T("%s takes one name.", cmd.CommandPath()),
			remedy: words.T("Write: %s", cmd.CommandPath()+" "+name),
		}
	}
}
