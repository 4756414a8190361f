package personal

import (
	"bytes"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// knownPhone is a number in one of the ways it is dialled, digits only.
type knownPhone struct {
	digits string
	whole  bool // so short that it has to be all of the digits
	mask   string
}

// shortestPhone is the count of digits from which a number is looked for.
const shortestPhone = 4

// wholeBelow is the count of digits under which a known number is found only
// where it stands alone: six digits are in every id.
const wholeBelow = 7

func (m *Masker) learnPhone(p Phone) {
	if p.IsZero() {
		return
	}
	e164 := strings.TrimPrefix(p.Reveal(ForMatching), "+")
	ways := []string{e164, p.National(ForMatching)}
	if n, err := phonenumbers.Parse("+"+e164, ""); err == nil {
		ways = append(ways, digitsOf(phonenumbers.Format(n, phonenumbers.NATIONAL)))
	}
	for _, way := range ways {
		if len(way) >= shortestPhone {
			m.phones = append(m.phones, knownPhone{way, len(way) < wholeBelow, p.String()})
		}
	}
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// number is a run of digits with separators, as it stands in a text.
type number struct {
	digits []byte
	at     []int32 // where each digit stands
	lead   int     // where a + or ( before the digits stands, else where they do
	plus   bool
}

// numbers calls see with every run of at least that many digits; what it is
// given is its own until it returns. What separates digits of one number is
// what people and pages put there: spaces (a form's are +), - . / ( ) and the
// Unicode spaces and hyphens, at most three in a row.
func numbers(b []byte, least int, see func(number)) {
	var digits []byte
	var at []int32
	for i := 0; i < len(b); i++ {
		if !isDigit(b[i]) {
			continue
		}
		n := number{digits: digits[:0], at: at[:0]}
		n.lead, n.plus = leadOf(b, i)
		last := i
		for gap := 0; i < len(b) && gap <= 3; {
			if isDigit(b[i]) {
				n.digits, n.at = append(n.digits, b[i]), append(n.at, int32(i))
				last, gap = i, 0
				i++
				continue
			}
			size := separator(b[i:])
			if size == 0 {
				break
			}
			gap++
			i += size
		}
		i = last
		digits, at = n.digits, n.at
		if len(n.digits) >= least {
			see(n)
		}
	}
}

// leadOf looks before a first digit for the + of an international number, or
// the ( of an area code.
func leadOf(b []byte, i int) (lead int, plus bool) {
	lead = i
	if lead > 0 && b[lead-1] == '(' {
		lead--
	}
	if lead > 0 && b[lead-1] == '+' {
		return lead - 1, true
	}
	return lead, false
}

// separator gives the size of a separator at the beginning of b; 0 for none.
func separator(b []byte) int {
	switch b[0] {
	case ' ', '-', '.', '/', '(', ')', '+', '\t':
		return 1
	case 0xC2: // U+00A0
		if bytes.HasPrefix(b, []byte("\u00a0")) {
			return 2
		}
	case 0xE2: // U+2009, U+202F, U+2010 to U+2013
		for _, s := range [...]string{"\u2009", "\u202f", "\u2010", "\u2011", "\u2012", "\u2013"} {
			if bytes.HasPrefix(b, []byte(s)) {
				return 3
			}
		}
	}
	return 0
}

func (m *Masker) knownPhones(l layer) []span {
	if len(m.phones) == 0 {
		return nil
	}
	var spans []span
	numbers(l.text, shortestPhone, func(n number) {
		for i := range m.phones {
			if k := &m.phones[i]; k.may(n) {
				spans = append(spans, k.in(l, n)...)
			}
		}
	})
	return spans
}

// may reports whether a run has as many digits as it takes.
func (k *knownPhone) may(n number) bool {
	return len(n.digits) == len(k.digits) || len(n.digits) > len(k.digits) && !k.whole
}

// in finds a known number among the digits of a run: pages put other digits
// beside it.
func (k *knownPhone) in(l layer, n number) []span {
	var spans []span
	for i := 0; ; {
		next := bytes.Index(n.digits[i:], []byte(k.digits))
		if next < 0 {
			return spans
		}
		i += next
		begin := int(n.at[i])
		if i == 0 {
			begin = n.lead
		}
		from, to := l.source(begin, int(n.at[i+len(k.digits)-1])+1)
		spans = append(spans, span{from, to, k.mask, true})
		i += len(k.digits)
	}
}
