package chrome

import (
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

// echo answers a WebSocket's handshake (RFC 6455 §4.2.2) and keeps it open until
// the other end says something, which is that it closes.
func (s *site) echo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Sec-WebSocket-Key") == "" {
		return
	}
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		s.t.Error(err)
		return
	}
	defer func() { _ = c.Close() }()
	s.t.Cleanup(func() { _ = c.Close() })
	_, _ = c.Write([]byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		base64.StdEncoding.EncodeToString(sum[:]) + "\r\n\r\n"))
	_, _ = c.Read(make([]byte, 1))
}

// talker is a page that opens a channel past the hold.
func talker(t *testing.T) *site {
	t.Helper()
	s := newSite(t, map[string]string{
		"/":       `<title>Talker</title><iframe src="/frame"></iframe>`,
		"/frame":  `<script>onmessage = e => { e.source.postMessage(eval(e.data), "*") }</script>`,
		"/ws.js":  `const w = new WebSocket(location.origin.replace("http", "ws") + "/ws"); w.onopen = w.onerror = e => postMessage(e.type)`,
		"/other":  `<title>Another</title>`,
		"/sw.js":  `onfetch = e => e.respondWith(new Response("from the worker")); onactivate = () => clients.claim()`,
		"/sw":     `<title>Installer</title>`,
		"/asked":  `from the site`,
		"/second": `<title>Second</title>`,
	})
	s.handle("/ws", s.echo)
	return s
}

const (
	inPage   = `new Promise(done => { w = new WebSocket(location.origin.replace("http", "ws") + "/ws"); w.onopen = w.onerror = e => done(e.type) })`
	inWorker = `new Promise(done => { new Worker("/ws.js").onmessage = e => done(e.data) })`
)

// A WebSocket is not seen by the hold: an open one disarms the tab.
func TestAnOpenChannelDisarms(t *testing.T) {
	t.Parallel()
	b := shared(t, shell)
	if b.Armed() != diesWithUs {
		t.Fatalf("the browser is armed: %v", b.Armed())
	}
	s := talker(t)
	for name, c := range map[string]struct{ open, close string }{
		"WebSocket":           {inPage, `new Promise(done => { w.onclose = done; w.close() })`},
		"WebSocket in worker": {inWorker, `location = "/other"`},
		"RTC":                 {`p = new RTCPeerConnection()`, ""}, // counted until it is garbage
	} {
		t.Run(name, func(t *testing.T) {
			tab := visit(t, b, s, "/")
			if !tab.Armed() {
				t.Fatal("not armed before")
			}
			asPage(t, tab, `void (`+c.open+`)`)
			awaitArmed(t, tab, false)
			if c.close != "" {
				asPage(t, tab, `void (`+c.close+`)`)
				awaitArmed(t, tab, true)
			}
		})
	}
}

func awaitArmed(t *testing.T, tab *Tab, want bool) {
	t.Helper()
	ctx := within(t)
	for tab.Armed() != want {
		if ctx.Err() != nil {
			t.Fatalf("armed is %v", !want)
		}
	}
}

func TestWebSocketsAreBlocked(t *testing.T) {
	t.Parallel()
	s := talker(t)
	for name, get := range map[string]func() (*Browser, error){"shell": shell, "full": full} {
		for where, open := range map[string]string{"page": inPage, "worker": inWorker} {
			if name == "shell" && where == "worker" {
				continue
			}
			t.Run(name+"/"+where, func(t *testing.T) {
				tab := openTab(t, shared(t, get), Guard{Type: []string{s.URL}, BlockSockets: true})
				if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
					t.Fatal(err)
				}
				if got := asPage(t, tab, open).Str(); got != "error" {
					t.Errorf("the page heard %q", got)
				}
				if got := asPage(t, tab, `fetch("/asked").then(r => r.text())`).Str(); got != "from the site" {
					t.Errorf("an ordinary request got %q", got)
				}
				if got := s.sent(); len(got) > 0 {
					t.Errorf("received %q", got)
				}
			})
		}
	}
}

// A service worker could send what it was told long after the page is gone.
func TestServiceWorkersAreNotAsked(t *testing.T) {
	t.Parallel()
	s := talker(t)
	tab := visit(t, shared(t, shell), s, "/sw")
	asPage(t, tab, `navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready).then(() => 0)`)
	for range 2 {
		if got := asPage(t, tab, `fetch("/asked").then(r => r.text())`).Str(); got != "from the site" {
			t.Errorf("the page got it %q", got)
		}
		if _, err := tab.Navigate(within(t), s.URL+"/second"); err != nil {
			t.Fatal(err)
		}
	}
}

// A page may ask the browser to fetch ahead, which the hold does not see.
func TestNothingIsFetchedAhead(t *testing.T) {
	t.Parallel()
	ours, other := strangers(t, `
		const rule = document.createElement("script");
		rule.type = "speculationrules";
		const url = "OTHER/x?m=" + encodeURIComponent(mail), own = "/post?m=" + encodeURIComponent(mail);
		rule.textContent = JSON.stringify({prefetch: [{urls: [url, own], eagerness: "immediate"}], prerender: [{urls: [own], eagerness: "immediate"}]});
		document.head.append(rule);
		for (const rel of ["prefetch", "preload", "modulepreload"])
			document.head.append(Object.assign(document.createElement("link"), {rel, href: url, as: "script"}))`)
	tab := visit(t, shared(t, full), ours, "/")
	typeInto(tab)
	asPage(t, tab, `void go.click()`)
	ours.arrives("GET /marker")
	awaitChange(t, tab, func() bool { return len(tab.Refused()) >= 3 })
	asPage(t, tab, `fetch("/asked").then(() => new Promise(done => requestIdleCallback(done)))`)
	if got := other.received(); len(got) > 0 {
		t.Errorf("the other site received %q", got)
	}
	for _, line := range ours.sent() {
		if strings.Contains(line, "curie") {
			t.Errorf("received %q", line)
		}
	}
}
