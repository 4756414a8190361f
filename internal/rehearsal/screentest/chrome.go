package screentest

import (
	"bufio"
	"context"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/go-rod/rod"           //nolint:depguard // linked into tests only, which are free to use it
	"github.com/go-rod/rod/lib/proto" //nolint:depguard // the same
)

// Drive starts a Chrome that was asked to open a debugging port, and connects to
// the port it says. The Chrome is closed and waited for when the test is over.
func Drive(ctx context.Context, t testing.TB, cmd *exec.Cmd) *rod.Browser {
	t.Helper()
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines, address := bufio.NewScanner(said), ""
	for address == "" && lines.Scan() {
		_, address, _ = strings.Cut(lines.Text(), "DevTools listening on ")
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, said) // nobody reads it, but Chrome must not wait for that
	}()
	t.Cleanup(func() {
		<-ended
		_ = cmd.Wait()
	})
	if address == "" {
		t.Fatalf("Chrome ended before it told its address: %v", lines.Err())
	}
	b := rod.New().Context(ctx).ControlURL(address).NoDefaultDevice()
	t.Cleanup(func() { _ = proto.BrowserClose{}.Call(b) })
	if err := b.Connect(); err != nil {
		t.Fatalf("connecting to Chrome: %v", err)
	}
	return b
}
