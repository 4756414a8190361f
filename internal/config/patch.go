package config

import (
	"bytes"
	"regexp"
)

// barePhone is a phone without quotes as people write it. With a leading zero
// or spaces it is no number in TOML or JSON, and their decoders end there.
var barePhone = regexp.MustCompile(`\bphone["']?\s*[=:]\s*(\+?[0-9][0-9 ./()-]*[0-9])`)

// patiently decodes a text in which phones may stand without quotes: where the
// decoder ends at one, quotes are put over its first and last digit, so that
// everything keeps its place, and reading goes on. What was quoted so is bare
// in the result, with its text as written, and is told like any bare number.
func patiently(b []byte, decode func([]byte) (value, []fault)) (value, []fault) {
	written := map[place]string{}
	v, faults := decode(b)
	first := faults
	for len(faults) > 0 {
		at := phoneOn(b, faults[0].at.line)
		if at == nil {
			break
		}
		written[placeAt(b, at[0])] = string(b[at[0]:at[1]])
		b = bytes.Clone(b)
		b[at[0]], b[at[1]-1] = '"', '"'
		v, faults = decode(b)
	}
	if len(faults) > 0 && faults[0].at.line == first[0].at.line {
		faults = first // it was something else on that line
	}
	unquote(&v, written)
	return v, faults
}

// phoneOn is where the first bare phone of a line begins and ends; nil when it
// has none.
func phoneOn(b []byte, line int) []int {
	start := 0
	for range line - 1 {
		next := bytes.IndexByte(b[start:], '\n')
		if next < 0 {
			return nil
		}
		start += next + 1
	}
	end := len(b)
	if n := bytes.IndexByte(b[start:], '\n'); n >= 0 {
		end = start + n
	}
	found := barePhone.FindSubmatchIndex(b[start:end])
	if found == nil {
		return nil
	}
	return []int{start + found[2], start + found[3]}
}

// unquote makes what patiently put in quotes bare again.
func unquote(v *value, written map[place]string) {
	if s, ok := written[v.at]; ok && v.kind == text {
		v.kind, v.text = bare, s
	}
	for i := range v.items {
		unquote(&v.items[i], written)
	}
	for i := range v.fields {
		unquote(&v.fields[i].value, written)
	}
}
