package attempt

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/rehearsal"
	"opposer/profiles"
)

func TestMain(m *testing.M) {
	if told := os.Getenv(childEnv); told != "" {
		if err := playVictim(context.Background(), told); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// shipped are the profiles as they ship, read once.
var shipped = sync.OnceValues(func() (*profile.Set, error) { return profile.Load(profiles.FS) })

const shellBin = "/usr/bin/chromium-headless-shell"

// hasty is the patience of tests: long enough for a busy machine to do what it
// will do, short where a page never will.
func hasty() Patience {
	return Patience{Step: 20 * time.Second, Quiet: 1500 * time.Millisecond, Answer: 20 * time.Second, Click: 2 * time.Second, Person: gate.Clocks{Come: 20 * time.Second, Finish: 20 * time.Second}}
}

func marie(t testing.TB) personal.Account {
	t.Helper()
	email, err := personal.ParseEmail("marie.curie@example.org")
	if err != nil {
		t.Fatal(err)
	}
	return personal.Account{ID: "marie-fb", Service: "facebook", Email: email, Country: "FR", Language: "fr"}
}

// stage is a rehearsal with a browser that knows its hosts only.
type stage struct {
	t        testing.TB
	site     *rehearsal.Site
	browser  *chrome.Browser
	set      *profile.Set
	store    *journaltest.Memory
	journal  *journal.Journal
	account  personal.Account
	dir      string
	channel  gate.Channel
	patience Patience
	stop     chan struct{}
	job      func(*Job)
	windows  func(context.Context, *chrome.Browser) (*chrome.Browser, error)
}

func newStage(t testing.TB, scenario string) *stage {
	t.Helper()
	return newStageFor(t, scenario, marie(t))
}

func newStageFor(t testing.TB, scenario string, account personal.Account, change ...func(*rehearsal.Options)) *stage {
	t.Helper()
	s := &stage{t: t, account: account, dir: t.TempDir(), channel: gate.None{}, patience: hasty(), stop: make(chan struct{}), job: func(*Job) {}}
	var err error
	if s.set, err = shipped(); err != nil {
		t.Fatal(err)
	}
	o := rehearsal.Options{Scenario: scenario, Prefill: s.account.Email.Reveal(personal.ForMatching)}
	for _, c := range change {
		c(&o)
	}
	s.site, err = rehearsal.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.site.Close() })
	s.store = journaltest.NewMemory()
	s.journal = journal.New(s.store, []byte("a secret of thirty-two bytes 123"), time.Now)
	s.browse(shellBin, nil)
	return s
}

// browse starts the stage's browser, in the place of the one it had.
func (s *stage) browse(bin string, change func(*chrome.Options)) {
	s.t.Helper()
	o := chrome.Options{
		Bin: bin, NoSandbox: os.Geteuid() == 0, Hosts: s.site.Hosts(), TrustedKeys: s.site.TrustedKeys(),
		Languages: []string{s.set.Profiles[s.account.Service].PageLanguage(s.account.Language)}, Log: zerolog.Nop(),
	}
	if change != nil {
		change(&o)
	}
	b, err := chrome.Start(context.Background(), o)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = b.Close(context.Background()) })
	s.browser = b
}

// try makes one attempt, as a run does.
func (s *stage) try(ctx context.Context) (Result, error) {
	s.t.Helper()
	claim, err := s.journal.Claim(ctx, "test", s.journal.Objection(s.account))
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = claim.Release() }()
	a := Attempter{
		Browser: s.browser, Journal: s.journal, Channel: s.channel, Masker: personal.NewMasker(s.account),
		Evidence: filepath.Join(s.dir, "evidence"), Log: s.log(), Now: time.Now, Stop: s.stop, Patience: s.patience,
		Windowed: s.windows,
	}
	j := Job{Account: s.account, Profile: s.set.Profiles[s.account.Service], Set: s.set, Run: "test", Review: ReviewNever, Played: true}
	s.job(&j)
	return a.Try(ctx, claim, j)
}

func (s *stage) log() zerolog.Logger {
	if testing.Verbose() {
		return zerolog.New(zerolog.NewTestWriter(s.t))
	}
	return zerolog.Nop()
}

func (s *stage) mustTry() Result {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	r, err := s.try(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// events are the kinds of all events so far, in order.
func (s *stage) events() []journal.Event {
	s.t.Helper()
	all, err := s.journal.History(context.Background(), "")
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// ends checks where the attempt came to, and how many forms the site received
// with exactly the account's values.
func (s *stage) ends(r Result, want journal.Name, received int) {
	s.t.Helper()
	if r.State.Is != want {
		s.t.Errorf("the attempt ended %s (%s), not %s", r.State.Is, r.Reason, want)
	}
	got := s.site.Received()
	if len(got) != received {
		s.t.Errorf("the site received %d forms, not %d: %v", len(got), received, got)
	}
	for _, g := range got {
		if g.Email != s.account.Email.Reveal(personal.ForMatching) || !g.Trusted {
			s.t.Errorf("received with other values, or by events that a script made up: %v", g)
		}
	}
	if d := s.site.Decoys(); len(d) > 0 {
		s.t.Errorf("something arrived where nothing must: %v", d)
	}
	if n := s.site.CookiesAccepted(); n > 0 {
		s.t.Errorf("all cookies were allowed %d times", n)
	}
}
