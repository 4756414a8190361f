package chrome

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// process is a Chrome that we started, with all of its children.
type process struct {
	cmd   *exec.Cmd
	said  *tail         // what it wrote to standard output and error
	ended chan struct{} // closed when it has ended and was reaped
	bind  func() error  // releases what ties it to us (a job object)
	once  sync.Once     // a group that was killed may have lent its number to another
}

// keptOutput is how much is kept of what a browser writes, in bytes.
const keptOutput = 64 << 10

// ends are our ends of the pipe to a process, and theirs, which are closed
// once it has started.
type ends struct {
	out, in *os.File
	theirs  []*os.File
	args    []string // what tells Chrome which handles to use
}

func (e ends) closeTheirs() {
	for _, f := range e.theirs {
		_ = f.Close()
	}
}

// launch starts a program with the pipe. The starting goroutine keeps its
// thread until the process has ended: on Linux the death signal is sent when
// the *thread* that started it dies, not the program (prctl(2)).
func launch(bin string, args []string) (*process, *pipe, error) {
	e, err := openEnds()
	if err != nil {
		return nil, nil, err
	}
	p := &process{said: &tail{limit: keptOutput}, ended: make(chan struct{})}
	p.cmd = exec.Command(bin, append(args, e.args...)...) //nolint:gosec,noctx // the person names the program; it outlives the start, and Close ends it
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	p.cmd.WaitDelay = time.Second // children may keep standard error open
	tie(p.cmd, e)
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		defer close(p.ended)
		err := p.cmd.Start()
		if err == nil {
			p.bind, err = afterStart(p.cmd)
		}
		started <- err
		if p.cmd.Process != nil {
			_ = p.cmd.Wait()
		}
	}()
	err = <-started
	e.closeTheirs()
	if err != nil {
		if p.cmd.Process != nil {
			p.kill()
		}
		return nil, nil, errors.Join(err, e.out.Close(), e.in.Close())
	}
	return p, newPipe(e.out, e.in), nil
}

// kill ends the whole group at once and waits until it is reaped.
func (p *process) kill() {
	p.once.Do(func() {
		killGroup(p.cmd.Process)
		<-p.ended
		if p.bind != nil {
			_ = p.bind()
		}
	})
}

// tail keeps the last bytes written to it. Safe for concurrent use.
type tail struct {
	mu    sync.Mutex
	limit int
	kept  []byte
}

// Write keeps the end of what was written.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if extra := len(t.kept) - t.limit; extra > 0 {
		t.kept = append(t.kept[:0], t.kept[extra:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.kept))
}
