package chrome

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/cdp"
	"github.com/go-rod/rod/lib/proto"
	"github.com/go-rod/rod/lib/utils"
	"github.com/rs/zerolog"
)

// Options say which browser is started, and how.
type Options struct {
	Bin       string // path of the program; see [Find]
	Headed    bool   // with a window
	NoSandbox bool   // as root only, and only with a warning to the person

	// DataDir is the data folder; "" is a temporary one of our own, 0700,
	// removed at the end. Folders are never shared by two browsers.
	DataDir string

	// Hosts are name[:port]=address:port rules ("www.facebook.com:443=127.0.0.1:4433").
	// When there is one, every other name does not resolve.
	Hosts []string
	// TrustedKeys are the base64 SHA-256 of the public keys (SPKI) whose
	// certificates are taken although nobody signed them: a rehearsal's.
	TrustedKeys []string
	// Languages are asked of every site, best first (BCP 47).
	Languages []string

	Log zerolog.Logger
	// Wrap stands between us and Chrome in tests: it can fail, delay or count
	// any message of a real browser. Nil wraps nothing.
	Wrap func(rod.CDPClient) rod.CDPClient
}

// startWithin bounds a start whose context has no deadline: a Chrome that has
// not answered by then never will.
const startWithin = 30 * time.Second

// Start starts the browser and puts the hold in place before its first page
// exists. The error is a *[StartError], or ctx's.
func Start(ctx context.Context, o Options) (*Browser, error) {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	if pid, used := inUseBy(o.DataDir); o.DataDir != "" && used {
		return nil, inUse(o, fmt.Errorf("process %d has the data folder", pid))
	}
	data, err := openFolder(o.DataDir)
	switch {
	case errors.Is(err, ErrInUse):
		return nil, inUse(o, err)
	case err != nil:
		return nil, noFolder(o, err)
	}
	o.DataDir = data.path
	proc, wire, err := launch(o.Bin, flags(o))
	if err != nil {
		return nil, errors.Join(notStarted(o, err), data.close())
	}
	b := newBrowser(o, proc, wire, data)
	if err := b.greet(ctx); err != nil {
		said := b.abort(ctx)
		return nil, errors.Join(explained(o, said, err), data.close())
	}
	return b, nil
}

// newBrowser puts the protocol library over the pipe and begins to listen.
func newBrowser(o Options, proc *process, wire *pipe, data folder) *Browser {
	var client rod.CDPClient = cdp.New().Logger(utils.LoggerQuiet).Start(wire)
	if o.Wrap != nil {
		client = o.Wrap(client)
	}
	b := &Browser{
		options: o, log: o.Log, client: client, wire: wire, process: proc, data: data,
		sessions: map[proto.TargetSessionID]*session{}, contexts: map[proto.BrowserBrowserContextID]*Context{},
		holders: map[proto.PageFrameID]*Tab{}, ears: hearing(),
		ended: make(chan struct{}),
	}
	b.root = &session{browser: b, life: newLife()}
	b.sessions[""] = b.root
	go b.listen()
	go b.watch()
	return b
}

// greet waits for Chrome's first answer, then enables the hold on the browser
// (never on a page: pop-ups slip through there) and attaches to every target
// before its first script or request.
func (b *Browser) greet(ctx context.Context) error {
	root := b.root.with(ctx)
	version, err := proto.BrowserGetVersion{}.Call(root)
	if err != nil {
		return err
	}
	b.version = version.Product
	hold := proto.FetchEnable{Patterns: []*proto.FetchRequestPattern{{URLPattern: "*"}}}
	if err := hold.Call(root); err != nil {
		return err
	}
	return attachAll(root)
}

// attachAll has Chrome attach us to every target related to a session, paused
// until we let it run.
func attachAll(s *session) error {
	return proto.TargetSetAutoAttach{AutoAttach: true, WaitForDebuggerOnStart: true, Flatten: true}.Call(s)
}

// abort kills a browser that did not start well and gives what it said.
func (b *Browser) abort(ctx context.Context) outcome {
	o := outcome{deadline: ctx.Err() != nil}
	select {
	case <-b.process.ended:
		o.ended = true
	default:
	}
	if !o.ended && !o.deadline {
		// The pipe closes a moment before the process is reaped.
		select {
		case <-b.process.ended:
			o.ended = true
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
	b.finish()
	o.said, o.code = b.process.said.String(), b.process.cmd.ProcessState.ExitCode()
	return o
}
