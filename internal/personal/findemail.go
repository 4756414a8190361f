package personal

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// knownDomain is a domain of known addresses, in one of its writings.
type knownDomain struct {
	domain []byte
	locals []knownLocal
}

type knownLocal struct {
	local []byte
	mask  string
}

func (m *Masker) learnEmail(e Email) {
	if e.IsZero() {
		return
	}
	address := e.Reveal(ForMatching)
	at := strings.LastIndexByte(address, '@')
	local := knownLocal{[]byte(address[:at]), e.String()}
	for _, domain := range writings(address[at+1:]) {
		i := slices.IndexFunc(m.emails, func(k knownDomain) bool { return string(k.domain) == domain })
		if i < 0 {
			i = len(m.emails)
			m.emails = append(m.emails, knownDomain{domain: []byte(domain)})
		}
		m.emails[i].locals = append(m.emails[i].locals, local)
	}
}

// writings are the ways in which a domain is written: as given, in punycode,
// in Unicode (RFC 5891).
func writings(domain string) []string {
	all := []string{domain}
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		all = append(all, ascii)
	}
	if wide, err := idna.Lookup.ToUnicode(domain); err == nil {
		all = append(all, wide)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// knownEmails looks at every @ for a known domain after it and a known local
// part before it: a text without @ costs one look.
func (m *Masker) knownEmails(l layer) []span {
	if len(m.emails) == 0 {
		return nil
	}
	var spans []span
	for at := range ats(l.text) {
		for _, k := range m.emails {
			if !hasPrefixFold(l.text[at+1:], k.domain) {
				continue
			}
			for _, known := range k.locals {
				if hasSuffixFold(l.text[:at], known.local) {
					from, to := l.source(at-len(known.local), at+1+len(k.domain))
					spans = append(spans, span{from, to, known.mask, true})
				}
			}
		}
	}
	return spans
}

// ats yields where an @ stands.
func ats(b []byte) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			next := bytes.IndexByte(b[i:], '@')
			if next < 0 {
				return
			}
			i += next
			if !yield(i) {
				return
			}
		}
	}
}

func hasPrefixFold(b, prefix []byte) bool {
	return len(b) >= len(prefix) && bytes.EqualFold(b[:len(prefix)], prefix)
}

func hasSuffixFold(b, suffix []byte) bool {
	return len(b) >= len(suffix) && bytes.EqualFold(b[len(b)-len(suffix):], suffix)
}

// emailShapes finds what is shaped like an address: letters, digits and . _ +
// - ' before the @; after it labels, the last of them of letters (which spares
// package@v1.2.3).
func emailShapes(l layer) []span {
	var spans []span
	for at := range ats(l.text) {
		from, to := localStart(l.text, at), domainEnd(l.text, at+1)
		if from < at && to > at+1 {
			begin, end := l.source(from, to)
			spans = append(spans, span{begin, end, MaskEmail(string(l.text[from:to])), false})
		}
	}
	return spans
}

// localStart walks back from an @ over what may be a local part. The rest of
// an escape that stands before it (\n, \u003c, %3C) is none of it.
func localStart(b []byte, at int) int {
	from := at
	for from > 0 {
		r, n := utf8.DecodeLastRune(b[:from])
		if !isLocal(r) && !(r == '\'' && from < at && from > 1 && isAlnum(b[from-2])) {
			break
		}
		from -= n
	}
	if from > 0 && (b[from-1] == '\\' || b[from-1] == '%') {
		_, took := escapes(b[from-1 : at])
		from += max(took-1, 0)
	}
	return from
}

func isLocal(r rune) bool {
	return strings.ContainsRune("._+-", r) || isName(r)
}

// isName reports whether r may stand in a name. An undecodable byte may: it is
// a letter of an older encoding.
func isName(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == utf8.RuneError
}

// domainEnd walks over a domain of two labels or more whose last is of
// letters or punycode. It gives where that ends; i when there is none.
func domainEnd(b []byte, i int) int {
	best, label, labels := i, i, 1
	for at := i; ; {
		r, n := utf8.DecodeRune(b[at:])
		inside := n > 0 && (r == '-' || isName(r))
		if inside {
			at += n
			continue
		}
		if at == label {
			return best
		}
		if labels > 1 && topLabel(b[label:at]) {
			best = at
		}
		if r != '.' || n == 0 {
			return best
		}
		at++
		label = at
		labels++
	}
}

// topLabel reports whether a label may be a domain's last: two letters or
// more, or punycode.
func topLabel(b []byte) bool {
	if hasPrefixFold(b, []byte("xn--")) {
		return true
	}
	r, n := utf8.DecodeRune(b)
	return len(b) > n && !unicode.IsDigit(r) && r != '-'
}
