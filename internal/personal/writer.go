package personal

import (
	"bytes"
	"io"
	"sync"
)

// lineAtMost is the length from which a line is written before it ends. A
// value across such a cut is found because the cut is made at a space.
const lineAtMost = 1 << 20

// LineWriter masks whole lines on their way to another writer, so that a value
// split over two writes is found. It is safe for concurrent use; its errors
// are those of the writer below.
type LineWriter struct {
	masker *Masker
	mu     sync.Mutex // guards everything below
	to     io.Writer
	part   []byte // the line begun
}

// Writer gives a writer that masks every line before w sees it. It is a
// [LineWriter]: who may end in the middle of a line closes it.
func (m *Masker) Writer(w io.Writer) io.Writer { return &LineWriter{masker: m, to: w} }

// Write takes all of b. What follows its last line end waits for its own.
func (w *LineWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	end := bytes.LastIndexByte(b, '\n') + 1
	whole := b[:end]
	if len(w.part) > 0 && end > 0 {
		whole = append(w.part, whole...)
		w.part = nil
	}
	if err := w.pass(whole); err != nil {
		return 0, err
	}
	w.part = append(w.part, b[end:]...)
	if len(w.part) > lineAtMost {
		return len(b), w.cut()
	}
	return len(b), nil
}

// cut writes the begun line up to its last space, or all of it.
func (w *LineWriter) cut() error {
	end := bytes.LastIndexByte(w.part, ' ') + 1
	if end == 0 {
		end = len(w.part)
	}
	rest := bytes.Clone(w.part[end:])
	err := w.pass(w.part[:end])
	w.part = rest
	return err
}

func (w *LineWriter) pass(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := w.to.Write(w.masker.MaskBytes(b))
	return err
}

// Flush writes a line that was begun and not ended.
func (w *LineWriter) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	part := w.part
	w.part = nil
	return w.pass(part)
}

// Close flushes. The writer below stays open: it is its opener's.
func (w *LineWriter) Close() error { return w.Flush() }
