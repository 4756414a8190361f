package chrome

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/cdp"
)

func event(method, params string) *cdp.Event {
	return &cdp.Event{Method: method, Params: json.RawMessage(params)}
}

func newOf(kind reflect.Type) any { return reflect.New(kind).Interface() }

// listener stands in the stream of events.
type listener struct {
	rod.CDPClient
	events chan *cdp.Event
}

func (l *listener) Event() <-chan *cdp.Event { return l.events }

// spied are options for a browser whose events are seen before we hear them.
func spied(see func(string, json.RawMessage)) Options {
	o := testOptions(shellBin)
	o.Wrap = func(c rod.CDPClient) rod.CDPClient {
		l := &listener{c, make(chan *cdp.Event)}
		go func() {
			defer close(l.events)
			for e := range c.Event() {
				see(e.Method, e.Params)
				l.events <- e
			}
		}()
		return l
	}
	return o
}

var errInjected = errors.New("injected")

// failing fails the first call of one method, or each, while it is told to.
type failing struct {
	rod.CDPClient
	mu     sync.Mutex
	method string // "" fails nothing
	each   bool
	failed int
	heard  map[string]bool // methods called
}

func (f *failing) Call(ctx context.Context, id, method string, params any) ([]byte, error) {
	f.mu.Lock()
	f.heard[method] = true
	fails := method == f.method && (f.each || f.failed == 0)
	if fails {
		f.failed++
	}
	f.mu.Unlock()
	if fails {
		return nil, errInjected
	}
	return f.CDPClient.Call(ctx, id, method, params)
}

// set says what fails from now on, and gives the methods called so far.
func (f *failing) set(method string, each bool) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.method, f.each, f.failed = method, each, 0
	return slices.Sorted(maps.Keys(f.heard))
}

// TestWhateverCallFails: whichever call to Chrome fails, the one who asked gets
// an error or nothing was lost; nothing hangs, and nothing leaves unseen.
func TestWhateverCallFails(t *testing.T) {
	t.Parallel()
	f := &failing{heard: map[string]bool{}}
	o := testOptions(shellBin)
	o.Wrap = func(c rod.CDPClient) rod.CDPClient { f.CDPClient = c; return f }
	for _, method := range []string{"Browser.getVersion", "Fetch.enable", "Target.setAutoAttach"} {
		f.set(method, false)
		if _, err := Start(within(t), o); !errors.Is(err, errInjected) {
			t.Errorf("%s fails: %v", method, err)
		}
	}
	f.set("", false)
	b := startedFor(t, o)
	attempt := func(ctx context.Context) ([]string, error) {
		s := sender(t, `fetch("/post", {method: "POST", body: mail})`)
		err := attemptOnce(ctx, t, b, s)
		return s.sent(), err
	}
	if got, err := attempt(within(t)); err != nil || len(got) != 1 {
		t.Fatalf("an attempt without a fault: %v, received %q", err, got)
	}
	methods := f.set("", false)
	if len(methods) < 20 {
		t.Fatalf("an attempt calls only %q", methods)
	}
	for _, method := range methods {
		for _, each := range []bool{false, true} {
			if each && !strings.HasPrefix(method, "Fetch.") { // a request's fate hangs on these
				continue
			}
			f.set(method, each)
			ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
			got, err := attempt(ctx)
			cancel()
			f.set("", false)
			if err != nil && len(got) > 0 && !errors.Is(err, errReleased) {
				t.Errorf("%s fails (%v): %v, but %q left", method, each, err, got)
			}
			if err == nil && len(got) != 1 {
				t.Errorf("%s fails (%v): no error, received %q", method, each, got)
			}
		}
	}
	if got, err := attempt(within(t)); err != nil || len(got) != 1 {
		t.Errorf("afterwards: %v, received %q", err, got)
	}
}

var errReleased = errors.New("after the release")

// attemptOnce does all that an attempt does, and gives its first error.
func attemptOnce(ctx context.Context, t *testing.T, b *Browser, s *site) error {
	c, err := b.NewContext(ctx, ContextOptions{Locale: "fr-FR"})
	if err != nil {
		return err
	}
	defer func() { _ = c.Close(ctx) }()
	tab, err := c.NewTab(ctx, Guard{Type: []string{s.URL}, Masker: carrier(planted)})
	if err != nil {
		return err
	}
	if _, err := tab.Navigate(ctx, s.URL+"/"); err != nil {
		return err
	}
	typeInto(tab)
	for {
		page, err := tab.Read(ctx)
		if err != nil {
			return err
		}
		for _, n := range page.Main().Nodes {
			if n.IDAttr != "go" {
				continue
			}
			k := newClerk(t)
			permit := k.permit()
			held, err := tab.Send(ctx, admit(t, tab), permit, n)
			if err != nil {
				return err
			}
			err = tab.Release(ctx, held, k.departure(permit, held.Request()))
			if err == nil {
				_, err = tab.Answer(ctx, held)
			}
			if err != nil {
				return errors.Join(errReleased, err)
			}
			return nil
		}
		if err := tab.Changed(ctx); err != nil {
			return err
		}
	}
}
