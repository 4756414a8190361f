package screentest

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// Screen is an X display that nobody sees. Not safe for concurrent use: it has
// one mouse.
type Screen struct {
	t       testing.TB
	ctx     context.Context
	display string
}

// Start opens a screen until the test ends, or skips the test where there are
// not the tools for one.
func Start(ctx context.Context, t testing.TB) *Screen {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "chromium"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("no " + tool + " here")
		}
	}
	told, tells, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", "1400x1200x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{tells}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	_ = tells.Close()
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
		_ = told.Close()
	})
	number := bufio.NewScanner(told)
	if !number.Scan() {
		t.Fatal("the screen has no number")
	}
	return &Screen{t: t, ctx: ctx, display: ":" + number.Text()}
}

// Display is the screen's name, as in DISPLAY.
func (s *Screen) Display() string { return s.display }

// Env is this process's environment, on that screen.
func (s *Screen) Env() []string { return append(os.Environ(), "DISPLAY="+s.display) }

// Press clicks at a place of the screen, in its pixels.
func (s *Screen) Press(x, y int) {
	s.t.Helper()
	s.do("mousemove", strconv.Itoa(x), strconv.Itoa(y), "click", "1")
}

// Type presses the keys of a text.
func (s *Screen) Type(text string) {
	s.t.Helper()
	s.do("type", "--", text)
}

// Key presses keys by their X names, one after the other: "Tab", "Return".
func (s *Screen) Key(names ...string) {
	s.t.Helper()
	s.do(append([]string{"key", "--"}, names...)...)
}

func (s *Screen) do(args ...string) {
	s.t.Helper()
	c := exec.CommandContext(s.ctx, "xdotool", args...)
	c.Env = s.Env()
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Errorf("xdotool %v: %v %s", args, err, out)
	}
}
