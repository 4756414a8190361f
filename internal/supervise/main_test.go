package supervise

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/words"
)

// The page is tested by a second Chrome, which is driven as a person drives
// theirs and has nothing to do with the browser of a run.

const secondBin = "/usr/bin/chromium-headless-shell"

var second struct {
	once    sync.Once
	browser *rod.Browser
	end     func()
	err     error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if second.end != nil {
		second.end()
	}
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func secondChrome(t testing.TB) *rod.Browser {
	t.Helper()
	second.once.Do(func() { second.browser, second.end, second.err = startChrome() })
	if second.err != nil {
		t.Fatalf("%s is needed by these tests: apt-get install chromium-headless-shell: %v", secondBin, second.err)
	}
	return second.browser
}

func startChrome() (*rod.Browser, func(), error) {
	folder, err := os.MkdirTemp("", "supervise")
	if err != nil {
		return nil, nil, err
	}
	args := []string{"--headless", "--remote-debugging-port=0", "--user-data-dir=" + folder, "--window-size=1280,900", "about:blank"}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	cmd := exec.CommandContext(context.Background(), secondBin, args...)
	said, err := cmd.StderrPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	address := ""
	for lines := bufio.NewScanner(said); address == "" && lines.Scan(); {
		_, address, _ = strings.Cut(lines.Text(), "DevTools listening on ")
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, said) // nobody reads it, but Chrome must not wait for that
	}()
	ctx, cancel := context.WithCancel(context.Background())
	b := rod.New().Context(ctx).ControlURL(address).NoDefaultDevice()
	end := func() {
		_ = b.Close()
		<-ended
		_ = cmd.Wait()
		cancel()
		_ = os.RemoveAll(folder)
	}
	if address == "" {
		end()
		return nil, nil, errors.New("it ended before it told its address")
	}
	if err := b.Connect(); err != nil {
		end()
		return nil, nil, err
	}
	return b, end, nil
}

// deadline is that of one wait: events end the waiting, not this.
func deadline(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// logged is a log that can be read while it is written.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func open(t testing.TB, lang words.Language) (*Page, *logged) {
	t.Helper()
	log := &logged{}
	p, err := Start(t.Context(), Options{Language: lang, Log: zerolog.New(log)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p, log
}

// met is a gate that is met on the page.
type met struct {
	t     testing.TB
	lease *gate.Lease
	end   context.CancelFunc
	came  chan struct{} // closed when Meet came back
	got   gate.Answer
	err   error
}

// meet opens a gate on the page and returns when it is there.
func meet(t testing.TB, p *Page, g gate.Gate) *met {
	t.Helper()
	l := gate.Offer()
	if s, ok := g.Screen.(*screen); ok {
		if s.lease == nil {
			s.lease = l
		}
		l = s.lease
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := &met{t: t, lease: l, end: cancel, came: make(chan struct{})}
	before := p.board.look()
	go func() {
		defer close(m.came)
		m.got, m.err = p.Meet(ctx, g, l)
	}()
	t.Cleanup(func() { cancel(); <-m.came })
	for now := p.board.look(); len(now.meetings) <= len(before.meetings); now = p.board.look() {
		<-now.news
	}
	return m
}

// answer is what the gate came back with.
func (m *met) answer() gate.Answer {
	m.t.Helper()
	select {
	case <-m.came:
	case <-deadline(m.t).Done():
		m.t.Fatal("Meet did not end")
	}
	if m.err != nil {
		m.t.Fatal(m.err)
	}
	if m.got.Verb == gate.Nobody {
		m.t.Error("the page answers Nobody")
	}
	if a, over := m.lease.Answer(); !over || a != m.got {
		m.t.Errorf("the lease came back with %+v, Meet with %+v", a, m.got)
	}
	return m.got
}

// asked is a gate of each kind, as a run asks it.
func asked(k gate.Kind) gate.Gate {
	g := gate.Gate{
		Kind: k, Service: "Facebook", Account: "marie-fb", Origin: "https://www.facebook.com", Title: "Facebook – log in or sign up",
		Need: words.Said("Facebook asks you to log in.", "Facebook vous demande de vous connecter."), Opened: time.Now(),
		OnPage: k == gate.Login || k == gate.Captcha || k == gate.Decision,
	}
	switch k {
	case gate.Choice:
		g.Need = words.Said("The page shows another e-mail address than your config. Which one is right?", "La page montre une autre adresse que votre configuration. Laquelle est la bonne ?")
		g.Options = []gate.Option{
			{ID: "page", Label: words.Said("The one on the page", "Celle de la page"), Detail: "j•••@f•••.fr"},
			{ID: "ours", Label: words.Said("The one in my config", "Celle de ma configuration"), Detail: "m•••@e•••.org"},
		}
	case gate.Outcome:
		g.Need = words.Said("The form was sent. What its answer means is not known.", "Le formulaire a été envoyé. Le sens de sa réponse n’est pas connu.")
		g.Options = []gate.Option{
			{ID: "taken", Label: words.Said("It was taken", "Elle est acceptée"), Detail: "Merci, nous revenons vers vous."},
			{ID: "refused", Label: words.Said("It was refused", "Elle est refusée")},
			{ID: "unclear", Label: words.Said("I cannot tell", "Je ne sais pas")},
		}
	case gate.Decision:
		g.Need = words.Said("Facebook wants you to choose between ads and a subscription. That is for you alone.", "Facebook veut que vous choisissiez entre la publicité et un abonnement. Cela ne regarde que vous.")
	case gate.Review:
		g.Need = words.Said("This is the form as it will be sent. Look at it.", "Voici le formulaire tel qu’il sera envoyé. Relisez-le.")
		g.Form = []gate.Line{
			{Label: "E-mail", Value: "m•••@e•••.org", Required: true},
			{Label: "Country", Value: "France", Required: true},
			{Label: "Explain how this processing affects you", Value: "••• (212)"},
			{Label: "Anything else"},
		}
		g.Changed = []words.Text{words.Verbatim("A field that was not there before: “Anything else”")}
	case gate.Code:
		g.Need = words.Said("Facebook has sent a code to m•••@e•••.org.", "Facebook a envoyé un code à m•••@e•••.org.")
	case gate.Captcha:
		g.Need = words.Said("Facebook asks whether you are a person.", "Facebook demande si vous êtes une personne.")
	case gate.Login:
	}
	return g
}

// screen is the live page of a gate, as a test has it: it shows what it is told
// to and keeps what was done.
type screen struct {
	lease *gate.Lease

	mu       sync.Mutex
	now      gate.View
	watchers map[int]func(gate.View)
	next     int
	fronts   int
	noWindow bool

	watched chan struct{} // one more watches
	left    chan struct{} // one fewer
	done    chan gate.Input
}

// newScreen shows a page of 1600 by 1000 CSS pixels.
func newScreen() *screen {
	return &screen{
		watchers: map[int]func(gate.View){}, watched: make(chan struct{}, 100), left: make(chan struct{}, 100),
		done: make(chan gate.Input, 1000), now: gate.View{Frame: frame(800, 500), Width: 1600, Height: 1000},
	}
}

// frame is a picture of something like a page with a form (JPEG).
func frame(width, height int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{0xfa, 0xfa, 0xfc, 0xff}
			switch {
			case y < height/8:
				c = color.RGBA{24, 90, 188, 0xff}
			case x > width/3 && x < width*2/3 && y%(height/6) > height/8:
				c = color.RGBA{0xd6, 0xde, 0xe8, 0xff}
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, m, nil)
	return b.Bytes()
}

// Watch implements [gate.Screen].
func (s *screen) Watch(ctx context.Context, show func(gate.View)) error {
	s.mu.Lock()
	id := s.next
	s.next++
	s.watchers[id] = show
	show(s.now)
	s.mu.Unlock()
	s.watched <- struct{}{}
	<-ctx.Done()
	s.mu.Lock()
	delete(s.watchers, id)
	s.mu.Unlock()
	s.left <- struct{}{}
	return ctx.Err()
}

// Act implements [gate.Screen].
func (s *screen) Act(_ context.Context, d gate.Drive, in gate.Input) error {
	if !d.Current(s.lease) {
		return gate.ErrNotDriving
	}
	s.done <- in
	return nil
}

// Front implements [gate.Screen].
func (s *screen) Front(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fronts++
	if s.noWindow {
		return io.EOF
	}
	return nil
}

// show changes what the page looks like.
func (s *screen) show(v gate.View) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = v
	for _, show := range s.watchers {
		show(v)
	}
}

// await gives the next thing of a kind that was done on the page; only moves of
// the pointer may come before it.
func (s *screen) await(t testing.TB, kind gate.InputKind) gate.Input {
	t.Helper()
	for {
		select {
		case in := <-s.done:
			if in.Kind == kind {
				return in
			}
			if in.Kind != gate.Move {
				t.Fatalf("%s was done: %+v; %s was expected", in.Kind, in, kind)
			}
		case <-deadline(t).Done():
			t.Fatalf("no %s came", kind)
		}
	}
}

// crowd shows accounts that stand in every way, with names of every length.
func crowd(p *Page) {
	for i, a := range []Account{
		{ID: "marie-fb", Service: "Facebook", Email: "m•••@e•••.org", State: journal.Waiting, Says: words.Said("needs you", "vous attend"), Goes: words.Said("Facebook asks you to log in.", "Facebook vous demande de vous connecter.")},
		{ID: "marie-ig", Service: "Instagram", Email: "m•••@e•••.org", State: journal.Pending, Says: words.Said("covered", "couverte"), Goes: words.Said("covered by marie-fb, as your config says", "couverte par marie-fb, comme le dit votre configuration")},
		{ID: "marie-wa", Service: "WhatsApp", Email: "m•••@e•••.org", Phone: "+33 ••• ••78", State: journal.Filling, Says: words.Said("under way", "en cours"), Goes: words.Said("The form is being filled in.", "Le formulaire est rempli.")},
		{ID: "paul-fb", Service: "Facebook", Email: "p•••@l•••.fr", State: journal.Submitted, Says: words.Said("submitted", "envoyée"), Goes: words.Said("waiting for Meta's mail, due Wed 23 Dec", "attend le courriel de Meta, pour le mer. 23 déc.")},
		{ID: "a-very-long-account-name-of-somebody", Service: "Facebook", Email: "x•••@l•••.fr", State: journal.InDoubt, Says: words.Said("in doubt", "incertaine"), Goes: words.Said("The connection broke while sending. It will not be sent again by itself.", "La connexion a été coupée pendant l’envoi. Elle ne sera pas renvoyée d’elle-même.")},
		{ID: "ines-ig", Service: "Instagram", Email: "i•••@l•••.fr", State: journal.Drifted, Says: words.Said("stopped", "arrêtée"), Goes: words.Said("The page has changed. Nothing was typed or sent.", "La page a changé. Rien n’a été tapé ni envoyé.")},
	} {
		a.Since = time.Now().Add(-time.Duration(i) * 7 * time.Minute)
		p.Show(a)
	}
}

// invited is a new link to the page, in the place of the one before.
func invited(p *Page) string {
	p.door.invite()
	return p.URL()
}
