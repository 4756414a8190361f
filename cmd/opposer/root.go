package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"opposer/internal/run"
	"opposer/internal/words"
)

// app is one run of the program: the process, the person's language, and the
// flags that every command has.
type app struct {
	process
	lang   words.Language
	common commonFlags
	failed error // writing the help, which cobra does not ask for
}

// commonFlags are the flags of every command. Those of them that are settings
// are read through the config, which knows the file and the environment too.
type commonFlags struct {
	config string
}

// execute runs the command line and gives the exit code.
func execute(p process) (code int) {
	a := &app{process: p, lang: firstLanguage(p.args, p.env)}
	defer func() {
		if fault := recover(); fault != nil {
			stack := debug.Stack()
			if crash, ok := fault.(*run.Crash); ok { // of an attempt: its own stack tells more
				fault, stack = crash.Value, crash.Stack
			}
			// The value of a panic may hold anything; its type does not.
			a.tell(explanation{
				sentence: words.T("This program has a fault (%s).", fmt.Sprintf("%T", fault)),
				remedy:   words.T("Please report it with these lines, which hold no personal data:"),
				detail:   string(stack),
			})
			code = run.Fault
		}
	}()
	root := a.root()
	root.SetArgs(p.args)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		err = a.failed
	}
	return a.conclude(err)
}

// conclude tells a person what went wrong, if anything, and gives the code.
func (a *app) conclude(err error) int {
	var done *doneError
	if asDone(err, &done) {
		return done.code
	}
	if err == nil {
		return run.OK
	}
	e := explain(err)
	a.tell(e)
	return e.code
}

// say turns a sentence into the person's language.
func (a *app) say(t words.Text) string { return t.In(a.lang) }

// print writes a part of the command's result. Its error is kept until the
// end: a result that nobody could read is a failure.
func (a *app) print(text string) error {
	if _, err := io.WriteString(a.stdout, text); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// note writes to a person beside the result.
func (a *app) note(text string) { _, _ = io.WriteString(a.stderr, text) }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "opposer",
		Short: a.say(words.T("File your objection to the training of AI on your data")),
		Long: a.say(words.T("opposer files your objection to the training of AI on your data (GDPR, Article 21) " +
			"in the forms that services offer for it: it opens the form in Chrome, fills it from your config, " +
			"asks you where only you can answer, sends it once, and keeps the proof.")),
		Example: a.examples(
			example{"opposer run --rehearse", words.T("play it through first: nothing leaves this computer")},
			example{"(umask 077; opposer config example > opposer.yaml)", words.T("a config to start from")},
			example{"opposer run --headed", words.T("file the objections, with a Chrome window to look at")},
			example{"opposer status", words.T("what stands for each account")},
		),
		Args:          a.noCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	a.commonFlags(root.PersistentFlags())
	root.AddCommand(
		a.runCommand(), a.loginCommand(), a.logoutCommand(), a.statusCommand(), a.configCommand(), a.profileCommand(),
		a.rehearsalCommand(), a.versionCommand(), a.completionCommand(root),
	)
	a.dress(root)
	return root
}

func (a *app) commonFlags(f *pflag.FlagSet) {
	f.StringVar(&a.common.config, "config", "", a.say(words.T("config `file`; else opposer.yaml here, then in the folder for configs")))
	a.settingFlags(f, "profiles", "state", "lang")
}
