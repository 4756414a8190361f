package personal

import (
	"bytes"
	"cmp"
	"slices"
)

// span is a part of a text that is personal, and what stands for it.
type span struct {
	from, to int
	mask     string
	known    bool // a value of the accounts, not only a shape
}

// cover replaces the spans. Where several overlap, the whole of them becomes
// the mask of the longest known value, else of the longest shape.
func cover(b []byte, spans []span) []byte {
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(a.from-b.from, b.to-a.to)
	})
	out := bytes.NewBuffer(make([]byte, 0, len(b)))
	at := 0
	for i := 0; i < len(spans); {
		whole, longest := spans[i], spans[i]
		for i++; i < len(spans) && spans[i].from < whole.to; i++ {
			whole.to = max(whole.to, spans[i].to)
			if spans[i].tellsMore(longest) {
				longest = spans[i]
			}
		}
		out.Write(b[at:whole.from])
		out.WriteString(longest.mask)
		at = whole.to
	}
	out.Write(b[at:])
	return out.Bytes()
}

func (s span) tellsMore(than span) bool {
	if s.known != than.known {
		return s.known
	}
	return s.to-s.from > than.to-than.from
}
