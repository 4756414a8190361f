package attempt

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-rod/rod"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/profile"
	"opposer/internal/rehearsal"
)

// TestALoginThatEndsInTheMiddleIsDoneAgain: the site forgets who is there while
// the form is filled, refuses what was sent, and takes it after a second login.
func TestALoginThatEndsInTheMiddleIsDoneAgain(t *testing.T) {
	t.Parallel()
	s := newHandedStage(t, "session-expires")
	s.channel = peopleWho(t, logsIn(s), logsIn(s))
	received := s.submitsBy("submit", "submit")
	if len(received) == 2 && (received[0].Taken || !received[1].Taken) {
		t.Errorf("taken: %v", received)
	}
	if n := s.site.Counts().LoggedIn; n != 2 {
		t.Errorf("logged in %d times", n)
	}
}

func TestACheckThatOneIsAPersonIsPassedByOne(t *testing.T) {
	for scenario, person := range map[string]struct {
		do    func(hands)
		count func(rehearsal.Counts) int
	}{
		"captcha": {func(h hands) { h.press("Je ne suis pas un robot") }, func(c rehearsal.Counts) int { return c.CaptchaTicked }},
		"altcha":  {func(h hands) { h.press("Je ne suis pas un robot") }, func(c rehearsal.Counts) int { return c.CaptchaProven }},
		"image-captcha": {func(h hands) {
			h.write("Texte de l’image", "KM7RP")
			h.key("Enter")
		}, func(c rehearsal.Counts) int { return c.PictureRead }},
	} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			s := newHandedStage(t, scenario)
			s.channel = peopleWho(t, reply{to: gate.Captcha, meet: s.byHand(person.do)})
			s.ends(s.mustTry(), journal.Submitted, 1)
			if n := person.count(s.site.Counts()); n != 1 {
				t.Errorf("passed %d times", n)
			}
		})
	}
}

// counting counts what goes to a page as input, whoever it comes from.
type counting struct {
	rod.CDPClient
	inputs *atomic.Int64
}

func (c counting) Call(ctx context.Context, session, method string, params any) ([]byte, error) {
	if strings.HasPrefix(method, "Input.dispatch") || method == "Input.insertText" {
		c.inputs.Add(1)
	}
	return c.CDPClient.Call(ctx, session, method, params)
}

// TestNoMachineInputWhileACaptchaIsAPersons is the promise that the check
// whether one is a person is left to one: while they have the page, what goes to
// it is what they did, to the event.
func TestNoMachineInputWhileACaptchaIsAPersons(t *testing.T) {
	t.Parallel()
	s := newHandedStage(t, "captcha")
	var inputs atomic.Int64
	s.browse(shellBin, func(o *chrome.Options) {
		o.Wrap = func(c rod.CDPClient) rod.CDPClient { return counting{c, &inputs} }
	})
	s.channel = peopleWho(t, reply{to: gate.Captcha, meet: func(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
		before := inputs.Load()
		a, err := s.byHand(func(h hands) { h.press("Je ne suis pas un robot") })(ctx, g, l)
		if n := inputs.Load() - before; n != 3 {
			t.Errorf("%d events of input, the person made 3", n)
		}
		return a, err
	}})
	s.ends(s.mustTry(), journal.Submitted, 1)
	if n := s.site.Counts().CaptchaTicked; n != 1 {
		t.Errorf("ticked %d times", n)
	}
}

// TestWhatOnlyAPersonMayPressOpensACaptchaGate: a profile that would press into
// a captcha's frame is no fault of ours to report, and nothing to insist on.
func TestWhatOnlyAPersonMayPressOpensACaptchaGate(t *testing.T) {
	t.Parallel()
	s := newStage(t, "frame")
	s.job = func(j *Job) {
		own := *j.Profile
		own.Interrupts = append([]profile.Interrupt{
			{Name: "meddling", When: profile.When{Button: "form.submit"}, Press: "form.submit"},
		}, slices.Clone(own.Interrupts)...)
		for i := range own.Interrupts {
			if own.Interrupts[i].Gate == string(gate.Captcha) {
				own.Interrupts[i].When.Frames = append(slices.Clone(own.Interrupts[i].When.Frames), "help.meta.com")
			}
		}
		j.Profile = &own
	}
	s.channel = peopleWho(t,
		reply{to: gate.Captcha, says: gate.Answer{Verb: gate.Done}},
		reply{to: gate.Captcha, says: gate.Answer{Verb: gate.GiveUp}},
	)
	s.ends(s.mustTry(), journal.NeedsHuman, 0)
	for _, e := range s.events() {
		if e.Kind == journal.Broke {
			t.Errorf("taken for a fault: %+v", e)
		}
	}
}

// TestWhoSendsAndGivesUpAtOnceIsToldTheTruth: whether the press or the answer
// was first, the state is what the site has received.
func TestWhoSendsAndGivesUpAtOnceIsToldTheTruth(t *testing.T) {
	t.Parallel()
	s := newHandedStage(t, "ordinary")
	s.job = func(j *Job) { j.Review, j.Played = ReviewAlways, false }
	s.channel = peopleWho(t, reply{to: gate.Review, meet: s.byHandThen(gate.Answer{Verb: gate.GiveUp}, sendsByHand)})
	r := s.mustTry()
	if r.State.Is == journal.Submitted {
		s.ends(r, journal.Submitted, 1)
	} else {
		s.ends(r, journal.NeedsHuman, 0)
		s.channel = peopleWho(t, approves(s))
		s.ends(s.mustTry(), journal.Submitted, 1)
	}
}

// TestWhoFilesTheWholeFormByHandIsHeard: a person who was asked for something
// else on the form's page may as well fill and send it.
func TestWhoFilesTheWholeFormByHandIsHeard(t *testing.T) {
	t.Parallel()
	s := newHandedStage(t, "portal")
	s.job = func(j *Job) {
		own := *j.Profile
		asks := profile.Interrupt{Name: "asks", When: profile.When{Button: "form.submit"}, Gate: string(gate.Decision)}
		own.Interrupts = append([]profile.Interrupt{asks}, own.Interrupts...)
		j.Profile = &own
	}
	s.channel = peopleWho(t, reply{to: gate.Decision, meet: s.byHand(func(h hands) {
		h.write("E-mail", "marie.curie@example.org")
		h.write("Confirmez l’adresse e-mail", "marie.curie@example.org")
		h.press("Envoyer")
	})})
	s.ends(s.mustTry(), journal.Submitted, 1)
}

// interposed does something once after a send has begun, before the machine's
// next event of the mouse: between the last look at the page and the press.
type interposed struct {
	rod.CDPClient
	sending *atomic.Bool
	do      func(c rod.CDPClient, session string)
}

func (i interposed) Call(ctx context.Context, session, method string, params any) ([]byte, error) {
	if method == "Input.dispatchMouseEvent" && i.sending.CompareAndSwap(true, false) {
		i.do(i.CDPClient, session)
	}
	return i.CDPClient.Call(ctx, session, method, params)
}

// TestWhatAPersonSendsAfterAPressInVainIsTheSendThatWasPermitted: our press was
// not heard, a decision came before the page, and the person who answers it
// presses the button too. That is the one send that was begun, not a second.
func TestWhatAPersonSendsAfterAPressInVainIsTheSendThatWasPermitted(t *testing.T) {
	t.Parallel()
	s := newHandedStage(t, "slow-to-hear")
	var sending atomic.Bool
	s.store.Fail(func(e journal.Event) error {
		if e.Kind == journal.SendingBegan {
			sending.Store(true)
		}
		return nil
	})
	s.browse(shellBin, func(o *chrome.Options) {
		o.Wrap = func(c rod.CDPClient) rod.CDPClient {
			return interposed{c, &sending, func(c rod.CDPClient, session string) {
				_, _ = c.Call(t.Context(), session, "Runtime.evaluate", map[string]any{"expression": "document.title = " + strconv.Quote("Faites un choix concernant les publicités")})
			}}
		}
	})
	s.patience.Click = 5 * time.Second // the decision comes with the press's first event: the rest has to arrive
	s.channel = peopleWho(t, reply{to: gate.Decision, meet: s.byHand(sendsByHand)})
	s.ends(s.mustTry(), journal.Submitted, 1)
}

// What a person sends by hand may hold nothing of ours, here an address of
// theirs in place of it: nobody hears of it, but the form is gone. It is not
// sent again.
func TestWhatAPersonSendsUnheardIsInDoubt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		then gate.Verb
		slow bool // the answer takes longer than a still page is waited for
	}{
		"approved":                {gate.Approve, false},
		"given up":                {gate.GiveUp, false},
		"given up, the site slow": {gate.GiveUp, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newHandedStage(t, "portal")
			s.patience.Quiet *= 2 // a part of it is the time to show what came of the request
			held := func() {}
			if c.slow {
				held = s.site.Hold("/ajax/requests/submit/")
			}
			s.job = func(j *Job) { j.Review, j.Played = ReviewAlways, false }
			s.channel = peopleWho(t, reply{to: gate.Review, meet: s.byHandThen(gate.Answer{Verb: c.then}, func(h hands) {
				h.rewrite("E-mail", "m.sklodowska@example.com")
				h.rewrite("Confirmez l’adresse e-mail", "m.sklodowska@example.com")
				h.press("Envoyer")
				s.arrives(1)
				time.AfterFunc(s.patience.Quiet*3/2, held)
			})})
			r := s.mustTry()
			if r.State.Is != journal.InDoubt || len(s.site.Received()) != 1 {
				t.Errorf("it ended %s (%s) and %d arrived", r.State.Is, r.Reason, len(s.site.Received()))
			}
		})
	}
}
