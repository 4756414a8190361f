package supervise

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// dial opens a live view of the one gate that is out.
func dial(t testing.TB, c *caller, header map[string]string) (*websocket.Conn, error) {
	t.Helper()
	h := http.Header{"Cookie": {c.cookie}}
	for k, v := range header {
		h.Set(k, v)
	}
	address := "ws://" + c.page.door.host + "/" + c.page.door.room + "/gate/" + only(t, c.page) + "/live"
	conn, r, err := websocket.Dial(deadline(t), address, &websocket.DialOptions{HTTPHeader: h, HTTPClient: c.client})
	if err != nil {
		if r != nil && r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return conn, nil
}

// hears reads until a message of the view fits.
func hears(t testing.TB, conn *websocket.Conn, fits func(kind websocket.MessageType, b []byte, w told) bool) {
	t.Helper()
	for {
		kind, b, err := conn.Read(deadline(t))
		if err != nil {
			t.Fatal(err)
		}
		var w told
		if kind == websocket.MessageText {
			if err := json.Unmarshal(b, &w); err != nil {
				t.Fatal(err)
			}
		}
		if fits(kind, b, w) {
			return
		}
	}
}

func drives(yours, others bool) func(websocket.MessageType, []byte, told) bool {
	return func(_ websocket.MessageType, _ []byte, w told) bool {
		return w.Wheel != nil && w.Wheel.Yours == yours && w.Wheel.Others == others
	}
}

func pictured(picture string) func(websocket.MessageType, []byte, told) bool {
	return func(kind websocket.MessageType, b []byte, _ told) bool {
		return kind == websocket.MessageBinary && string(b) == picture
	}
}

func says(t testing.TB, conn *websocket.Conn, text string) {
	t.Helper()
	if err := conn.Write(deadline(t), websocket.MessageText, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// TestALiveViewShowsAndActs: what the page shows goes out, what the person does
// goes in, and one person at a time drives.
func TestALiveViewShowsAndActs(t *testing.T) {
	p, log := open(t, words.English)
	c, s := in(t, p), newScreen()
	g := asked(gate.Login)
	g.Screen = s
	m := meet(t, p, g)
	one, err := dial(t, c, c.ours())
	if err != nil {
		t.Fatal(err)
	}
	hears(t, one, drives(true, false))
	if !isClosed(m.lease.Taken()) {
		t.Error("who opens the view has not come")
	}
	says(t, one, `{"kind":"seen"}`)
	s.show(gate.View{Frame: []byte("second"), Width: 800, Height: 500})
	hears(t, one, pictured("second"))
	says(t, one, `{"kind":"keydown","key":"a","code":"KeyA"}`)
	if in := s.await(t, gate.KeyDown); in.Key != "a" {
		t.Errorf("%+v", in)
	}
	says(t, one, `{"kind":"text","text":"hunter2"}`)
	if in := s.await(t, gate.Text); in.Text != "hunter2" {
		t.Errorf("%+v", in)
	}
	s.show(gate.View{Width: 800, Height: 500, Dialog: &gate.Dialog{Kind: "confirm", Message: "Sure?"}})
	hears(t, one, func(_ websocket.MessageType, _ []byte, w told) bool {
		return w.Dialog != nil && w.Dialog.Open && w.Dialog.Message == "Sure?"
	})
	says(t, one, `{"kind":"dialog","accept":true}`)
	if in := s.await(t, gate.Reply); !in.Accept {
		t.Errorf("%+v", in)
	}

	two, err := dial(t, c, c.ours())
	if err != nil {
		t.Fatal(err)
	}
	hears(t, two, drives(false, true))
	says(t, two, `{"kind":"keydown","key":"b","code":"KeyB"}`) // watches only: dropped, and told again
	hears(t, two, drives(false, true))
	says(t, two, `{"kind":"drive"}`)
	hears(t, two, drives(true, false))
	hears(t, one, drives(false, true))
	says(t, one, `{"kind":"keydown","key":"c","code":"KeyC"}`)
	says(t, two, `{"kind":"keydown","key":"d","code":"KeyD"}`)
	if in := s.await(t, gate.KeyDown); in.Key != "d" {
		t.Errorf("who does not drive has acted: %+v", in)
	}

	if err := m.lease.Return(gate.Answer{Verb: gate.Done, By: "page"}); err != nil {
		t.Fatal(err)
	}
	m.answer()
	for _, conn := range []*websocket.Conn{one, two} {
		for err = nil; err == nil; {
			_, _, err = conn.Read(deadline(t))
		}
		if websocket.CloseStatus(err) != overCode {
			t.Errorf("ended with %v", err)
		}
	}
	for range 2 {
		<-s.went
	}
	if strings.Contains(log.String(), "hunter2") {
		t.Error("what was typed is in the log")
	}
}

// TestALiveViewIsForThePageAlone: a browser sends the cookie with any site's
// WebSocket, and the origin keeps it out.
func TestALiveViewIsForThePageAlone(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	g := asked(gate.Login)
	g.Screen = newScreen()
	m := meet(t, p, g)
	for name, header := range map[string]map[string]string{
		"another site":          {"Origin": "https://evil.example"},
		"another site, by name": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
		"no origin":             {},
		"another local port":    {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
	} {
		if _, err := dial(t, c, header); err == nil {
			t.Errorf("%s has a live view", name)
		}
	}
	stranger := call(t, p)
	if _, err := dial(t, stranger, stranger.ours()); err == nil {
		t.Error("a live view without the cookie")
	}
	if isClosed(m.lease.Taken()) {
		t.Error("somebody came who was refused")
	}
}

// TestWhatIsNoMessageEndsTheView and reaches nothing.
func TestWhatIsNoMessageEndsTheView(t *testing.T) {
	p, _ := open(t, words.English)
	c, s := in(t, p), newScreen()
	g := asked(gate.Login)
	g.Screen = s
	meet(t, p, g)
	for _, text := range []string{`{"kind":"eval","text":"1"}`, "{", strings.Repeat("x", messageLimit+1)} {
		conn, err := dial(t, c, c.ours())
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Write(deadline(t), websocket.MessageText, []byte(text))
		for err = nil; err == nil; {
			_, _, err = conn.Read(deadline(t))
		}
		<-s.went
	}
	if n := len(s.done); n > 0 {
		t.Errorf("%d inputs came through", n)
	}
}

// TestASlowViewMissesPicturesAndIsNeverLate: it has as many on their way as it
// drew, and then the newest.
func TestASlowViewMissesPicturesAndIsNeverLate(t *testing.T) {
	p, _ := open(t, words.English)
	c, s := in(t, p), newScreen()
	g := asked(gate.Login)
	g.Screen = s
	meet(t, p, g)
	conn, err := dial(t, c, c.ours())
	if err != nil {
		t.Fatal(err)
	}
	<-s.came
	for n := range ahead {
		picture := strings.Repeat("p", n+1)
		s.show(gate.View{Frame: []byte(picture), Width: 800, Height: 500})
		hears(t, conn, func(kind websocket.MessageType, b []byte, _ told) bool {
			return kind == websocket.MessageBinary && (n > 0 || string(b) == picture || string(b) == "first")
		})
	}
	for _, picture := range []string{"skipped", "skipped too", "newest"} {
		s.show(gate.View{Frame: []byte(picture), Width: 800, Height: 500})
	}
	says(t, conn, `{"kind":"seen"}`)
	says(t, conn, `{"kind":"seen"}`)
	hears(t, conn, func(kind websocket.MessageType, b []byte, _ told) bool {
		if strings.HasPrefix(string(b), "skipped") {
			t.Errorf("%s was sent", b)
		}
		return kind == websocket.MessageBinary && string(b) == "newest"
	})
}

// TestInputsThatWaitAreJoined where nothing is lost by it.
func TestInputsThatWaitAreJoined(t *testing.T) {
	move := gate.Input{Kind: gate.Move, X: 1}
	for name, c := range map[string]struct {
		a, b, want gate.Input
		ok         bool
	}{
		"moves":                 {move, gate.Input{Kind: gate.Move, X: 2}, gate.Input{Kind: gate.Move, X: 2}, true},
		"wheels":                {gate.Input{Kind: gate.Wheel, DY: 1}, gate.Input{Kind: gate.Wheel, DY: 2}, gate.Input{Kind: gate.Wheel, DY: 3}, true},
		"a press":               {gate.Input{Kind: gate.Down}, gate.Input{Kind: gate.Down}, gate.Input{}, false},
		"keys":                  {gate.Input{Kind: gate.KeyDown, Key: "a"}, gate.Input{Kind: gate.KeyDown, Key: "a"}, gate.Input{}, false},
		"a move and a wheel":    {move, gate.Input{Kind: gate.Wheel}, gate.Input{}, false},
		"a drag that ends":      {move, gate.Input{Kind: gate.Move, Buttons: 1}, gate.Input{}, false},
		"with another modifier": {move, gate.Input{Kind: gate.Move, Modifiers: 8}, gate.Input{}, false},
	} {
		if got, ok := join(c.a, c.b); got != c.want || ok != c.ok {
			t.Errorf("%s: %+v %v", name, got, ok)
		}
	}
}

var _ gate.Screen = (*screen)(nil)

// TestTheEventsTellTheWholeState whenever it changes.
func TestTheEventsTellTheWholeState(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.door.host+"/"+p.door.room+"/events", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", c.cookie)
	got, err := c.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	d := newEvents(got.Body)
	read := func(fits func(state) bool) {
		t.Helper()
		for {
			s, err := d.next()
			if err != nil {
				t.Fatal(err)
			}
			if fits(s) {
				return
			}
		}
	}
	read(func(s state) bool { return len(s.Rows) == 0 && s.Over == "" })
	p.Show(Account{ID: "marie", Service: "Facebook", State: "ready"})
	read(func(s state) bool { return len(s.Rows) == 1 && strings.Contains(s.Rows[0].HTML, "marie") })
	m := meet(t, p, asked(gate.Review))
	read(func(s state) bool { return len(s.Gates) == 1 && strings.HasPrefix(s.Title, "(1)") })
	if err := m.lease.Take(); err != nil {
		t.Fatal(err)
	}
	read(func(s state) bool {
		return len(s.Gates) == 1 && strings.Contains(s.Gates[0].Status, "Someone has begun")
	})
	p.Over(words.Verbatim("1 sent"))
	read(func(s state) bool { return strings.Contains(s.Over, "1 sent") })
}
