package chrome

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"github.com/go-rod/rod/lib/cdp"
)

// errGarbled says that what came through the pipe is no DevTools message.
var errGarbled = errors.New("not a DevTools message")

// pipe speaks --remote-debugging-pipe: JSON messages, each ended by a NUL, one
// file each way. It is a cdp.WebSocketable. No port is opened, and Chrome ends
// when the pipe closes.
//
// Sending never waits for Chrome to read: a stopped Chrome would block every
// caller beyond its deadline otherwise.
type pipe struct {
	out  *os.File
	in   *os.File
	read *bufio.Reader

	mu     sync.Mutex
	queue  [][]byte
	more   *sync.Cond
	closed error
	done   chan struct{} // the writer has ended
}

func newPipe(out, in *os.File) *pipe {
	p := &pipe{out: out, in: in, read: bufio.NewReaderSize(in, 1<<16), done: make(chan struct{})}
	p.more = sync.NewCond(&p.mu)
	go p.write()
	return p
}

// Send queues one message, in the order of the calls.
func (p *pipe) Send(message []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed != nil {
		return p.closed
	}
	p.queue = append(p.queue, append(slices.Clip(message), 0))
	p.more.Signal()
	return nil
}

func (p *pipe) write() {
	defer close(p.done)
	for {
		batch := p.next()
		if batch == nil {
			return
		}
		for _, message := range batch {
			if _, err := p.out.Write(message); err != nil {
				p.fail(err)
				return
			}
		}
	}
}

func (p *pipe) next() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.queue) == 0 && p.closed == nil {
		p.more.Wait()
	}
	batch := p.queue
	p.queue = nil
	if p.closed != nil {
		return nil
	}
	return batch
}

func (p *pipe) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed == nil {
		p.closed = err
	}
	p.more.Signal()
}

// Read gives the next message. What does not decode ends the connection here:
// the protocol library would panic on it in a goroutine of its own.
func (p *pipe) Read() ([]byte, error) {
	message, err := p.read.ReadBytes(0)
	if err != nil {
		p.fail(fmt.Errorf("reading from the browser: %w", err))
		return nil, err
	}
	message = message[:len(message)-1]
	if err := wellFormed(message); err != nil {
		p.fail(err)
		return nil, err
	}
	return message, nil
}

// wellFormed reports whether the protocol library can decode a message.
func wellFormed(message []byte) error {
	var m struct {
		cdp.Response
		SessionID string          `json:"sessionId"`
		Method    string          `json:"method"`
		Params    json.RawMessage `json:"params"`
	}
	if err := json.Unmarshal(message, &m); err != nil {
		return fmt.Errorf("reading from the browser: %w", errGarbled)
	}
	return nil
}

// Close closes both ends and waits for the writer.
func (p *pipe) Close() error {
	p.fail(io.ErrClosedPipe)
	err := errors.Join(p.out.Close(), p.in.Close())
	<-p.done
	return err
}
