package chrome

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The variables by which a test asks its child to hold a site's send, and in
// which browser.
const (
	holdsAt = "OPPOSER_TEST_HOLDS_AT"
	holdsIn = "OPPOSER_TEST_HOLDS_IN"
)

// TestHoldsUntilKilled is the child of the test below: it holds a send, says
// which process its browser is, and waits for its death.
func TestHoldsUntilKilled(t *testing.T) {
	at := os.Getenv(holdsAt)
	if at == "" {
		t.Skip("is run as another test's child")
	}
	b, err := Start(within(t), testOptions(os.Getenv(holdsIn)))
	if err != nil {
		t.Fatal(err)
	}
	// The kept context: one of its own is disposed of when the pipe closes, which
	// alone would keep most requests back.
	c, err := b.NewContext(within(t), ContextOptions{Kept: true})
	if err != nil {
		t.Fatal(err)
	}
	tab, err := c.NewTab(within(t), Guard{Type: []string{at}, Masker: carrier(planted)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Navigate(within(t), at+"/"); err != nil {
		t.Fatal(err)
	}
	typeInto(tab)
	permit, armed := newClerk(t).permit(), tab.Armed()
	if _, err := tab.Send(within(t), admit(t, tab), permit, button(t, tab, "go")); err != nil {
		t.Fatal(err)
	}
	fmt.Println("holds", b.process.cmd.Process.Pid, armed)
	select {}
}

// TestNothingLeavesWhenWeAreKilledWhileItIsHeld: no signal of ours can be
// caught, no clean-up runs; the browser dies with us, and nothing arrives.
func TestNothingLeavesWhenWeAreKilledWhileItIsHeld(t *testing.T) {
	t.Parallel()
	for _, way := range ways {
		switch way.name {
		case "form post", "fetch", "keepalive fetch", "sendBeacon":
		default:
			continue
		}
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			s, tmp := sender(t, way.script), short(t)
			bin := shellBin
			if strings.HasPrefix(way.name, "keep") || strings.HasPrefix(way.name, "form") {
				bin = fullBin
			}
			child, said := holder(t, s, bin, tmp)
			main, armed := held(t, said)
			if !armed {
				t.Error("the hold was not armed")
			}
			dying := watchFor(t, family(main))
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = child.Wait()
			awaitDeath(t, dying)
			s.open.Wait() // what has arrived is read before a connection is closed
			if got := s.sent(); len(got) > 0 {
				t.Errorf("left when we were killed: %q", got)
			}
			sweep(tmp, time.Now())
			if left, _ := filepath.Glob(filepath.Join(tmp, folderPrefix+"*")); len(left) > 0 {
				t.Errorf("the next run leaves %q", left)
			}
		})
	}
}

// short is a temporary folder of a short name: Chrome puts a socket into it,
// whose path may not be long (unix(7), sun_path).
func short(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "o") //nolint:usetesting // t.TempDir's names are too long
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// holder starts the child.
func holder(t *testing.T, s *site, bin, tmp string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestHoldsUntilKilled$", "-test.v")
	child.Env = append(os.Environ(), holdsAt+"="+s.URL, holdsIn+"="+bin, "TMPDIR="+tmp)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Process.Kill() })
	return child, bufio.NewScanner(out)
}

// held waits until the child holds its send, and gives its browser's process.
func held(t *testing.T, said *bufio.Scanner) (pid int, armed bool) {
	t.Helper()
	for said.Scan() {
		f := strings.Fields(said.Text())
		if len(f) == 3 && f[0] == "holds" {
			pid, err := strconv.Atoi(f[1])
			if err != nil {
				t.Fatal(err)
			}
			return pid, f[2] == "true"
		}
		t.Log(said.Text())
	}
	t.Fatal("the child ended")
	return 0, false
}

// watchFor takes hold of living processes, so that their end can be waited for
// although they are not ours (pidfd_open(2)).
func watchFor(t *testing.T, pids []int) []unix.PollFd {
	t.Helper()
	if len(pids) < 3 {
		t.Fatalf("the browser has processes %v only", pids)
	}
	var fds []unix.PollFd
	for _, pid := range pids {
		fd, err := unix.PidfdOpen(pid, 0)
		if err != nil {
			continue // it has ended meanwhile
		}
		t.Cleanup(func() { _ = unix.Close(fd) })
		fds = append(fds, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
	}
	return fds
}

func awaitDeath(t *testing.T, fds []unix.PollFd) {
	t.Helper()
	for i := range fds {
		n, err := unix.Poll(fds[i:i+1], 20_000)
		for err == unix.EINTR {
			n, err = unix.Poll(fds[i:i+1], 20_000)
		}
		if n != 1 || err != nil {
			t.Fatalf("a process of the browser outlives us: %d, %v", n, err)
		}
	}
}
