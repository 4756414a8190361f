package chrome

import (
	"context"
	"errors"
	"slices"
	"testing"

	"opposer/internal/journal"
	"opposer/internal/profile"
)

// pressInVain presses a sender's button, which sends nothing at once, and gives
// it up when the page has heard the press.
func pressInVain(t *testing.T, tab *Tab, s *site, p journal.Permit) {
	t.Helper()
	typeInto(tab)
	ctx, cancel := context.WithCancel(within(t))
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		defer cancel()
		s.arrives("GET /marker")
	}()
	if _, err := tab.Send(ctx, admit(t, tab), p, button(t, tab, "go")); !errors.Is(err, ErrNothingHeld) {
		t.Errorf("a click without effect: %v", err)
	}
	<-heard
}

// refusals waits until so many requests were refused, and gives their reasons.
func refusals(t *testing.T, tab *Tab, n int) []Why {
	t.Helper()
	awaitChange(t, tab, func() bool { return len(tab.Refused()) >= n })
	var why []Why
	for _, r := range tab.Refused() {
		why = append(why, r.Why)
	}
	return why
}

// A page may send long after the press, when the attempt has given it up: the
// journal does not know of it, so it must not leave.
func TestALateSendNeverLeavesByItself(t *testing.T) {
	t.Parallel()
	for _, way := range ways {
		switch way.name { // one way of each kind: the rule is the same
		case "form post", "form in a pop-up", "fetch", "fetch of a blob", "sendBeacon", "image":
		default:
			continue
		}
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			s := sender(t, `window.late = () => { `+way.script+`}`)
			tab := visit(t, shared(t, shell), s, "/")
			pressInVain(t, tab, s, newClerk(t).permit())
			asPage(t, tab, `void setTimeout(() => { late(); fetch("/marker") })`)
			if why := refusals(t, tab, 1); why[0] != Unpermitted {
				t.Errorf("refused as %q", why)
			}
			if got := s.sent(); len(got) > 0 {
				t.Errorf("left although nobody knew: %q", got)
			}
		})
	}
}

func TestALateSendLeavesWithTheNextPermit(t *testing.T) {
	t.Parallel()
	s := sender(t, `if (window.ready) fetch("/post", {method: "POST", body: mail})`)
	tab := visit(t, shared(t, shell), s, "/")
	pressInVain(t, tab, s, newClerk(t).permit())
	asPage(t, tab, `window.ready = true, fetch("/check", {method: "POST", body: mail}).catch(() => 0)`)
	sendAll(t, tab)
	if got := s.sent(); !slices.Equal(got, []string{"POST /post " + planted}) {
		t.Errorf("received %q", got)
	}
}

func TestAnotherPageAfterAPressInVainMayPostItsEarlierSteps(t *testing.T) {
	t.Parallel()
	s := sender(t, ``)
	tab := visit(t, shared(t, shell), s, "/")
	pressInVain(t, tab, s, newClerk(t).permit())
	if _, err := tab.Navigate(within(t), s.URL+"/?again"); err != nil {
		t.Fatal(err)
	}
	asPage(t, tab, `fetch("/step", {method: "POST", body: "`+planted+`"}).catch(() => 0)`)
	if got := s.sent(); !slices.Equal(got, []string{"POST /step " + planted}) {
		t.Errorf("received %q", got)
	}
}

// A script that tries again when its request failed.
func TestWhatWasDroppedIsNotSentByARetry(t *testing.T) {
	t.Parallel()
	s := sender(t, `let n = 0; const post = () => fetch("/post", {method: "POST", body: mail}).catch(() => n++ < 3 && post()); post()`)
	tab := visit(t, shared(t, shell), s, "/")
	typeInto(tab)
	held, err := tab.Send(within(t), admit(t, tab), newClerk(t).permit(), button(t, tab, "go"))
	if err != nil {
		t.Fatal(err)
	}
	tab.Drop(held)
	if why := refusals(t, tab, 4); !slices.Equal(why, []Why{Withdrawn, Unpermitted, Unpermitted, Unpermitted}) {
		t.Errorf("refused as %q", why)
	}
	s.onlyMarker()
}

// Telemetry was taken for the send, since nothing better came; then the real
// one does, before the telemetry is let go.
func TestTheRealSendIsNotTakenForARepeat(t *testing.T) {
	t.Parallel()
	s := sender(t, `fetch("/telemetry", {method: "POST", body: "x"})`)
	tab := visit(t, shared(t, shell), s, "/")
	typeInto(tab)
	k := newClerk(t)
	permit := k.permit()
	held, err := tab.Send(within(t), admit(t, tab), permit, button(t, tab, "go"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		asPage(t, tab, `void fetch("/post", {method: "POST", body: mail}).catch(() => 0)`)
	}
	awaitChange(t, tab, func() bool { tab.mu.Lock(); defer tab.mu.Unlock(); return len(tab.hold.held) == 3 })
	if err := tab.Release(within(t), held, k.departure(permit, held.Request())); err != nil {
		t.Fatal(err)
	}
	s.arrive("POST /telemetry x", "POST /post "+planted)
	if why := refusals(t, tab, 1); !slices.Equal(why, []Why{Repeated}) {
		t.Errorf("refused as %q", why)
	}
	if got := s.sent(); len(got) != 2 {
		t.Errorf("received %q", got)
	}
}

func TestWhatCarriesValuesBesideTheSendIsFailed(t *testing.T) {
	t.Parallel()
	s := sender(t, `navigator.sendBeacon("/telemetry", "clicked " + mail); fetch("/post", {method: "POST", body: mail})`)
	tab := openTab(t, shared(t, shell), Guard{
		Type: []string{s.URL}, Masker: carrier(planted),
		Sends: []profile.Send{{Name: "submit", Addresses: []string{s.URL + "/post"}}},
	})
	if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
		t.Fatal(err)
	}
	sendAll(t, tab)
	s.onlyOne(t)
}

// A press whose button is replaced under it is repeated, unless it has done
// what it was for.
func TestAPressThatSentIsNotRepeated(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": `<!doctype html><div id=at><button id=go>Send</button></div><script>
		window.presses = 0;
		addEventListener("mousedown", () => { presses++; at.innerHTML = "<button id=go>Send</button>" })</script>`})
	tab := visit(t, shared(t, shell), s, "/")
	typeInto(tab)
	n := button(t, tab, "go")
	tab.beginSending(s.URL)
	asPage(t, tab, `void fetch("/post", {method: "POST", body: "`+planted+`"}).catch(() => 0)`)
	awaitChange(t, tab, tab.caused)
	if err := tab.pressUntil(within(t), n, tab.caused); err != nil {
		t.Fatal(err)
	}
	if n := asPage(t, tab, `presses`).Int(); n != 1 {
		t.Errorf("pressed %d times", n)
	}
}
