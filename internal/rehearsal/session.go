package rehearsal

import (
	"net/http"
	"net/url"
	"strings"
)

// leftCookie remembers that somebody logged out.
const leftCookie = "datr_left"

// lapsed says whether nobody is logged in where a form was sent: a session ends
// once for each person, between the form and its sending. Where no login stands
// before the form none can end.
func (s *Site) lapsed(r *http.Request, f form) bool {
	if !s.traits.expires || serviceAt(hostOf(r)) == whatsapp || hostOf(r) == portalHost {
		return false
	}
	return s.views.lapse(r) && f.At != whatsapp
}

// lapse ends the sessions of who is logged in, the first time.
func (v *views) lapse(r *http.Request) bool {
	email, in := v.person(r)
	if !in {
		return true
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.lapsed[email] {
		return false
	}
	v.lapsed[email] = true
	for session, whose := range v.people {
		if whose == email {
			delete(v.people, session)
		}
	}
	return true
}

// loginFor is where somebody is led who has to log in to send a form.
func loginFor(r *http.Request, f form) string {
	back := url.Values{"next": {brandFor(f.At).Contact(f.ID)}}
	return gatesOf(serviceAt(hostOf(r))).login + back.Encode()
}

// met makes somebody else logged in whom the visit meets there ("already-in"):
// until they are logged out.
func (s *Site) met(w http.ResponseWriter, r *http.Request) error {
	if _, in := s.views.person(r); !s.traits.alreadyIn || in || has(r, leftCookie) {
		return nil
	}
	session, err := s.views.logIn(OtherEmail)
	if err != nil {
		return err
	}
	name := loginCookieOf(serviceAt(hostOf(r)))
	remember(w, r, name, session)
	r.Header.Add("Cookie", name+"="+session) // for the rest of this request
	return nil
}

// who is the person that the header shows.
type who struct{ Name, Email string }

// shown is who the header shows; nil: nobody.
func (s *Site) shown(r *http.Request) *who {
	email, in := s.views.person(r)
	if !s.traits.alreadyIn || !in {
		return nil
	}
	return &who{nameOf(email), masked(email)}
}

// nameOf makes a name of an address: someone.else is Someone Else.
func nameOf(email string) string {
	local, _, _ := strings.Cut(email, "@")
	var parts []string
	for part := range strings.FieldsFuncSeq(local, func(r rune) bool { return strings.ContainsRune("._+-", r) }) {
		parts = append(parts, strings.ToUpper(part[:1])+part[1:])
	}
	return strings.Join(parts, " ")
}

// masked is an address as Meta's pages show it.
func masked(email string) string {
	local, domain, ok := strings.Cut(email, "@")
	if !ok || local == "" || domain == "" {
		return "***"
	}
	return local[:1] + "***" + local[len(local)-1:] + "@" + domain[:1] + "***" + domain[max(strings.LastIndex(domain, "."), 0):]
}

// logOut forgets who is logged in.
func (s *Site) logOut(w http.ResponseWriter, r *http.Request) {
	s.views.leave(r)
	remember(w, r, leftCookie, "1")
	http.Redirect(w, r, gatesOf(serviceAt(hostOf(r))).login, http.StatusSeeOther)
}

func (v *views) leave(r *http.Request) {
	cookie, err := r.Cookie(loginCookieOf(serviceAt(hostOf(r))))
	if err != nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.people, cookie.Value)
}
