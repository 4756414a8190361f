package attempt

import (
	"strings"
	"testing"

	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/rehearsal"
)

// languages are those in which the rehearsal's pages are written; one of them
// under the race detector: scripts/test goes through all without it.
func languages() []string {
	if underRace {
		return []string{"fr"}
	}
	return []string{"fr", "en", "de", "it", "es", "nl", "pt-BR", "pl"}
}

func accountOf(t testing.TB, service, language string) personal.Account {
	t.Helper()
	a := marie(t)
	a.Service, a.Language = service, language
	if service == "whatsapp" {
		phone, err := personal.ParsePhone("+33612345678", "FR")
		if err != nil {
			t.Fatal(err)
		}
		a.Phone = phone
	}
	return a
}

// TestEveryLanguageServiceAndLook files with each service, in each language in
// which the pages are written, in both looks of the form.
func TestEveryLanguageServiceAndLook(t *testing.T) {
	for _, service := range []string{"facebook", "instagram", "whatsapp"} {
		for _, language := range languages() {
			for _, scenario := range []string{"ordinary", "portal"} {
				t.Run(strings.Join([]string{service, language, scenario}, "/"), func(t *testing.T) {
					t.Parallel()
					s := newStageFor(t, scenario, accountOf(t, service, language))
					r := s.mustTry()
					s.ends(r, journal.Submitted, 1)
					for _, got := range s.site.Received() {
						if got.Service != service || got.Email != "marie.curie@example.org" || !got.Taken ||
							(got.Phone == "+33612345678") != (service == "whatsapp") {
							t.Errorf("received %+v", got)
						}
						t.Logf("| %s | %s | %s | %s | %s |", language, service, r.Route.String(), got.Look, r.State.Is)
					}
				})
			}
		}
	}
}

// TestAPageMaySpeakAnotherLanguage: a logged-in page speaks the account's
// language, not the one the config says, so every language is tried.
func TestAPageMaySpeakAnotherLanguage(t *testing.T) {
	all := languages()
	for i, language := range all {
		spoken := all[(i+3)%len(all)]
		t.Run(language+" sees "+spoken, func(t *testing.T) {
			t.Parallel()
			s := newStageFor(t, "ordinary", accountOf(t, "facebook", language), func(o *rehearsal.Options) { o.Language = spoken })
			s.ends(s.mustTry(), journal.Submitted, 1)
		})
	}
}

// TestWhatsAppInBrazilIsAnotherForm: its accounts go to the form on messages
// with AIs, and nobody else's.
func TestWhatsAppInBrazilIsAnotherForm(t *testing.T) {
	for _, c := range []struct {
		scenario, phone, shown string
		sends                  []string
	}{
		{"ordinary", "+5511961234567", "+55 11961234567", []string{"submit", "verify"}},
		{"ordinary", "+33612345678", "+33 612345678", []string{"submit", "verify"}}, // kept from another country
		{"portal", "+5511961234567", "+55 11961234567", []string{"code", "verify", "submit"}},
	} {
		t.Run(c.scenario+" "+c.phone, func(t *testing.T) {
			t.Parallel()
			account := accountOf(t, "whatsapp", "pt-BR")
			phone, err := personal.ParsePhone(c.phone, "")
			if err != nil {
				t.Fatal(err)
			}
			account.Country, account.Phone = "BR", phone
			s := newStageFor(t, c.scenario, account)
			s.channel = peopleWho(t, codeReply(rehearsal.Code))
			for _, got := range s.submitsBy(c.sends...) {
				if got.Send == "submit" && (got.Phone != c.shown || got.Email != "marie.curie@example.org") {
					t.Errorf("received %+v", got)
				}
			}
		})
	}
}

// TestAPhoneThatTheFormsListDoesNotOffer is told as that.
func TestAPhoneThatTheFormsListDoesNotOffer(t *testing.T) {
	t.Parallel()
	account := accountOf(t, "whatsapp", "pt-BR")
	phone, err := personal.ParsePhone("+2250712345678", "") // Côte d'Ivoire
	if err != nil {
		t.Fatal(err)
	}
	account.Country, account.Phone = "BR", phone
	s := newStageFor(t, "ordinary", account)
	r := s.mustTry()
	s.ends(r, journal.NeedsHuman, 0)
	if got := r.Reason.String(); got != "The form does not accept the phone number. Nothing was sent." {
		t.Errorf("%q", got)
	}
}

// TestALinkThatComesLateLeavesNothingToChoose: what stands on the page before it
// may have its words too, on the way to something else.
func TestALinkThatComesLateLeavesNothingToChoose(t *testing.T) {
	for _, language := range []string{"fr", "nl", "de"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			s := newStageFor(t, "lazy", accountOf(t, "instagram", language))
			s.patience.Quiet = Patient().Quiet
			s.ends(s.mustTry(), journal.Submitted, 1)
		})
	}
}
