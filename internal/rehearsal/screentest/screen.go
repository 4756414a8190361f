package screentest

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// Screen is an X screen that nobody looks at, 1400 by 1200 pixels, with a mouse
// and a keyboard. What fails on it fails its test.
type Screen struct {
	t    testing.TB
	ctx  context.Context //nolint:containedctx // the test's own: a screen does not outlive it
	name string
}

// Start opens a screen until the test is over or ctx is done. Where there is no
// Xvfb, no xdotool or no Chrome with a window the test is skipped.
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
	// Without -noreset it begins anew, and turns away who comes in that moment,
	// when its last window has gone; without -r a key that is held for long repeats.
	server := exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", "1400x1200x24", "-nolisten", "tcp", "-noreset", "-r")
	server.ExtraFiles = []*os.File{tells} // the first is its descriptor 3 (os/exec)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	_ = tells.Close()
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
		_ = told.Close()
	})
	// It tells its number once it takes connections (Xserver(1), -displayfd).
	lines := bufio.NewScanner(told)
	if !lines.Scan() {
		t.Fatal("the screen has no number")
	}
	return &Screen{t: t, ctx: ctx, name: ":" + lines.Text()}
}

// Display is the screen's name, for DISPLAY.
func (s *Screen) Display() string { return s.name }

// On has a program show its windows on this screen, and gives it back.
func (s *Screen) On(c *exec.Cmd) *exec.Cmd {
	c.Env = append(c.Environ(), "DISPLAY="+s.name)
	return c
}

// Press clicks at a point, in pixels from the screen's upper left corner.
func (s *Screen) Press(x, y int) {
	s.t.Helper()
	s.do("mousemove", strconv.Itoa(x), strconv.Itoa(y), "click", "1")
}

// Type types at the keyboard, into whatever has the focus.
func (s *Screen) Type(text string) {
	s.t.Helper()
	s.do("type", "--", text)
}

// Key presses keys one after another, by their names in X: Return, Tab, ctrl+a.
func (s *Screen) Key(names ...string) {
	s.t.Helper()
	s.do(append([]string{"key", "--"}, names...)...)
}

func (s *Screen) do(args ...string) {
	s.t.Helper()
	c := s.On(exec.CommandContext(s.ctx, "xdotool", args...))
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Errorf("xdotool %v: %v %s", args, err, out)
	}
}
