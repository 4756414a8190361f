package personal

// Masker finds personal data in text and hides it. It knows the values of some
// accounts, which it finds however they are encoded, and the shapes of e-mail
// addresses and telephone numbers, whoever's they are.
//
// Encodings: case, URL and form (%40, + for a space), JSON and JavaScript
// (\u0040, \x40), HTML (&#64; &#x40; &commat;), quoted-printable (=40), base64
// at every alignment and in both alphabets, one inside another; domains in
// Unicode or punycode; numbers in national or international form, however
// spaced. Not read: compression, UTF-16, encryption.
//
// The shape of a number, chosen so that times, ports, durations, dates, IP
// addresses, hexadecimal ids and references stay readable in a log: a + and 8
// to 15 digits with separators between; 00 and a country's code; a 0 and the
// groups in which national numbers are written (06 12 34 56 78, 0151 23456789,
// 0612345678); 201-555-0123 and (201) 555-0123.
//
// A Masker is read-only and safe for concurrent use.
type Masker struct {
	emails  []knownDomain
	phones  []knownPhone
	reasons []knownReason
}

// NewMasker makes a Masker that knows the values of these accounts.
func NewMasker(accounts ...Account) *Masker {
	m := &Masker{}
	for _, a := range accounts {
		m.learnEmail(a.Email)
		m.learnPhone(a.Phone)
		m.learnReason(a.Reason)
	}
	return m
}

// Mask hides everything personal in a text.
func (m *Masker) Mask(s string) string {
	spans := m.find([]byte(s))
	if len(spans) == 0 {
		return s
	}
	return string(cover([]byte(s), spans))
}

// MaskBytes is [Masker.Mask] for bytes. It gives the same slice when there is
// nothing to hide, a new one otherwise.
func (m *Masker) MaskBytes(b []byte) []byte {
	spans := m.find(b)
	if len(spans) == 0 {
		return b
	}
	return cover(b, spans)
}

// Contains reports whether the bytes hold a value of the accounts, in any of
// the encodings. A reason of fewer than 12 characters does not count, nor does
// what is only shaped like an address. A reason counts from its beginning on,
// so that one that was cut is found.
func (m *Masker) Contains(b []byte) bool {
	found := false
	if m.knowsSomebody() {
		m.chains(b, func(l layer, _ chain) bool {
			found = len(m.known(l)) > 0
			return !found
		})
	}
	return found
}

func (m *Masker) knowsSomebody() bool {
	return len(m.emails) > 0 || len(m.phones) > 0 || len(m.reasons) > 0
}

// find gives the spans of everything personal in the text, in source offsets.
func (m *Masker) find(b []byte) []span {
	var spans []span
	m.chains(b, func(l layer, c chain) bool {
		spans = append(spans, m.known(l)...)
		if c == plainChain || c == quotedChain {
			spans = append(spans, emailShapes(l)...)
		}
		if c == plainChain {
			spans = append(spans, phoneShapes(l)...)
		}
		return true
	})
	return spans
}

// chain is how a layer was come by, which says what may be looked for in it:
// shapes would be found by chance in what only might be base64, and phones in
// what only might be quoted-printable.
type chain int

const (
	plainChain chain = iota
	quotedChain
	base64Chain
)

// chains calls see with every layer of the text until see has seen enough.
func (m *Masker) chains(b []byte, see func(layer, chain) (more bool)) {
	all := layers(layer{text: b})
	if !each(all, plainChain, see) {
		return
	}
	if quoted, ok := unescape(all[0], quotedPrintable); ok && !each(layers(quoted), quotedChain, see) {
		return
	}
	if !m.knowsSomebody() {
		return
	}
	// Base64 has no character that begins an escape: what is whole in some
	// layer is whole in the innermost. The outermost is read for what an
	// accidental escape before it would have eaten.
	for i, l := range all {
		if i == 0 || i == len(all)-1 {
			inBase64(l, m.holds, func(d layer) { each(layers(d), base64Chain, see) })
		}
	}
}

func each(all []layer, c chain, see func(layer, chain) bool) bool {
	for _, l := range all {
		if !see(l, c) {
			return false
		}
	}
	return true
}

// holds reports whether a decoded text has a known value in any layer.
func (m *Masker) holds(b []byte) bool {
	for _, l := range layers(layer{text: b}) {
		if len(m.known(l)) > 0 {
			return true
		}
	}
	return false
}

// known gives the spans of the accounts' own values in a layer.
func (m *Masker) known(l layer) []span {
	spans := m.knownEmails(l)
	spans = append(spans, m.knownPhones(l)...)
	return append(spans, m.knownReasons(l)...)
}
