package main

import (
	"context"
	"errors"
	"sync"

	"opposer/internal/chrome"
	"opposer/internal/run"
	"opposer/internal/words"
)

// browserKey is what makes one browser another: accounts with the same key
// share it.
type browserKey struct {
	language string // every site is asked for its pages in it
	session  string // folder of the kept login; "": it keeps nothing
	headed   bool
}

// browsers are those of a run, each started when it is first needed. The zero
// value starts none. Safe for concurrent use.
type browsers struct {
	start func(context.Context, browserKey) (*chrome.Browser, error)

	mu       sync.Mutex
	all      map[browserKey]*chrome.Browser
	releases []func() error           // of kept logins, once their browsers have ended
	seats    map[string]chan struct{} // of each kept login: who has it put a token in
}

// after keeps what is to be done when the browsers have ended.
func (b *browsers) after(release func() error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.releases = append(b.releases, release)
}

// get gives the browser, and a new one where it has died.
func (b *browsers) get(ctx context.Context, k browserKey) (*chrome.Browser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.getLocked(ctx, k)
}

func (b *browsers) getLocked(ctx context.Context, k browserKey) (*chrome.Browser, error) {
	if k.session != "" {
		k.language = "" // one folder has one browser, whatever its accounts speak
	}
	if have := b.all[k]; have != nil && !gone(have.Gone()) {
		return have, nil
	}
	made, err := b.start(ctx, k)
	if err != nil {
		return nil, err
	}
	if b.all == nil {
		b.all = map[browserKey]*chrome.Browser{}
	}
	b.all[k] = made
	return made, nil
}

// windowed gives a browser with a window in place of one without. Where they
// would have the folder of a kept login in common the old one is ended first:
// Chrome has one process a folder.
func (b *browsers) windowed(ctx context.Context, k browserKey, old *chrome.Browser) (*chrome.Browser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if k.session != "" {
		if err := farewellTo(ctx, old); err != nil {
			return nil, err
		}
	}
	k.headed = true
	return b.getLocked(ctx, k)
}

// close ends all browsers, then gives the kept logins free. Nothing to close is
// no error, and more can be started afterwards.
func (b *browsers) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	var errs []error
	for _, one := range b.all {
		errs = append(errs, farewellTo(context.Background(), one))
	}
	for _, release := range b.releases {
		errs = append(errs, release())
	}
	b.all, b.releases = nil, nil
	return errors.Join(errs...)
}

// farewellTo ends a browser, also where the run's context has ended: then there
// is less time for it.
func farewellTo(ctx context.Context, b *chrome.Browser) error {
	hurried := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	if hurried {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, farewell)
		defer cancel()
	}
	if err := b.Close(ctx); err != nil && !errors.Is(err, chrome.ErrGone) {
		return err
	}
	return nil
}

// itsBrowser is the browser of one attempt, to be left when it has ended.
type itsBrowser struct {
	key     browserKey
	browser *chrome.Browser
	leave   func()
}

// browserOf is an item's browser: it asks every site for its pages in the
// account's language, as its owner's would, and has their kept login where
// there is one. Accounts of one login use it one after the other: on one site
// they are one person.
func (h *house) browserOf(ctx context.Context, i run.Item, t *run.Turn) (itsBrowser, error) {
	k := browserKey{language: pageLanguage(i), headed: h.config.Headed}
	dir, kept, err := h.sessionFor(i.Account)
	if err != nil {
		return itsBrowser{}, err
	}
	leave := func() {}
	if kept {
		k.session = dir
		if leave, err = h.browsers.alone(ctx, k.session, t); err != nil {
			return itsBrowser{}, err
		}
		shown := browserKey{session: k.session, headed: true}
		if h.browsers.has(shown) {
			k.headed = true // somebody asked for its window before
		}
	}
	b, err := h.browsers.get(ctx, k)
	if err != nil {
		leave()
		return itsBrowser{}, err
	}
	return itsBrowser{k, b, leave}, nil
}

// alone waits until no other attempt has a kept login, and gives the attempt's
// turn away meanwhile. The error is why ctx ended.
func (b *browsers) alone(ctx context.Context, session string, t *run.Turn) (leave func(), err error) {
	b.mu.Lock()
	if b.seats == nil {
		b.seats = map[string]chan struct{}{}
	}
	if b.seats[session] == nil {
		b.seats[session] = make(chan struct{}, 1)
	}
	seat := b.seats[session]
	b.mu.Unlock()
	leave = func() { <-seat }
	select {
	case seat <- struct{}{}:
		return leave, nil
	default:
	}
	t.Away()
	select {
	case seat <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if err := t.Back(ctx); err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

// has reports whether there is such a browser, alive.
func (b *browsers) has(k browserKey) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	have := b.all[k]
	return have != nil && !gone(have.Gone())
}

// startBrowser finds and starts Chrome. In a rehearsal it knows the played
// hosts and no other.
func (h *house) startBrowser(ctx context.Context, k browserKey) (*chrome.Browser, error) {
	found, err := chrome.Find(chrome.FindOptions{Bin: h.config.Chrome, Env: h.app.env})
	if err != nil {
		return nil, err
	}
	o := chrome.Options{
		Bin: found.Path, DataDir: k.session, Headed: k.headed, NoSandbox: h.app.super, Log: h.line("browser"),
	}
	if k.language != "" {
		o.Languages = []string{k.language}
	}
	if h.site != nil {
		o.Hosts, o.TrustedKeys = h.site.Hosts(), h.site.TrustedKeys()
	}
	if o.NoSandbox {
		h.warnOfRoot()
	}
	return chrome.Start(ctx, o)
}

// warnOfRoot says once that root's Chrome has no sandbox.
func (h *house) warnOfRoot() {
	h.warned.Do(func() {
		h.screen.say(h.app.say(rootWarning()))
	})
}

func rootWarning() words.Text {
	return words.T("You run this as root: Chrome runs without its sandbox. Better run it as another user.")
}

func gone(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
