package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"opposer/internal/personal"
)

// masked are the only forms in which a value that may be personal is shown:
// 06•••••, +33•••••, m•••, m•••@e•••.org. personal.MaskValue keeps what follows
// an address's last dot, which in a broken line may be the next value.
var masked = regexp.MustCompile(`^(\+?\d{2}•{5}|\D?•{3}|\D•{3}@\D•{3}(\.\pL{2,24})?)$`)

// hide masks a value that is personal or not known to be harmless.
func hide(s string) string {
	if m := personal.MaskValue(s); m == "" || masked.MatchString(m) {
		return m
	}
	return "•••"
}

// manyDigits are as many as nothing in a config has but a telephone number.
const manyDigits = 6

// veil hides the text of what should not be personal where it looks as if it
// were: people mistake the line, and a value becomes an id or a key.
func veil(s string) string {
	if digits(s) >= manyDigits || strings.Contains(s, "@") || personal.NewMasker().Mask(s) != s {
		return hide(s)
	}
	return s
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// quote shows the text of what should not be personal.
func quote(s string) string { return strconv.Quote(veil(s)) }

// shown is a key with its value, as a problem quotes it.
func shown(key, value string) string {
	if personalKey(key) {
		return key + `  "` + hide(value) + `"`
	}
	return key + "  " + quote(value)
}

// personalKey reports whether a key's value is masked wherever it is shown.
func personalKey(key string) bool { return key == "email" || key == "phone" || key == "reason" }

// plainValue is what a line of a broken file may show behind one of our keys.
var plainValue = regexp.MustCompile(`^[\w./~-]+$`)

// line is what a line of a file that could not be read may show: its key where
// it is one of ours, the rest masked unless it is one plain word.
func line(b []byte, at place) string {
	lines := strings.Split(string(b), "\n")
	if at.line < 1 || at.line > len(lines) {
		return ""
	}
	text := strings.TrimLeft(strings.TrimSpace(lines[at.line-1]), "-{[,\"' ")
	key, rest, ok := text, "", false
	if i := strings.IndexAny(text, ":="); i >= 0 {
		key, rest, ok = strings.Trim(text[:i], `"' `), strings.Trim(text[i+1:], `"', `), true
	}
	switch {
	case !ok || !slices.Contains(slices.Concat(topKeys(), accountKeys()), key):
		return hide(text)
	case plainValue.MatchString(rest):
		return shown(key, rest)
	default:
		return key + `  "` + hide(rest) + `"`
	}
}
