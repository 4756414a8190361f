package supervise

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// line is a live view as the wire has it, with no page behind it.
type line struct {
	t    testing.TB
	ctx  context.Context
	conn *websocket.Conn

	pictures int    // that until has read past
	last     string // of these
}

func dial(t testing.TB, c *caller, id string) *line {
	t.Helper()
	ctx := deadline(t)
	conn, _, err := websocket.Dial(ctx, "http://"+c.p.door.host+"/"+c.p.door.room+"/gate/"+id+"/live",
		&websocket.DialOptions{HTTPClient: c.http, HTTPHeader: http.Header{"Origin": {"http://" + c.p.door.host}, "Cookie": {c.cookie}}})
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &line{t: t, ctx: ctx, conn: conn}
}

func (l *line) send(text string) {
	l.t.Helper()
	if err := l.conn.Write(l.ctx, websocket.MessageText, []byte(text)); err != nil {
		l.t.Fatal(err)
	}
}

// frame is the next picture.
func (l *line) frame() string {
	l.t.Helper()
	for {
		kind, b, err := l.conn.Read(l.ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		if kind == websocket.MessageBinary {
			return string(b)
		}
	}
}

// until reads on to what the view is told and waits for.
func (l *line) until(so func(told) bool) {
	l.t.Helper()
	for {
		kind, b, err := l.conn.Read(l.ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		if kind == websocket.MessageBinary {
			l.pictures++
			l.last = string(b)
		}
		var now told
		if kind == websocket.MessageText && json.Unmarshal(b, &now) == nil && so(now) {
			return
		}
	}
}

// closed reads on to the end and tells how the page ended the view.
func (l *line) closed() websocket.StatusCode {
	for {
		if _, _, err := l.conn.Read(l.ctx); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

func TestASlowWatcherMissesFramesNeverTheNewest(t *testing.T) {
	p, _ := open(t, words.English)
	s, _ := watched(t, p, gate.Login)
	l := dial(t, in(t, p), only(t, p))
	<-s.watched
	// It draws nothing while these come: only two can be on their way.
	for n := range 5001 {
		s.show(gate.View{Frame: fmt.Appendf(nil, "frame %d", n), Width: 10, Height: 10})
	}
	s.show(gate.View{Width: 10, Height: 10, Dialog: &gate.Dialog{Kind: "alert"}})
	l.until(func(now told) bool { return now.Dialog != nil && now.Dialog.Open })
	l.send(`{"kind":"seen"}`)
	l.send(`{"kind":"seen"}`)
	for got := 1; l.last != "frame 5000"; got++ {
		if got > 3 {
			t.Fatalf("%d frames were kept for a slow watcher", got)
		}
		l.last = l.frame()
	}
}

// TestNoMoreFramesAreSentThanAreDrawn, however many there are.
func TestNoMoreFramesAreSentThanAreDrawn(t *testing.T) {
	p, _ := open(t, words.English)
	s, _ := watched(t, p, gate.Login)
	l := dial(t, in(t, p), only(t, p))
	<-s.watched
	for n := range 20 {
		width := float64(10 + n)
		s.show(gate.View{Frame: []byte("frame"), Width: width, Height: 10})
		l.until(func(now told) bool { return now.Size != nil && now.Size.Width == width })
	}
	if l.pictures > 2 {
		t.Errorf("%d frames were sent to a watcher that drew none", l.pictures)
	}
}

func TestWhoDoesNotDriveIsRefused(t *testing.T) {
	p, _ := open(t, words.English)
	s, m := watched(t, p, gate.Login)
	c := in(t, p)
	first := dial(t, c, only(t, p))
	first.until(func(now told) bool { return now.Wheel != nil && now.Wheel.Yours })
	second := dial(t, c, only(t, p))
	second.until(func(now told) bool { return now.Wheel != nil && !now.Wheel.Yours && now.Wheel.Others })
	second.send(`{"kind":"down","x":1,"y":1,"button":"left","clicks":1}`)
	second.until(func(now told) bool { return now.Wheel != nil && !now.Wheel.Yours })
	second.send(`{"kind":"dialog","accept":true}`)
	second.until(func(now told) bool { return now.Wheel != nil && !now.Wheel.Yours })
	second.send(`{"kind":"drive"}`)
	second.until(func(now told) bool { return now.Wheel != nil && now.Wheel.Yours })
	first.until(func(now told) bool { return now.Wheel != nil && !now.Wheel.Yours && now.Wheel.Others })
	first.send(`{"kind":"text","text":"late"}`)
	first.until(func(now told) bool { return now.Wheel != nil && !now.Wheel.Yours })
	second.send(`{"kind":"text","text":"mine"}`)
	if in := s.await(t, gate.Text); in.Text != "mine" {
		t.Errorf("%+v", in)
	}
	// Whoever takes the wheel elsewhere, the page has lost it.
	if _, err := m.lease.Drive(); err != nil {
		t.Fatal(err)
	}
	second.send(`{"kind":"text","text":"no longer"}`)
	second.until(func(now told) bool { return now.Wheel != nil && !now.Wheel.Yours })
	if len(s.done) > 0 {
		t.Errorf("%+v", <-s.done)
	}
}

// A quote takes two bytes on the way, so that the longest text is a message of
// twice its length.
func TestTheLongestTextArrives(t *testing.T) {
	p, _ := open(t, words.English)
	s, _ := watched(t, p, gate.Login)
	l := dial(t, in(t, p), only(t, p))
	l.until(func(now told) bool { return now.Wheel != nil && now.Wheel.Yours })
	l.send(`{"kind":"text","text":"` + strings.Repeat(`\"`, textLimit) + `"}`)
	if in := s.await(t, gate.Text); in.Text != strings.Repeat(`"`, textLimit) {
		t.Errorf("%d bytes arrived", len(in.Text))
	}
}

// stuck is a page that stands still under a press of the mouse until its dialog
// is answered.
type stuck struct {
	*screen

	answered chan struct{}
}

// Act implements [gate.Screen].
func (s *stuck) Act(ctx context.Context, d gate.Drive, in gate.Input) error {
	if in.Kind == gate.Reply {
		defer close(s.answered) // noted before what it lets go on
	}
	if in.Kind == gate.Down {
		select {
		case <-s.answered:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return s.screen.Act(ctx, d, in)
}

// slow is a view of such a page, on which something was pressed.
func slow(t *testing.T) (*stuck, *line) {
	t.Helper()
	p, _ := open(t, words.English)
	s := &stuck{newScreen(), make(chan struct{})}
	g := asked(gate.Login)
	l := gate.Offer()
	s.lease, g.Screen = l, s
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	news := p.board.look().news
	go func() { defer close(over); _, _ = p.Meet(ctx, g, l) }()
	t.Cleanup(func() { cancel(); <-over })
	<-news
	w := dial(t, in(t, p), only(t, p))
	w.until(func(now told) bool { return now.Wheel != nil && now.Wheel.Yours })
	w.send(`{"kind":"down","x":1,"y":1,"button":"left","buttons":1,"clicks":1}`)
	return s, w
}

func (s *stuck) does(t *testing.T) gate.Input {
	t.Helper()
	select {
	case in := <-s.done:
		return in
	case <-deadline(t).Done():
		t.Fatal("nothing more was done")
	}
	return gate.Input{}
}

func TestADialogIsAnsweredWhileAPressWaitsForIt(t *testing.T) {
	s, w := slow(t)
	w.send(`{"kind":"dialog","accept":true}`)
	if first, second := s.does(t), s.does(t); first.Kind == second.Kind {
		t.Errorf("%+v %+v", first, second)
	}
}

func TestASlowPageDoesNotFallBehind(t *testing.T) {
	s, w := slow(t)
	for n := range 200 {
		w.send(fmt.Sprintf(`{"kind":"move","x":%d,"y":1,"button":"left","buttons":1}`, n))
	}
	w.send(`{"kind":"move","x":7,"y":7}`)
	for range 5 {
		w.send(`{"kind":"wheel","dx":1,"dy":-2}`)
	}
	w.send(`{"kind":"wheel","dy":1,"modifiers":8}`)
	w.send(`{"kind":"keydown","key":"a"}`)
	w.send(`{"kind":"keydown","key":"a"}`)
	w.send(`{"kind":"dialog","accept":true}`)
	s.does(t) // the reply
	s.does(t) // the press
	for _, want := range []gate.Input{
		{Kind: gate.Move, X: 199, Y: 1, Button: "left", Buttons: 1},
		{Kind: gate.Move, X: 7, Y: 7},
		{Kind: gate.Wheel, DX: 5, DY: -10},
		{Kind: gate.Wheel, DY: 1, Modifiers: 8},
		{Kind: gate.KeyDown, Key: "a"},
		{Kind: gate.KeyDown, Key: "a"},
	} {
		if got := s.does(t); got != want {
			t.Fatalf("%+v, not %+v", got, want)
		}
	}
}

func TestTheViewEndsWithItsGate(t *testing.T) {
	p, _ := open(t, words.English)
	c := in(t, p)
	for name, end := range map[string]func(*met){
		"returned": func(m *met) { _ = m.lease.Return(gate.Answer{Verb: gate.Done, By: "page"}) },
		"given up": func(m *met) { m.end() },
	} {
		s, m := watched(t, p, gate.Login)
		l := dial(t, c, only(t, p))
		<-s.watched
		end(m)
		if got := l.closed(); got != overCode {
			t.Errorf("%s: %v", name, got)
		}
		<-s.left
		<-m.came
	}
	s, _ := watched(t, p, gate.Login)
	// Barely too long: of a longer one a part would be on the line still, and
	// break it before it is said why.
	for _, bad := range []string{`{"kind":"reload"}`, "x", `{"kind":"text","text":"` + strings.Repeat("x", messageLimit) + `"}`} {
		l := dial(t, c, only(t, p))
		<-s.watched
		l.send(bad)
		if got := l.closed(); got != websocket.StatusPolicyViolation && got != websocket.StatusMessageTooBig {
			t.Errorf("%.20s: %v", bad, got)
		}
		<-s.left
	}
	// The line breaks, the page is closed.
	l := dial(t, c, only(t, p))
	<-s.watched
	_ = l.conn.CloseNow()
	<-s.left
	l = dial(t, c, only(t, p))
	<-s.watched
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	<-s.left
	l.closed()
}
