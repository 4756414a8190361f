package supervise

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"opposer/internal/gate"
)

// overCode closes a live view whose gate is settled; live.js knows it.
const overCode websocket.StatusCode = 4000

// ahead is how many pictures may be on their way to a view that has not drawn
// them: one is drawn while the next travels.
const ahead = 2

// watcher is one view of a gate's live page. Safe for concurrent use.
type watcher struct {
	conn  *websocket.Conn
	drive gate.Drive    // under the meeting's mutex
	news  chan struct{} // who drives may have changed

	mu     sync.Mutex
	asked  int // native dialogs so far
	newest gate.View

	frames chan struct{} // newest has changed
	credit chan struct{} // pictures that may be sent
}

// live shows a gate's page over a WebSocket (RFC 6455) and does there what the
// person does in its picture.
func (p *Page) live(w http.ResponseWriter, r *http.Request) {
	m := p.board.find(r.PathValue("id"))
	// A browser sends the cookie with any site's WebSocket: the origin is what
	// keeps them out.
	if m == nil || m.gate.Screen == nil || !samePage(r) {
		p.refuse(w, http.StatusForbidden)
		return
	}
	p.watching.Add(1)
	defer p.watching.Done()
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(messageLimit)
	v := &watcher{
		conn: conn, news: make(chan struct{}, 1), frames: make(chan struct{}, 1), credit: make(chan struct{}, ahead),
	}
	for range ahead {
		v.credit <- struct{}{}
	}
	m.come(v)
	defer m.leave(v)
	if p.watch(r.Context(), m, v) {
		_ = conn.Close(overCode, "over")
	}
}

// watch runs one view until it ends and reports whether that is because the
// gate is settled.
func (p *Page) watch(ctx context.Context, m *meeting, v *watcher) bool {
	ctx, cancel := context.WithCancel(ctx)
	var parts sync.WaitGroup
	part := func(do func() error) {
		parts.Go(func() {
			defer cancel()
			if err := do(); err != nil && ctx.Err() == nil {
				p.log.Debug().Str("account", m.gate.Account).Err(quieter(err)).Msg("live view ended")
			}
		})
	}
	inputs := make(chan gate.Input, 256)
	part(func() error { return m.gate.Screen.Watch(ctx, v.show) })
	part(func() error { return v.send(ctx, m) })
	part(func() error { return v.act(ctx, m, inputs) })
	reading := make(chan struct{})
	go func() {
		defer close(reading)
		defer cancel()
		_ = v.read(ctx, m, inputs)
	}()
	over := false
	select {
	case <-m.lease.Returned():
		over = true
	case <-m.gone:
		over = true
	case <-ctx.Done():
	}
	cancel()
	parts.Wait()
	m.leave(v) // before it is known to be closed: who opens it again drives at once
	if over {
		_ = v.conn.Close(overCode, "over")
	}
	_ = v.conn.CloseNow() // which ends the reading
	<-reading
	return over
}

// quieter tells why a view ended without what a page or a browser says of
// itself, which may hold an address or what was typed.
func quieter(err error) error {
	if errors.Is(err, gate.ErrNotDriving) {
		return gate.ErrNotDriving
	}
	if status := websocket.CloseStatus(err); status != -1 {
		return errors.New(status.String())
	}
	return errors.New("the page or the line is gone")
}

// come takes a view in. The first one drives at once, who comes later watches
// until they take over.
func (m *meeting) come(v *watcher) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watchers = append(m.watchers, v)
	if m.driver == nil {
		m.steerLocked(v)
	}
	v.hear()
}

func (m *meeting) steer(v *watcher) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.steerLocked(v)
}

func (m *meeting) steerLocked(v *watcher) {
	d, err := m.lease.Drive()
	if err != nil {
		return // over: the view ends by itself
	}
	v.drive, m.driver = d, v
	for _, w := range m.watchers {
		w.hear()
	}
}

func (m *meeting) leave(v *watcher) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watchers = slices.DeleteFunc(m.watchers, func(w *watcher) bool { return w == v })
	if m.driver == v {
		m.driver = nil
	}
	for _, w := range m.watchers {
		w.hear()
	}
}

// permission is a view's drive, and what to tell it of who has the page.
func (m *meeting) permission(v *watcher) (gate.Drive, wheel) {
	m.mu.Lock()
	defer m.mu.Unlock()
	yours := v.drive.Current(m.lease)
	return v.drive, wheel{Yours: yours, Others: !yours && m.driver != nil}
}

func (v *watcher) hear() { drop(v.news) }

// drop puts a token where there is room for one; where there is none, one lies
// there already.
func drop(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// show takes what the page looks like now. Only the newest picture is kept: a
// view that is slow misses some and is never late.
func (v *watcher) show(now gate.View) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if now.Frame == nil {
		now.Frame = v.newest.Frame
	}
	// A page that asks twice the same opens two dialogs: their number tells
	// them apart.
	if now.Dialog != nil && now.Dialog != v.newest.Dialog {
		v.asked++
	}
	v.newest = now
	drop(v.frames)
}

// take gives the picture that was not sent yet, or nil.
func (v *watcher) take() []byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	frame := v.newest.Frame
	v.newest.Frame = nil
	return frame
}

// send tells a view what it has to know and sends it the pictures it can draw.
func (v *watcher) send(ctx context.Context, m *meeting) error {
	var last told
	var credit <-chan struct{} // nil as long as there is no picture to spend it on
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-v.news:
			_, at := m.permission(v)
			err = v.tell(ctx, told{Wheel: &at})
		case <-v.frames:
			credit = v.credit
			err = v.changes(ctx, &last)
		case <-credit:
			credit = nil
			if frame := v.take(); frame != nil {
				err = v.write(ctx, websocket.MessageBinary, frame)
			} else {
				drop(v.credit)
			}
		}
		if err != nil {
			return err
		}
	}
}

// changes tells what differs from what the view was told last.
func (v *watcher) changes(ctx context.Context, last *told) error {
	v.mu.Lock()
	now, asked := v.newest, v.asked
	v.mu.Unlock()
	var t told
	if s := (size{now.Width, now.Height}); s.Width > 0 && (last.Size == nil || *last.Size != s) {
		t.Size, last.Size = &s, &s
	}
	d := dialog{Number: asked}
	if now.Dialog != nil {
		d = dialog{asked, true, now.Dialog.Kind, now.Dialog.Message, now.Dialog.Default}
	}
	if last.Dialog == nil && d.Open || last.Dialog != nil && *last.Dialog != d {
		t.Dialog, last.Dialog = &d, &d
	}
	if t == (told{}) {
		return nil
	}
	return v.tell(ctx, t)
}

func (v *watcher) tell(ctx context.Context, t told) error {
	b, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return v.write(ctx, websocket.MessageText, b)
}

// write sends a message whole even when ctx ends meanwhile, for a moment: a
// message that is cut off closes the line before it can be said why.
func (v *watcher) write(ctx context.Context, kind websocket.MessageType, b []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	whole, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, cancel) })()
	return v.conn.Write(whole, kind, b)
}

// read takes what a view sends until it is closed. It reads on without ctx,
// whose end would break the line off.
func (v *watcher) read(ctx context.Context, m *meeting, inputs chan<- gate.Input) error {
	for {
		kind, b, err := v.conn.Read(context.WithoutCancel(ctx))
		if err != nil {
			return err
		}
		in, err := decode(b)
		if kind != websocket.MessageText || err != nil {
			_ = v.conn.Close(websocket.StatusPolicyViolation, "")
			return errMessage
		}
		switch in.Kind {
		case drawn:
			drop(v.credit)
		case drive:
			m.steer(v)
		case gate.Reply: // not behind an input that waits for the dialog to be gone
			if err := v.do(ctx, m, in); err != nil {
				return err
			}
		case gate.Move: // the next one says where the pointer is as well
			select {
			case inputs <- in:
			default:
			}
		default:
			select {
			case inputs <- in:
			case <-ctx.Done():
				return nil
			}
		}
	}
}

// act does on the page what the person does, in its order. Of moves that wait,
// only where they end is done, so that a slow page does not lag behind.
func (v *watcher) act(ctx context.Context, m *meeting, inputs <-chan gate.Input) error {
	var held []gate.Input
	for {
		if len(held) == 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case in := <-inputs:
				held = append(held, in)
			}
		}
		in := held[0]
		held = held[1:]
		for more := true; more && len(held) == 0; {
			select {
			case later := <-inputs:
				if both, ok := join(in, later); ok {
					in = both
				} else {
					held = append(held, later)
				}
			default:
				more = false
			}
		}
		if err := v.do(ctx, m, in); err != nil {
			return err
		}
	}
}

// join makes one input of two that follow each other, where nothing is lost by
// it: moves, and turns of the wheel.
func join(a, b gate.Input) (gate.Input, bool) {
	if a.Kind != gate.Move && a.Kind != gate.Wheel {
		return gate.Input{}, false
	}
	if a.Kind != b.Kind || a.Buttons != b.Buttons || a.Modifiers != b.Modifiers {
		return gate.Input{}, false
	}
	if a.Kind == gate.Wheel {
		b.DX, b.DY = a.DX+b.DX, a.DY+b.DY
	}
	return b, true
}

// do does one thing on the page, for a view that drives.
func (v *watcher) do(ctx context.Context, m *meeting, in gate.Input) error {
	d, at := m.permission(v)
	if !at.Yours {
		v.hear()
		return nil
	}
	err := m.gate.Screen.Act(ctx, d, in)
	if errors.Is(err, gate.ErrNotDriving) { // it was taken over in this moment
		v.hear()
		return nil
	}
	return err
}

// told is what a view is told: each part only when it has changed.
type told struct {
	Size   *size   `json:"size,omitempty"`
	Dialog *dialog `json:"dialog,omitempty"`
	Wheel  *wheel  `json:"wheel,omitempty"`
}

// size is that of the page's visible part, in CSS pixels.
type size struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// dialog is a native dialog, or that there is none (any more).
type dialog struct {
	Number  int    `json:"number"`
	Open    bool   `json:"open"`
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Default string `json:"default"`
}

// wheel says who has the page.
type wheel struct {
	Yours  bool `json:"yours"`
	Others bool `json:"others"`
}
