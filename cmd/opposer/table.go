package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// cell is one cell of a table, with the colour of its text if any.
type cell struct {
	text  string
	paint paint
}

// paint is an ANSI colour for a state's word. It never carries meaning alone.
type paint string

// The paints.
const (
	plain  paint = ""
	green  paint = "32"
	yellow paint = "33"
	red    paint = "31"
	faint  paint = "2"
)

// on is the text in that colour.
func (p paint) on(text string, colourful bool) string {
	if p == plain || !colourful || text == "" {
		return text
	}
	return "\x1b[" + string(p) + "m" + text + "\x1b[0m"
}

// columnGap is what stands between two columns.
const columnGap = "  "

// table lays rows out in columns that are as wide as they need, each row
// indented by two spaces. The last column may be of any length.
func table(rows [][]cell, colourful bool) string {
	var widths []int
	for _, row := range rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], wide(c.text))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := columnGap
		for i, c := range row {
			line += c.paint.on(c.text, colourful)
			if i < len(row)-1 {
				line += strings.Repeat(" ", widths[i]-wide(c.text)) + columnGap
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// wide is how many columns of a terminal a text takes.
func wide(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}

// shorten cuts a text to so many columns, with … where it was cut; 0 columns
// are no limit.
func shorten(s string, columns int) string {
	if columns <= 0 || wide(s) <= columns {
		return s
	}
	n := 0
	for i, r := range s {
		n += runeWidth(r)
		if n >= columns {
			return s[:i] + "…"
		}
	}
	return s
}

// clean makes a text of a page safe to print: a page must not move our cursor,
// colour our words, or turn the reading direction of what follows (Unicode
// TR36). White space becomes single spaces.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		default:
			return r
		}
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// wrap breaks a text into lines of at most so many columns, at spaces.
func wrap(s string, columns int) string {
	var b strings.Builder
	line := 0
	for i, word := range strings.Split(s, " ") {
		switch {
		case i == 0:
		case line+1+wide(word) > columns:
			b.WriteByte('\n')
			line = 0
		default:
			b.WriteByte(' ')
			line++
		}
		b.WriteString(word)
		line += wide(word)
	}
	return b.String()
}
