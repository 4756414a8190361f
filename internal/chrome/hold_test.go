package chrome

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/profile"
)

// sent presses the button of a sender page and lets go what it causes.
func sendAll(t testing.TB, tab *Tab) (*Held, Exchange) {
	t.Helper()
	typeInto(tab)
	k := newClerk(t)
	permit := k.permit()
	held, err := tab.Send(within(t), admit(t, tab), permit, button(t, tab, "go"))
	if err != nil {
		t.Fatal(err, tab.Refused())
	}
	if err := tab.Release(within(t), held, k.departure(permit, held.Request())); err != nil {
		t.Fatal(err)
	}
	x, err := tab.Answer(within(t), held)
	if err != nil {
		t.Fatal(err)
	}
	return held, x
}

func TestAScriptThatSendsTwiceSendsOnce(t *testing.T) {
	t.Parallel()
	once := `fetch("/post", {method: "POST", body: mail})`
	for name, script := range map[string]string{
		"at once":               once + ";" + once,
		"with another token":    once + `; fetch("/post", {method: "POST", body: mail + "&token=2"})`,
		"after the answer":      once + ".then(() => " + once + ").catch(() => 0)",
		"form and fetch":        once + `; document.forms.f.target = "inner"; document.forms.f.submit()`,
		"after a failed answer": `fetch("/fail", {method: "POST", body: mail}).then(r => r.ok || fetch("/post", {method: "POST", body: mail})).catch(() => 0)`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sender(t, script)
			s.handle("/fail", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
			tab := visit(t, shared(t, shell), s, "/")
			_, _ = sendAll(t, tab)
			awaitChange(t, tab, func() bool {
				return slices.ContainsFunc(tab.Refused(), func(r Refusal) bool { return r.Why == Repeated && r.Carried })
			})
			s.onlyOne(t)
		})
	}
}

// onlyOne proves that one send arrived and no other.
func (s *site) onlyOne(t testing.TB) {
	t.Helper()
	s.arrives("GET /marker")
	if sent := s.sent(); len(sent) != 1 {
		t.Errorf("received %q, want one", sent)
	}
}

// awaitChange waits, by the tab's own changes, until something is so.
func awaitChange(t testing.TB, tab *Tab, so func() bool) {
	t.Helper()
	ctx := within(t)
	for {
		wake := tab.changing()
		if so() {
			return
		}
		select {
		case <-wake:
		case <-ctx.Done():
			t.Fatal("what was waited for did not come")
		}
	}
}

func TestTelemetryFirstDoesNotTakeTheSendsPlace(t *testing.T) {
	t.Parallel()
	s := sender(t, `navigator.sendBeacon("/telemetry", "clicked " + mail); setTimeout(() => fetch("/post", {method: "POST", body: mail}), 100)`)
	tab := visit(t, shared(t, shell), s, "/")
	tab.bounds.settle = time.Minute
	held, x := sendAll(t, tab)
	if held.Request().Path != "/post" || x.Path != "/post" {
		t.Errorf("the send is %s, answered by %s", held.Request().Path, x.Path)
	}
}

func TestTelemetryWithoutValuesLeavesFirstThenTheSendOnce(t *testing.T) {
	t.Parallel()
	post := `fetch("/post", {method: "POST", body: mail})`
	s := sender(t, `fetch("/telemetry", {method: "POST", body: "x"}).then(() => `+post+`).then(() => `+post+`).catch(() => 0)`)
	tab := visit(t, shared(t, shell), s, "/")
	held, _ := sendAll(t, tab)
	awaitChange(t, tab, func() bool { return len(tab.Refused()) > 0 })
	x, err := tab.Answer(within(t), held)
	if err != nil || x.Path != "/post" || x.Status != 200 || x.Repeats != 1 {
		t.Errorf("answer %+v, %v", x, err)
	}
	if got := s.sent(); !slices.Equal(got, []string{"POST /telemetry x", "POST /post " + planted}) {
		t.Errorf("received %q", got)
	}
}

// What a page tells others without our values is stopped, and is not the send:
// that may still come.
func TestTalkToOthersDoesNotTakeTheSendsPlace(t *testing.T) {
	t.Parallel()
	late := (settleFor + settleFor/5).Milliseconds()
	s := sender(t, `fetch("https://others.example/", {method: "POST", mode: "no-cors", body: "x"}).catch(() => 0);
		setTimeout(() => fetch("/post", {method: "POST", body: mail}), `+strconv.FormatInt(late, 10)+`)`)
	tab := visit(t, shared(t, shell), s, "/")
	if held, _ := sendAll(t, tab); held.Request().Path != "/post" {
		t.Errorf("the send is %s", held.Request().Path)
	}
	if r := tab.Refused(); len(r) != 1 || r[0].Why != Elsewhere || r[0].Carried {
		t.Errorf("refused: %+v", r)
	}
}

// expiring is a context whose deadline its test sets off.
type expiring struct {
	context.Context
	over chan struct{}
}

func (e expiring) Done() <-chan struct{} { return e.over }

func (e expiring) Err() error {
	select {
	case <-e.over:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// What is held when the time is over is the send, though a better one was
// waited for.
func TestWhatIsHeldAtTheDeadlineIsTheSend(t *testing.T) {
	t.Parallel()
	s := sender(t, `fetch("/verify", {method: "POST", body: "code"})`)
	tab := visit(t, shared(t, shell), s, "/")
	typeInto(tab)
	admitted, permit, n := admit(t, tab), newClerk(t).permit(), button(t, tab, "go")
	ctx := expiring{context.Background(), make(chan struct{})}
	sent := make(chan error, 1)
	go func() {
		held, err := tab.Send(ctx, admitted, permit, n)
		if err == nil && held.Request().Path != "/verify" {
			err = errors.New("it is another: " + held.Request().Path)
		}
		sent <- err
	}()
	awaitChange(t, tab, func() bool { tab.mu.Lock(); defer tab.mu.Unlock(); return len(tab.hold.held) > 0 })
	close(ctx.over)
	if err := <-sent; err != nil {
		t.Error(err)
	}
}

func TestAClickThatCausesNothingIsToldAndMayBeRepeated(t *testing.T) {
	t.Parallel()
	s := sender(t, `if (window.ready) fetch("/post", {method: "POST", body: mail})`)
	tab := visit(t, shared(t, shell), s, "/")
	k := newClerk(t)
	permit := k.permit()
	pressInVain(t, tab, s, permit)
	asPage(t, tab, `void (window.ready = true)`)
	held, err := tab.Send(within(t), admit(t, tab), permit, button(t, tab, "go"))
	if err != nil {
		t.Fatal(err)
	}
	if err := tab.Release(within(t), held, k.departure(permit, held.Request())); err != nil {
		t.Fatal(err)
	}
	s.arrives("POST /post " + planted)
}

func TestWhatIsHeldFailsWhenItEnds(t *testing.T) {
	t.Parallel()
	b := shared(t, shell)
	witness := visit(t, b, newSite(t, map[string]string{"/": "<title>Witness</title>"}), "/")
	for name, end := range map[string]func(*Tab, *Held) error{
		"dropped":    func(tab *Tab, h *Held) error { tab.Drop(h); return nil },
		"tab closed": func(tab *Tab, _ *Held) error { return tab.Close(context.Background()) },
		"context":    func(tab *Tab, _ *Held) error { return tab.context.Close(context.Background()) },
		"page closed": func(tab *Tab, _ *Held) error {
			_, err := tab.session.Call(t.Context(), string(tab.session.id), "Page.close", struct{}{})
			return err
		},
	} {
		for _, way := range []string{"keepalive fetch", "form post"} {
			if way == "form post" && name != "dropped" && name != "tab closed" {
				continue
			}
			t.Run(name+"/"+way, func(t *testing.T) {
				t.Parallel()
				i := slices.IndexFunc(ways, func(w struct{ name, script, arrives string }) bool { return w.name == way })
				s := sender(t, ways[i].script)
				tab := visit(t, b, s, "/")
				typeInto(tab)
				held, err := tab.Send(within(t), admit(t, tab), newClerk(t).permit(), button(t, tab, "go"))
				if err != nil {
					t.Fatal(err)
				}
				s.arrives("GET /marker")
				if err := end(tab, held); err != nil {
					t.Fatal(err)
				}
				asPage(t, witness, `void fetch("`+s.URL+`/marker", {mode: "no-cors"})`)
				s.onlyMarker()
			})
		}
	}
}

func TestNothingIsSentOrTypedWhileAPersonHasThePage(t *testing.T) {
	t.Parallel()
	s := sender(t, `fetch("/post", {method: "POST", body: mail})`)
	tab := visit(t, shared(t, shell), s, "/")
	typeInto(tab)
	node, admitted, permit := button(t, tab, "go"), admit(t, tab), newClerk(t).permit()
	lease := gate.Offer()
	tab.Lend(lease)
	if _, err := tab.Send(within(t), admitted, permit, node); !errors.Is(err, ErrLent) {
		t.Errorf("sending: %v", err)
	}
	if _, err := tab.Navigate(within(t), s.URL+"/other"); !errors.Is(err, ErrLent) {
		t.Errorf("navigating: %v", err)
	}
	if err := tab.mayAct(); !errors.Is(err, ErrLent) {
		t.Errorf("acting: %v", err)
	}
	if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
		t.Fatal(err)
	}
	if err := tab.mayAct(); err != nil {
		t.Errorf("after the lease: %v", err)
	}
}

func TestWhatAPersonSendsIsHeldToo(t *testing.T) {
	t.Parallel()
	s := sender(t, `fetch("/post", {method: "POST", body: mail})`)
	tab := visit(t, shared(t, shell), s, "/")
	typeInto(tab)
	lease := gate.Offer()
	tab.Lend(lease)
	k := newClerk(t)
	asPage(t, tab, `void go.click()`) // the person's hand
	awaitChange(t, tab, tab.Caught)
	s.onlyMarker()
	permit := k.permit()
	held, err := tab.Catch(permit)
	if err != nil {
		t.Fatal(err)
	}
	if err := tab.Release(within(t), held, k.departure(permit, held.Request())); err != nil {
		t.Fatal(err)
	}
	if x, err := tab.Answer(within(t), held); err != nil || x.Status != 200 {
		t.Errorf("answer %+v, %v", x, err)
	}
	asPage(t, tab, `void go.click()`)
	awaitChange(t, tab, func() bool { return len(tab.Refused()) == 1 })
	if got := s.sent(); len(got) != 1 {
		t.Errorf("received %q, want one", got)
	}
}

func TestASendsAddressIsRefusedBeforeItsPermit(t *testing.T) {
	t.Parallel()
	s := sender(t, ``)
	g := Guard{Type: []string{s.URL}, Masker: carrier(planted), Sends: []profile.Send{{Name: "submit", Addresses: []string{s.URL + "/post"}}}}
	tab := openTab(t, shared(t, shell), g)
	if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
		t.Fatal(err)
	}
	asPage(t, tab, `fetch("/post", {method: "POST", body: "early"}).catch(() => 0)`)
	typeInto(tab)
	asPage(t, tab, `fetch("/post/again", {method: "POST", body: "early"}).catch(() => 0)`)
	asPage(t, tab, `fetch("/step", {method: "POST", body: mail}).catch(() => 0)`)
	if got := s.sent(); !slices.Equal(got, []string{"POST /step " + planted}) {
		t.Errorf("received %q, want the earlier step alone", got)
	}
	if p := tab.Partials(); len(p) != 1 || p[0].Path != "/step" {
		t.Errorf("partials are %+v", p)
	}
	for _, r := range tab.Refused() {
		if r.Why != Unpermitted {
			t.Errorf("refused as %+v", r)
		}
	}
}

func TestTheSendsAnswerIsKept(t *testing.T) {
	t.Parallel()
	s := sender(t, `fetch("/post", {method: "POST", body: mail}).then(() => location = "/other")`)
	long := strings.Repeat("é", maxBody)
	s.handle("/post", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte(long))
	})
	tab := visit(t, shared(t, shell), s, "/")
	_, x := sendAll(t, tab)
	if x.Status != http.StatusTeapot || len(x.Body) != maxBody || x.Finished.Before(x.Started) {
		t.Errorf("status %d, %d bytes, from %s to %s", x.Status, len(x.Body), x.Started, x.Finished)
	}
}

func TestABrokenConnectionAfterTheReleaseIsSaid(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"fetch", "form post"} {
		t.Run(way, func(t *testing.T) {
			i := slices.IndexFunc(ways, func(w struct{ name, script, arrives string }) bool { return w.name == way })
			s := sender(t, ways[i].script)
			s.handle("/post", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
			tab := visit(t, shared(t, shell), s, "/")
			_, x := sendAll(t, tab)
			if !strings.HasPrefix(x.Err, "net::ERR_") || x.Status != 0 {
				t.Errorf("answer is %+v", x)
			}
		})
	}
}

func (s *site) handle(path string, do http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.funcs[path] = do
}
