package supervise

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"opposer/internal/gate"
	"opposer/internal/words"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func deadline(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// logged is a log that can be read while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func open(t testing.TB, lang words.Language) (*Page, *logged) {
	t.Helper()
	log := &logged{}
	p, err := Start(t.Context(), Options{Language: lang, Log: zerolog.New(log)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p, log
}

// met is a gate that is met on the page.
type met struct {
	t      testing.TB
	lease  *gate.Lease
	cancel context.CancelFunc
	over   chan struct{}
	got    gate.Answer
	err    error
}

// meet opens a gate on the page and returns when it is there.
func meet(t testing.TB, p *Page, g gate.Gate) *met {
	t.Helper()
	l := gate.Offer()
	if s, ok := g.Screen.(*screen); ok {
		s.lease = l
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := &met{t: t, lease: l, cancel: cancel, over: make(chan struct{})}
	before := p.board.look()
	go func() {
		defer close(m.over)
		m.got, m.err = p.Meet(ctx, g, l)
	}()
	t.Cleanup(func() { cancel(); <-m.over })
	for now := before; len(now.meetings) == len(before.meetings); now = p.board.look() {
		<-now.news
	}
	return m
}

// answer is what the gate came back with.
func (m *met) answer() gate.Answer {
	m.t.Helper()
	select {
	case <-m.over:
	case <-deadline(m.t).Done():
		m.t.Fatal("the gate was not answered")
	}
	if m.err != nil {
		m.t.Fatal(m.err)
	}
	if a, over := m.lease.Answer(); !over || a != m.got {
		m.t.Errorf("the lease came back with %+v, Meet with %+v", a, m.got)
	}
	return m.got
}

// screen is the live page of a gate, as a test has it.
type screen struct {
	lease  *gate.Lease
	mu     sync.Mutex
	shows  map[int]func(gate.View)
	next   int
	newest gate.View
	came   chan struct{}
	went   chan struct{}
	done   chan gate.Input
	fronts int
	fails  bool
}

func newScreen() *screen {
	return &screen{
		shows: map[int]func(gate.View){}, newest: gate.View{Frame: []byte("first"), Width: 800, Height: 500},
		came: make(chan struct{}, 100), went: make(chan struct{}, 100), done: make(chan gate.Input, 1000),
	}
}

func (s *screen) Watch(ctx context.Context, show func(gate.View)) error {
	s.mu.Lock()
	id := s.next
	s.next++
	s.shows[id] = show
	show(s.newest)
	s.mu.Unlock()
	s.came <- struct{}{}
	<-ctx.Done()
	s.mu.Lock()
	delete(s.shows, id)
	s.mu.Unlock()
	s.went <- struct{}{}
	return ctx.Err()
}

func (s *screen) Act(_ context.Context, d gate.Drive, in gate.Input) error {
	if !d.Current(s.lease) {
		return gate.ErrNotDriving
	}
	s.done <- in
	return nil
}

func (s *screen) Front(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fronts++
	if s.fails {
		return io.EOF
	}
	return nil
}

func (s *screen) show(v gate.View) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.newest = v
	for _, show := range s.shows {
		show(v)
	}
}

// await gives the next input of a kind; moves on the way to it are let by.
func (s *screen) await(t testing.TB, kind gate.InputKind) gate.Input {
	t.Helper()
	ctx := deadline(t)
	for {
		select {
		case in := <-s.done:
			if in.Kind == kind {
				return in
			}
			if in.Kind != gate.Move {
				t.Fatalf("%s was done: %+v; %s was expected", in.Kind, in, kind)
			}
		case <-ctx.Done():
			t.Fatalf("no %s came", kind)
		}
	}
}

// caller is a program that asks the page for something, as a browser or as
// somebody who would like to be taken for one.
type caller struct {
	t      testing.TB
	page   *Page
	client *http.Client
	cookie string
}

func call(t testing.TB, p *Page) *caller {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &caller{t: t, page: p, client: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// in is a caller who came in by the link.
func in(t testing.TB, p *Page) *caller {
	t.Helper()
	c := call(t, p)
	r := c.ask(http.MethodGet, p.Invite(), nil)
	cookies := r.head.Values("Set-Cookie")
	if len(cookies) != 1 {
		t.Fatalf("no cookie: %d", r.status)
	}
	c.cookie, _, _ = strings.Cut(cookies[0], ";")
	return c
}

type answered struct {
	status int
	head   http.Header
	body   string
}

// ours is what the page's own browser says of where a request comes from.
func (c *caller) ours() map[string]string {
	return map[string]string{"Origin": "http://" + c.page.door.host, "Sec-Fetch-Site": "same-origin"}
}

// ask makes one request: to a path of the page, or to a whole address.
func (c *caller) ask(method, address string, header map[string]string, form ...string) answered {
	c.t.Helper()
	if !strings.HasPrefix(address, "http://") {
		address = "http://" + c.page.door.host + "/" + c.page.door.room + "/" + address
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
	got, err := c.client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	body := ""
	if got.Header.Get("Content-Type") != "text/event-stream" {
		b, err := io.ReadAll(got.Body)
		if err != nil {
			c.t.Fatal(err)
		}
		body = string(b)
	}
	return answered{got.StatusCode, got.Header, body}
}

// only is the id of the one gate that is open.
func only(t testing.TB, p *Page) string {
	t.Helper()
	list := p.board.look().meetings
	if len(list) != 1 {
		t.Fatalf("%d gates are out", len(list))
	}
	return list[0].id
}
