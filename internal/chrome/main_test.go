package chrome

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"
)

// The package's tests share two browsers, a headless shell for most and the
// full one for what the shell does not do. Each test has a context of its own.

const (
	shellBin = "/usr/bin/chromium-headless-shell"
	fullBin  = "/usr/bin/chromium"
)

func testOptions(bin string) Options {
	return Options{Bin: bin, NoSandbox: isRoot(), Log: zerolog.New(os.Stderr).Level(zerolog.WarnLevel), Languages: []string{"en-US", "en"}}
}

func lazily(bin string) func() (*Browser, error) {
	return sync.OnceValues(func() (*Browser, error) {
		if _, err := os.Stat(bin); err != nil {
			return nil, fmt.Errorf("%s is needed by these tests: apt-get install %s: %w", bin, bin[len("/usr/bin/"):], err)
		}
		return Start(context.Background(), testOptions(bin))
	})
}

var (
	shell = lazily(shellBin)
	full  = lazily(fullBin)
)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, b := range started() {
		if err := b.Close(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, "closing the shared browser:", err)
			code = 1
		}
	}
	http.DefaultClient.CloseIdleConnections()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

var (
	startedMu   sync.Mutex
	startedList []*Browser
)

func started() []*Browser {
	startedMu.Lock()
	defer startedMu.Unlock()
	return startedList
}

func shared(t testing.TB, get func() (*Browser, error)) *Browser {
	t.Helper()
	b, err := get()
	if err != nil {
		t.Fatal(err)
	}
	startedMu.Lock()
	defer startedMu.Unlock()
	if !slices.Contains(startedList, b) {
		startedList = append(startedList, b)
	}
	return b
}

// within is the deadline of one test: events end the waiting, not this.
func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// site is a web server that remembers what it received. Its pages are given
// by path; what is not a page is received and answered "thanks".
type site struct {
	*httptest.Server
	t     testing.TB
	mu    sync.Mutex
	pages map[string]string
	got   []string // "POST /path body"
	funcs map[string]http.HandlerFunc
	came  chan string
	open  sync.WaitGroup // connections
}

func newSite(t testing.TB, pages map[string]string) *site {
	t.Helper()
	s := &site{t: t, pages: pages, funcs: map[string]http.HandlerFunc{}, came: make(chan string, 100)}
	s.Server = httptest.NewUnstartedServer(s)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			s.open.Add(1)
		case http.StateClosed, http.StateHijacked:
			s.open.Done()
		case http.StateActive, http.StateIdle:
		}
	}
	s.Start()
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	page, ok := s.pages[r.URL.Path]
	do := s.funcs[r.URL.Path]
	s.mu.Unlock()
	var body bytes.Buffer
	_, _ = body.ReadFrom(r.Body)
	if r.URL.Path != "/favicon.ico" && (!ok || r.Method != http.MethodGet) {
		line := strings.TrimSpace(r.Method + " " + r.URL.RequestURI() + " " + body.String())
		s.mu.Lock()
		s.got = append(s.got, line)
		s.mu.Unlock()
		s.came <- line
	}
	switch {
	case do != nil:
		do(w, r)
	case ok:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasSuffix(r.URL.Path, ".js") {
			w.Header().Set("Content-Type", "text/javascript")
		}
		_, _ = w.Write([]byte(page))
	default:
		_, _ = w.Write([]byte("thanks"))
	}
}

// page puts a page under a path.
func (s *site) page(path, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = text
}

// received lists what came, but for the pages.
func (s *site) received() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.got...)
}

// local is the site's address under another name of this machine: another
// origin and, to Chrome, another site.
func (s *site) local() string { return strings.Replace(s.URL, "127.0.0.1", "localhost", 1) }

// carrier knows one value, as plain text and as a form writes it.
type carrier string

func (c carrier) Contains(b []byte) bool {
	return strings.Contains(string(b), string(c)) || strings.Contains(string(b), strings.ReplaceAll(string(c), "@", "%40"))
}

func (c carrier) Mask(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, string(c), "•••"), strings.ReplaceAll(string(c), "@", "%40"), "•••")
}

const planted = "marie.curie@example.org"

// openTab opens a tab on a context of its own, closed with the test.
func openTab(t testing.TB, b *Browser, g Guard) *Tab {
	t.Helper()
	ctx := within(t)
	c, err := b.NewContext(ctx, ContextOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	tab, err := c.NewTab(ctx, g)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// visit opens a tab on a site's page, and waits until it is loaded; typing is
// allowed there.
func visit(t testing.TB, b *Browser, s *site, path string) *Tab {
	t.Helper()
	tab := openTab(t, b, Guard{Type: []string{s.URL}, Masker: carrier(planted)})
	if _, err := tab.Navigate(within(t), s.URL+path); err != nil {
		t.Fatal(err)
	}
	awaitChange(t, tab, func() bool { return tab.loaded(tab.frames()[0].id) })
	return tab
}
