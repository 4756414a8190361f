package rehearsal

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"net/http"
	"sync"
)

// The services' own signs of somebody being logged in.
const (
	loginCookie     = "c_user"
	instagramCookie = "sessionid"
)

// loginCookieOf is the one of a service.
func loginCookieOf(service string) string {
	if service == instagram {
		return instagramCookie
	}
	return loginCookie
}

// view is one rendering of a form.
type view struct {
	Token   string // for the templates
	form    string
	lang    string
	look    look
	refused bool     // a field was complained about once (answerField)
	about   Received // what a code is wanted for
	proven  string   // the e-mail whose code was right
	code    string   // that is wanted; "" is none
	rounds  int      // right codes given
}

// views remembers renderings by token and logged-in people by cookie, so that
// several accounts in several cookie jars do not mix.
type views struct {
	mu     sync.Mutex
	byName map[string]*view
	people map[string]string // session id → e-mail typed at the login
	halves map[string]string // the same before the login's second step
	solved map[string]bool   // captcha answers given out, and work that was counted
	lapsed map[string]bool   // e-mails whose session has ended once
	cases  int
}

func newViews() *views {
	return &views{byName: map[string]*view{}, people: map[string]string{}, halves: map[string]string{}, solved: map[string]bool{}, lapsed: map[string]bool{}}
}

// open begins a view of a form. Its token is unguessable, as Meta's are, so that
// a test that meets one again knows where it came from.
func (v *views) open(form, lang string, look look) *view {
	shown := &view{Token: "NA" + rand.Text() + ":0:0", form: form, lang: lang, look: look}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.byName[shown.Token] = shown
	return shown
}

// find is the view of a token that was given out here.
func (v *views) find(token string) (*view, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	shown, ok := v.byName[token]
	return shown, ok
}

// complain says whether this is the first time, and remembers that it was.
func (v *views) complain(shown *view) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	first := !shown.refused
	shown.refused = true
	return first
}

// keep remembers what a code is wanted for. Another e-mail than the proven one
// needs another code.
func (v *views) keep(shown *view, about Received) {
	v.mu.Lock()
	defer v.mu.Unlock()
	shown.about = about
}

// kept is what keep was given, empty before.
func (v *views) kept(shown *view) Received {
	v.mu.Lock()
	defer v.mu.Unlock()
	return shown.about
}

// verify proves the e-mail that a code was sent to.
func (v *views) verify(shown *view) {
	v.mu.Lock()
	defer v.mu.Unlock()
	shown.proven = shown.about.Email
}

// verified is the proven e-mail, empty before.
func (v *views) verified(shown *view) string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return shown.proven
}

// logIn gives a session for the person.
func (v *views) logIn(email string) (session string, err error) {
	number, err := rand.Int(rand.Reader, big.NewInt(1e14))
	if err != nil {
		return "", fmt.Errorf("drawing a session number: %w", err)
	}
	session = fmt.Sprintf("1%014d", number)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.people[session] = email
	return session, nil
}

// half begins a login whose second step is still wanted.
func (v *views) half(email string) (pending string) {
	pending = rand.Text()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.halves[pending] = email
	return pending
}

// whole is who began the login, once.
func (v *views) whole(pending string) (email string, ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	email, ok = v.halves[pending]
	delete(v.halves, pending)
	return email, ok
}

// handOver lets one address of another host know who is logged in here.
func (v *views) handOver(email string) (entry string) { return v.half(email) }

// person is who is logged in, by the cookie of the request.
func (v *views) person(r *http.Request) (email string, ok bool) {
	cookie, err := r.Cookie(loginCookieOf(serviceAt(hostOf(r))))
	if err != nil {
		return "", false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	email, ok = v.people[cookie.Value]
	return email, ok
}

// solve gives the answer that a ticked captcha puts into the form.
func (v *views) solve() string {
	answer := "03A" + rand.Text()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.solved[answer] = true
	return answer
}

// isSolved says whether the answer was given out here; a made-up one is not.
func (v *views) isSolved(answer string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.solved[answer]
}

// first says whether it is the first time that this work is shown.
func (v *views) first(signature string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	first := !v.solved[signature]
	v.solved[signature] = true
	return first
}

// nextCase numbers what was taken, as Meta's support_case_id.
func (v *views) nextCase() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cases++
	return fmt.Sprintf("%015d", 728400000000000+v.cases)
}

// moves makes it a view of the portal's.
func (v *views) moves(shown *view) {
	v.mu.Lock()
	defer v.mu.Unlock()
	shown.look = lookPortal
}
