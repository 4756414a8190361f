package config

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"opposer/internal/personal"
	"opposer/internal/words"
)

// kind is what a value is written as.
type kind int

const (
	text    kind = iota // a string, quoted or (YAML) plain
	bare                // a number or a date without quotes
	boolean             // true or false
	null
	list
	table
)

// place is where something stands, from 1, in characters.
type place struct{ line, column int }

// value is one value of a config as it is written, in whatever format: a
// number keeps its digits, a phone its leading zero.
type value struct {
	kind   kind
	at     place
	text   string // of a scalar, as written
	items  []value
	fields []field
}

// field is one key of a table with its value, in the order of the file.
type field struct {
	name  string
	at    place
	value value
}

// fault is what keeps a file from being read as its format.
type fault struct {
	at     place
	reason words.Text
	remedy words.Text
}

// depth is how deep a config may nest: deeper is a mistake or an attack.
const depth = 20

// decode reads a file by the format that its name ends in.
func decode(path string, b []byte) (value, []fault) {
	if !utf8.Valid(b) {
		return value{}, []fault{{place{1, 1}, words.T("not a text in UTF-8"), words.T("save the file as UTF-8")}}
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
		return decodeYAML(b)
	case ".toml":
		return decodeTOML(b)
	case ".json":
		return decodeJSON(b)
	default:
		return value{}, []fault{{place{}, words.T("not a format that is known"), words.T("name it .yaml, .toml or .json")}}
	}
}

// unclear is the fault of a text that the format's own decoder refuses. Its
// words may quote the text, so they are not repeated.
func unclear(at place, format string) fault {
	return fault{at, words.T("this is not %s", format), words.T("look at this line and the one before it: a quote, a colon, an indentation")}
}

// tooDeep is the fault of a value below all depth.
func tooDeep(at place) fault {
	return fault{at, words.T("nested too deep"), words.T("a config has accounts, and each account has values")}
}

// placeAt is the place of a byte of a text.
func placeAt(b []byte, offset int) place {
	before := b[:min(max(offset, 0), len(b))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return place{1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(before[start:])}
}

// line is the masked line of a place, shortened by who shows it.
func line(b []byte, at place) string {
	lines := strings.Split(string(b), "\n")
	if at.line < 1 || at.line > len(lines) {
		return ""
	}
	key, rest, ok := strings.Cut(strings.TrimSpace(lines[at.line-1]), ":")
	if !ok {
		return personal.MaskValue(key)
	}
	return personal.NewMasker().Mask(key) + ": " + personal.MaskValue(strings.Trim(strings.TrimSpace(rest), `"',`))
}
