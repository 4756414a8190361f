package main

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"opposer/internal/config"
	"opposer/internal/gate"
	"opposer/internal/supervise"
	"opposer/internal/words"
)

// Where a person is met: the config's verify, and what the journal keeps as the
// channel's name.
const (
	inAuto     = "auto"
	inWindow   = "window"
	inTerminal = "terminal"
	inWeb      = "web"
	inNone     = "none"
)

// channel is how a person is met: where the config says, and on the page too
// where there is one. With nowhere to be met it is gate.None.
func (h *house) channel(stop *stopping) gate.Channel {
	var several gate.Several
	terminal := h.app.tty.in && h.app.tty.err
	switch where := h.verify(); {
	case where == inWindow && terminal:
		several = append(several, h.terminal(stop)) // it answers more than a window can
	case where == inWindow:
		several = append(several, window{screen: h.screen, lang: h.app.lang})
	case where == inTerminal:
		several = append(several, h.terminal(stop))
	}
	switch {
	case h.page != nil:
		several = append(several, h.page)
	case terminal && len(several) > 0 && !h.config.Headed:
		return h.announced(&pageAtNeed{Channel: several, serve: h.pageNow})
	}
	if len(several) == 0 {
		return gate.None{}
	}
	return h.announced(several)
}

// pageNow opens the page in the middle of a run.
func (h *house) pageNow(ctx context.Context) (*supervise.Page, error) {
	if err := h.servePage(ctx, anyAddress); err != nil {
		return nil, err
	}
	h.showLink(ctx)
	return h.page, nil
}

// announced lets everybody know that a person is met there: notices call them,
// the page shows it, the window comes to the front.
func (h *house) announced(c gate.Channel) gate.Channel {
	h.notices = h.notifier()
	h.closers = append(h.closers, h.notices.close)
	return boarded{notified{fronted{c}, h.notices}, h}
}

// verify is where the person is met: what the config says, else what there is.
func (h *house) verify() string {
	if v := h.config.Verify; v != inAuto && v != "" {
		return v
	}
	switch {
	case h.config.Headed:
		return inWindow
	case h.app.tty.in && h.app.tty.err:
		return inTerminal
	case h.page != nil:
		return inWeb
	default:
		return inNone
	}
}

// settleChannel makes sure that the person can be met where the config says:
// better told now than at the first gate, half an hour later.
func (h *house) settleChannel(context.Context) error {
	switch h.config.Verify {
	case inWindow:
		h.config.Headed = true
	case inTerminal:
		if !h.app.tty.in || !h.app.tty.err {
			return &usageError{
				reason: words.T("--verify terminal needs a terminal, and here is none."),
				remedy: words.T("Run it in a terminal, or add to the same command: %s", "--verify=web"),
			}
		}
	}
	if h.config.Headed && !h.app.hasDisplay() {
		return &usageError{
			reason: words.T("There is no display here on which Chrome could show a window."),
			remedy: words.T("Run it on a desktop, or add to the same command: %s", "--headed=false --verify=web"),
		}
	}
	return nil
}

func (h *house) terminal(stop *stopping) gate.Channel {
	return &terminal{
		screen: h.screen, keyboard: h.keyboard(), lang: h.app.lang,
		stop: stop.asked, page: !h.config.Headed, turn: make(chan struct{}, 1),
	}
}

// notifier tells a person that they are needed. A rehearsal is sat through, so
// it troubles no desktop.
func (h *house) notifier() *notifier {
	ctx, over := context.WithCancel(context.Background())
	n := &notifier{
		command: h.config.Notify, dir: notifyFolder(h.config), desktop: h.app.hasDisplay() && !h.options.rehearse,
		lang: h.app.lang, log: h.line("notify"), run: ctx, over: over,
	}
	if h.app.tty.err {
		n.bell = h.screen.bell
	}
	return n
}

// notifyFolder is where the command of notices runs: one that is written in a
// file is relative to it, as the file's other paths are; else it is where we are.
func notifyFolder(cfg *config.Config) string {
	for _, s := range cfg.Settings {
		given := strings.HasPrefix(s.From, "--") || strings.HasPrefix(s.From, "OPPOSER_")
		if s.Key == "notify_command" && cfg.Path != "" && !given {
			return filepath.Dir(cfg.Path)
		}
	}
	return ""
}

// soon tells a person that the time in which they are waited for is almost
// over. It does not wait until they are told.
func (h *house) soon(g gate.Gate, until time.Time) {
	if h.notices == nil {
		return
	}
	h.notices.aside.Go(func() { h.notices.tell(h.notices.run, g, expiring, until) })
}
