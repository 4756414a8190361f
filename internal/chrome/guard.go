package chrome

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"opposer/internal/personal"
	"opposer/internal/profile"
)

// Guard is what a tab may do, and where. It is given once, when the tab is
// made, and never changes.
type Guard struct {
	Type []string // exact origins where our values may be typed and sent
	Read []string // exact origins where a route may lead in addition
	// Human are hosts, or the ends of them, whose frames only a person may act
	// in: checks for robots. Nothing of the machine's reaches them.
	Human []string

	Account personal.Account
	// Masker knows our values; it finds them in requests and hides them in what
	// is told of a page. Nil knows none.
	Masker masker
	Sends  []profile.Send
	// BlockSockets blocks WebSockets, which the hold cannot see.
	BlockSockets bool
}

// masker is personal.Masker as this room needs it.
type masker interface {
	Contains([]byte) bool
	Mask(string) string
}

// types reports whether our values may go to an origin.
func (g *Guard) types(origin string) bool { return slices.Contains(g.Type, origin) }

// reads reports whether a main frame may go to an origin.
func (g *Guard) reads(origin string) bool { return g.types(origin) || slices.Contains(g.Read, origin) }

// carries reports whether a text holds one of our values, in any encoding.
func (g *Guard) carries(b []byte) bool {
	return g.Masker != nil && len(b) > 0 && g.Masker.Contains(b)
}

// mask hides our values, and everything shaped like one, in a text that leaves
// the room.
func (g *Guard) mask(s string) string {
	if g.Masker == nil {
		return s
	}
	return g.Masker.Mask(s)
}

// names reports whether an address is that of a send: the same origin, and a
// path that begins with the profile's.
func (g *Guard) names(origin, path string) bool {
	for _, s := range g.Sends {
		for _, a := range s.Addresses {
			o, p := split(a)
			if o == origin && strings.HasPrefix(path, p) {
				return true
			}
		}
	}
	return false
}

// namedOn reports whether the profile names any address of a send on an origin.
// Where it names none, a send is told by our values alone.
func (g *Guard) namedOn(origin string) bool {
	return slices.ContainsFunc(g.Sends, func(s profile.Send) bool {
		return slices.ContainsFunc(s.Addresses, func(a string) bool {
			at, _ := split(a)
			return at == origin
		})
	})
}

// split gives an address's origin, as RFC 6454 serialises it, and its path
// without query. What has no tuple origin gives "null".
func split(address string) (origin, path string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "null", ""
	}
	host := strings.ToLower(u.Host)
	if u.Scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	} else {
		host = strings.TrimSuffix(host, ":80")
	}
	path = u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return u.Scheme + "://" + host, path
}

// Refusal is one request that the hold failed.
type Refusal struct {
	Method  string
	Origin  string
	Path    string // our values masked
	Why     Why
	Carried bool // it held one of our values
	Main    bool // a navigation of a main frame
	At      time.Time
}
