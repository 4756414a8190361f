package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"opposer/internal/profile"
	"opposer/internal/words"
)

func (a *app) profileWordsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "words [LANGUAGE]", Args: oneArgAtMost("fr"), ValidArgsFunction: a.completeLanguages,
		Short: a.say(words.T("Show the words that are known of pages in a language, and what is missing")),
		Long: a.say(words.T("Shows the words by which pages are understood, each with how sure it is and where it was seen. " +
			"A: several sources quote it. B: one does. C: told in a source's own words. D: inferred. " +
			"What has no source never decides alone. Without a language: how many there are of each.")),
		Example: a.examples(
			example{"opposer profile words fr", words.T("the French ones, key by key, and the keys that have none")},
			example{"opposer profile words", words.T("how many there are, by language and by how sure they are")},
		),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := loadProfiles(a.profilesFolder(cmd))
			switch {
			case err != nil:
				return err
			case len(args) == 0:
				return a.print(a.tallyTable(set))
			default:
				return a.showWords(set, args[0])
			}
		},
	}
}

// oneArgAtMost is oneArg for a word that may be left out.
func oneArgAtMost(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return oneArg(name)(cmd, args)
	}
}

func (a *app) completeLanguages(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	set, err := loadProfiles(a.profilesFolder(cmd))
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return set.Languages(), cobra.ShellCompDirectiveNoFileComp
}

// tallyTable is how many phrases each language has of each letter.
func (a *app) tallyTable(set *profile.Set) string {
	letters := profile.Letters()
	head := []cell{{text: a.say(words.T("language"))}}
	for _, l := range letters {
		head = append(head, cell{text: a.letter(l)})
	}
	rows := [][]cell{append(head, cell{text: a.say(words.T("in all"))}, cell{text: a.say(words.T("keys without words"))})}
	sum := map[string]int{}
	for _, t := range set.Tally() {
		for _, l := range letters {
			sum[l] += t.Of[l]
		}
		rows = append(rows, tallyRow(t.Language, letters, t, strconv.Itoa(t.Missing)))
	}
	return table(append(rows, tallyRow(a.say(words.T("in all")), letters, profile.Tally{Of: sum}, "")), false)
}

func tallyRow(name string, letters []string, t profile.Tally, missing string) []cell {
	row := []cell{{text: name}}
	for _, l := range letters {
		row = append(row, cell{text: strconv.Itoa(t.Of[l])})
	}
	return append(row, cell{text: strconv.Itoa(t.Total())}, cell{text: missing})
}

// letter is how sure an entry is, for a person.
func (a *app) letter(l string) string {
	if len(l) > 1 {
		return a.say(words.T("no source"))
	}
	return l
}

// showWords prints a language's entries by key, then the keys that a profile
// uses and the language has no words for.
func (a *app) showWords(set *profile.Set, name string) error {
	languages := set.Languages()
	i := slices.IndexFunc(languages, func(l string) bool { return strings.EqualFold(l, name) })
	if i < 0 {
		remedy := words.T("There are: %s", strings.Join(languages, ", "))
		if near := words.Nearest(name, languages); near != "" {
			remedy = words.T("Did you mean %s?", near)
		}
		return &usageError{reason: words.T("There is no lexicon for the language %s.", clean(name)), remedy: remedy}
	}
	language := languages[i]
	if err := a.print(table(a.wordRows(set.Lexicons[language].Words), false)); err != nil {
		return err
	}
	var rows [][]cell
	for _, gap := range set.Missing() {
		if gap.Language == language {
			rows = append(rows, []cell{{text: gap.Key}, {text: a.say(words.T("used by %s", strings.Join(gap.Services, ", ")))}})
		}
	}
	if len(rows) == 0 {
		return a.print("\n" + a.say(words.T("Nothing is missing.")) + "\n")
	}
	return a.print("\n" + a.say(words.T("Missing: no source that quotes the pages was found.")) + "\n" + table(rows, false))
}

func (a *app) wordRows(byKey map[string][]profile.Entry) [][]cell {
	var rows [][]cell
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		for i, e := range byKey[key] {
			row := []cell{{text: key}, {text: clean(e.Text)}, {text: a.letter(e.Letter())}}
			if i > 0 {
				row[0] = cell{}
			}
			if len(e.Letter()) == 1 {
				row = append(row, cell{text: clean(e.Source)})
			}
			rows = append(rows, row)
		}
	}
	return rows
}
