package attempt

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/personal"
)

// people is a person who gives the answers of a list. A gate that is not
// expected, and an answer that is not used, fail the test.
type people struct {
	t       testing.TB
	mu      sync.Mutex
	answers []reply
	met     []gate.Gate
}

type reply struct {
	to   gate.Kind
	says gate.Answer
	do   func(gate.Gate) // what else the person does, with the page in hand

	meet  meeting // instead of says and do: all that happens at this gate
	maybe bool    // it may stay unused
}

func peopleWho(t testing.TB, answers ...reply) *people {
	p := &people{t: t, answers: answers}
	t.Cleanup(func() {
		unused := slices.DeleteFunc(p.answers, func(r reply) bool { return r.maybe })
		if len(unused) > 0 {
			t.Errorf("answers nobody asked for: %v", unused)
		}
	})
	return p
}

func (p *people) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.met = append(p.met, g)
	if len(p.answers) == 0 || p.answers[0].to != g.Kind {
		p.t.Errorf("a gate nobody expected: %s, %s", g.Kind, g.Need)
		return gate.Answer{Verb: gate.GiveUp}, l.Return(gate.Answer{Verb: gate.GiveUp})
	}
	r := p.answers[0]
	p.answers = p.answers[1:]
	if r.meet != nil {
		return r.meet(ctx, g, l)
	}
	if err := l.Take(); err != nil {
		p.t.Error(err)
	}
	if r.do != nil {
		r.do(g)
	}
	r.says.By = "test"
	return r.says, l.Return(r.says)
}

func TestNothingIsSentBeforeTheReviewIsApproved(t *testing.T) {
	t.Parallel()
	s := newStage(t, "ordinary")
	s.job = func(j *Job) { j.Review, j.Played = ReviewAlways, false }
	who := peopleWho(t, reply{to: gate.Review, says: gate.Answer{Verb: gate.Approve}, do: func(g gate.Gate) {
		if n := len(s.site.Received()); n > 0 {
			t.Errorf("%d forms were sent before the person looked", n)
		}
		if len(g.Form) == 0 || g.Form[0].Value != "m•••@e•••.org" || g.Picture == "" {
			t.Errorf("the person was shown %+v", g)
		}
	}})
	s.channel = who
	s.ends(s.mustTry(), journal.Submitted, 1)
}

// What was approved beforehand holds for a way to the form that is well known.
func TestALittleKnownWayIsLookedAtWhateverWasSaidBeforehand(t *testing.T) {
	for confidence, want := range map[string]journal.Name{
		"A": journal.Submitted, "": journal.Submitted, "B": journal.NeedsHuman, "C": journal.NeedsHuman, "D": journal.NeedsHuman,
	} {
		t.Run("confidence "+confidence, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, "ordinary")
			s.job = func(j *Job) {
				own := *j.Profile
				own.Routes = slices.Clone(own.Routes)
				for i := range own.Routes {
					own.Routes[i].Confidence = confidence
				}
				j.Profile, j.Played = &own, false
			}
			received := 0
			if want == journal.Submitted {
				received = 1
			}
			s.ends(s.mustTry(), want, received)
		})
	}
}

func TestWhoSaysNoAtTheReviewSendsNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t, "ordinary")
	s.job = func(j *Job) { j.Review, j.Played = ReviewAlways, false }
	s.channel = peopleWho(t, reply{to: gate.Review, says: gate.Answer{Verb: gate.GiveUp}})
	s.ends(s.mustTry(), journal.NeedsHuman, 0)
}

// TestWhoGivesNoCodeAfterAskingForOne is told that the site has the values with
// which the code was asked for.
func TestWhoGivesNoCodeAfterAskingForOne(t *testing.T) {
	t.Parallel()
	s := newStage(t, "portal-code")
	r := s.mustTry()
	s.ends(r, journal.NeedsHuman, 1)
	const want = "Give the one-time code that the site has sent you. The site had got a part of it before. No objection was made."
	if got := r.Reason.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestWhoStopsAfterTheSiteGotTheForm is not told that nothing was sent.
func TestWhoStopsAfterTheSiteGotTheForm(t *testing.T) {
	t.Parallel()
	s := newStage(t, "field-error")
	s.store.Fail(func(e journal.Event) error {
		if e.Verdict == journal.NotTaken {
			close(s.stop)
		}
		return nil
	})
	r := s.mustTry()
	s.ends(r, journal.Failed, 1)
	const want = "You stopped it. The site had got the form before, and did not take it."
	if got := r.Reason.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAnothersEmailIsThePersonsChoice(t *testing.T) {
	t.Parallel()
	for option, submitted := range map[string]bool{useOurs: true, keepTheirs: false} {
		t.Run(option, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, "prefilled-other")
			s.channel = peopleWho(t, reply{to: gate.Choice, says: gate.Answer{Verb: gate.Pick, Option: option}})
			r := s.mustTry()
			if submitted {
				s.ends(r, journal.Submitted, 1)
				return
			}
			if got := s.site.Received(); r.State.Is != journal.Submitted || len(got) != 1 || got[0].Email == s.account.Email.Reveal(personal.ForMatching) {
				t.Errorf("kept theirs, and it ended %s with %v", r.State.Is, got)
			}
		})
	}
}

// Ours beside an address that a person kept would be refused by the page, or
// worse, be taken.
func TestWhatAPersonKeptIsNotContradicted(t *testing.T) {
	t.Parallel()
	s := newStage(t, "prefilled-other+portal")
	s.channel = peopleWho(t, reply{to: gate.Choice, says: gate.Answer{Verb: gate.Pick, Option: keepTheirs}})
	r := s.mustTry()
	s.ends(r, journal.NeedsHuman, 0)
	if want := "a second time"; !strings.Contains(r.Reason.String(), want) {
		t.Errorf("the reason is %q, without %q", r.Reason, want)
	}
}

func TestOfTwoLinksThePersonsIsFollowed(t *testing.T) {
	t.Parallel()
	s := newStage(t, "two-links")
	who := peopleWho(t, reply{to: gate.Choice, says: gate.Answer{Verb: gate.Pick, Option: "0"}})
	s.channel = who
	s.ends(s.mustTry(), journal.Submitted, 1)
	if n := len(who.met[0].Options); n != 2 {
		t.Errorf("%d links were offered, not 2", n)
	}
}

func TestAnUnclearAnswerIsThePersonsToJudge(t *testing.T) {
	t.Parallel()
	for option, want := range map[string]journal.Name{
		saidTaken: journal.Submitted, saidRefused: journal.Rejected, saidUnclear: journal.InDoubt,
	} {
		t.Run(option, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, "unclear")
			s.channel = peopleWho(t, reply{to: gate.Outcome, says: gate.Answer{Verb: gate.Pick, Option: option}})
			s.ends(s.mustTry(), want, 1)
		})
	}
}

// A person who says that they are done and is not, is asked again, and not for
// ever.
func TestReturningWithTheLoginStillThereDoesNotPass(t *testing.T) {
	t.Parallel()
	s := newStage(t, "login")
	done := reply{to: gate.Login, says: gate.Answer{Verb: gate.Done}}
	s.channel = peopleWho(t, done, done, done)
	s.ends(s.mustTry(), journal.NeedsHuman, 0)
}

// While a person has the page the machine does not touch it.
func TestTheMachineKeepsItsHandsOffALentPage(t *testing.T) {
	t.Parallel()
	s := newStage(t, "captcha")
	s.channel = peopleWho(t, reply{to: gate.Captcha, says: gate.Answer{Verb: gate.GiveUp}, do: func(gate.Gate) {
		if n := s.site.Counts().CaptchaTicked; n > 0 {
			t.Error("the captcha was ticked by us")
		}
	}})
	s.ends(s.mustTry(), journal.NeedsHuman, 0)
	if n := s.site.Counts().CaptchaTicked; n > 0 {
		t.Error("the captcha was ticked by us")
	}
}
