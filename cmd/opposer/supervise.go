package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"opposer/internal/gate"
	"opposer/internal/run"
	"opposer/internal/supervise"
	"opposer/internal/words"
)

// anyAddress is a free port that only this computer reaches.
const anyAddress = "127.0.0.1:0"

// openPage serves the page of the run where one is asked for, at once: an
// address that cannot be had is told before anything is planned.
func (h *house) openPage(ctx context.Context) error {
	address := h.options.supervise
	if address == "" && h.config.Verify == inWeb {
		address = anyAddress
	}
	if address == "" {
		return nil
	}
	return h.servePage(ctx, address)
}

// servePage begins to serve the page; the run's end closes it.
func (h *house) servePage(ctx context.Context, address string) error {
	page, err := supervise.Start(ctx, supervise.Options{
		Addr: address, Language: h.app.lang, Now: h.app.now, Log: h.line("page"),
	})
	if err != nil {
		return err
	}
	h.page = page
	h.closers = append(h.closers, page.Close)
	h.board.on(page)
	return nil
}

// tellPage tells of the page where there is something to see on it: a link to a
// page on which nothing happens is in the way.
func (h *house) tellPage(ctx context.Context, p run.Plan) {
	if h.page == nil || p.Count(run.Do) == 0 {
		return
	}
	h.showLink(ctx)
	h.screen.say("\n") // between the link and what happens
}

// showLink tells the page's link, and how it is reached from elsewhere where
// the person may be elsewhere, and opens it where that can be.
func (h *house) showLink(ctx context.Context) {
	a, page := h.app, h.page
	text := "\n" + a.say(words.T("Your page, for this run and this computer only; the link opens it once:")) + "\n" + columnGap + page.URL()
	if !a.hasDisplay() || a.env("SSH_CONNECTION") != "" {
		text += "\n" + a.say(words.T("From another computer, first make a tunnel there:")) + "\n" + columnGap +
			"ssh -N -L " + page.Port() + ":127.0.0.1:" + page.Port() + " " + a.say(words.T("THIS-COMPUTER"))
	}
	h.screen.say(text)
	h.openInBrowser(ctx)
}

// openingTime is how long the desktop may take to open a browser.
const openingTime = 20 * time.Second

// openInBrowser opens the page in the person's own browser, where a person sits
// at a desktop. It goes by a file that leads there: the link holds a secret,
// and a command line is for everybody on the computer to read.
func (h *house) openInBrowser(ctx context.Context) {
	if !h.app.hasDisplay() || !h.app.tty.err {
		return
	}
	program := map[string]string{"darwin": "open", "windows": "explorer"}[runtime.GOOS]
	if program == "" {
		program = "xdg-open" // freedesktop.org's xdg-utils
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return // the link is told, and can be opened by hand
	}
	file := filepath.Join(h.dir, "page-"+h.id+".html")
	err = h.page.RedirectFile(file)
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, openingTime)
		defer cancel()
		err = exec.CommandContext(ctx, path, file).Run()
	}
	if err != nil {
		log := h.line("page")
		log.Info().Err(err).Msg("not opened by itself")
	}
}

// pageAtNeed is a channel beside which the page is opened as soon as a gate has
// to be met on the browser's own page and no window shows it: a terminal cannot
// log in.
type pageAtNeed struct {
	gate.Channel
	serve func(context.Context) (*supervise.Page, error)

	mu   sync.Mutex
	page *supervise.Page // nil until it was needed
}

// Meet meets the person on the channel, and on the page where that is needed.
func (p *pageAtNeed) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	if !g.OnPage || g.Window {
		return p.Channel.Meet(ctx, g, l)
	}
	page, err := p.there(ctx)
	if err != nil {
		return gate.Answer{Verb: gate.Nobody, By: inWeb}, err
	}
	return gate.Several{p.Channel, page}.Meet(ctx, g, l)
}

// there is the page, opened at the first need.
func (p *pageAtNeed) there(ctx context.Context) (*supervise.Page, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.page != nil {
		return p.page, nil
	}
	var err error
	p.page, err = p.serve(ctx)
	return p.page, err
}
