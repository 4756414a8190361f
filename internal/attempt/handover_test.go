package attempt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/rehearsal"
)

// handover is one way in which a person gives a page back, or does not, and what
// has to come of it: then, and in the next run, where people are willing.
type handover struct {
	way      string
	at       gate.Kind
	scenario string      // empty: ordinary
	clocks   gate.Clocks // zero: the stage's
	people   func(*stage) []reply
	state    journal.Name
	received int
	sends    []string     // that arrive in the end; nil: one "submit", where anything does
	next     journal.Name // how the next run ends; of no meaning in a settled state
	willing  []func(*stage) reply
	stopped  bool // the run is, as soon as the gate is met
}

// says is a person who takes the page and gives that answer.
func says(kind gate.Kind, verb gate.Verb) func(*stage) []reply {
	return func(*stage) []reply { return []reply{{to: kind, says: gate.Answer{Verb: verb}}} }
}

func meets(kind gate.Kind, how func(*stage) meeting) func(*stage) []reply {
	return func(s *stage) []reply { return []reply{{to: kind, meet: how(s)}} }
}

func acts(kind gate.Kind, do func(hands)) func(*stage) []reply {
	return meets(kind, func(s *stage) meeting { return s.byHand(do) })
}

// nobodyComes leaves the page where it is.
func nobodyComes(*stage) meeting {
	return func(ctx context.Context, _ gate.Gate, l *gate.Lease) (gate.Answer, error) { return untilOver(ctx, l) }
}

// neverFinishes takes the page and does nothing.
func neverFinishes(*stage) meeting {
	return func(ctx context.Context, _ gate.Gate, l *gate.Lease) (gate.Answer, error) {
		if err := l.Take(); err != nil {
			return gate.Answer{}, err
		}
		return untilOver(ctx, l)
	}
}

// comesBackLate says yes when the time is over.
func comesBackLate(s *stage) meeting {
	return func(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
		if _, err := neverFinishes(s)(ctx, g, l); err != nil {
			return gate.Answer{}, err
		}
		yes := gate.Answer{Verb: gate.Approve, By: "test"}
		if err := l.Return(yes); !errors.Is(err, gate.ErrReturned) {
			s.t.Errorf("who came back late is told %v", err)
		}
		if _, err := l.Drive(); !errors.Is(err, gate.ErrReturned) {
			s.t.Errorf("who came back late may drive: %v", err)
		}
		return yes, nil
	}
}

// closesTheTab closes the page instead of giving it back.
func closesTheTab(s *stage) meeting {
	tap := s.tapped()
	return func(ctx context.Context, _ gate.Gate, l *gate.Lease) (gate.Answer, error) {
		s.closeTabs(tap)
		return untilOver(ctx, l)
	}
}

func killsTheBrowser(s *stage) meeting {
	return func(ctx context.Context, _ gate.Gate, l *gate.Lease) (gate.Answer, error) {
		s.killBrowser()
		return untilOver(ctx, l)
	}
}

func sendsByHand(h hands) { h.press("Envoyer") }

func sendsTwice(h hands) { h.press("Envoyer")() }

func approves(*stage) reply { return reply{to: gate.Review, says: gate.Answer{Verb: gate.Approve}} }

func ticks(s *stage) reply {
	return reply{to: gate.Captcha, meet: s.byHand(func(h hands) { h.press("Je ne suis pas un robot") })}
}

// handovers are all the ways, for each kind of gate where it makes a difference.
func handovers() []handover {
	yes, tick := []func(*stage) reply{approves}, []func(*stage) reply{ticks, approves}
	needs, sent := journal.NeedsHuman, journal.Submitted
	coming, finishing := gate.Clocks{Come: 300 * time.Millisecond, Finish: 20 * time.Second}, gate.Clocks{Come: 20 * time.Second, Finish: 300 * time.Millisecond}
	review := []handover{
		{way: "gives up", people: says(gate.Review, gate.GiveUp), state: needs, next: sent, willing: yes},
		{way: "nobody comes", clocks: coming, people: meets(gate.Review, nobodyComes), state: needs, next: sent, willing: yes},
		{way: "comes, does not finish", clocks: finishing, people: meets(gate.Review, neverFinishes), state: needs, next: sent, willing: yes},
		{way: "comes back late", clocks: finishing, people: meets(gate.Review, comesBackLate), state: needs, next: sent, willing: yes},
		{way: "sends by hand", people: acts(gate.Review, sendsByHand), state: sent, received: 1},
		{way: "sends by hand", scenario: "form-post", people: acts(gate.Review, sendsByHand), state: sent, received: 1},
		{way: "sends by hand", scenario: "frame", people: acts(gate.Review, sendsByHand), state: sent, received: 1},
		{way: "sends by hand", scenario: "portal", people: acts(gate.Review, sendsByHand), state: sent, received: 1},
		{way: "sends by hand", scenario: "portal-graphql", people: acts(gate.Review, sendsByHand), state: sent, received: 1},
		{way: "sends by hand, twice", people: acts(gate.Review, sendsTwice), state: sent, received: 1},
		{way: "presses twice", scenario: "form-post", people: func(s *stage) []reply {
			// The second press may end the page's own sending: then the form is there
			// still, nothing has arrived, and a person is asked again.
			yes := approves(s)
			yes.maybe = true
			return []reply{{to: gate.Review, meet: s.byHand(sendsTwice)}, yes}
		}, state: sent, received: 1},
		{way: "sends by hand, twice", scenario: "portal", people: acts(gate.Review, sendsTwice), state: sent, received: 1},
		{way: "presses and says yes", people: meets(gate.Review, func(s *stage) meeting {
			return s.byHandThen(gate.Answer{Verb: gate.Approve}, sendsByHand)
		}), state: sent, received: 1},
		{way: "closes the tab", people: meets(gate.Review, closesTheTab), state: needs, next: sent, willing: yes},
		{way: "kills the browser", people: meets(gate.Review, killsTheBrowser), state: needs, next: sent, willing: yes},
		{way: "leaves the form and says yes", people: func(s *stage) []reply {
			yes := approves(s) // where another way has to be taken, its form is another
			yes.maybe = true
			return []reply{{to: gate.Review, meet: s.byHandThen(gate.Answer{Verb: gate.Approve}, func(h hands) {
				h.up()
				h.press("Autres ressources")
				h.seen("En savoir plus et envoyer une demande ici")
			})}, yes}
		}, state: sent, received: 1},
	}
	for i := range review {
		review[i].at = gate.Review
	}
	return append(review, []handover{
		{way: "gives up", at: gate.Captcha, scenario: "captcha", people: says(gate.Captcha, gate.GiveUp), state: needs, next: sent, willing: tick},
		{way: "nobody comes", at: gate.Captcha, scenario: "captcha", clocks: coming, people: meets(gate.Captcha, nobodyComes), state: needs, next: sent, willing: tick},
		{way: "returns unsolved", at: gate.Captcha, scenario: "captcha", people: func(*stage) []reply {
			return slices.Repeat([]reply{{to: gate.Captcha, says: gate.Answer{Verb: gate.Done}}}, 3)
		}, state: needs, next: sent, willing: tick},
		{way: "solves it", at: gate.Captcha, scenario: "captcha", people: func(s *stage) []reply {
			return []reply{ticks(s), approves(s)}
		}, state: sent, received: 1},
		{way: "is led to a look-alike", at: gate.Captcha, scenario: "captcha+redirect-late", people: func(s *stage) []reply {
			return []reply{
				{to: gate.Captcha, meet: s.byHandThen(gate.Answer{Verb: gate.Done}, func(h hands) { h.press("Adresse e-mail") })},
				{to: gate.Captcha, says: gate.Answer{Verb: gate.GiveUp}},
			}
		}, state: needs, next: journal.Drifted, willing: []func(*stage) reply{ticks}},
		{way: "kills the browser", at: gate.Captcha, scenario: "captcha", people: meets(gate.Captcha, killsTheBrowser), state: needs, next: sent, willing: tick},
		{way: "closes the tab", at: gate.Login, scenario: "login", people: meets(gate.Login, closesTheTab), state: needs, next: sent, willing: []func(*stage) reply{logsIn, approves}},
		{way: "gives up", at: gate.Choice, scenario: "two-links", people: says(gate.Choice, gate.GiveUp), state: needs, next: sent, willing: []func(*stage) reply{picksFirst, approves}},
		{way: "answers on the page", at: gate.Decision, scenario: "ads-choice", people: func(s *stage) []reply {
			return []reply{{to: gate.Decision, meet: s.byHand(func(h hands) { h.press("S’abonner") })}, approves(s)}
		}, state: sent, received: 1},
		{way: "gives up", at: gate.Code, scenario: "code", people: first(approves, says(gate.Code, gate.GiveUp)), state: journal.InDoubt, received: 1},
		{way: "nobody comes", at: gate.Code, scenario: "code", clocks: coming, people: first(approves, meets(gate.Code, nobodyComes)), state: journal.InDoubt, received: 1},
		{way: "kills the browser", at: gate.Code, scenario: "code", people: first(approves, meets(gate.Code, killsTheBrowser)), state: journal.InDoubt, received: 1},
		{way: "gives the code by hand, then up", at: gate.Code, scenario: "code", people: first(approves, meets(gate.Code, func(s *stage) meeting {
			return s.byHandThen(gate.Answer{Verb: gate.GiveUp}, func(h hands) {
				h.write("Code de confirmation", rehearsal.Code)
				h.press("Vérifier")
				s.arrives(2)
			})
		})), state: journal.InDoubt, received: 2, sends: []string{"submit", "verify"}},
		{way: "gives up", at: gate.Outcome, scenario: "unclear", people: first(approves, says(gate.Outcome, gate.GiveUp)), state: journal.InDoubt, received: 1},
		{way: "kills the browser", at: gate.Outcome, scenario: "unclear", people: first(approves, meets(gate.Outcome, killsTheBrowser)), state: journal.InDoubt, received: 1},
		{way: "stops the run", at: gate.Review, people: meets(gate.Review, nobodyComes), state: journal.Failed, next: sent, willing: yes, stopped: true},
	}...)
}

func first(one func(*stage) reply, then func(*stage) []reply) func(*stage) []reply {
	return func(s *stage) []reply { return append([]reply{one(s)}, then(s)...) }
}

func picksFirst(*stage) reply {
	return reply{to: gate.Choice, says: gate.Answer{Verb: gate.Pick, Option: "0"}}
}

func logsIn(s *stage) reply { return reply{to: gate.Login, meet: s.byHand(hands.logIn)} }

// play makes the attempt, and the one of the next run, and tells how they ended.
func (h handover) play(t *testing.T) (came, next string) {
	s := newHandedStage(t, cmp.Or(h.scenario, "ordinary"))
	s.job = func(j *Job) { j.Review, j.Played = ReviewAlways, false }
	s.patience.Person = cmp.Or(h.clocks, s.patience.Person)
	s.channel = peopleWho(t, h.people(s)...)
	r := h.firstRun(s)
	s.ends(r, h.state, h.received)
	came = fmt.Sprintf("%s | %d", r.State.Is, len(s.site.Received()))
	if r.State.Is.Settled() {
		if c, err := s.journal.Claim(context.Background(), "next", s.journal.Objection(s.account)); !errors.Is(err, journal.ErrSettled) {
			t.Errorf("the next run is given it: %v, %v", c.Release(), err)
		}
		next = "stays"
	} else {
		if h.way == "kills the browser" {
			<-s.browser.Gone()
			s.browse(shellBin, nil)
		}
		s.patience = hasty()
		s.site.ForgetPlaces()
		var willing []reply
		for _, w := range h.willing {
			willing = append(willing, w(s))
		}
		s.channel = peopleWho(t, willing...)
		r = s.mustTry()
		next = string(r.State.Is)
		if r.State.Is != h.next {
			t.Errorf("the next run ended %s (%s), not %s", r.State.Is, r.Reason, h.next)
		}
	}
	h.arrived(s, next == string(journal.Submitted))
	return came, next
}

// firstRun makes the attempt whose page is handed over.
func (h handover) firstRun(s *stage) Result {
	s.t.Helper()
	if !h.stopped {
		return s.mustTry()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	who := s.channel
	s.channel = channel(func(met context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
		cancel()
		return who.Meet(met, g, l)
	})
	r, err := s.try(ctx)
	if err != nil {
		s.t.Error(err)
	}
	return r
}

// channel is a [gate.Channel] that is one function.
type channel meeting

func (c channel) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	return c(ctx, g, l)
}

// arrived checks what the site has received after both runs.
func (h handover) arrived(s *stage, nextSubmitted bool) {
	s.t.Helper()
	want := h.sends
	if want == nil && (h.received > 0 || nextSubmitted) {
		want = []string{"submit"}
	}
	var got []string
	for _, r := range s.site.Received() {
		got = append(got, r.Send)
		if r.Email != s.account.Email.Reveal(personal.ForMatching) {
			s.t.Errorf("arrived with another's e-mail: %v", r)
		}
	}
	if !slices.Equal(got, want) {
		s.t.Errorf("arrived in the end: %v, want %v", got, want)
	}
	byPerson := func(e journal.Event) bool { return e.Kind == journal.SendingBegan && e.By == journal.Person }
	if strings.Contains(h.way, "sends by hand") && !slices.ContainsFunc(s.events(), byPerson) {
		s.t.Error("the journal does not tell who sent it")
	}
}

// TestEveryEndOfAHandOver goes through the ways and prints what came of them.
func TestEveryEndOfAHandOver(t *testing.T) {
	var mu sync.Mutex
	all := handovers()
	lines := make([]string, len(all))
	t.Cleanup(func() {
		t.Log("| way | kind of gate | state | received | next run |")
		for _, l := range lines {
			if l != "" {
				t.Log(l)
			}
		}
	})
	for i, h := range all {
		if leftOut(i) {
			continue
		}
		t.Run(strings.Join([]string{h.way, string(h.at), cmp.Or(h.scenario, "ordinary")}, " "), func(t *testing.T) {
			t.Parallel()
			came, next := h.play(t)
			mu.Lock()
			defer mu.Unlock()
			lines[i] = fmt.Sprintf("| %s | %s (%s) | %s | %s |", h.way, h.at, cmp.Or(h.scenario, "ordinary"), came, next)
		})
	}
}
