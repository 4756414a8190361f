package personal

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

const (
	// reasonShortest is the length, in characters, from which a reason counts:
	// a shorter one is found in texts that have nothing to do with it.
	reasonShortest = 12
	// reasonBeginning is how much of a reason, in skeleton bytes, gives it away.
	reasonBeginning = 24
	// skeletonShortest is the length under which a skeleton says too little.
	skeletonShortest = 8
)

// knownReason is a text to be found by its skeleton: its letters and digits in
// lower case, without what forms, pages and encodings change (spaces, line
// ends, quotation marks).
type knownReason struct {
	bones []byte
	wide  bool // the skeleton keeps letters outside ASCII
	exact bool // too few letters for a skeleton: bones is the text itself
	mask  string
}

func (m *Masker) learnReason(r Reason) {
	text := []byte(r.Reveal(ForMatching))
	if utf8.RuneCount(text) < reasonShortest {
		return
	}
	// Letters outside ASCII are left out where enough stays: how they are
	// written depends on the page's encoding.
	known := knownReason{mask: r.String()}
	if known.bones, _ = skeleton(text, false); len(known.bones) < reasonShortest {
		known.wide = true
		known.bones, _ = skeleton(text, true)
	}
	if len(known.bones) < skeletonShortest {
		known.exact, known.bones = true, text
	}
	m.reasons = append(m.reasons, known)
}

// skeleton gives a text's letters and digits, and where each byte stood.
func skeleton(b []byte, wide bool) (bones []byte, at []int32) {
	bones, at = make([]byte, 0, len(b)), make([]int32, 0, len(b))
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			if isAlnum(c) {
				bones, at = append(bones, lower(c)), append(at, int32(i))
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if wide && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			for _, c := range utf8.AppendRune(nil, unicode.ToLower(r)) {
				bones, at = append(bones, c), append(at, int32(i))
			}
		}
		i += n
	}
	return bones, at
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func (m *Masker) knownReasons(l layer) []span {
	var spans []span
	for _, wide := range [...]bool{false, true} {
		var bones []byte
		var at []int32
		for _, k := range m.reasons {
			if k.exact || k.wide != wide {
				continue
			}
			if bones == nil {
				bones, at = skeleton(l.text, wide)
			}
			spans = append(spans, k.in(l, bones, at)...)
		}
	}
	for _, k := range m.reasons {
		if k.exact {
			spans = append(spans, k.asIs(l)...)
		}
	}
	return spans
}

// in finds the reason's beginning in a skeleton, and how far it goes on.
func (k knownReason) in(l layer, bones []byte, at []int32) []span {
	var spans []span
	start := k.bones[:min(len(k.bones), reasonBeginning)]
	for i := 0; ; {
		next := bytes.Index(bones[i:], start)
		if next < 0 {
			return spans
		}
		i += next
		n := len(start)
		for n < len(k.bones) && i+n < len(bones) && bones[i+n] == k.bones[n] {
			n++
		}
		last := int(at[i+n-1])
		_, size := utf8.DecodeRune(l.text[last:])
		from, to := l.source(int(at[i]), last+size)
		spans = append(spans, span{from, to, k.mask, true})
		i += n
	}
}

// asIs finds a text of signs, in which a form's + is a space.
func (k knownReason) asIs(l layer) []span {
	var spans []span
	spaced := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("+"), []byte(" ")) }
	text, want := spaced(l.text), spaced(k.bones)
	for i := 0; ; {
		next := bytes.Index(text[i:], want)
		if next < 0 {
			return spans
		}
		i += next
		from, to := l.source(i, i+len(want))
		spans = append(spans, span{from, to, k.mask, true})
		i += len(want)
	}
}
