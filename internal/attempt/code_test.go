package attempt

import (
	"context"
	"slices"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/rehearsal"
)

const longReason = "These are my own words and pictures, made for the people who know me; I do not want any machine to be built of them, now or later."

func codeReply(text string) reply {
	return reply{to: gate.Code, says: gate.Answer{Verb: gate.Give, Code: personal.NewCode(text)}}
}

// submitsBy makes an attempt that ends submitted, by exactly these sends in that
// order and nothing where nothing must arrive; it gives what was received.
func (s *stage) submitsBy(sends ...string) []rehearsal.Received {
	s.t.Helper()
	if r := s.mustTry(); r.State.Is != journal.Submitted {
		s.t.Errorf("ended %s (%s)", r.State.Is, r.Reason)
	}
	received := s.site.Received()
	var arrived []string
	for _, got := range received {
		arrived = append(arrived, got.Send)
	}
	if !slices.Equal(arrived, sends) {
		s.t.Errorf("received %v, want %v", arrived, sends)
	}
	if d := s.site.Decoys(); len(d) > 0 {
		s.t.Errorf("something arrived where nothing must: %v", d)
	}
	return received
}

// TestACodeByMailIsAskedOfThePerson goes through the forms that want one: the
// help forms after sending, the request portal before it. The sends are counted
// by name, each must arrive once.
func TestACodeByMailIsAskedOfThePerson(t *testing.T) {
	for _, c := range []struct {
		scenario string
		codes    []string
		sends    []string // that arrive, in order
	}{
		{"code", []string{rehearsal.Code}, []string{"submit", "verify"}},
		{"code", []string{"111111", rehearsal.Code}, []string{"submit", "verify", "verify"}},
		{"form-2024", []string{rehearsal.Code}, []string{"submit", "verify"}},
		{"form-brazil", []string{rehearsal.Code}, []string{"submit", "verify"}},
		{"portal-code", []string{rehearsal.Code}, []string{"code", "verify", "submit"}},
		{"portal-code", []string{"111111", rehearsal.Code}, []string{"code", "verify", "verify", "submit"}},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel()
			account := marie(t)
			account.Reason = personal.NewReason(longReason)
			s := newStageFor(t, c.scenario, account)
			var replies []reply
			for _, code := range c.codes {
				replies = append(replies, codeReply(code))
			}
			s.channel = peopleWho(t, replies...)
			for _, got := range s.submitsBy(c.sends...) {
				if got.Send == "submit" && got.Email != "marie.curie@example.org" {
					t.Errorf("received %+v", got)
				}
			}
		})
	}
}

// readsTheMail is a person who looks into the mailbox and gives the newest code.
func readsTheMail(s *stage) reply {
	return reply{to: gate.Code, meet: func(_ context.Context, _ gate.Gate, l *gate.Lease) (gate.Answer, error) {
		mails := s.site.Mails()
		if len(mails) == 0 {
			s.t.Error("no mail came")
			return gate.Answer{Verb: gate.GiveUp}, l.Return(gate.Answer{Verb: gate.GiveUp})
		}
		a := gate.Answer{Verb: gate.Give, Code: personal.NewCode(mails[len(mails)-1].Code), By: "test"}
		return a, l.Return(a)
	}}
}

// TestACodeComesByMailOnceOrTwiceOrInBoxes: the code is drawn anew for each
// mail, a second may be wanted after the first, and some forms have a box for
// each digit.
func TestACodeComesByMailOnceOrTwiceOrInBoxes(t *testing.T) {
	for scenario, sends := range map[string][]string{
		"mailbox":    {"submit", "verify"},
		"code-twice": {"submit", "verify", "verify"},
		"code-boxes": {"submit", "verify"},
	} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, scenario)
			s.channel = peopleWho(t, slices.Repeat([]reply{readsTheMail(s)}, len(sends)-1)...)
			received := s.submitsBy(sends...)
			if last := received[len(received)-1]; last.Code != "right" || !last.Taken {
				t.Errorf("the last arrival: %+v", last)
			}
		})
	}
}
