package main

import (
	"github.com/spf13/cobra"

	"opposer/internal/words"
)

// completionCommand writes a shell's completion script. Cobra makes the
// scripts; its own command for it speaks English only.
func (a *app) completionCommand(root *cobra.Command) *cobra.Command {
	shells := map[string]func() error{
		"bash":       func() error { return root.GenBashCompletionV2(a.stdout, true) },
		"zsh":        func() error { return root.GenZshCompletion(a.stdout) },
		"fish":       func() error { return root.GenFishCompletion(a.stdout, true) },
		"powershell": func() error { return root.GenPowerShellCompletionWithDesc(a.stdout) },
	}
	names := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     a.say(words.T("Write a script that completes commands in your shell")),
		Long:      a.say(words.T("Writes a script that completes commands, for bash, zsh, fish or powershell.")),
		Example:   a.examples(example{"opposer completion bash > ~/.opposer-completion.bash", words.T("then: source ~/.opposer-completion.bash")}),
		ValidArgs: names,
		Args:      oneArg("bash"),
		RunE: func(_ *cobra.Command, args []string) error {
			write, ok := shells[args[0]]
			if !ok {
				return &usageError{
					reason: words.T("There is no completion for the shell %s.", clean(args[0])),
					remedy: words.T("There are: %s", "bash, zsh, fish, powershell"),
				}
			}
			return write()
		},
	}
}
