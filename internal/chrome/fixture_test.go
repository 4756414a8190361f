package chrome

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"github.com/go-rod/rod/lib/proto"
	"github.com/ysmood/gson"
)

// evaluate runs a script in our isolated world of the main frame.
func evaluate(t testing.TB, tab *Tab, js string) gson.JSON {
	t.Helper()
	return evaluateIn(t, tab, tab.frames()[0].id, js)
}

func evaluateIn(t testing.TB, tab *Tab, frame proto.PageFrameID, js string) gson.JSON {
	t.Helper()
	s, w, err := tab.world(within(t), frame)
	if err != nil {
		t.Fatal(err)
	}
	got, err := proto.RuntimeEvaluate{Expression: js, ContextID: w, ReturnByValue: true, AwaitPromise: true}.Call(s.with(within(t)))
	if err != nil {
		t.Fatal(err)
	}
	return got.Result.Value
}

// asPage runs a script in the page's own world, as the page would.
func asPage(t testing.TB, tab *Tab, js string) gson.JSON {
	t.Helper()
	got, err := proto.RuntimeEvaluate{Expression: js, ReturnByValue: true, AwaitPromise: true, UserGesture: true}.Call(tab.session.with(within(t)))
	if err != nil {
		t.Fatal(err)
	}
	if got.ExceptionDetails != nil {
		t.Fatal(js, got.ExceptionDetails.Text, got.Result.Description)
	}
	return got.Result.Value
}

// startedFor starts a browser of a test's own, closed with it.
func startedFor(t testing.TB, o Options) *Browser {
	t.Helper()
	b, err := Start(within(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return b
}

// stall makes a path answer only once what is given is closed.
func (s *site) stall(path string) chan struct{} {
	stuck := make(chan struct{})
	s.t.Cleanup(func() {
		select {
		case <-stuck:
		default:
			close(stuck)
		}
	})
	s.handle(path, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-stuck:
		case <-r.Context().Done():
		}
	})
	return stuck
}

// arrives waits until the site received that line.
func (s *site) arrives(line string) {
	s.t.Helper()
	s.arrive(line)
}

// arrive waits until the site received those lines, in whatever order.
func (s *site) arrive(lines ...string) {
	s.t.Helper()
	ctx := within(s.t)
	for len(lines) > 0 {
		select {
		case got := <-s.came:
			if i := slices.Index(lines, got); i >= 0 {
				lines = slices.Delete(lines, i, i+1)
			}
		case <-ctx.Done():
			s.t.Fatalf("%q did not arrive; received %q", lines, s.received())
		}
	}
}

// onlyMarker proves that nothing has left: a plain request that the page made
// after all others arrives, and nothing else has.
func (s *site) onlyMarker() {
	s.t.Helper()
	s.arrives("GET /marker")
	if sent := s.sent(); len(sent) > 0 {
		s.t.Errorf("left although it was held: %q", sent)
	}
}

// sent is what was received but the marker.
func (s *site) sent() []string {
	return slices.DeleteFunc(s.received(), func(line string) bool { return line == "GET /marker" })
}

const eightFrames = `new Promise(async (done) => { for (let i = 0; i < 8; i++) await new Promise(requestAnimationFrame); done() })`

// paintFrames is paint of the frames in the page: all have to be in view.
func paintFrames(t testing.TB, tab *Tab) {
	t.Helper()
	for _, f := range tab.frames() {
		if f.parent != "" {
			evaluateIn(t, tab, f.id, eightFrames)
		}
	}
}
