package supervise

import (
	"slices"
	"sync"
	"time"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// board is what there is to see on the page. Safe for concurrent use.
type board struct {
	mu       sync.Mutex
	rows     []Account
	meetings []*meeting
	over     bool
	result   words.Text
	changed  chan struct{} // closed and replaced with every change
}

// meeting is one gate that is open on the page.
type meeting struct {
	id    string
	gate  gate.Gate
	lease *gate.Lease
	gone  chan struct{} // closed when it is no longer on the page

	mu       sync.Mutex
	watchers []*watcher
	driver   *watcher // whose drive was the last one; nil: nobody's, or they left
}

func newBoard() *board { return &board{changed: make(chan struct{})} }

// tell says that something a lease holds has changed.
func (b *board) tell() { b.change(func() {}) }

func (b *board) change(how func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	how()
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *board) show(a Account) {
	b.change(func() {
		at := slices.IndexFunc(b.rows, func(r Account) bool { return r.ID == a.ID })
		if at < 0 {
			b.rows = append(b.rows, a)
			return
		}
		b.rows[at] = a
	})
}

func (b *board) end(text words.Text) {
	b.change(func() { b.over, b.result = true, text })
}

func (b *board) open(g gate.Gate, l *gate.Lease) *meeting {
	m := &meeting{id: secret(), gate: g, lease: l, gone: make(chan struct{})}
	b.change(func() { b.meetings = append(b.meetings, m) })
	return m
}

func (b *board) settle(m *meeting) {
	b.change(func() {
		b.meetings = slices.DeleteFunc(b.meetings, func(o *meeting) bool { return o == m })
	})
	close(m.gone)
}

// find gives the open meeting with that id, or nil.
func (b *board) find(id string) *meeting {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.meetings {
		if m.id == id {
			return m
		}
	}
	return nil
}

// seen is the board at one moment; news is closed when it is no longer so.
type seen struct {
	rows     []Account
	meetings []*meeting
	over     bool
	result   words.Text
	news     <-chan struct{}
}

func (b *board) look() seen {
	b.mu.Lock()
	defer b.mu.Unlock()
	return seen{slices.Clone(b.rows), slices.Clone(b.meetings), b.over, b.result, b.changed}
}

// since is when the gate was opened.
func (m *meeting) since(now time.Time) time.Time {
	if m.gate.Opened.IsZero() {
		return now
	}
	return m.gate.Opened
}
