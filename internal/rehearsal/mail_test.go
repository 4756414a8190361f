package rehearsal

import (
	"strings"
	"testing"
)

// TestMails: what would have been sent, to whom, in the form's language.
func TestMails(t *testing.T) {
	for scenario, want := range map[string]string{
		Ordinary: "même Espace Comptes que ce compte", "code": Code, "refused": "ne pouvons pas y donner suite",
		"unclear": "", "thanks-but-error": "", "already": "",
	} {
		s := started(t, Options{Scenario: scenario})
		v := newVisitor(t, s, "fr")
		v.send(v.open(direct), "a@example.org")
		got := s.Mails()
		if want == "" {
			if len(got) != 0 {
				t.Errorf("%s: %v, want none", scenario, got)
			}
			continue
		}
		if len(got) != 1 || got[0].To != "a@example.org" || !strings.Contains(got[0].Body, want) ||
			!strings.HasSuffix(got[0].From, "@facebookmail.com") || got[0].Subject == "" || got[0].At.IsZero() {
			t.Errorf("%s: %#v, want one with %q", scenario, got, want)
		}
	}
}

// TestWhatsAppAsksBack: in English, whatever the form's language was.
func TestWhatsAppAsksBack(t *testing.T) {
	s := started(t, Options{})
	v := newVisitor(t, s, "fr")
	fields := v.filled(v.open(brandFor(whatsapp).Contact(whatsappContact)), "a@example.org")
	for name, value := range map[string]string{"confirm_email": "a@example.org", "phone": "+33612345678", topicField: topicObject} {
		fields.Set(name, value)
	}
	v.post("https://"+whatsappHost+contactPath, fields)
	if got := s.Mails(); len(got) != 1 || !strings.Contains(got[0].Body, "objecting to") || !strings.HasSuffix(got[0].From, "whatsapp.com") {
		t.Errorf("mails %#v", got)
	}
}
