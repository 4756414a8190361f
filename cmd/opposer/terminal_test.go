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
	for !strings.Contains(s.String(), text) {
		select {
		case <-s.news:
		case <-t.Context().Done():
			t.Fatalf("never shown: %q\n%s", text, s)
		}
	}
}

var headedNow bool

func sit(t *testing.T, headed bool) *seat {
	headedNow = headed
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
		g.OnPage, g.Window = true, headedNow
	case gate.Code:
	}
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
			s := sit(t, true)
			s.type_(t, c.typed)
			_ = s.types.Close()
			l := gate.Offer()
			a, err := s.Meet(t.Context(), asked(c.kind), l)
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
		s := sit(t, false)
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
		if err != nil || a.Verb != want || want != gate.Nobody && l.Out() {
			t.Errorf("%s: %+v %v", k, a, err)
		}
	}
}

func isDone(c <-chan struct{}) bool { return gone(c) }

func TestAnOfferEnds(t *testing.T) {
	s := sit(t, true)
	g := asked(gate.Review)
	l := gate.Offer()
	l.Start(t.Context(), gate.Clocks{Come: 20 * time.Millisecond}, nil)
	a, err := s.Meet(t.Context(), g, l)
	if err != nil || a.Verb != gate.RanOut || l.Out() {
		t.Errorf("%+v %v", a, err)
	}
}

func TestTheRunsEndEndsTheQuestion(t *testing.T) {
	s := sit(t, true)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { s.seen.holds(t, "> "); cancel() }()
	l := gate.Offer()
	a, err := s.Meet(ctx, asked(gate.Review), l)
	if !errors.Is(err, context.Canceled) || a.Verb == gate.Approve {
		t.Errorf("%+v %v", a, err)
	}
}

func TestAWishToStopEndsTheQuestion(t *testing.T) {
	s := sit(t, true)
	go func() { s.seen.holds(t, "> "); close(s.stops) }()
	a, err := s.Meet(t.Context(), asked(gate.Review), gate.Offer())
	if err != nil || a.Verb != gate.GiveUp {
		t.Errorf("%+v %v", a, err)
	}
}

// TestSomeoneElseSawTheEnd: the page shows that the person has logged in, so
// the lease comes back without a key pressed.
func TestSomeoneElseSawTheEnd(t *testing.T) {
	s := sit(t, true)
	l := gate.Offer()
	go func() {
		s.seen.holds(t, "> ")
		if err := l.Return(gate.Answer{Verb: gate.Done, By: "window"}); err != nil {
			t.Error(err)
		}
	}()
	a, err := s.Meet(t.Context(), asked(gate.Login), l)
	if err != nil || a.Verb != gate.Done || a.By != "window" {
		t.Errorf("%+v %v", a, err)
	}
}

// TestWhatIsOverIsNotAsked: a lease that has come back needs nobody.
func TestWhatIsOverIsNotAsked(t *testing.T) {
	s := sit(t, true)
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
	s := sit(t, true)
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
	s := sit(t, true)
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
	s := sit(t, true)
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

// TestAPageCannotWriteOnTheTerminal: its words are shown, its escapes are not.
func TestAPageCannotWriteOnTheTerminal(t *testing.T) {
	s := sit(t, true)
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
