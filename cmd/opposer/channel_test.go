package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"opposer/internal/config"
	"opposer/internal/gate"
	"opposer/internal/supervise"
)

const webAtNeed = "web at need"

// meetsBy are the places where a channel meets the person; none where it meets
// nobody. Wherever they are met they are called, and it is shown.
func meetsBy(t *testing.T, c gate.Channel) (names []string) {
	t.Helper()
	if _, nobody := c.(gate.None); nobody {
		return nil
	}
	told, ok := c.(boarded)
	if !ok {
		t.Fatalf("%T", c)
	}
	c = told.Channel.(notified).Channel.(fronted).Channel
	late, ok := c.(*pageAtNeed)
	if ok {
		c = late.Channel
		defer func() { names = append(names, webAtNeed) }()
	}
	for _, way := range c.(gate.Several) {
		switch way.(type) {
		case *terminal:
			names = append(names, inTerminal)
		case window:
			names = append(names, inWindow)
		case *supervise.Page:
			names = append(names, inWeb)
		default:
			t.Fatalf("%T", way)
		}
	}
	return names
}

// TestWhereAPersonIsMet: where the config says, else where they are, and on the
// page wherever there is one. A terminal alone has a page at need.
func TestWhereAPersonIsMet(t *testing.T) {
	both := terminals{in: true, err: true}
	for _, c := range []struct {
		name   string
		verify string
		headed bool
		tty    terminals
		page   bool
		want   []string
	}{
		{"auto, nobody there", inAuto, false, terminals{}, false, nil},
		{"auto, a terminal", inAuto, false, both, false, []string{inTerminal, webAtNeed}},
		{"auto, only a keyboard", inAuto, false, terminals{in: true}, false, nil},
		{"auto, only a screen", inAuto, false, terminals{err: true}, false, nil},
		{"auto, a window", inAuto, true, terminals{}, false, []string{inWindow}},
		{"auto, a window and a terminal to answer at", inAuto, true, both, false, []string{inTerminal}},
		{"auto, the page", inAuto, false, terminals{}, true, []string{inWeb}},
		{"auto, the page and a terminal", inAuto, false, both, true, []string{inTerminal, inWeb}},
		{"auto, the page and a window", inAuto, true, terminals{}, true, []string{inWindow, inWeb}},
		{"not said is auto", "", false, both, false, []string{inTerminal, webAtNeed}},
		{"window", inWindow, true, terminals{}, false, []string{inWindow}},
		{"window, at a terminal", inWindow, true, both, false, []string{inTerminal}},
		{"terminal", inTerminal, false, both, false, []string{inTerminal, webAtNeed}},
		{"web", inWeb, false, terminals{}, true, []string{inWeb}},
		{"web, at a terminal", inWeb, false, both, true, []string{inWeb}},
		{"none", inNone, false, both, false, nil},
		{"none, headed", inNone, true, both, false, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, _ := told()
			h.app.tty = c.tty
			if c.page {
				paged(t, h)
			}
			h.config.Verify, h.config.Headed = c.verify, c.headed
			got := meetsBy(t, h.channel(&stopping{asked: make(chan struct{})}))
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			if err := h.close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestAPlaceThatIsNotThereIsToldAtOnce: not at the first gate, half an hour
// later.
func TestAPlaceThatIsNotThereIsToldAtOnce(t *testing.T) {
	for _, c := range []struct {
		name    string
		config  config.Config
		display string
		tty     terminals
		refused bool
	}{
		{"a window without a display", config.Config{Verify: inWindow}, "", terminals{}, true},
		{"a window", config.Config{Verify: inWindow}, ":0", terminals{}, false},
		{"headed without a display", config.Config{Verify: inAuto, Headed: true}, "", terminals{}, true},
		{"a terminal without one", config.Config{Verify: inTerminal}, ":0", terminals{}, true},
		{"a terminal with a keyboard alone", config.Config{Verify: inTerminal}, ":0", terminals{in: true}, true},
		{"a terminal", config.Config{Verify: inTerminal}, "", terminals{in: true, err: true}, false},
		{"the page", config.Config{Verify: inWeb}, "", terminals{}, false},
		{"nobody", config.Config{Verify: inNone}, "", terminals{}, false},
	} {
		h, _ := told("DISPLAY", c.display)
		h.app.tty, h.config = c.tty, &c.config
		if c.display == "" && h.app.hasDisplay() {
			continue // a system that always has one
		}
		err := h.settleChannel(t.Context())
		told, refused := errors.AsType[*usageError](err)
		if refused != c.refused || !refused && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		// What is to be added keeps a rehearsal a rehearsal.
		if refused && (!strings.Contains(told.remedy.String(), "add to the same command: --") || !strings.Contains(told.remedy.String(), "--verify=web")) {
			t.Errorf("%s: %s", c.name, told.remedy)
		}
		if c.config.Verify == inWindow && !h.config.Headed {
			t.Errorf("%s: Chrome would have none", c.name)
		}
	}
}

// TestAWindowAloneMeetsWhatIsDoneInIt, and says so: a code or a choice has no
// place there.
func TestAWindowAloneMeetsWhatIsDoneInIt(t *testing.T) {
	for _, k := range gate.Kinds() {
		h, out := told()
		w := window{h.screen, h.app.lang}
		g, l := windowed(asked(k)), gate.Offer()
		meets := g.OnPage || k == gate.Review
		if meets {
			if err := l.Return(gate.Answer{Verb: gate.Done, By: "page"}); err != nil {
				t.Fatal(err)
			}
		}
		a, err := w.Meet(t.Context(), g, l)
		if err != nil || (a.Verb == gate.Nobody) == meets || meets && a.By != "page" {
			t.Errorf("%s: %+v %v", k, a, err)
		}
		if said := out.Len() > 0; said != meets {
			t.Errorf("%s: said %q", k, out)
		}
		g.Window = false
		if a, _ := w.Meet(t.Context(), g, gate.Offer()); a.Verb != gate.Nobody {
			t.Errorf("%s without a window: %+v", k, a)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	h, _ := told()
	if _, err := (window{h.screen, h.app.lang}).Meet(ended, windowed(asked(gate.Login)), gate.Offer()); !errors.Is(err, context.Canceled) {
		t.Errorf("after the run's end: %v", err)
	}
}

// TestTheWindowComesToTheFront where there is one; the person is met even where
// it does not.
func TestTheWindowComesToTheFront(t *testing.T) {
	for _, fails := range []bool{false, true} {
		for _, shows := range []bool{false, true} {
			page := &screened{fails: fails}
			g := asked(gate.Login)
			g.Window, g.Screen = shows, page
			a, err := fronted{answering{gate.Answer{Verb: gate.Done}}}.Meet(t.Context(), g, gate.Offer())
			if err != nil || a.Verb != gate.Done || (page.fronted == 1) != shows {
				t.Errorf("a window: %t, it fails: %t: %+v %v, brought to the front %d times", shows, fails, a, err, page.fronted)
			}
		}
	}
}

// TestHowAPersonIsCalled: by the bell where they sit, on the desktop where there
// is one, and a rehearsal troubles no desktop.
func TestHowAPersonIsCalled(t *testing.T) {
	for _, c := range []struct {
		name          string
		display       string
		tty           terminals
		rehearse      bool
		desktop, bell bool
	}{
		{"nobody there", "", terminals{}, false, false, false},
		{"a terminal", "", terminals{in: true, err: true}, false, false, true},
		{"what is said goes to a file", "", terminals{in: true, out: true}, false, false, false},
		{"a desktop", ":0", terminals{}, false, true, false},
		{"a rehearsal", ":0", terminals{err: true}, true, false, true},
	} {
		h, _ := told("DISPLAY", c.display)
		if c.display == "" && h.app.hasDisplay() {
			continue // a system that always has one
		}
		h.app.tty, h.options.rehearse, h.config.Notify = c.tty, c.rehearse, "tell me"
		n := h.notifier()
		if n.desktop != c.desktop || (n.bell != nil) != c.bell || n.command != "tell me" {
			t.Errorf("%s: desktop %t, bell %t, %q", c.name, n.desktop, n.bell != nil, n.command)
		}
		if err := n.close(); err != nil {
			t.Error(err)
		}
	}
}

// TestTheCommandsFolder: a path in a file is relative to the file, one that was
// typed to where it was typed.
func TestTheCommandsFolder(t *testing.T) {
	file := filepath.Join("etc", "opposer.yaml")
	for from, want := range map[string]string{
		file + ":3": "etc", "--notify-command": "", "OPPOSER_NOTIFY_COMMAND": "",
	} {
		cfg := &config.Config{Path: file, Settings: []config.Setting{{Key: "log_file", From: file + ":2"}, {Key: "notify_command", From: from}}}
		if got := notifyFolder(cfg); got != want {
			t.Errorf("%s: %q, want %q", from, got, want)
		}
	}
	if got := notifyFolder(&config.Config{}); got != "" {
		t.Errorf("without a file: %q", got)
	}
}
