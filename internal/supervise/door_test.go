package supervise

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// caller is a program that asks the page for something, as a browser or as
// somebody who would like to be taken for one.
type caller struct {
	t      testing.TB
	p      *Page
	http   *http.Client
	cookie string
}

func call(t testing.TB, p *Page) *caller {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &caller{t: t, p: p, http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// in is a caller who came in by a link.
func in(t testing.TB, p *Page) *caller {
	t.Helper()
	c := call(t, p)
	r := c.ask(http.MethodGet, invited(p), nil)
	if len(r.Cookies()) != 1 {
		t.Fatalf("no cookie: %d", r.StatusCode)
	}
	c.cookie = r.Cookies()[0].String()
	c.cookie, _, _ = strings.Cut(c.cookie, ";")
	return c
}

type answered struct {
	*http.Response

	body string
}

// ask makes one request, with what a form has where there is one: to a path of
// the page, or to a whole address.
func (c *caller) ask(method, address string, header map[string]string, form ...string) answered {
	c.t.Helper()
	if !strings.HasPrefix(address, "http") {
		address = "http://" + c.p.door.host + "/" + c.p.door.room + "/" + address
	}
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	r, err := http.NewRequestWithContext(deadline(c.t), method, address, strings.NewReader(values.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	if len(form) > 0 {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	for k, v := range header {
		if k == "Host" {
			r.Host = v
			continue
		}
		r.Header.Set(k, v)
	}
	got, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	var body bytes.Buffer
	if got.Header.Get("Content-Type") != "text/event-stream" {
		_, _ = body.ReadFrom(got.Body)
	}
	return answered{got, body.String()}
}

// own is what a browser says of a request that the page itself makes.
func (c *caller) own() map[string]string {
	return map[string]string{"Origin": "http://" + c.p.door.host}
}

func TestOnlyThisComputerIsListenedTo(t *testing.T) {
	for _, addr := range []string{":8080", "0.0.0.0:0", "[::]:0", "192.168.1.2:80", "example.org:80", "localhost.example.org:80", "127.0.0.1", "10.0.0.1:0", "169.254.1.1:9", "127.0.0.1:65536", "127.0.0.1:http", "localhost:"} {
		p, err := Start(t.Context(), Options{Addr: addr})
		var wrong *AddressError
		if !errors.As(err, &wrong) {
			t.Fatalf("%s: %v %v", addr, p, err)
		}
		if !strings.Contains(wrong.Remedy().In(words.French), "ssh -L") || !strings.Contains(wrong.Error(), addr) {
			t.Errorf("%s: %v %s", addr, wrong, wrong.Remedy())
		}
	}
	if got := (&AddressError{Addr: "0.0.0.0:8899"}).Remedy().String(); !strings.Contains(got, "ssh -L 8899:127.0.0.1:8899") {
		t.Error(got)
	}
	if got := (&AddressError{Addr: "127.0.0.1:99999"}).Remedy().String(); strings.Contains(got, "99999") {
		t.Error(got)
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0", "127.0.0.9:0", ""} {
		p, err := Start(t.Context(), Options{Addr: addr})
		if err != nil {
			t.Fatalf("%s: %v", addr, err)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAnInvitationIsExchangedOnceForACookie(t *testing.T) {
	p, _ := open(t, words.English)
	c := call(t, p)
	first := p.URL()
	if !strings.HasPrefix(first, "http://127.0.0.1:") || !strings.Contains(first, "/?token=") || first != p.URL() {
		t.Fatal(first)
	}
	_, token, _ := strings.Cut(first, "=")
	for _, wrong := range []string{"x", token + "x", token + ".", strings.ToLower(token)} {
		if r := c.ask(http.MethodGet, "http://"+p.door.host+"/?token="+url.QueryEscape(wrong), nil); r.StatusCode != http.StatusForbidden || len(r.Cookies()) != 0 {
			t.Errorf("token %q: %d", wrong, r.StatusCode)
		}
	}
	r := c.ask(http.MethodGet, first, nil)
	if r.StatusCode != http.StatusOK || len(r.Cookies()) != 1 {
		t.Fatalf("%d, cookies %v", r.StatusCode, r.Cookies())
	}
	k := r.Cookies()[0]
	if !k.HttpOnly || k.SameSite != http.SameSiteStrictMode || k.Path != "/"+p.door.room+"/" || k.Domain != "" || len(k.Value) < 43 { // 43: 256 bits
		t.Errorf("%+v", k)
	}
	if strings.Contains(r.body, "token") || !strings.Contains(r.body, `content="0; url=/`+p.door.room+`/"`) {
		t.Errorf("does not lead on without the token: %s", r.body)
	}
	for range 2 {
		if r := c.ask(http.MethodGet, first, nil); r.StatusCode != http.StatusForbidden || len(r.Cookies()) != 0 {
			t.Errorf("used twice: %d", r.StatusCode)
		}
	}
	// Nothing is left that an empty token would be equal to.
	if c.ask(http.MethodGet, "http://"+p.door.host+"/?token=", nil).StatusCode != http.StatusForbidden {
		t.Error("an empty token let somebody in")
	}
	second := invited(p)
	third := invited(p)
	if second == first || third == second || third != p.URL() {
		t.Error("invitations are not new")
	}
	if c.ask(http.MethodGet, second, nil).StatusCode != http.StatusForbidden {
		t.Error("an invitation that was replaced is still good")
	}
	if c.ask(http.MethodPost, third, c.own()).StatusCode != http.StatusForbidden {
		t.Error("an invitation was taken by POST")
	}
	if c.ask(http.MethodGet, third, nil).StatusCode != http.StatusOK {
		t.Error("the newest invitation is not good")
	}
}

func TestWithoutTheCookieThereIsNothing(t *testing.T) {
	p, _ := open(t, words.French)
	m := meet(t, p, asked(gate.Review))
	id := p.board.look().meetings[0].id
	in(t, p) // somebody is in: what is theirs opens for nobody else
	for _, c := range []*caller{call(t, p), {t: t, p: p, http: call(t, p).http, cookie: "opposer=" + secret()}, {t: t, p: p, http: call(t, p).http, cookie: "opposer="}} {
		for _, path := range []string{"", "static/page.css", "static/page.js", "events", "gate/" + id + "/picture", "gate/" + id + "/live", "gate/" + id + "/answer", "x"} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions, http.MethodPut} {
				r := c.ask(method, path, c.own(), "verb", "approve")
				if r.StatusCode != http.StatusForbidden || strings.Contains(r.body, "marie") {
					t.Errorf("%s /%s: %d", method, path, r.StatusCode)
				}
				if method == http.MethodGet && !strings.Contains(r.body, "Ce lien n’est pas valable") {
					t.Errorf("%s: %s", path, r.body)
				}
			}
		}
		for _, path := range []string{"/", "/static/page.css", "/events", "/" + p.door.room, "/../" + p.door.room + "/"} {
			if r := c.ask(http.MethodGet, "http://"+p.door.host+path, nil); r.StatusCode != http.StatusForbidden {
				t.Errorf("%s: %d", path, r.StatusCode)
			}
		}
	}
	if !m.lease.Out() {
		t.Error("a stranger answered")
	}
}

// TestAnotherHostIsRefused: a name of somebody else's that points to this
// computer (DNS rebinding) makes their page the same origin as ours.
func TestAnotherHostIsRefused(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	port := p.door.port
	for host, want := range map[string]int{
		"127.0.0.1:" + port: 200, "localhost:" + port: 200, "[::1]:" + port: 200,
		"evil.example:" + port: 421, "localhost.evil.example:" + port: 421, "127.0.0.1": 421, "localhost": 421, "127.0.0.1:1": 421,
		"127.0.0.1." + port: 421, "0.0.0.0:" + port: 421, "LOCALHOST:" + port + "1": 421,
	} {
		if r := c.ask(http.MethodGet, "", map[string]string{"Host": host}); r.StatusCode != want {
			t.Errorf("Host %s: %d", host, r.StatusCode)
		}
	}
	// Nor does it use up the invitation.
	if r := call(t, p).ask(http.MethodGet, invited(p), map[string]string{"Host": "evil.example:" + port}); r.StatusCode != http.StatusMisdirectedRequest || len(r.Cookies()) != 0 {
		t.Error("a rebound name exchanged the invitation")
	}
	if call(t, p).ask(http.MethodGet, p.URL(), nil).StatusCode != http.StatusOK {
		t.Error("it was used up")
	}
}

func TestAnotherSitesRequestIsRefused(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	ours := "http://" + p.door.host
	for _, r := range []struct {
		origin, site string
		fine         bool
	}{
		{ours, "", true},
		{ours, "same-origin", true},
		{"", "same-origin", true},
		{"null", "same-origin", true}, // what a form sends where there is no referrer

		{"", "", false},
		{"null", "", false},
		{"", "none", false},
		{"", "same-site", false},
		{"", "cross-site", false},
		{"null", "cross-site", false},
		{"http://evil.example", "", false},
		{"http://evil.example", "same-origin", false},
		{"https://" + p.door.host, "", false},
		{"http://127.0.0.1:1", "same-site", false}, // another server of this computer
		{ours, "cross-site", false},
		{"http://localhost:" + p.door.port, "", false},
		{ours + ".evil.example", "", false},
	} {
		m := meet(t, p, asked(gate.Login))
		header := map[string]string{}
		if r.origin != "" {
			header["Origin"] = r.origin
		}
		if r.site != "" {
			header["Sec-Fetch-Site"] = r.site
		}
		got := c.ask(http.MethodPost, "gate/"+p.board.look().meetings[0].id+"/answer", header, "verb", "give up")
		if (got.StatusCode == http.StatusSeeOther) != r.fine || !r.fine && got.StatusCode != http.StatusForbidden {
			t.Errorf("Origin %q, Sec-Fetch-Site %q: %d", r.origin, r.site, got.StatusCode)
		}
		if m.lease.Out() == r.fine {
			t.Errorf("Origin %q, Sec-Fetch-Site %q: lease out %v", r.origin, r.site, m.lease.Out())
		}
		m.end()
		<-m.came
	}
}

func TestAnotherSiteReadsNothing(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	for _, path := range []string{"", "static/page.js", "events"} {
		for _, site := range []string{"cross-site", "same-site"} {
			r := c.ask(http.MethodGet, path, map[string]string{"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"})
			if r.StatusCode != http.StatusForbidden {
				t.Errorf("%s for %s: %d", path, site, r.StatusCode)
			}
		}
	}
	if r := c.ask(http.MethodGet, "", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}); r.StatusCode != http.StatusOK {
		t.Errorf("a link elsewhere to the page: %d", r.StatusCode)
	}
	if r := c.ask(http.MethodGet, "", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}); r.StatusCode != http.StatusForbidden {
		t.Errorf("a frame elsewhere: %d", r.StatusCode)
	}
}

// TestALiveViewIsForOurPageOnly: a browser sends the cookie with any site's
// WebSocket, and lets it read the answer.
func TestALiveViewIsForOurPageOnly(t *testing.T) {
	p, _ := open(t, words.English)
	g := asked(gate.Login)
	s := newScreen()
	g.Screen = s
	meet(t, p, g)
	c := in(t, p)
	address := "http://" + p.door.host + "/" + p.door.room + "/gate/" + p.board.look().meetings[0].id + "/live"
	for _, r := range []struct {
		name   string
		header http.Header
		host   string
		want   int
	}{
		{"ours", http.Header{"Origin": {"http://" + p.door.host}, "Cookie": {c.cookie}}, "", 101},
		{"no cookie", http.Header{"Origin": {"http://" + p.door.host}}, "", 403},
		{"no origin", http.Header{"Cookie": {c.cookie}}, "", 403},
		{"a foreign origin", http.Header{"Origin": {"http://evil.example"}, "Cookie": {c.cookie}}, "", 403},
		{"another port", http.Header{"Origin": {"http://127.0.0.1:1"}, "Cookie": {c.cookie}}, "", 403},
		{"null", http.Header{"Origin": {"null"}, "Cookie": {c.cookie}}, "", 403},
		{"cross-site", http.Header{"Origin": {"http://" + p.door.host}, "Cookie": {c.cookie}, "Sec-Fetch-Site": {"cross-site"}}, "", 403},
		{"another host", http.Header{"Origin": {"http://evil.example"}, "Cookie": {c.cookie}}, "evil.example", 421},
	} {
		conn, got, err := websocket.Dial(deadline(t), address, &websocket.DialOptions{HTTPClient: c.http, HTTPHeader: r.header, Host: r.host})
		if got == nil || got.StatusCode != r.want {
			t.Errorf("%s: %v %v", r.name, got, err)
		}
		if conn != nil {
			_ = conn.CloseNow()
		}
	}
	<-s.watched
	<-s.left
	if len(s.watched) > 0 {
		t.Error("a stranger watched")
	}
}

// TestEveryAnswerIsClosedToOthers: it loads nothing from elsewhere, nobody
// frames, keeps or reads it.
func TestEveryAnswerIsClosedToOthers(t *testing.T) {
	p, _ := open(t, words.English)
	stranger, guest := call(t, p), in(t, p)
	for name, r := range map[string]answered{
		"refused": stranger.ask(http.MethodGet, "", nil), "another host": guest.ask(http.MethodGet, "", map[string]string{"Host": "x"}),
		"entering": stranger.ask(http.MethodGet, invited(p), nil), "page": guest.ask(http.MethodGet, "", nil),
		"script": guest.ask(http.MethodGet, "static/page.js", nil), "nothing": guest.ask(http.MethodGet, "nothing", nil),
		"events": guest.ask(http.MethodGet, "events", nil), "post": guest.ask(http.MethodPost, "gate/x/answer", guest.own(), "verb", "done"),
	} {
		for header, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if r.Header.Get(header) != want {
				t.Errorf("%s: %s: %q", name, header, r.Header.Get(header))
			}
		}
		if r.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s is open to other origins", name)
		}
	}
	for _, path := range []string{"", "static/page.css", "static/page.js", "static/live.js"} {
		if body := guest.ask(http.MethodGet, path, nil).body; strings.Contains(body, "https://") || strings.Contains(body, "eval(") || strings.Contains(body, "style=") {
			t.Errorf("%s loads from elsewhere, or has something inline", path)
		}
	}
}

// TestSessionsEndWithThePage: what is left in a browser opens nothing, not even
// where another run has the same port, and the file with the link is gone.
func TestSessionsEndWithThePage(t *testing.T) {
	p, err := Start(t.Context(), Options{Language: words.English})
	if err != nil {
		t.Fatal(err)
	}
	c := in(t, p)
	path := filepath.Join(t.TempDir(), "open.html")
	if err := p.RedirectFile(path); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the redirect is still there: %v", err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/"+p.door.room+"/", nil)
	r.Host = p.door.host
	r.Header.Set("Cookie", c.cookie)
	w := httptest.NewRecorder()
	p.routes().ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("a session has outlived the page: %d", w.Code)
	}
	if err := p.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

func TestTheRedirectIsForOneReader(t *testing.T) {
	p, _ := open(t, words.English)
	path := filepath.Join(t.TempDir(), "open.html")
	if err := p.RedirectFile(path); err != nil {
		t.Fatal(err)
	}
	if is, err := os.Stat(path); err != nil || is.Mode() != 0o600 {
		t.Errorf("%v %v", is.Mode(), err)
	}
	if text, _ := os.ReadFile(path); !strings.Contains(string(text), p.URL()) {
		t.Errorf("%s", text)
	}
	if p.RedirectFile(path) == nil {
		t.Error("another file was written over")
	}
}

func TestALongRequestIsRefused(t *testing.T) {
	p, log := open(t, words.English)
	m := meet(t, p, asked(gate.Code))
	c := in(t, p)
	long := strings.Repeat("7", 8<<10)
	if r := c.ask(http.MethodPost, "gate/"+p.board.look().meetings[0].id+"/answer", c.own(), "verb", "give", "code", long); r.StatusCode != http.StatusSeeOther || !strings.HasSuffix(r.Header.Get("Location"), "said=misread") || !m.lease.Out() {
		t.Errorf("%d %s", r.StatusCode, r.Header)
	}
	if r := c.ask(http.MethodGet, "", map[string]string{"X-Long": strings.Repeat("x", 64<<10)}); r.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a long header: %d", r.StatusCode)
	}
	if strings.Contains(log.String(), "777") {
		t.Error("the code is in the log")
	}
}

// TestAJarKeepsTheCookieToItsPath: cookies know no ports, so another server of
// this computer would get it but for the path.
func TestAJarKeepsTheCookieToItsPath(t *testing.T) {
	p, _ := open(t, words.English)
	jar, _ := cookiejar.New(nil)
	c := call(t, p)
	r := c.ask(http.MethodGet, p.URL(), nil)
	jar.SetCookies(r.Request.URL, r.Cookies())
	elsewhere, _ := url.Parse("http://127.0.0.1:1/")
	here, _ := url.Parse("http://" + p.door.host + "/" + p.door.room + "/events")
	if len(jar.Cookies(elsewhere)) != 0 || len(jar.Cookies(here)) != 1 {
		t.Error("the cookie goes elsewhere")
	}
}
