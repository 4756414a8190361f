package locate

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which a page's words and a lexicon's are compared: what
// two writings of one phrase have in common for a reader. Case, accents and
// compatibility forms (Unicode NFKD, UAX #15) are gone, every white space
// (no-break, narrow, line break) is one space, apostrophes, quotation marks and
// dashes have one shape each, soft hyphens and zero-width characters are
// dropped, ß is ss, and the cedilla and comma forms of ş and ț are one letter.
//
// Fold(Fold(s)) equals Fold(s). It is for comparing only: folded text is never
// shown to a person.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	return foldRunes(s)
}

// foldASCII folds a string without any non-ASCII byte; most names of a page
// are such, and most of those need no change at all.
func foldASCII(s string) (string, bool) {
	plain := true
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		if c >= 'A' && c <= 'Z' || c == '`' || c < ' ' || c == 0x7f {
			plain = false
		}
	}
	if plain {
		return collapse(s), true
	}
	out := make([]byte, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			out[i] = c + 'a' - 'A'
		case c == '`':
			out[i] = '\''
		case c < ' ' || c == 0x7f:
			out[i] = ' '
		default:
			out[i] = c
		}
	}
	return collapse(string(out)), true
}

// foldRunes folds rune by rune. Doing so equals folding the NFKD of the whole,
// since NFKD only reorders marks beyond that, and marks are dropped. Hangul
// syllables stay whole.
func foldRunes(s string) string {
	latin := latinFolds()
	out := make([]byte, 0, len(s)+8)
	for i, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			out = append(out, byte(r)+'a'-'A')
		case r > ' ' && r < 0x7f && r != '`':
			out = append(out, byte(r))
		case int(r) < len(latin):
			out = append(out, latin[r]...)
		default:
			out = foldRune(out, s[i:], r)
		}
	}
	return collapse(string(out))
}

// latinFolds are the folds of the runes below U+0250, which Europe's languages
// are written with: nearly all that a page holds.
var latinFolds = sync.OnceValue(func() *[0x250]string { //nolint:gochecknoglobals // a table made at its first use, never changed
	var folds [0x250]string
	for r := range rune(len(folds)) {
		folds[r] = string(foldRune(nil, string(r), r))
	}
	return &folds
})

// foldRune appends the fold of the first rune of s: its shape before NFKD
// tears it apart (U+00B4 becomes a space and an accent), then NFKD, then what
// that leaves.
func foldRune(out []byte, s string, r rune) []byte {
	if plain := shape(r); plain != r {
		return appendRune(out, plain)
	}
	parts := norm.NFKD.PropertiesString(s).Decomposition()
	if parts == nil || unicode.In(r, unicode.Hiragana, unicode.Katakana) {
		return appendRune(out, r) // a kana's voicing mark makes another letter
	}
	for _, part := range string(parts) {
		out = appendRune(out, shape(part))
	}
	return out
}

// appendRune appends a decomposed rune: marks and invisible ones are dropped.
func appendRune(out []byte, r rune) []byte {
	switch {
	case r < 0 || unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
		return out
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return append(out, ' ')
	default:
		return letter(out, unicode.ToLower(r))
	}
}

// shape gives typographic twins one shape; a negative rune is dropped.
func shape(r rune) rune {
	switch r {
	case '’', '‘', 'ʼ', 'ʹ', '′', '´', '`', '＇', '‛', 'ʻ', '՚':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '‹', '›', '″', '＂', '「', '」', '『', '』':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '－':
		return '-'
	case '\u00ad', '\u200b', '\u2060', '\ufeff', utf8.RuneError:
		return -1
	}
	return r
}

// letter appends what NFKD leaves whole although readers take it for two
// letters or for the plain one.
func letter(out []byte, r rune) []byte {
	switch r {
	case 'ß':
		return append(out, "ss"...)
	case 'æ':
		return append(out, "ae"...)
	case 'œ':
		return append(out, "oe"...)
	case 'ø':
		return append(out, 'o')
	case 'ł':
		return append(out, 'l')
	case 'đ', 'ð':
		return append(out, 'd')
	case 'ı':
		return append(out, 'i')
	case 'ς':
		return utf8.AppendRune(out, 'σ')
	default:
		return utf8.AppendRune(out, r)
	}
}

// collapse makes every run of spaces one and trims both ends.
func collapse(s string) string {
	s = strings.Trim(s, " ")
	if !strings.Contains(s, "  ") {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for i := range len(s) {
		if s[i] != ' ' || s[i-1] != ' ' {
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// bare is folded text without the signs around it: a label's star or colon, a
// sentence's full stop, quotation marks. What is only signs stays whole.
func bare(folded string) string {
	trimmed := strings.TrimFunc(folded, func(r rune) bool { return !isWordRune(r) })
	if trimmed == "" {
		return folded
	}
	return trimmed
}

// isWordRune reports whether a rune is part of a word.
func isWordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' ||
		r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

// isUnspaced reports whether a rune is of a script that writes no spaces
// between words, where every place may be a word's edge.
func isUnspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}
