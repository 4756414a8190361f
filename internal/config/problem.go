package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"opposer/internal/words"
)

// Problem is one thing to mend in a config, a variable or a flag.
type Problem struct {
	File         string // or the variable's or flag's name: "OPPOSER_PACE", "--pace"
	Line, Column int    // from 1, in characters; 0 when the whole is meant
	Excerpt      string // what stands there, personal data masked
	Reason       words.Text
	Remedy       words.Text
}

// String is the problem in English on one line, for logs and tests.
func (p Problem) String() string {
	s := p.File
	if p.Line > 0 {
		s += fmt.Sprintf(":%d:%d", p.Line, p.Column)
	}
	if p.Excerpt != "" {
		s += ": " + p.Excerpt
	}
	s += ": " + p.Reason.String()
	if !p.Remedy.IsZero() {
		s += "; " + p.Remedy.String()
	}
	return s
}

// Problems are all that is to mend, in the order of their places. It is an
// error of [Load].
type Problems []Problem

// Error lists the problems in English, a line each.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return fmt.Sprintf("reading the config: %d to mend\n%s", len(ps), strings.Join(lines, "\n"))
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

func (ps Problems) sorted() Problems {
	order := map[string]int{} // of the files, variables and flags: as they came up
	for _, p := range ps {
		if _, ok := order[p.File]; !ok {
			order[p.File] = len(order)
		}
	}
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(order[a.File]-order[b.File], a.Line-b.Line, a.Column-b.Column)
	})
	return ps
}
