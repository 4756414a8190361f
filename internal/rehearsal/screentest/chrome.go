package screentest

import (
	"bufio"
	"context"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/go-rod/rod"
)

// Drive starts a Chrome that a test has put together itself, with a DevTools
// port, and connects to it until the test ends.
func Drive(ctx context.Context, t testing.TB, cmd *exec.Cmd) *rod.Browser {
	t.Helper()
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var address string
	for lines := bufio.NewScanner(said); address == "" && lines.Scan(); {
		_, address, _ = strings.Cut(lines.Text(), "DevTools listening on ")
	}
	b := rod.New().Context(ctx).ControlURL(address).NoDefaultDevice()
	t.Cleanup(func() {
		_ = b.Close()
		_, _ = io.Copy(io.Discard, said)
		_ = cmd.Wait()
	})
	if err := b.Connect(); err != nil {
		t.Fatalf("connecting to Chrome: %v", err)
	}
	return b
}
