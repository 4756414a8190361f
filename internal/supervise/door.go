package supervise

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net"
	"net/http"
	"sync"
)

// cookieName is that of the cookie which a used link becomes.
const cookieName = "opposer"

// door lets in who came by the page's link. Safe for concurrent use.
type door struct {
	host string // with the port
	port string
	room string // first part of every path behind the door: nobody else's cookies reach it

	mu       sync.Mutex
	token    string              // of the link; "" once it was used
	last     string              // the token that was given out last, used or not
	sessions [][sha256.Size]byte // of those who came in
}

func newDoor(host string) *door {
	_, port, _ := net.SplitHostPort(host)
	d := &door{host: host, port: port, room: secret()}
	d.invite()
	return d
}

// secret is 256 bits that nobody can guess, fit for a URL.
func secret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

// invite makes a new link; one that was not used is good no longer.
func (d *door) invite() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.token = secret()
	d.last = d.token
}

func (d *door) address() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return "http://" + d.host + "/?token=" + d.last
}

// exchange takes a link's token, once, and gives the cookie that opens the
// door from then on.
func (d *door) exchange(token string) (*http.Cookie, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	given, ours := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(d.token))
	if subtle.ConstantTimeCompare(given[:], ours[:]) != 1 || d.token == "" {
		return nil, false
	}
	d.token = ""
	session := secret()
	d.sessions = append(d.sessions, sha256.Sum256([]byte(session)))
	return &http.Cookie{ //nolint:gosec // Secure would need TLS: the page is on a loopback address
		Name: cookieName, Value: session, Path: "/" + d.room + "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}, true
}

// shut ends the link and every cookie: what is left in a browser opens nothing,
// not even on another run that has the same port.
func (d *door) shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.token, d.sessions = "", nil
}

// knows reports whether a request carries the cookie of one who came in.
func (d *door) knows(r *http.Request) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	known := 0
	for _, c := range r.CookiesNamed(cookieName) {
		given := sha256.Sum256([]byte(c.Value))
		for _, s := range d.sessions {
			known |= subtle.ConstantTimeCompare(given[:], s[:])
		}
	}
	return known == 1
}

// ours are the values of Host that name this page: under any other one it was
// reached by a name that somebody let point here (DNS rebinding).
func (d *door) ours() []string {
	return []string{d.host, "127.0.0.1:" + d.port, "localhost:" + d.port, "[::1]:" + d.port}
}

// samePage reports whether the page itself sent a request, by the headers that
// a browser sets and no script can (Fetch Metadata, RFC 6454). A form of a page
// without a referrer says that its origin is null.
func samePage(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	if site != "" && site != "same-origin" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "http://"+r.Host {
		return true
	}
	if origin == "" || origin == "null" {
		return site == "same-origin"
	}
	return false
}

// readable reports whether a request may read: one of the page itself, of a
// person who opens it, or of a program that is no browser. Another site may
// have the page opened, as a document of its own, and read nothing of it.
func readable(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site == "" || site == "none" || site == "same-origin" {
		return true
	}
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

// headers shut the page off from everything else: it loads nothing from
// elsewhere, nobody frames it, nobody keeps it.
func headers(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}
