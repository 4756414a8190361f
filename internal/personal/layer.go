package personal

import (
	"bytes"
	"html"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// layer is a text with one more layer of encoding taken off, and where each of
// its bytes came from in the text as given. Forms, URLs and JSON nest (JSON in
// a form's field: %5Cu0040), so a text is looked at in every layer it has: a
// value that itself looks encoded ("50%41@…") is found in an outer one.
type layer struct {
	text []byte
	from []int32 // source offset at which a byte begins; nil: the text is the source
	to   []int32 // source offset after it
}

// layersAtMost is the depth of nesting that is taken off. Three was seen on
// real pages (JSON in JSON in a form).
const layersAtMost = 5

// source is the range of the source that a range of the layer came from.
func (l layer) source(i, j int) (from, to int) {
	if l.from == nil {
		return i, j
	}
	return int(l.from[i]), int(l.to[j-1])
}

// layers are the text and what is under its encodings, outermost first.
func layers(l layer) []layer {
	all := []layer{l}
	for len(all) < layersAtMost && bytes.ContainsAny(all[len(all)-1].text, "%\\&") {
		next, changed := unescape(all[len(all)-1], escapes)
		if !changed {
			break
		}
		all = append(all, next)
	}
	return all
}

// decoder reads one escape at the beginning of b: what it stands for and how
// many bytes it took; 0 when there is none.
type decoder func(b []byte) (is []byte, took int)

// unescape takes one layer off. Bytes that are no escape stand for themselves.
func unescape(l layer, decode decoder) (layer, bool) {
	var out layer
	copied := 0 // up to here l is in out
	for i := 0; i < len(l.text); {
		is, took := decode(l.text[i:])
		if took == 0 {
			i++
			continue
		}
		if out.from == nil {
			out = newLayer(len(l.text))
		}
		out.appendFrom(l, copied, i)
		from, to := l.source(i, i+took)
		for _, c := range is {
			out.append(c, from, to)
		}
		i += took
		copied = i
	}
	if out.from == nil {
		return layer{}, false
	}
	out.appendFrom(l, copied, len(l.text))
	return out, true
}

func newLayer(size int) layer {
	return layer{make([]byte, 0, size), make([]int32, 0, size), make([]int32, 0, size)}
}

func (l *layer) append(c byte, from, to int) {
	l.text = append(l.text, c)
	l.from = append(l.from, int32(from))
	l.to = append(l.to, int32(to))
}

func (l *layer) appendFrom(other layer, i, j int) {
	for ; i < j; i++ {
		from, to := other.source(i, i+1)
		l.append(other.text[i], from, to)
	}
}

// escapes reads the escapes of URLs and forms (%40), of JSON and JavaScript
// (\u0040, \x40, \/) and of HTML (&#64; &#x40; &commat;).
func escapes(b []byte) ([]byte, int) {
	switch b[0] {
	case '%':
		return hexEscape(b, 1)
	case '\\':
		return backslash(b)
	case '&':
		return entity(b)
	default:
		return nil, 0
	}
}

// quotedPrintable reads =40 and the soft line break (RFC 2045 §6.7). It is a
// chain of its own: in a form, phone=33… is no escape.
func quotedPrintable(b []byte) ([]byte, int) {
	switch {
	case b[0] != '=':
		return nil, 0
	case bytes.HasPrefix(b, []byte("=\r\n")):
		return nil, 3
	case bytes.HasPrefix(b, []byte("=\n")):
		return nil, 2
	default:
		return hexEscape(b, 1)
	}
}

// hexEscape reads two hexadecimal digits after a prefix of n bytes.
func hexEscape(b []byte, n int) ([]byte, int) {
	if len(b) < n+2 {
		return nil, 0
	}
	high, low := nibble(b[n]), nibble(b[n+1])
	if high < 0 || low < 0 {
		return nil, 0
	}
	return []byte{byte(high<<4 | low)}, n + 2
}

func nibble(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	default:
		return -1
	}
}

// backslash reads an escape of JSON (RFC 8259 §7) or JavaScript.
func backslash(b []byte) ([]byte, int) {
	if len(b) < 2 {
		return nil, 0
	}
	switch b[1] {
	case 'n', 't', 'r', 'b', 'f':
		return []byte{' '}, 2
	case '"', '\'', '\\', '/':
		return b[1:2], 2
	case 'x':
		return hexEscape(b, 2)
	case 'u':
		return unicodeEscape(b)
	default:
		return nil, 0
	}
}

// unicodeEscape reads \u0040, a surrogate pair as one rune, \u{40}.
func unicodeEscape(b []byte) ([]byte, int) {
	if r, n := braced(b); n > 0 {
		return utf8.AppendRune(nil, r), n
	}
	r := fourHex(b)
	if r < 0 {
		return nil, 0
	}
	if utf16.IsSurrogate(r) && len(b) >= 12 {
		if low := fourHex(b[6:]); low >= 0 {
			return utf8.AppendRune(nil, utf16.DecodeRune(r, low)), 12
		}
	}
	return utf8.AppendRune(nil, r), 6
}

// braced reads \u{1F600} (ECMAScript §12.9.4).
func braced(b []byte) (rune, int) {
	if len(b) < 5 || b[2] != '{' {
		return 0, 0
	}
	end := bytes.IndexByte(b[:min(len(b), 12)], '}')
	if end < 0 {
		return 0, 0
	}
	r, err := strconv.ParseUint(string(b[3:end]), 16, 31)
	if err != nil {
		return 0, 0
	}
	return rune(r), end + 1
}

// fourHex reads \uXXXX; -1 when it is none.
func fourHex(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	r := 0
	for _, c := range b[2:6] {
		d := nibble(c)
		if d < 0 {
			return -1
		}
		r = r<<4 | d
	}
	return rune(r)
}

// entityAtMost is longer than the longest name of a character reference
// (HTML §13.5) and than any number.
const entityAtMost = 40

// entity reads a character reference. A number needs no semicolon, as in
// browsers.
func entity(b []byte) ([]byte, int) {
	end := 1
	for end < min(len(b), entityAtMost) && (isAlnum(b[end]) || end == 1 && b[end] == '#') {
		end++
	}
	if end < 3 {
		return nil, 0
	}
	if end < len(b) && b[end] == ';' {
		end++
	} else if b[1] != '#' {
		return nil, 0
	}
	// html reads as much of the number as there is; letters after it stay.
	is := html.UnescapeString(string(b[:end]))
	if is[0] == '&' && is != "&" {
		return nil, 0
	}
	return []byte(is), end
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isAlnum(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
