package attempt

import (
	"context"
	"testing"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
)

// windowed gives a further browser, as one with a window would be given: what
// goes on in it is the same with and without one.
func (s *stage) windowed() func(context.Context, *chrome.Browser) (*chrome.Browser, error) {
	return func(context.Context, *chrome.Browser) (*chrome.Browser, error) {
		s.browse(shellBin, nil)
		return s.browser, nil
	}
}

func opensWindow(kind gate.Kind) reply { return reply{to: kind, says: gate.Answer{Verb: gate.Show}} }

// TestAPageIsShownInAWindowWithItsLogin: who wants to see the page in a window
// finds the same form there, and need not log in again.
func TestAPageIsShownInAWindowWithItsLogin(t *testing.T) {
	t.Parallel()
	s := newHandedStage(t, "login")
	first := s.browser
	s.windows = s.windowed()
	s.job = func(j *Job) { j.Review, j.Played = ReviewAlways, false }
	who := peopleWho(t, logsIn(s), opensWindow(gate.Review), approves(s))
	s.channel = who
	s.ends(s.mustTry(), journal.Submitted, 1)
	if n := s.site.Counts().LoggedIn; n != 1 {
		t.Errorf("logged in %d times", n)
	}
	if s.browser == first || len(who.met) != 3 || !who.met[1].Windows {
		t.Errorf("no window was offered: %+v", who.met)
	}
	forms := 0
	for _, e := range s.events() {
		if e.Kind == journal.FormFound {
			forms++
		}
	}
	if forms < 2 {
		t.Errorf("the form was found %d times: it was not begun anew", forms)
	}
}

func TestWithoutAWindowAfterAllAPersonIsNeeded(t *testing.T) {
	t.Parallel()
	s := newStage(t, "captcha")
	s.windows = func(context.Context, *chrome.Browser) (*chrome.Browser, error) {
		return nil, &chrome.StartError{Bin: "x"}
	}
	s.channel = peopleWho(t, opensWindow(gate.Captcha))
	s.ends(s.mustTry(), journal.NeedsHuman, 0)
}

// TestAWindowThatIsNotOfferedIsNotOpened: nor is it where somebody asks for it
// all the same. What has left is not begun anew.
func TestAWindowThatIsNotOfferedIsNotOpened(t *testing.T) {
	for name, c := range map[string]struct {
		scenario string
		windows  bool
		people   func(*stage) []reply
		want     journal.Name
		sends    int
	}{
		"no display": {"captcha", false, func(*stage) []reply {
			return []reply{opensWindow(gate.Captcha), {to: gate.Captcha, says: gate.Answer{Verb: gate.GiveUp}}}
		}, journal.NeedsHuman, 0},
		"a code is due": {"code", true, func(s *stage) []reply {
			return []reply{opensWindow(gate.Code), readsTheMail(s)}
		}, journal.Submitted, 2},
		"the answer is unclear": {"unclear", true, func(*stage) []reply {
			return []reply{opensWindow(gate.Outcome)}
		}, journal.InDoubt, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, c.scenario)
			if c.windows {
				s.windows = func(context.Context, *chrome.Browser) (*chrome.Browser, error) {
					t.Error("a window was opened")
					return s.browser, nil
				}
			}
			who := peopleWho(t, c.people(s)...)
			s.channel = who
			if r := s.mustTry(); r.State.Is != c.want {
				t.Errorf("ended %s (%s), not %s", r.State.Is, r.Reason, c.want)
			}
			if n := len(s.site.Received()); n != c.sends {
				t.Errorf("%d arrived, want %d", n, c.sends)
			}
			for _, g := range who.met {
				if g.Windows {
					t.Errorf("%s offers a window", g.Kind)
				}
			}
		})
	}
}
