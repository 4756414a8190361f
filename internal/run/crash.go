package run

import "runtime/debug"

// Crash is a panic of an attempt, raised again where the run is.
type Crash struct {
	Value any
	Stack []byte // of the attempt's goroutine
}

// crashed, deferred, keeps the first panic of an attempt and lets nothing more
// begin.
func (w *walk) crashed() {
	v := recover()
	if v == nil {
		return
	}
	w.over()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.crash == nil {
		w.crash = &Crash{Value: v, Stack: debug.Stack()}
	}
}
