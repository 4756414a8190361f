package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

// This binary is also its own child: processes that are killed, and processes
// that compete. The part to play stands in the environment.
const (
	partEnv = "OPPOSER_TEST_PART"
	dirEnv  = "OPPOSER_TEST_DIR"
)

func TestMain(m *testing.M) {
	part := os.Getenv(partEnv)
	play, known := parts()[part]
	if !known {
		os.Exit(m.Run())
	}
	if err := play(context.Background(), os.Getenv(dirEnv)); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func parts() map[string]func(context.Context, string) error {
	return map[string]func(context.Context, string) error{
		"append":  playAppend,
		"compete": playCompete,
		"open":    playOpen,
		"claim":   playClaim,
		"sending": playSending,
		"look":    playLook,
	}
}

// playAppend keeps events of an objection of its own, telling each after
// Append returned, until it is killed.
func playAppend(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	for seq := int64(1); ; seq++ {
		if err := s.Append(ctx, journaltest.Event("a", seq)); err != nil {
			return err
		}
		fmt.Println("kept", seq)
	}
}

// playCompete keeps events of one objection against others that do the same,
// without a lock, until it is killed.
func playCompete(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	for seq := int64(1); ; {
		err := s.Append(ctx, journaltest.Event("a", seq))
		switch {
		case err == nil:
			fmt.Println("kept", seq)
		case !errors.Is(err, journal.ErrRaced) && !busy(err): // the others may keep the lock for long
			return err
		}
		events, err := s.History(ctx, "a")
		if err != nil {
			return err
		}
		seq = int64(len(events)) + 1
	}
}

// playOpen opens a new state folder at the same moment as others.
func playOpen(ctx context.Context, dir string) error {
	fmt.Println("here")
	if _, err := io.ReadAll(os.Stdin); err != nil { // ends for all at once
		return err
	}
	key, err := Secret(dir)
	if err != nil {
		return err
	}
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Printf("opened %x\n", key)
	return s.Close()
}

func testJournal(dir string, s journal.Store) (*journal.Journal, journal.Objection, error) {
	key, err := Secret(dir)
	return journal.New(s, key, journaltest.Event("a", 1).At.UTC), journal.Objection{Key: "a", Service: "facebook", Account: "marie-fb"}, err
}

// playClaim claims an objection and keeps it until its input ends.
func playClaim(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	j, o, err := testJournal(dir, s)
	if err != nil {
		return err
	}
	switch c, err := j.Claim(ctx, "child", o); {
	case errors.Is(err, journal.ErrHeld):
		fmt.Println("held by another")
	case err != nil:
		return err
	default:
		fmt.Println("claimed", c.Key())
	}
	_, err = io.ReadAll(os.Stdin)
	return err
}

// playSending goes on to where the click is permitted, and waits to be killed.
func playSending(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	j, o, err := testJournal(dir, s)
	if err != nil {
		return err
	}
	c, err := j.Claim(ctx, "child", o)
	if err != nil {
		return err
	}
	for _, k := range []journal.Kind{journal.FormFound, journal.Filled} {
		if _, err := j.Append(ctx, c, journal.Event{Kind: k}); err != nil {
			return err
		}
	}
	if _, err := j.BeginSending(ctx, c, journal.Intent{Send: "submit", By: journal.Machine, Armed: true}); err != nil {
		return err
	}
	fmt.Println("permitted")
	_, err = io.ReadAll(os.Stdin)
	return err
}

// playLook tells how many events of objection "a" a reader sees.
func playLook(ctx context.Context, dir string) error {
	s, err := OpenReadOnly(ctx, dir)
	if err != nil {
		return err
	}
	events, err := s.History(ctx, "a")
	if err != nil {
		return err
	}
	fmt.Printf("%d events, copied: %v\n", len(events), s.copied != "")
	return s.Close()
}

// child is a process that plays a part.
type child struct {
	*testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
	stdin io.Closer
}

func start(t *testing.T, part, dir string) *child {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), partEnv+"="+part, dirEnv+"="+dir)
	cmd.Stderr = os.Stderr
	stdin, errIn := cmd.StdinPipe()
	stdout, errOut := cmd.StdoutPipe()
	if err := errors.Join(errIn, errOut, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // most have ended
		_ = cmd.Wait()
	})
	return &child{t, cmd, bufio.NewScanner(stdout), stdin}
}

// hear waits for the child's next line.
func (c *child) hear() string {
	c.Helper()
	if !c.lines.Scan() {
		c.Fatalf("the child said nothing more: %v, %v", c.lines.Err(), c.cmd.Wait())
	}
	if line := c.lines.Text(); !strings.HasPrefix(line, "error") {
		return line
	}
	c.Fatalf("the child: %s", c.lines.Text())
	return ""
}

// kill ends the child as kill -9 does, and gives what it said until then.
func (c *child) kill() (last string) {
	c.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		c.Fatal(err)
	}
	for c.lines.Scan() {
		last = c.lines.Text()
	}
	_ = c.cmd.Wait() // "signal: killed" is what was asked for
	if strings.HasPrefix(last, "error") {
		c.Fatalf("the child: %s", last)
	}
	return last
}

// end lets the child go on to its own end.
func (c *child) end() {
	c.Helper()
	if err := errors.Join(c.stdin.Close(), c.cmd.Wait()); err != nil {
		c.Error(err)
	}
}
