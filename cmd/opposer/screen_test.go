package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// played is what a terminal shows of what was written to it: a line editor's
// idea of CUU and ED, which is all that a screen uses.
func played(t *testing.T, written string) string {
	t.Helper()
	lines, row := []string{""}, 0
	for len(written) > 0 {
		switch {
		case strings.HasPrefix(written, "\x1b["):
			end := strings.IndexAny(written, "AJm")
			switch written[end] {
			case 'A':
				n := 0
				for _, d := range written[2:end] {
					n = n*10 + int(d-'0')
				}
				if row -= n; row < 0 {
					t.Fatalf("%d lines above the top", -row)
				}
			case 'J':
				lines = append(lines[:row], "")
			}
			written = written[end+1:]
			continue
		case written[0] == '\n':
			row++
			if row == len(lines) {
				lines = append(lines, "")
			}
		case written[0] == '\r':
		default:
			_, n := utf8.DecodeRuneInString(written)
			lines[row] += written[:n]
			written = written[n-1:]
		}
		written = written[1:]
	}
	return strings.Join(lines, "\n")
}

func live(out *bytes.Buffer, width int) *screen {
	return &screen{out: out, live: true, width: func() int { return width }}
}

func TestOneLiveLineAnAccount(t *testing.T) {
	var out bytes.Buffer
	s := live(&out, 80)
	s.set("a", "opens the page")
	s.set("b", "opens the page")
	s.set("a", "fills the form")
	if got, want := played(t, out.String()), "  a  fills the form\n  b  opens the page\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s.end("a", "  a  done")
	s.set("b", "sends")
	if got, want := played(t, out.String()), "  a  done\n  b  sends\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s.close()
	if got, want := played(t, out.String()), "  a  done\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestResultsStandAboveTheLiveLines(t *testing.T) {
	var out bytes.Buffer
	s := live(&out, 80)
	s.set("a", "one")
	s.set("b", "two")
	s.endOn("a", func() { out.WriteString("  a  result\n") })
	s.say("by the way\n")
	if got, want := played(t, out.String()), "  a  result\nby the way\n  b  two\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestALongLineNeverWraps(t *testing.T) {
	var out bytes.Buffer
	s := live(&out, 20)
	s.set("a", strings.Repeat("long ", 20))
	line := strings.TrimRight(played(t, out.String()), "\n")
	if wide(line) >= 20 || !strings.HasSuffix(line, "…") {
		t.Errorf("%q takes %d columns", line, wide(line))
	}
}

// TestAQuestionIsNeverGarbled: what happens meanwhile is shown afterwards, in
// its order.
func TestAQuestionIsNeverGarbled(t *testing.T) {
	var out bytes.Buffer
	s := live(&out, 80)
	s.set("a", "waits")
	over := s.question()
	s.ask("which one?\n> ")
	before := out.String()
	s.set("b", "opens")
	s.say("a log line")
	s.endOn("b", func() { out.WriteString("  b  result\n") })
	s.end("c", "  c  result")
	if out.String() != before {
		t.Errorf("written into the question: %q", strings.TrimPrefix(out.String(), before))
	}
	s.ask("1\n")
	over()
	want := "which one?\n> 1\na log line\n  b  result\n  c  result\n  a  waits\n"
	if got := played(t, out.String()); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPlainLinesWithoutATerminal(t *testing.T) {
	var out bytes.Buffer
	s := &screen{out: &out, width: func() int { return 0 }}
	s.set("a", "opens")
	s.set("a", "fills")
	s.end("a", "  a  done")
	s.close()
	if got, want := out.String(), "  a  opens\n  a  fills\n  a  done\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
