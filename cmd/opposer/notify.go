package main

import (
	"context"
	"os/exec"
	"runtime"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// What a notice tells of.
const (
	opened   = "opened"   // a person is needed
	expiring = "expiring" // they are waited for a little longer only
)

// noticeTime is how long a notice may take.
const noticeTime = 20 * time.Second

// notifier calls a person who is somewhere else: a bell, a desktop notice, a
// command of their own. What does not work is logged and holds nothing up.
// Safe for concurrent use.
type notifier struct {
	bell    func() // nil: there is none
	command string // "": there is none
	dir     string // where the command runs; "": where we are
	desktop bool
	lang    words.Language
	log     zerolog.Logger

	aside sync.WaitGroup  // the notices under way
	run   context.Context //nolint:containedctx // the notices end with it, each of which has one of its own
	over  func()          // ends run
}

// close ends the notices that are under way: none holds up the end of a run.
func (n *notifier) close() error {
	n.over()
	n.aside.Wait()
	return nil
}

// tell tells of a gate, and until when somebody is waited for there (zero:
// without end). Nothing in it is secret: what a gate says is masked, and no
// link and no code is part of it.
func (n *notifier) tell(ctx context.Context, g gate.Gate, event string, until time.Time) {
	if n.bell != nil {
		n.bell()
	}
	ctx, cancel := context.WithTimeout(ctx, noticeTime)
	defer cancel()
	title := words.T("%s needs you", words.Verbatim(g.Account)).In(n.lang)
	if event == expiring {
		title = words.T("%s waits for you until %s only", words.Verbatim(g.Account), until.Local().Format("15:04")).In(n.lang)
	}
	if n.desktop {
		if c := desktopNotice(ctx, title, g.Service+": "+g.Need.In(n.lang)); c != nil {
			n.do(c, "desktop")
		}
	}
	if n.command == "" {
		return
	}
	c := shell(ctx, n.command)
	c.Dir = n.dir
	c.Env = append(c.Environ(), "OPPOSER_EVENT="+event,
		"OPPOSER_GATE="+string(g.Kind), "OPPOSER_ACCOUNT="+g.Account, "OPPOSER_SERVICE="+g.Service,
		"OPPOSER_ORIGIN="+g.Origin, "OPPOSER_NEED="+g.Need.In(n.lang), "OPPOSER_UNTIL="+rfc3339(until))
	n.do(c, "command")
}

func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// do runs a command. What it leaves running keeps nobody waiting.
func (n *notifier) do(c *exec.Cmd, which string) {
	c.WaitDelay = time.Second
	if err := c.Run(); err != nil {
		n.log.Warn().Str("notify", which).Err(err).Msg("nobody was told")
	}
}

// shell is a line as the system's shell reads it.
func shell(ctx context.Context, line string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		return exec.CommandContext(ctx, "cmd", "/C", line)
	}
	return exec.CommandContext(ctx, "sh", "-c", line)
}

// desktopNotice is a command that shows a notice on the desktop; nil where none
// is known. Texts are arguments: nothing reads them as a program.
func desktopNotice(ctx context.Context, title, text string) *exec.Cmd {
	if path, err := exec.LookPath("notify-send"); err == nil { // freedesktop.org's libnotify
		return exec.CommandContext(ctx, path, "--app-name=opposer", "--", title, text)
	}
	if path, err := exec.LookPath("osascript"); err == nil {
		return exec.CommandContext(ctx, path, "-e",
			"on run a\ndisplay notification (item 2 of a) with title (item 1 of a)\nend run", title, text)
	}
	return nil
}

// notified tells a person of a gate while they are met there; the telling ends
// as soon as they have answered.
type notified struct {
	gate.Channel
	by *notifier
}

// Meet meets the person on the channel.
func (n notified) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	notice, cancel := context.WithCancel(ctx)
	defer cancel()
	until := l.Until()
	n.by.aside.Go(func() { n.by.tell(notice, g, opened, until) })
	return n.Channel.Meet(ctx, g, l)
}
