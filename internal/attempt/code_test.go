package attempt

import (
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
			r := s.mustTry()
			if r.State.Is != journal.Submitted {
				t.Errorf("ended %s (%s)", r.State.Is, r.Reason)
			}
			var sends []string
			for _, got := range s.site.Received() {
				sends = append(sends, got.Send)
				if got.Send == "submit" && got.Email != "marie.curie@example.org" {
					t.Errorf("received %+v", got)
				}
			}
			if len(sends) != len(c.sends) {
				t.Fatalf("received %v, want %v", sends, c.sends)
			}
			for i := range sends {
				if sends[i] != c.sends[i] {
					t.Errorf("received %v, want %v", sends, c.sends)
				}
			}
		})
	}
}
