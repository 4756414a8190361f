//go:build !race

package session_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/chrome"
	"opposer/internal/rehearsal"
	"opposer/internal/session"
)

// played is the site's played copy, with each request as it is asked.
type played struct {
	*rehearsal.Site
	requests chan string
}

func play(t *testing.T) played {
	t.Helper()
	r, w := io.Pipe()
	site, err := rehearsal.Start(t.Context(), rehearsal.Options{Scenario: "login", Log: w})
	if err != nil {
		t.Fatal(err)
	}
	p := played{site, make(chan string, 1000)}
	go func() {
		defer close(p.requests)
		for lines := bufio.NewScanner(r); lines.Scan(); {
			p.requests <- lines.Text()
		}
	}()
	t.Cleanup(func() {
		_ = site.Close()
		_ = w.Close()
	})
	return p
}

// heard waits for a request whose line has this part; false when none came in
// time.
func (p played) heard(ctx context.Context, part string, within time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for {
		select {
		case line := <-p.requests:
			if strings.Contains(line, part) {
				return true
			}
		case <-ctx.Done():
			return false
		}
	}
}

// await is heard, of a request that has to come.
func (p played) await(ctx context.Context, t *testing.T, part string) {
	t.Helper()
	if !p.heard(ctx, part, time.Minute) {
		t.Fatalf("nobody asked for %s", part)
	}
}

// desk is a screen of its own with a person before it.
type desk struct {
	t   *testing.T
	ctx context.Context // of the test, whose steps the desk's are
}

// sitDown starts a screen for the test's windows.
func sitDown(ctx context.Context, t *testing.T) desk {
	t.Helper()
	for _, program := range []string{"Xvfb", "xdotool", "chromium"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s here", program)
		}
	}
	number, theirs, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset", "-r")
	screen.ExtraFiles = []*os.File{theirs}
	if err := screen.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = screen.Process.Kill()
		_ = screen.Wait()
		_ = number.Close()
	})
	_ = theirs.Close()
	line, err := bufio.NewReader(number).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DISPLAY", ":"+strings.TrimSpace(line))
	t.Setenv("WAYLAND_DISPLAY", "")
	return desk{t, ctx}
}

func (d desk) do(args ...string) {
	d.t.Helper()
	if err := d.try(args...); err != nil {
		d.t.Fatal(err)
	}
}

func (d desk) try(args ...string) error {
	out, err := exec.CommandContext(d.ctx, "xdotool", args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("xdotool %s: %w %s", args[0], err, out)
	}
	return nil
}

// attend waits until the window hears keys, and its page stands anew.
func (d desk) attend(p played) {
	d.t.Helper()
	var unseen error
	for range 20 {
		// A search ends where any window goes while it looks, and Chrome opens and
		// closes small ones as it starts: what it missed is looked for again.
		unseen = d.try("search", "--sync", "--onlyvisible", "--name", "Chromium", "windowfocus", "--sync", "key", "ctrl+F5")
		if p.heard(d.ctx, "GET www.facebook.com/login/", 5*time.Second) {
			p.await(d.ctx, d.t, "/login.js")
			p.await(d.ctx, d.t, "/favicon.ico") // asked for when it has loaded: a key before that is lost
			return
		}
	}
	d.t.Fatalf("the window hears no key (%v)", unseen)
}

// logIn types as a person does, and again where the page was not ready for it:
// nothing of ours looks into the window.
func (d desk) logIn(p played) {
	d.t.Helper()
	for range 12 {
		d.attend(p)
		d.do("key", "Tab")
		d.do("type", "--delay", "30", "marie@example.org")
		d.do("key", "Tab")
		d.do("type", "--delay", "30", rehearsal.Password)
		d.do("key", "Return")
		if p.heard(d.ctx, "/privacy/center/", 15*time.Second) {
			return
		}
	}
	d.t.Fatal("the pages take no login")
}

func (d desk) closeWindow() { d.t.Helper(); d.do("key", "ctrl+shift+w") }

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// open opens the window, and gives what it ended with.
func open(ctx context.Context, t *testing.T, s session.Session, p played) <-chan error {
	t.Helper()
	over, done := make(chan error, 1), make(chan struct{})
	ctx, cancel := context.WithCancel(ctx)
	t.Cleanup(func() { cancel(); <-done })
	go func() {
		defer close(done)
		over <- s.Login(ctx, session.LoginOptions{
			Bin: "chromium", Pages: []string{"https://www.facebook.com/login/"}, Languages: []string{"en"},
			NoSandbox: os.Geteuid() == 0, Env: os.Getenv, Hosts: p.Hosts(), TrustedKeys: p.TrustedKeys(),
		})
	}()
	return over
}

// TestALoginMadeInTheWindowServesARun is the room's promise: a person logs in
// in an ordinary window, later runs are logged in, more than once, and nobody
// else is.
func TestALoginMadeInTheWindowServesARun(t *testing.T) {
	ctx := soon(t)
	d, p := sitDown(ctx, t), play(t)
	sessions := session.In(t.TempDir())
	marie, jonas := sessions.For(account("marie", "", "")), sessions.For(account("jonas", "", ""))
	over := open(ctx, t, marie, p)
	p.await(ctx, t, "/favicon.ico")
	drivable(t, marie.Path())
	if err := marie.Login(ctx, session.LoginOptions{Bin: "chromium", Env: os.Getenv}); !errors.Is(err, session.ErrInUse) {
		t.Errorf("a second window: %v", err)
	}
	if err := marie.Remove(); !errors.Is(err, session.ErrInUse) {
		t.Errorf("removed under the window: %v", err)
	}
	d.logIn(p)
	d.closeWindow()
	if err := <-over; err != nil {
		t.Fatal(err)
	}

	if stat, err := os.Stat(marie.Path()); err != nil || stat.Mode().Perm() != 0o700 {
		t.Errorf("kept as %v, %v", stat.Mode(), err)
	}

	if !loggedIn(ctx, t, marie, p) {
		t.Error("the login is lost")
	}
	if !loggedIn(ctx, t, marie, p) {
		t.Error("the login is lost after the first run")
	}
	if loggedIn(ctx, t, jonas, p) {
		t.Error("one person's login serves another")
	}
	if err := marie.Remove(); err != nil {
		t.Fatal(err)
	}
	if loggedIn(ctx, t, marie, p) {
		t.Error("still logged in after logging out")
	}
}

// drivable fails where the window could be looked into, or says that it can.
func drivable(t *testing.T, folder string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		return
	}
	link, err := os.Readlink(folder + "/SingletonLock")
	if err != nil {
		t.Fatal(err)
	}
	pid := link[strings.LastIndex(link, "-")+1:]
	args, err := os.ReadFile("/proc/" + pid + "/cmdline")
	if err != nil || !strings.Contains(string(args), folder) {
		t.Fatalf("not the browser: %q, %v", args, err)
	}
	for _, never := range []string{"remote-debugging", "automation", "headless", "disable-blink-features"} {
		if strings.Contains(string(args), never) {
			t.Errorf("%s in %q", never, args)
		}
	}
}

// loggedIn reports whether a run on the login's folder is led past the login.
func loggedIn(ctx context.Context, t *testing.T, s session.Session, p played) bool {
	t.Helper()
	b, err := chrome.Start(ctx, chrome.Options{
		Bin: "chromium", NoSandbox: os.Geteuid() == 0, DataDir: s.Path(), Log: zerolog.Nop(),
		Hosts: p.Hosts(), TrustedKeys: p.TrustedKeys(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(ctx); err != nil {
			t.Error(err)
		}
	}()
	c, err := b.NewContext(ctx, chrome.ContextOptions{Kept: true})
	if err != nil {
		t.Fatal(err)
	}
	tab, err := c.NewTab(ctx, chrome.Guard{Read: []string{"https://www.facebook.com"}})
	if err != nil {
		t.Fatal(err)
	}

	before := len(p.Visits())
	if _, err := tab.Navigate(ctx, "https://www.facebook.com/privacy/genai"); err != nil {
		t.Fatal(err)
	}
	page, err := tab.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(page.Main().URL)
	if err != nil || !slices.Contains(p.Visits()[before:], "www.facebook.com/privacy/genai") {
		t.Fatalf("at %q, %v; visited %v", page.Main().URL, err, p.Visits()[before:])
	}
	return at.Path != "/login/"
}

func TestStoppingClosesTheWindow(t *testing.T) {
	ctx := soon(t)
	sitDown(ctx, t)
	p := play(t)
	marie := session.In(t.TempDir()).For(account("marie", "", ""))
	window, stop := context.WithCancel(ctx)
	over := open(window, t, marie, p)
	p.await(ctx, t, "/favicon.ico")
	stop()
	if err := <-over; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if err := marie.Remove(); err != nil {
		t.Error(err)
	}
}

// TestAWindowThatBreaks is told apart from one that a person closed.
func TestAWindowThatBreaks(t *testing.T) {
	ctx := soon(t)
	sitDown(ctx, t)
	p := play(t)
	marie := session.In(t.TempDir()).For(account("marie", "", ""))
	over := open(ctx, t, marie, p)
	p.await(ctx, t, "/favicon.ico")
	link, err := os.Readlink(marie.Path() + "/SingletonLock")
	if err != nil {
		t.Skip("no such link here")
	}
	pid, err := strconv.Atoi(link[strings.LastIndex(link, "-")+1:])
	if err != nil {
		t.Fatal(err)
	}
	browser, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := browser.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-over; !errors.Is(err, session.ErrBroke) {
		t.Errorf("killed: %v", err)
	}
	release, err := marie.Lock()
	if err != nil {
		t.Fatal(err)
	}
	_ = release()
}

// TestWhatIsNoUse leaves nothing behind.
func TestWhatIsNoUse(t *testing.T) {
	there := func(string) string { return ":1" }
	for name, c := range map[string]struct {
		o    session.LoginOptions
		want any // pointer to the error's type
	}{
		"no screen":      {session.LoginOptions{Bin: "chromium", Env: func(string) string { return "" }}, new(*session.NoScreenError)},
		"ends at once":   {session.LoginOptions{Bin: "true", Env: there}, new(*chrome.StartError)},
		"fails at once":  {session.LoginOptions{Bin: "false", Env: there}, new(*chrome.StartError)},
		"no program":     {session.LoginOptions{Bin: "/no/such/program", Env: there}, new(*chrome.StartError)},
		"without window": {session.LoginOptions{Bin: "/usr/bin/chromium-headless-shell", Env: there}, new(*chrome.StartError)},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS != "linux" {
				t.Skip("another system does not say in the environment whether it has a screen")
			}
			marie := session.In(t.TempDir()).For(account("marie", "", ""))
			err := marie.Login(t.Context(), c.o)
			if err == nil || !errors.As(err, c.want) {
				t.Errorf("%v", err)
			}
			if there, err := marie.Exists(); there || err != nil {
				t.Errorf("a folder is left: %t, %v", there, err)
			}
		})
	}
}

func TestAScreenThatIsNotThere(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("no chromium here")
	}
	t.Setenv("DISPLAY", ":65000")
	t.Setenv("WAYLAND_DISPLAY", "")
	marie := session.In(t.TempDir()).For(account("marie", "", ""))
	err := marie.Login(soon(t), session.LoginOptions{Bin: "chromium", NoSandbox: os.Geteuid() == 0, Env: os.Getenv})
	var none *session.NoScreenError
	if !errors.As(err, &none) || none.Remedy().IsZero() {
		t.Errorf("%v", err)
	}
	if there, _ := marie.Exists(); there {
		t.Error("a folder is left")
	}
}
