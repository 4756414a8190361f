package personal

import (
	"slices"
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// group is a part of a number without separators: its digits are
// number.digits[from:to]; before is what separates it from the one before.
type group struct {
	from, to int
	before   string
}

func (g group) size() int { return g.to - g.from }

// phoneShapes finds what is shaped like a telephone number; [Masker] says which
// shapes these are.
func phoneShapes(l layer) []span {
	var spans []span
	numbers(l.text, 8, func(n number) {
		for _, s := range n.shapes(l.text) {
			from, to := l.source(s.from, s.to)
			spans = append(spans, span{from, to, s.mask, false})
		}
	})
	return spans
}

// shapes finds the numbers of a run, in offsets of the text.
func (n number) shapes(b []byte) []span {
	var spans []span
	groups := n.groups(b)
	for i := 0; i < len(groups); {
		took, international := n.shapeAt(b, groups[i:])
		if took == 0 {
			i++
			continue
		}
		from, to := int(n.at[groups[i].from]), int(n.at[groups[i+took-1].to-1])+1
		digits := string(n.digits[groups[i].from:groups[i+took-1].to])
		if lead, _ := leadOf(b, from); lead < from {
			from = lead
		}
		if international {
			digits = "+" + trimZeros(digits)
		}
		spans = append(spans, span{from, to, MaskPhone(digits), false})
		i += took
	}
	return spans
}

func trimZeros(digits string) string {
	if len(digits) > 2 && digits[:2] == "00" {
		return digits[2:]
	}
	return digits
}

func (n number) groups(b []byte) []group {
	var all []group
	for i := range n.digits {
		switch {
		case i == 0:
			all = append(all, group{from: 0, to: 1})
		case n.at[i] == n.at[i-1]+1:
			all[len(all)-1].to = i + 1
		default:
			all = append(all, group{i, i + 1, string(b[n.at[i-1]+1 : n.at[i]])})
		}
	}
	return all
}

// shapeAt gives how many of the groups, from the first on, make one number.
func (n number) shapeAt(b []byte, groups []group) (took int, international bool) {
	first := groups[0]
	at := int(n.at[first.from])
	if lead, plus := leadOf(b, at); plus && n.digits[first.from] != '0' && !monotonic(b, lead) {
		return n.international(groups, 0), true
	}
	if !standsAlone(b, at, first) {
		return 0, false
	}
	if first.size() > 2 && string(n.digits[first.from:first.from+2]) == "00" {
		return n.afterZeros(groups), true
	}
	return n.national(b, groups), false
}

// monotonic reports whether a + begins the clock reading that package time
// prints, "m=+12.012345678".
func monotonic(b []byte, plus int) bool {
	return plus >= 2 && b[plus-1] == '=' && b[plus-2] == 'm' && (plus == 2 || !isAlnum(b[plus-3]) && b[plus-3] != '&' && b[plus-3] != '?')
}

// standsAlone reports whether a number may begin here: not inside a word, an
// id or a decimal fraction.
func standsAlone(b []byte, at int, first group) bool {
	if first.before != "" {
		last := first.before[len(first.before)-1]
		return last != '.' && last != '/' && (last != '-' || len(first.before) > 1)
	}
	if at == 0 {
		return true
	}
	c := b[at-1]
	if c == '-' || c == '.' {
		return at == 1 || !isAlnum(b[at-2])
	}
	return !isAlnum(c) && c != '_'
}

// international takes the groups of a number that begins with its country's
// code, after skip digits: as many as make a number that is possible there,
// else as many as E.164 allows (8 to 15 digits).
func (n number) international(groups []group, skip int) int {
	start := groups[0].from + skip
	possible, allowed := 0, 0
	for i, g := range groups {
		size := g.to - start
		if size > 15 {
			break
		}
		if size < 8 {
			continue
		}
		allowed = i + 1
		number, err := phonenumbers.Parse("+"+string(n.digits[start:g.to]), "")
		if err == nil && phonenumbers.IsPossibleNumber(number) {
			possible = i + 1
		}
	}
	if possible > 0 {
		return possible
	}
	return allowed
}

// afterZeros takes a number that begins with 00, the prefix of international
// calls in most countries. Without a possible number after it, it is an id.
func (n number) afterZeros(groups []group) int {
	took := n.international(groups, 2)
	if took == 0 {
		return 0
	}
	digits := n.digits[groups[0].from+2 : groups[took-1].to]
	number, err := phonenumbers.Parse("+"+string(digits), "")
	if err != nil || !phonenumbers.IsPossibleNumber(number) {
		return 0
	}
	return took
}

// national takes a number as written within its country: a 0 and 8 to 11 more
// digits, or ten digits grouped as North America does.
func (n number) national(b []byte, groups []group) int {
	if took := n.american(b, groups); took > 0 {
		return took
	}
	first := groups[0]
	if n.digits[first.from] != '0' || n.digits[first.from+min(1, first.size()-1)] == '0' || n.date(groups) {
		return 0
	}
	for took := min(len(groups), 6); took > 0; took-- {
		last := groups[took-1]
		if nationalGroups(groups[:took]) && !runsOn(b, int(n.at[last.to-1])+1) {
			return took
		}
	}
	return 0
}

// nationalGroups reports whether groups are of sizes, and separated, as
// national numbers are.
func nationalGroups(groups []group) bool {
	total := groups[len(groups)-1].to - groups[0].from
	if len(groups) == 1 {
		return total >= 10 && total <= 12
	}
	if total < 9 || total > 12 || groups[0].size() < 2 || groups[0].size() > 5 {
		return false
	}
	for i, g := range groups[1:] {
		switch {
		case g.size() < 2 || g.size() > 8:
			return false
		case g.before == ".":
			if g.size() != 2 {
				return false
			}
		case g.before == "/":
			if i > 0 {
				return false
			}
		case len(g.before) > 1 && isASCII(g.before):
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	return !slices.ContainsFunc([]byte(s), func(c byte) bool { return c >= 0x80 })
}

// date reports whether groups begin as a date does: 05-11-2026.
func (n number) date(groups []group) bool {
	return len(groups) >= 3 && groups[0].size() == 2 && groups[1].size() == 2 && groups[2].size() == 4 &&
		n.value(groups[0]) <= 31 && n.value(groups[1]) <= 12 && groups[1].before == groups[2].before
}

func (n number) value(g group) int {
	v, err := strconv.Atoi(string(n.digits[g.from:g.to]))
	if err != nil {
		return 0
	}
	return v
}

// american takes 201-555-0123, 201.555.0123 and (201) 555-0123.
func (n number) american(b []byte, groups []group) int {
	if len(groups) < 3 || groups[0].size() != 3 || groups[1].size() != 3 || groups[2].size() != 4 {
		return 0
	}
	inBrackets := groups[1].before == ") " || groups[1].before == ")"
	same := groups[1].before == groups[2].before && (groups[1].before == "-" || groups[1].before == ".")
	if n.digits[groups[0].from] < '2' || !inBrackets && !same || runsOn(b, int(n.at[groups[2].to-1])+1) {
		return 0
	}
	return 3
}

// runsOn reports whether a word or a time goes on where a number would end.
func runsOn(b []byte, end int) bool {
	if end >= len(b) {
		return false
	}
	c := b[end]
	return isAlnum(c) || c == '_' || c == '%' || c == ':' && end+1 < len(b) && isDigit(b[end+1])
}
