package profile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"opposer/internal/words"
)

// Problem is one thing to mend in a profile or lexicon file.
type Problem struct {
	File    string // as named in the folder that was loaded: "lexicon/fr.yaml"
	Line    int    // from 1; 0 when the file as a whole is meant
	Column  int    // from 1, in characters
	Excerpt string // the line, shortened; profiles hold nothing personal
	Reason  words.Text
	Remedy  words.Text
}

// String is the problem in English on one line, for logs and tests.
func (p Problem) String() string {
	s := fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Reason)
	if p.Excerpt != "" {
		s = fmt.Sprintf("%s:%d:%d: %q: %s", p.File, p.Line, p.Column, p.Excerpt, p.Reason)
	}
	if !p.Remedy.IsZero() {
		s += "; " + p.Remedy.String()
	}
	return s
}

// Problems are all that is to mend in a folder of profiles, in the order of
// their files and places. It is the error of [Load].
type Problems []Problem

// Error lists the problems in English, a line each.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return fmt.Sprintf("reading profiles: %d to mend\n%s", len(ps), strings.Join(lines, "\n"))
}

// Position is the place of the first problem; zero when there is none.
func (ps Problems) Position() (file string, line, column int) {
	if len(ps) == 0 {
		return "", 0, 0
	}
	return ps[0].File, ps[0].Line, ps[0].Column
}

// Remedy is what to do about the first problem.
func (ps Problems) Remedy() words.Text {
	if len(ps) == 0 {
		return words.Text{}
	}
	return ps[0].Remedy
}

// sorted are the problems by file and place, each once.
func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return slices.CompactFunc(ps, func(a, b Problem) bool { return a.String() == b.String() })
}
