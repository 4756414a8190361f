package personal

import (
	"strings"
	"unicode/utf8"
)

// MaskEmail shows the first letter of each side and the last label:
// m•••@e•••.org. What has no @ becomes •••.
func MaskEmail(s string) string {
	if s == "" {
		return ""
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 {
		return "•••"
	}
	local, domain := s[:at], s[at+1:]
	masked := first(local) + "•••@" + first(domain) + "•••"
	if dot := strings.LastIndexByte(domain, '.'); dot > 0 {
		masked += domain[dot:]
	}
	return masked
}

// MaskPhone shows the country's code, when it can be told, and the last two
// digits: +33 ••• ••78. A national number shows its first two: 06 ••• ••78.
func MaskPhone(s string) string {
	var digits []byte
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits = append(digits, s[i])
		}
	}
	if len(digits) < 6 {
		if s == "" {
			return ""
		}
		return "•••"
	}
	head := string(digits[:2])
	if strings.HasPrefix(strings.TrimSpace(s), "+") {
		head = "+" + callingCode(string(digits))
	}
	return head + " ••• ••" + string(digits[len(digits)-2:])
}

// MaskValue hides a value of which it is not known what it is, or which is not
// right: an address as [MaskEmail] does, of a number its first two digits
// (06•••••), of anything else the first letter.
func MaskValue(s string) string {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return ""
	case strings.Contains(s, "@"):
		return MaskEmail(s)
	case len(digitsOf(s)) >= 4:
		head := digitsOf(s)[:2]
		if s[0] == '+' {
			head = "+" + head
		}
		return head + "•••••"
	case utf8.RuneCountInString(s) < 4:
		return "•••"
	default:
		return first(s) + "•••"
	}
}

func first(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
