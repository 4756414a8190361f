package attempt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/rehearsal"
)

// meeting is how a person meets a gate: all of what [gate.Channel] asks.
type meeting func(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error)

// hands are those of a person who sees the page elsewhere than in its own
// window: they press and type through the gate's screen, as supervise's page
// does, at the places that the site itself tells. Nothing of ours that looks
// for a control is between them and the page.
type hands struct {
	t      testing.TB
	site   *rehearsal.Site
	screen gate.Screen
	lease  *gate.Lease
	drive  gate.Drive
}

// reach is how long a person looks for something on a page, or waits until
// something is done with it.
const reach = 20 * time.Second

// withPlaces lets a person's hands find what they press.
func withPlaces(o *rehearsal.Options) { o.Places = true }

// newHandedStage is a stage whose pages a person can act on.
func newHandedStage(t testing.TB, scenario string) *stage {
	t.Helper()
	return newStageFor(t, scenario, marie(t), withPlaces)
}

// byHand is a person who acts on the page and leaves it to the page to show
// that they are done.
func (s *stage) byHand(do func(hands)) meeting {
	return func(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
		s.handsOn(g, l, do)
		return untilOver(ctx, l)
	}
}

// byHandThen is a person who acts on the page and says at once what comes of it.
// Where the page was faster, its answer stands.
func (s *stage) byHandThen(a gate.Answer, do func(hands)) meeting {
	return func(_ context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
		s.handsOn(g, l, do)
		a.By = "test"
		if err := l.Return(a); err != nil {
			a, _ = l.Answer()
		}
		return a, nil
	}
}

// handsOn takes the page and acts on it.
func (s *stage) handsOn(g gate.Gate, l *gate.Lease, do func(hands)) {
	drive, err := l.Drive()
	if err != nil {
		s.t.Error(err)
		return
	}
	do(hands{t: s.t, site: s.site, screen: g.Screen, lease: l, drive: drive})
}

// untilOver waits until somebody else has ended the lease.
func untilOver(ctx context.Context, l *gate.Lease) (gate.Answer, error) {
	select {
	case <-l.Returned():
		a, _ := l.Answer()
		return a, nil
	case <-ctx.Done():
		return gate.Answer{}, context.Cause(ctx)
	}
}

// do does one thing. What is refused because the page has been given back in
// the meantime is no fault: a person is not told before they press.
func (h hands) do(in gate.Input) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), reach)
	defer cancel()
	if err := h.screen.Act(ctx, h.drive, in); err != nil && h.lease.Out() {
		h.t.Errorf("%s: %v", in.Kind, err)
	}
}

// press presses what has that name; again presses the same place once more.
func (h hands) press(name string) (again func()) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), reach)
	defer cancel()
	x, y, _, _, err := h.site.PlaceInPage(ctx, name)
	if err != nil {
		h.t.Error(err)
		return func() {}
	}
	again = func() {
		h.t.Helper()
		h.do(gate.Input{Kind: gate.Move, X: x, Y: y})
		h.do(gate.Input{Kind: gate.Down, X: x, Y: y, Button: "left", Buttons: 1, Clicks: 1})
		h.do(gate.Input{Kind: gate.Up, X: x, Y: y, Button: "left", Clicks: 1})
	}
	again()
	return again
}

// write presses a field and writes into it.
func (h hands) write(name, text string) {
	h.t.Helper()
	h.press(name)
	h.do(gate.Input{Kind: gate.Text, Text: text})
}

// rewrite writes into a field in place of what it holds.
func (h hands) rewrite(name, text string) {
	h.t.Helper()
	h.press(name)
	for range 40 {
		h.key("Backspace")
	}
	h.do(gate.Input{Kind: gate.Text, Text: text})
}

// up scrolls to the page's beginning.
func (h hands) up() {
	h.t.Helper()
	h.do(gate.Input{Kind: gate.Wheel, X: 640, Y: 300, DY: -5000})
}

func (h hands) key(name string) {
	h.t.Helper()
	h.do(gate.Input{Kind: gate.KeyDown, Key: name, Code: name})
	h.do(gate.Input{Kind: gate.KeyUp, Key: name, Code: name})
}

// logIn logs in with the one account that the rehearsal knows.
func (h hands) logIn() {
	h.t.Helper()
	h.write("Adresse e-mail ou numéro de téléphone", "marie.curie@example.org")
	h.write("Mot de passe", rehearsal.Password)
	h.key("Enter")
}

// seen waits until something with that name is on the page.
func (h hands) seen(name string) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), reach)
	defer cancel()
	if _, _, _, _, err := h.site.PlaceInPage(ctx, name); err != nil {
		h.t.Error(err)
	}
}

// arrives waits until the site has received so many forms.
func (s *stage) arrives(n int) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), reach)
	defer cancel()
	if _, err := s.site.Await(ctx, n); err != nil {
		s.t.Error(err)
	}
}

// tapped starts the browser anew and gives the line to it that the chrome room
// uses, for what a person does outside the page.
func (s *stage) tapped() rod.CDPClient {
	s.t.Helper()
	var tap rod.CDPClient
	s.browse(shellBin, func(o *chrome.Options) {
		o.Wrap = func(c rod.CDPClient) rod.CDPClient { tap = c; return c }
	})
	return tap
}

// closeTabs closes every tab, as the cross at its top does.
func (s *stage) closeTabs(tap rod.CDPClient) {
	s.t.Helper()
	all, err := proto.TargetGetTargets{}.Call(tap)
	if err != nil {
		s.t.Error(err)
		return
	}
	for _, target := range all.TargetInfos {
		if target.Type != proto.TargetTargetInfoTypePage {
			continue
		}
		if _, err := (proto.TargetCloseTarget{TargetID: target.TargetID}).Call(tap); err != nil {
			s.t.Error(err)
		}
	}
}

// killBrowser ends the stage's browser as a crash or the system does: nothing
// is said before.
func (s *stage) killBrowser() {
	s.t.Helper()
	_, address, _ := strings.Cut(s.site.Hosts()[0], "=")
	pid, err := chromeOf(address)
	if err == nil {
		err = syscall.Kill(pid, syscall.SIGKILL)
	}
	if err != nil {
		s.t.Error(err)
	}
}

var errNoChrome = errors.New("no Chrome knows that site")

// chromeOf is the process of the browser that resolves hosts to that address,
// by its command line: the address is of one stage only. Its children, which
// have a type, are not it.
func chromeOf(address string) (int, error) {
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		return 0, err
	}
	for _, line := range lines {
		said, err := os.ReadFile(line)
		if err != nil || bytes.Contains(said, []byte("--type=")) || !bytes.Contains(said, []byte(" "+address+",")) {
			continue // ended in the meantime, or another's
		}
		return strconv.Atoi(filepath.Base(filepath.Dir(line)))
	}
	return 0, fmt.Errorf("%w: %s", errNoChrome, address)
}
