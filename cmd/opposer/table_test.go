package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	rows := [][]cell{
		{{text: "é"}, {text: "submitted", paint: green}, {text: "x"}},
		{{text: "日本"}, {text: "–"}, {text: ""}},
		{{text: "e\u0301a"}, {text: "in doubt", paint: yellow}},
	}
	want := "  é     submitted  x\n  日本  –\n  e\u0301a    in doubt\n"
	if got := table(rows, false); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	coloured := table(rows, true)
	if !strings.Contains(coloured, "\x1b[32msubmitted\x1b[0m  x") {
		t.Errorf("%q", coloured)
	}
	if table(nil, true) != "" {
		t.Error("no rows are something")
	}
}

func TestColourNeverCarriesMeaningAlone(t *testing.T) {
	strip := strings.NewReplacer("\x1b[32m", "", "\x1b[33m", "", "\x1b[31m", "", "\x1b[2m", "", "\x1b[0m", "")
	rows := [][]cell{{{text: "submitted", paint: green}}, {{text: "stopped", paint: red}}, {{text: "covered", paint: faint}}, {{text: ""}}}
	if got := strip.Replace(table(rows, true)); got != table(rows, false) {
		t.Errorf("%q", got)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"short", 10, "short"},
		{"exactly", 7, "exactly"},
		{"longer", 5, "long…"},
		{"日本語", 5, "日本…"},
		{"any", 0, "any"},
		{"x", 1, "x"},
		{"xy", 1, "…"},
	} {
		if got := shorten(c.text, c.columns); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	if got, want := wrap("one two three four", 9), "one two\nthree\nfour"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := wrap("a\u00a0: b", 3); got != "a\u00a0:\nb" {
		t.Errorf("a no-break space was broken: %q", got)
	}
	if got := wrap("", 9); got != "" {
		t.Errorf("%q", got)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "a\tb\nc": "a b c", "\x1b[31mred": "[31mred", "\u202eevil": "evil",
		"l\u2028m": "l m", "\x00\x7f\u0085": "", "•••@e•••.org": "•••@e•••.org", "no\u00a0break": "no break",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzClean: whatever a page says, no control character reaches the terminal.
func FuzzClean(f *testing.F) {
	f.Add("\x1b]8;;https://evil\x07text\x1b]8;;\x07")
	f.Add("\u2066\u202e\u009b")
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range clean(s) {
			if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Fatalf("%U of %q", r, s)
			}
		}
	})
}

func TestQuoted(t *testing.T) {
	for in, want := range map[string]string{
		"marie-fb": "marie-fb", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$(x)": "'$(x)'", "a/b": "a/b",
	} {
		if got := quoted(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
