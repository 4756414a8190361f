package personal

// base64Shortest is the shortest run of base64 that is read: an address of six
// characters (a@b.co) takes eight.
const base64Shortest = 8

// base64Run is a run of base64 in a layer, the standard and the URL alphabet
// taken as one (RFC 4648 §4, §5).
type base64Run struct {
	sextets []byte
	at      []int32 // where each stands in the layer
}

// inBase64 calls see with what runs of base64 in the layer stand for, where
// holds says that it matters. What is encoded may begin at any of four
// characters, since a path or a word may stand before it: a run is read four
// times.
func inBase64(l layer, holds func([]byte) bool, see func(layer)) {
	var run base64Run
	var decoded []byte
	for i := 0; i < len(l.text); {
		if sextet(l.text[i]) < 0 {
			i++
			continue
		}
		i = run.read(l.text, i)
		for shift := 0; shift < 4 && len(run.sextets) >= base64Shortest; shift++ {
			decoded = run.decode(shift, decoded[:0])
			if holds(decoded) {
				see(run.layer(l, shift, decoded))
			}
		}
	}
}

// read takes the run that begins at i and gives where it ends. Line breaks
// inside do not count (RFC 2045 §6.8).
func (r *base64Run) read(b []byte, i int) int {
	r.sextets, r.at = r.sextets[:0], r.at[:0]
	for ; i < len(b); i++ {
		if s := sextet(b[i]); s >= 0 {
			r.sextets, r.at = append(r.sextets, byte(s)), append(r.at, int32(i))
		} else if b[i] != '\r' && b[i] != '\n' {
			break
		}
	}
	return i
}

func (r *base64Run) decode(shift int, to []byte) []byte {
	s := r.sextets[shift:]
	for ; len(s) >= 4; s = s[4:] {
		to = append(to, s[0]<<2|s[1]>>4, s[1]<<4|s[2]>>2, s[2]<<6|s[3])
	}
	if len(s) >= 2 {
		to = append(to, s[0]<<2|s[1]>>4)
	}
	if len(s) == 3 {
		to = append(to, s[1]<<4|s[2]>>2)
	}
	return to
}

// layer is what was decoded, with where it came from: the byte k of a group of
// three stands in the characters k and k+1 of a group of four.
func (r *base64Run) layer(l layer, shift int, decoded []byte) layer {
	out := newLayer(len(decoded))
	for k, c := range decoded {
		begin := int(r.at[shift+k/3*4+k%3])
		end := int(r.at[shift+k/3*4+k%3+1])
		from, _ := l.source(begin, begin+1)
		_, to := l.source(end, end+1)
		out.append(c, from, to)
	}
	return out
}

// sextet is what a base64 character is worth; -1 when it is none.
func sextet(c byte) int {
	switch {
	case 'A' <= c && c <= 'Z':
		return int(c - 'A')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 26
	case isDigit(c):
		return int(c-'0') + 52
	case c == '+' || c == '-':
		return 62
	case c == '/' || c == '_':
		return 63
	default:
		return -1
	}
}
