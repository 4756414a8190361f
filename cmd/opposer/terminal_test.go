package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// seat is a person at a terminal: what they type, what they see.
type seat struct {
	*terminal
	types *os.File
	seen  *shown
	stops chan struct{}
}

// shown is what was written to a screen, with news for who waits.
type shown struct {
	mu   sync.Mutex
	text bytes.Buffer
	news chan struct{}
}

func (s *shown) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.Write(b)
	select {
	case s.news <- struct{}{}:
	default:
	}
	return len(b), nil
}

func (s *shown) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// holds waits until the screen shows a text.
func (s *shown) holds(t *testing.T, text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for !strings.Contains(s.String(), text) {
		select {
		case <-s.news:
		case <-ctx.Done():
			t.Fatalf("never shown: %q\n%s", text, s)
		}
	}
}

func sit(t *testing.T) *seat {
	t.Helper()
	in, types, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = types.Close(); _ = in.Close() })
	s := &seat{types: types, seen: &shown{news: make(chan struct{}, 1)}, stops: make(chan struct{})}
	s.terminal = &terminal{
		screen:   &screen{out: s.seen, width: func() int { return 80 }},
		keyboard: newKeyboard(in), lang: words.English,
		stop: s.stops, turn: make(chan struct{}, 1),
	}
	return s
}

func (s *seat) type_(t *testing.T, text string) {
	t.Helper()
	if _, err := s.types.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

func asked(k gate.Kind) gate.Gate {
	g := gate.Gate{Kind: k, Service: "Facebook", Account: "marie-fb", Origin: "https://www.facebook.com", Need: words.T("covered by %s as soon as that one is submitted", "x")}
	switch k {
	case gate.Choice, gate.Outcome:
		g.Options = []gate.Option{{ID: "keep", Label: words.Verbatim("first")}, {ID: "ours", Label: words.Verbatim("second"), Detail: "beside it"}}
	case gate.Review:
		g.Form = []gate.Line{{Label: "E-mail", Value: "m•••@e•••.org"}, {Label: "Reason"}}
	case gate.Login, gate.Captcha, gate.Decision:
		g.OnPage = true
	case gate.Code:
	}
	return g
}

// windowed is a gate whose page is in a window that the person can see.
func windowed(g gate.Gate) gate.Gate {
	g.Window = true
	return g
}

func TestAnswersAtATerminal(t *testing.T) {
	for _, c := range []struct {
		name   string
		kind   gate.Kind
		typed  string
		verb   gate.Verb
		option string
	}{
		{"done in the window", gate.Login, "\n", gate.Done, ""},
		{"something else first", gate.Captcha, "what\n\n", gate.Done, ""},
		{"stop", gate.Login, "s\n", gate.GiveUp, ""},
		{"stop, in capitals", gate.Review, "S\r\n", gate.GiveUp, ""},
		{"the review approved", gate.Review, "y\n", gate.Approve, ""},
		{"in French", gate.Review, "oui\n", gate.Approve, ""},
		{"Enter alone sends nothing", gate.Review, "\n\n\nn\n", gate.GiveUp, ""},
		{"a slip sends nothing", gate.Review, "yy\nyo\ns\n", gate.GiveUp, ""},
		{"an option by its number", gate.Choice, "2\n", gate.Pick, "ours"},
		{"a number that is not there", gate.Choice, "0\n3\n-1\nx\n\n1\n", gate.Pick, "keep"},
		{"an outcome", gate.Outcome, "1\n", gate.Pick, "keep"},
		{"a decision in the window", gate.Decision, "\n", gate.Done, ""},
		{"the last line without its end", gate.Choice, "2", gate.Pick, "ours"},
		{"the end of the input", gate.Choice, "", gate.GiveUp, ""},
		{"the end after a slip", gate.Review, "maybe\n", gate.GiveUp, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sit(t)
			s.type_(t, c.typed)
			_ = s.types.Close()
			l := gate.Offer()
			a, err := s.Meet(t.Context(), windowed(asked(c.kind)), l)
			if err != nil || a.Verb != c.verb || a.Option != c.option || a.By != "terminal" {
				t.Errorf("%+v %v\n%s", a, err, s.seen)
			}
			if l.Out() || c.typed != "" && !isDone(l.Taken()) {
				t.Error("the lease was not taken and returned")
			}
			if got, _ := l.Answer(); got != a {
				t.Errorf("the lease came back with %+v", got)
			}
		})
	}
}

func TestWithoutAWindowNobodyCanActOnThePage(t *testing.T) {
	for _, k := range gate.Kinds() {
		s := sit(t)
		_ = s.types.Close()
		l := gate.Offer()
		a, err := s.Meet(t.Context(), asked(k), l)
		if k == gate.Code {
			continue // a pipe has no echo to turn off: with a pty in pty_linux_test.go
		}
		want := gate.GiveUp // the input's end: it was asked
		if k == gate.Login || k == gate.Captcha || k == gate.Decision {
			want = gate.Nobody
		}
		if err != nil || a.Verb != want || l.Out() != (want == gate.Nobody) {
			t.Errorf("%s: %+v %v", k, a, err)
		}
	}
}

// screened is a page that counts how often it is brought to the front.
type screened struct {
	gate.Screen
	fronted int
	fails   bool
}

func (s *screened) Front(context.Context) error {
	s.fronted++
	if s.fails {
		return errors.New("the page is gone")
	}
	return nil
}

// TestWBringsTheWindowToTheFrontAndAsksOn: to look is no answer.
func TestWBringsTheWindowToTheFrontAndAsksOn(t *testing.T) {
	for _, fails := range []bool{false, true} {
		s, page := sit(t), &screened{fails: fails}
		s.type_(t, "w\n\n")
		g := windowed(asked(gate.Login))
		g.Screen = page
		a, err := s.Meet(t.Context(), g, gate.Offer())
		if err != nil || a.Verb != gate.Done || page.fronted != 1 {
			t.Errorf("%+v %v, brought to the front %d times", a, err, page.fronted)
		}
		seen := s.seen.String()
		if strings.Contains(seen, "could not be brought") != fails || strings.Count(seen, "> ") != 2 {
			t.Errorf("it fails: %t\n%s", fails, seen)
		}
	}
}

// TestWithoutAWindowOneCanBeOpened: what is done on the page is not done by
// pressing Enter where no page is seen.
func TestWithoutAWindowOneCanBeOpened(t *testing.T) {
	s := sit(t)
	s.type_(t, "\nw\n")
	g := asked(gate.Captcha)
	g.Windows = true
	a, err := s.Meet(t.Context(), g, gate.Offer())
	if err != nil || a.Verb != gate.Show || a.By != inTerminal {
		t.Errorf("%+v %v", a, err)
	}
	for _, want := range []string{"[w] open it in a window", "Press w and Enter"} {
		if !strings.Contains(s.seen.String(), want) {
			t.Errorf("%q is not shown:\n%s", want, s.seen)
		}
	}
}

func isDone(c <-chan struct{}) bool { return gone(c) }

func TestAnOfferEnds(t *testing.T) {
	s := sit(t)
	g := asked(gate.Review)
	l := gate.Offer()
	l.Start(t.Context(), gate.Clocks{Come: 20 * time.Millisecond}, nil)
	a, err := s.Meet(t.Context(), g, l)
	if err != nil || a.Verb != gate.RanOut || l.Out() {
		t.Errorf("%+v %v", a, err)
	}
}

func TestTheRunsEndEndsTheQuestion(t *testing.T) {
	s := sit(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { s.seen.holds(t, "> "); cancel() }()
	l := gate.Offer()
	a, err := s.Meet(ctx, asked(gate.Review), l)
	if !errors.Is(err, context.Canceled) || a.Verb == gate.Approve {
		t.Errorf("%+v %v", a, err)
	}
}

func TestAWishToStopEndsTheQuestion(t *testing.T) {
	s := sit(t)
	go func() { s.seen.holds(t, "> "); close(s.stops) }()
	a, err := s.Meet(t.Context(), asked(gate.Review), gate.Offer())
	if err != nil || a.Verb != gate.GiveUp {
		t.Errorf("%+v %v", a, err)
	}
}

// TestSomeoneElseSawTheEnd: the page shows that the person has logged in, so
// the lease comes back without a key pressed.
func TestSomeoneElseSawTheEnd(t *testing.T) {
	s := sit(t)
	l := gate.Offer()
	go func() {
		s.seen.holds(t, "> ")
		if err := l.Return(gate.Answer{Verb: gate.Done, By: "window"}); err != nil {
			t.Error(err)
		}
	}()
	a, err := s.Meet(t.Context(), windowed(asked(gate.Login)), l)
	if err != nil || a.Verb != gate.Done || a.By != "window" {
		t.Errorf("%+v %v", a, err)
	}
}

// TestWhatIsOverIsNotAsked: a lease that has come back needs nobody.
func TestWhatIsOverIsNotAsked(t *testing.T) {
	s := sit(t)
	s.type_(t, "y\n")
	l := gate.Offer()
	theirs := gate.Answer{Verb: gate.GiveUp, By: "window"}
	if err := l.Return(theirs); err != nil {
		t.Fatal(err)
	}
	a, err := s.Meet(t.Context(), asked(gate.Review), l)
	if err != nil || a != theirs || s.seen.String() != "" {
		t.Errorf("%+v %v\n%s", a, err, s.seen)
	}
}

// TestALineTypedLateServesTheNextQuestion: a reading that was given up is not
// lost, and two questions never read at once.
func TestALineTypedLateServesTheNextQuestion(t *testing.T) {
	s := sit(t)
	g := asked(gate.Choice)
	l := gate.Offer()
	l.Start(t.Context(), gate.Clocks{Come: 10 * time.Millisecond}, nil)
	if a, _ := s.Meet(t.Context(), g, l); a.Verb != gate.RanOut {
		t.Fatal(a)
	}
	s.type_(t, "2\n")
	if a, err := s.Meet(t.Context(), asked(gate.Choice), gate.Offer()); err != nil || a.Option != "ours" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestOneQuestionAtATime(t *testing.T) {
	s := sit(t)
	var wg sync.WaitGroup
	answers := make(chan gate.Answer, 2)
	for range 2 {
		wg.Go(func() {
			a, err := s.Meet(t.Context(), asked(gate.Choice), gate.Offer())
			if err != nil {
				t.Error(err)
			}
			answers <- a
		})
	}
	s.seen.holds(t, "> ")
	if n := strings.Count(s.seen.String(), "needs you"); n != 1 {
		t.Errorf("%d questions stand on the screen", n)
	}
	s.type_(t, "1\n2\n")
	wg.Wait()
	if one, other := <-answers, <-answers; one.Option == other.Option {
		t.Errorf("%+v %+v", one, other)
	}
}

func TestTheQuestionShowsWhatIsAsked(t *testing.T) {
	s := sit(t)
	_ = s.types.Close()
	g := asked(gate.Review)
	g.Title, g.Picture = "A form", "/evidence/filled.png"
	l := gate.Offer()
	l.Start(t.Context(), gate.Clocks{Come: time.Hour}, nil)
	until := l.Until()
	if _, err := s.Meet(t.Context(), g, l); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"marie-fb", "Facebook (www.facebook.com)", "● needs you", "A form", "E-mail  m•••@e•••.org", "Reason  (empty)",
		"/evidence/filled.png", "[y] send it", "waits until " + until.Local().Format("15:04"),
	} {
		if !strings.Contains(s.seen.String(), want) {
			t.Errorf("%q is not shown:\n%s", want, s.seen)
		}
	}
}

// farEast puts the person where the clock is five and a half hours before UTC's,
// and gives a moment in UTC and how it is read there. The zone is the process's:
// such a test runs beside no other.
func farEast(t *testing.T) (moment time.Time, read string) {
	t.Helper()
	here := time.Local
	t.Cleanup(func() { time.Local = here })
	time.Local = time.FixedZone("far east", (5*60+30)*60)
	return time.Date(2026, 11, 26, 21, 38, 0, 0, time.UTC), "03:08"
}

func TestTheQuestionIsInTheReadersZone(t *testing.T) {
	until, read := farEast(t)
	s := sit(t)
	if got := s.keys(asked(gate.Code), until); !strings.Contains(got, "waits until "+read) {
		t.Errorf("the question: %s", got)
	}
	if got := s.keys(asked(gate.Code), time.Time{}); strings.Contains(got, "waits") {
		t.Errorf("the question without an end: %s", got)
	}
}

// TestAPageCannotWriteOnTheTerminal: its words are shown, its escapes are not.
func TestAPageCannotWriteOnTheTerminal(t *testing.T) {
	s := sit(t)
	_ = s.types.Close()
	evil := "send\x1b[2J\x1b]0;x\x07\u202ethem\u2066\nnow\u009b1m"
	g := asked(gate.Choice)
	g.Title, g.Origin = evil, "https://www.facebook.com"
	g.Options = []gate.Option{{ID: "x", Label: words.Verbatim(evil), Detail: evil}}
	g.Form = []gate.Line{{Label: evil, Value: evil}}
	if _, err := s.Meet(t.Context(), g, gate.Offer()); err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"\x1b[2J", "\x1b]", "\x07", "\u202e", "\u2066", "\u009b", "\nnow"} {
		if strings.Contains(s.seen.String(), never) {
			t.Errorf("%q reached the terminal: %q", never, s.seen)
		}
	}
	if !strings.Contains(s.seen.String(), "send[2J]0;xthem now1m") {
		t.Errorf("its words are gone: %q", s.seen)
	}
}
