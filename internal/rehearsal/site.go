package rehearsal

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// ErrUnknownScenario is matched by the [*UnknownScenarioError] of [Start].
var ErrUnknownScenario = errors.New("no such scenario")

// What a person or a test has to know to get through.
const (
	// Password opens every login of the rehearsal, whatever the address.
	Password = "rehearsal"
	// Code is the one-time code that the rehearsal's mails would hold.
	Code = "246810"
	// SecondCode is the one that "code-twice" wants after it.
	SecondCode = "135790"
	// Letters are what the pictures of "text-captcha" and "image-captcha" show.
	Letters = "KM7RP"
	// OtherEmail is what the scenario "prefilled-other" puts into the form.
	OtherEmail = "someone.else@example.net"
)

// Options says what is played.
type Options struct {
	// Scenario is a name of [Scenarios], or several joined with "+"; empty is
	// [Ordinary].
	Scenario string
	// Prefill is the e-mail that "prefilled" puts into the form of somebody who
	// has not logged in (who has, sees the address of the login).
	Prefill string
	// Language forces the language of the pages, as the account's does whatever
	// the browser says: one of en, fr, de, it, es, nl, pt-BR, pl. Empty is what the
	// address, the host or the browser asks for.
	Language string
	// LanguageAt restricts Language to pages whose path begins with it.
	LanguageAt string
	// SlowFor is how long the answer of "slow" takes; 0 waits for [Site.Release].
	SlowFor time.Duration
	// Places has the pages tell where their controls are; see [Site.Place].
	Places bool
	// Log gets one line a request (method, host, path, status): never a query, a
	// body or anything else that may be personal. Nil is silent.
	Log io.Writer
}

// Site is the running copy. Its methods are safe for concurrent use.
type Site struct {
	options Options
	traits  traits
	pages   *pages
	ledger  *ledger
	views   *views
	work    work
	places  *places
	holds   *holds
	key     string
	root    tls.Certificate
	server  *http.Server
	address net.Addr
	logging sync.Mutex // guards options.Log
	served  chan struct{}
	unwatch func() bool
}

// Start serves the scenario on a free port of 127.0.0.1 until ctx is done or
// [Site.Close] is called. Errors: [ErrUnknownScenario], [ErrUnknownLanguage], or the system's when no
// port or key can be had.
func Start(ctx context.Context, o Options) (*Site, error) {
	t, err := traitsOf(o.Scenario)
	if err != nil {
		return nil, err
	}
	if err := speaks(o.Language); err != nil {
		return nil, err
	}
	p, err := loadPages()
	if err != nil {
		return nil, err
	}
	cert, err := certificate(hostNames())
	if err != nil {
		return nil, err
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for the rehearsal: %w", err)
	}
	s := &Site{
		options: o, traits: t, pages: p, key: spki(cert), root: cert,
		ledger: newLedger(), views: newViews(), work: newWork(), places: newPlaces(), holds: newHolds(),
		address: listener.Addr(), served: make(chan struct{}),
	}
	s.serve(ctx, listener)
	return s, nil
}

// serve begins serving. HTTP/2 and HTTP/1.1 are both on, as at Meta.
func (s *Site) serve(ctx context.Context, listener net.Listener) {
	if s.traits.slow {
		for _, path := range []string{submitPath, contactPath, portalSubmitPath, graphPath} {
			s.holds.add(path)
		}
	}
	if s.traits.unreachable {
		listener = slammer{listener}
	}
	s.server = &http.Server{
		Handler:           s.watched(s.routes()),
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{s.root}, MinVersion: tls.VersionTLS12},
		ReadHeaderTimeout: 30 * time.Second,
		// A browser that is killed leaves broken handshakes behind: no news.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func() {
		defer close(s.served)
		// The error is always that the server was closed, or that its listener
		// broke: a browser then finds nobody, which is what it reports.
		_ = s.server.ServeTLS(listener, "", "")
	}()
	s.unwatch = context.AfterFunc(ctx, func() { _ = s.end() })
}

// Hosts are the host-resolver rules, one a host name, as
// "www.facebook.com:443=127.0.0.1:PORT". Every other host has to be kept from
// resolving by whoever starts the browser.
func (s *Site) Hosts() []string {
	var rules []string
	for _, host := range hostNames() {
		rules = append(rules, host+":443="+s.address.String())
	}
	return rules
}

// TrustedKeys are the base64 SHA-256 of the certificate's public key, for
// Chrome's --ignore-certificate-errors-spki-list.
func (s *Site) TrustedKeys() []string { return []string{s.key} }

// Hold makes the answers to a path (exact, any host) wait, after whatever was
// sent has been counted, until release is called or the site is closed.
func (s *Site) Hold(path string) (release func()) { return s.holds.add(path) }

// Release lets every held answer go, that of the scenario "slow" included.
func (s *Site) Release() { s.holds.releaseAll() }

// Close ends the site: held answers go, connections are cut, and it has stopped
// serving when Close returns. It may be called more than once.
func (s *Site) Close() error {
	s.unwatch()
	return s.end()
}

func (s *Site) end() error {
	s.holds.releaseAll()
	err := s.server.Close()
	<-s.served
	s.ledger.close()
	if err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("closing the rehearsal: %w", err)
	}
	return nil
}

// slammer takes a connection only to break it: a reset rather than a refusal,
// since a port that is really free could be taken by somebody else meanwhile.
type slammer struct{ net.Listener }

// Accept never returns a connection.
func (l slammer) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if tcp, ok := conn.(*net.TCPConn); ok {
			// Linger 0 sends RST at close, so that the browser need not wait.
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
}
