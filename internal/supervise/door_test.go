package supervise

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// TestOnlyThisComputerIsServed refuses every address that others can reach.
func TestOnlyThisComputerIsServed(t *testing.T) {
	for addr, fine := range map[string]bool{
		"": true, "127.0.0.1:0": true, "localhost:0": true, "127.0.0.2:0": true,
		"0.0.0.0:0": false, ":0": false, "[::]:0": false, "192.168.1.4:8080": false, "example.org:80": false, "127.0.0.1": false,
		"127.0.0.1.example.org:80": false,
	} {
		if err := checkAddress(addr); (err == nil) != fine {
			t.Errorf("%q: %v", addr, err)
		}
	}
	if _, err := Start(t.Context(), Options{Addr: "0.0.0.0:0"}); err == nil {
		t.Error("served to everybody")
	}
	if s := (&AddressError{Addr: "0.0.0.0:0"}).Remedy().In(words.English); !strings.Contains(s, "ssh -L 8080:127.0.0.1:8080") {
		t.Error(s)
	}
	if s := (&AddressError{Addr: "0.0.0.0:9000"}).Remedy().In(words.French); !strings.Contains(s, "ssh -L 9000:127.0.0.1:9000") {
		t.Error(s)
	}
}

// TestTheLinkOpensOnce: who has it first is in, with a cookie that no script
// reads and no other site sends; nobody comes in after them.
func TestTheLinkOpensOnce(t *testing.T) {
	p, log := open(t, words.English)
	link := p.URL()
	c := call(t, p)
	first := c.ask(http.MethodGet, link, nil)
	cookie := first.head.Get("Set-Cookie")
	for _, part := range []string{"HttpOnly", "SameSite=Strict", "Path=/" + p.door.room + "/"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie has no %s: %s", part, cookie)
		}
	}
	if first.status != http.StatusOK || strings.Contains(first.body, "token=") {
		t.Errorf("%d: %s", first.status, first.body)
	}
	if again := c.ask(http.MethodGet, link, nil); again.status != http.StatusForbidden || again.head.Get("Set-Cookie") != "" {
		t.Errorf("the link opened twice: %d", again.status)
	}
	for _, wrong := range []string{"/?token=", "/?token=x", "/?token=" + strings.Repeat("A", 43)} {
		if r := c.ask(http.MethodGet, "http://"+p.door.host+wrong, nil); r.status != http.StatusForbidden || r.head.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d", wrong, r.status)
		}
	}
	c.cookie, _, _ = strings.Cut(cookie, ";")
	if r := c.ask(http.MethodGet, "", nil); r.status != http.StatusOK || !strings.Contains(r.body, "Objections") {
		t.Errorf("the cookie opens nothing: %d", r.status)
	}
	if next := p.Invite(); next == link || strings.Contains(log.String(), "token") {
		t.Error("the new link is the old one, or a token is in the log")
	}
	if r := c.ask(http.MethodGet, "", nil); r.status != http.StatusOK {
		t.Errorf("a new link threw out who was in: %d", r.status)
	}
}

// TestNothingWithoutTheCookie: not a page, not a picture, not an answer.
func TestNothingWithoutTheCookie(t *testing.T) {
	p, _ := open(t, words.English)
	m := meet(t, p, gate.Gate{Kind: gate.Review, Service: "Facebook", Account: "marie-fb"})
	id := only(t, p)
	c := call(t, p)
	for _, cookie := range []string{"", "opposer=", "opposer=guess", "other=x"} {
		c.cookie = cookie
		for _, path := range []string{"", "events", "static/page.js", "gate/" + id + "/picture", "gate/" + id + "/live"} {
			if r := c.ask(http.MethodGet, path, c.ours()); r.status != http.StatusForbidden || strings.Contains(r.body, "marie") {
				t.Errorf("%q read with cookie %q: %d", path, cookie, r.status)
			}
		}
		if r := c.ask(http.MethodPost, "gate/"+id+"/answer", c.ours(), "verb", "approve"); r.status != http.StatusForbidden {
			t.Errorf("answered with cookie %q: %d", cookie, r.status)
		}
	}
	if _, over := m.lease.Answer(); over {
		t.Error("the gate was answered by nobody")
	}
}

// TestAnotherSiteReadsAndWritesNothing, though the browser of the person who is
// in would send its cookie.
func TestAnotherSiteReadsAndWritesNothing(t *testing.T) {
	p, _ := open(t, words.English)
	m := meet(t, p, gate.Gate{Kind: gate.Review, Service: "Facebook", Account: "marie-fb"})
	id, c := only(t, p), in(t, p)
	self := "http://" + p.door.host
	for name, header := range map[string]map[string]string{
		"no origin":              {},
		"another origin":         {"Origin": "https://evil.example"},
		"another origin, ours":   {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
		"our origin, cross-site": {"Origin": self, "Sec-Fetch-Site": "cross-site"},
		"same-site":              {"Origin": self, "Sec-Fetch-Site": "same-site"},
		"null from elsewhere":    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
		"null and no word":       {"Origin": "null"},
		"another port of ours":   {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
		"ours with another path": {"Origin": self + "/x"},
	} {
		if r := c.ask(http.MethodPost, "gate/"+id+"/answer", header, "verb", "approve"); r.status != http.StatusForbidden {
			t.Errorf("%s: answered, %d", name, r.status)
		}
		if name == "our origin, cross-site" || name == "same-site" || strings.Contains(name, "elsewhere") {
			if r := c.ask(http.MethodGet, "", header); r.status != http.StatusForbidden {
				t.Errorf("%s: read, %d", name, r.status)
			}
		}
	}
	if _, over := m.lease.Answer(); over {
		t.Fatal("another site answered")
	}
	for _, host := range []string{"evil.example", "evil.example:" + p.Port(), "127.0.0.1", "127.0.0.1.evil.example:" + p.Port()} {
		if r := c.ask(http.MethodGet, "", map[string]string{"Host": host}); r.status != http.StatusMisdirectedRequest {
			t.Errorf("under the name %s: %d", host, r.status)
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodOptions, "PROPFIND"} {
		if r := c.ask(method, "gate/"+id+"/answer", c.ours()); r.status < 400 || r.head.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d", method, r.status)
		}
	}
}

// TestThePageLoadsNothingFromElsewhere, and nobody frames or keeps it.
func TestThePageLoadsNothingFromElsewhere(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	for _, path := range []string{"", "static/page.css", "static/page.js", "static/live.js"} {
		r := c.ask(http.MethodGet, path, nil)
		if r.status != http.StatusOK {
			t.Errorf("%s: %d", path, r.status)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := r.head.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if strings.Contains(r.body, "https://") || strings.Contains(strings.ReplaceAll(r.body, "http://www.w3.org", ""), "http://") {
			t.Errorf("%s names another site", path)
		}
	}
	if policy := c.ask(http.MethodGet, "", nil).head.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		t.Error(policy)
	}
}

// TestNothingOpensAClosedPage: what is left in a browser or a file is good for
// nothing afterwards, and the file is gone.
func TestNothingOpensAClosedPage(t *testing.T) {
	p, err := Start(t.Context(), Options{Language: words.English})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "open.html")
	if err := p.RedirectFile(path); err != nil {
		t.Fatal(err)
	}
	is, err := os.Stat(path)
	if err != nil || is.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", is, err)
	}
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), p.door.last) {
		t.Errorf("the file does not open the page: %v", err)
	}
	if err := p.RedirectFile(path); err == nil {
		t.Error("a file that was there was written over")
	}
	c := in(t, p)
	c.client.CloseIdleConnections()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file with the link is still there: %v", err)
	}
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.door.host+"/"+p.door.room+"/", http.NoBody)
	r.Header.Set("Cookie", c.cookie)
	if p.door.knows(r) {
		t.Error("the cookie is still known")
	}
	if _, ok := p.door.exchange(p.door.last); ok {
		t.Error("the link is still good")
	}
}
