package rehearsal

import (
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// switchboard leads one Chrome to one site after another: each browser context
// has its own connections, so a context made after a switch meets the new site.
type switchboard struct {
	net.Listener
	to    atomic.Pointer[Site]
	calls sync.WaitGroup
}

func newSwitchboard(t *testing.T) *switchboard {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	board := &switchboard{Listener: listener}
	board.calls.Go(func() {
		for {
			call, err := listener.Accept()
			if err != nil {
				return
			}
			board.calls.Go(func() { board.connect(call) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); board.calls.Wait() })
	return board
}

// connect passes bytes on until either side hangs up.
func (b *switchboard) connect(call net.Conn) {
	site, err := net.Dial("tcp4", b.to.Load().address.String())
	if err != nil {
		_ = call.Close()
		return
	}
	over := make(chan struct{}, 2)
	for _, way := range [][2]net.Conn{{call, site}, {site, call}} {
		b.calls.Go(func() { _, _ = io.Copy(way[0], way[1]); over <- struct{}{} })
	}
	<-over
	_, _ = call.Close(), site.Close()
}

// rules map every host to the switchboard, and every other name to nothing.
func (b *switchboard) rules() string {
	var rules []string
	for _, host := range hostNames() {
		rules = append(rules, "MAP "+host+":443 "+b.Addr().String())
	}
	return strings.Join(append(rules, "MAP * ~NOTFOUND"), ",")
}

// flags are those of a Chrome that trusts the keys and finds the switchboard.
func (b *switchboard) flags(t *testing.T, keys []string) []string {
	t.Helper()
	return []string{
		"--no-sandbox", "--remote-debugging-port=0", "--user-data-dir=" + t.TempDir(),
		"--window-size=1280,1400", "--accept-lang=fr-FR,fr",
		"--host-resolver-rules=" + b.rules(),
		"--ignore-certificate-errors-spki-list=" + strings.Join(keys, ","),
	}
}
