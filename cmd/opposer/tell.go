package main

import (
	"errors"
	"strconv"
	"strings"
)

// doneError carries the exit code of a command that has told its result
// itself: nothing more is said.
type doneError struct{ code int }

// Error is for logs; nobody should see it.
func (e *doneError) Error() string { return "done with exit code " + strconv.Itoa(e.code) }

// asDone is errors.As for a doneError.
func asDone(err error, target **doneError) bool { return errors.As(err, target) }

// tell says an explanation to a person, on standard error.
func (a *app) tell(e explanation) {
	var b strings.Builder
	b.WriteString(a.problemLines(e.problems))
	line := a.say(e.sentence)
	if line != "" {
		b.WriteString(line + "\n")
	}
	if remedy := a.say(e.remedy); remedy != "" {
		b.WriteString(columnGap + remedy + "\n")
	}
	if e.detail != "" {
		b.WriteString("\n" + e.detail + "\n")
	}
	a.note(b.String())
}

// excerptWidth is how many columns of what stands in a file are shown.
const excerptWidth = 36

// problemLines is one line a problem: where, what stands there, what is wrong;
// then what to do, if that is not plain.
func (a *app) problemLines(list []problem) string {
	rows := make([][]cell, len(list))
	for i, p := range list {
		reason := a.say(p.reason)
		if remedy := a.say(p.remedy); remedy != "" {
			reason += "; " + remedy
		}
		rows[i] = []cell{{text: place(a.homely(p.file), p.line, p.column)}, {text: shorten(clean(p.excerpt), excerptWidth)}, {text: reason}}
	}
	lines := strings.Split(table(rows, false), "\n")
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], columnGap)
	}
	return strings.Join(lines, "\n")
}

// place is file:line:column, as editors and terminals open it.
func place(file string, line, column int) string {
	if line > 0 {
		file += ":" + strconv.Itoa(line)
	}
	if line > 0 && column > 0 {
		file += ":" + strconv.Itoa(column)
	}
	return file
}
