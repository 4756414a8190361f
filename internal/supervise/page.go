package supervise

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/words"
)

// ErrClosed says that the page was closed while a gate was open on it.
var ErrClosed = errors.New("supervision page is closed")

// Account is one row of the page, in the person's words and masked.
type Account struct {
	ID      string // from the config
	Service string // its title: "Facebook"
	Email   string // masked
	Phone   string // masked; "" without one
	State   journal.Name
	Says    words.Text // how it stands
	Goes    words.Text // what is done at this moment, or comes next
	Since   time.Time  // zero: nothing is recorded yet
}

// Options are how a page is served.
type Options struct {
	Addr     string // host:port, of this computer alone; "": any free port
	Language words.Language
	Now      func() time.Time // nil: [time.Now]
	Log      zerolog.Logger
}

// Page is a supervision page that is served. It is a [gate.Channel]. Safe for
// concurrent use.
type Page struct {
	lang     words.Language
	now      func() time.Time
	log      zerolog.Logger
	looks    *template.Template
	door     *door
	board    *board
	server   *http.Server
	close    context.CancelFunc // ends what streams
	closed   <-chan struct{}
	serving  sync.WaitGroup
	watching sync.WaitGroup

	mu    sync.Mutex
	files []string // that hold the link
}

// Start serves a page until [Page.Close]; ctx gives values, not its end. An
// address of more than this computer is an [*AddressError].
func Start(ctx context.Context, o Options) (*Page, error) {
	if err := checkAddress(o.Addr); err != nil {
		return nil, err
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	looks, err := parse(o.Language)
	if err != nil {
		return nil, fmt.Errorf("reading the page's templates: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("opening the supervision page: %w", err)
	}
	streams, end := context.WithCancel(context.WithoutCancel(ctx))
	p := &Page{
		lang: o.Language, now: o.Now, log: o.Log, looks: looks,
		door: newDoor(listener.Addr().String()), board: newBoard(),
		close: end, closed: streams.Done(),
	}
	p.server = &http.Server{
		Handler: p.routes(), ErrorLog: quiet(),
		BaseContext:       func(net.Listener) context.Context { return streams },
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 20 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	p.serving.Go(func() {
		if err := p.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			p.log.Error().Err(err).Msg("supervision page ended")
		}
	})
	return p, nil
}

// URL is the link that was given out last. It opens the page once: for whoever
// has it first, and for nobody after them.
func (p *Page) URL() string { return p.door.address() }

// Port is the port that the page is served at.
func (p *Page) Port() string {
	_, port, _ := net.SplitHostPort(p.door.host)
	return port
}

// Show puts an account's row on the page, in the place that it had.
func (p *Page) Show(a Account) { p.board.show(a) }

// Over says on the page that the run has ended, and how.
func (p *Page) Over(text words.Text) { p.board.end(text) }

// Meet shows a gate on the page until its lease is over and gives the answer,
// whoever gave it. It ends early with [ErrClosed] or the error of ctx, and
// leaves the lease out then.
func (p *Page) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	select {
	case <-p.closed:
		return gate.Answer{}, ErrClosed
	default:
	}
	m := p.board.open(g, l)
	defer p.board.settle(m)
	// The clocks of a lease say nothing when they start: they are looked at.
	look := time.NewTicker(time.Second)
	defer look.Stop()
	until, taken := l.Until(), l.Taken()
	for {
		select {
		case <-l.Returned():
			a, _ := l.Answer()
			return a, nil
		case <-ctx.Done():
			return gate.Answer{}, ctx.Err()
		case <-p.closed:
			return gate.Answer{}, ErrClosed
		case <-taken:
			taken = nil
			p.board.tell()
		case <-look.C:
			if now := l.Until(); !now.Equal(until) {
				until = now
				p.board.tell()
			}
		}
	}
}

// RedirectFile writes a new file, for this user alone, that opens the page in a
// browser: a link on a command line would be there for every user of the
// computer to read. The file is removed when the page is closed.
func (p *Page) RedirectFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing the redirect: %w", err)
	}
	p.mu.Lock()
	p.files = append(p.files, path)
	p.mu.Unlock()
	err = p.looks.ExecuteTemplate(f, "redirect.html", map[string]any{"URL": p.URL()})
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing the redirect: %w", err)
	}
	return nil
}

// Close ends the page, its gates with [ErrClosed], its links, its cookies and
// its files, and waits until nothing of it runs.
func (p *Page) Close() error {
	p.close()
	p.door.shut()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := p.server.Shutdown(ctx)
	if err != nil {
		err = p.server.Close()
	}
	p.serving.Wait()
	p.watching.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, path := range p.files {
		if e := os.Remove(path); e != nil && !errors.Is(e, os.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	p.files = nil
	if err != nil {
		return fmt.Errorf("closing the supervision page: %w", err)
	}
	return nil
}
