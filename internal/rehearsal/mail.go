package rehearsal

import (
	"crypto/rand"
	"slices"
	"strings"
	"time"
)

// Mail is a message that Meta would have sent. It goes nowhere, and it is not
// signed: who wants to judge a signature has to make one. The sender's domain is
// one that Meta is known to sign for; which it uses for these mails is not known.
type Mail struct {
	From    string
	To      string
	Subject string
	Body    string
	Code    string // that it brings; "" is none
	At      time.Time
}

// Mails are the messages that would have been sent, in order: a code, what became
// of an objection, or, from WhatsApp, what is objected to and why.
func (s *Site) Mails() []Mail {
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	return slices.Clone(s.ledger.mails)
}

func (l *ledger) mail(m Mail) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mails = append(l.mails, m)
}

// post sends the mail that a verdict causes, if it causes one.
func (s *Site) post(v verdict, got Received) {
	words := s.pages.tongues[facebook][v.lang]
	m := Mail{From: sender("facebookmail.com"), To: got.Email, At: got.At}
	switch {
	case v.fault != "" || got.Email == "":
		return
	case v.code:
		m.Subject, m.Body = words["mail_code_subject"], words["mail_code_1"]+"\n\n"+v.mailed
		m.Code = v.mailed
	case v.taken && v.form.At == whatsapp:
		// Told of people in France and Belgium: it came in English.
		m.From, m.Subject = sender("support.whatsapp.com"), "Re: WhatsApp Support"
		m.Body = "What information processing are you objecting to, and how does it affect you? Please reply to this email."
	case v.taken && v.form.Name == "chats":
		m.Subject, m.Body = words["mail_taken_subject"], words["chats_taken_1"]+"\n\n"+words["mail_taken_3"]
	case v.taken:
		m.Subject = words["mail_taken_subject"]
		m.Body = strings.Join([]string{
			words["mail_taken_1"], words["mail_taken_2"], "https://www.facebook.com/privacy/genai", words["mail_taken_3"],
		}, "\n\n")
	case v.says == "refused":
		m.Subject, m.Body = words["mail_taken_subject"], words["refused_1"]
	default:
		return
	}
	s.ledger.mail(m)
}

// sender is an address whose local part is drawn anew for each mail, as Meta's
// are: only the domain tells anything.
func sender(domain string) string {
	return "notification+" + strings.ToLower(rand.Text()[:12]) + "@" + domain
}
