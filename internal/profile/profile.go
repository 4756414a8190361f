package profile

import (
	"fmt"
	"slices"
	"strings"

	"opposer/internal/words"
)

// Profile describes one service: how its objection form is reached, filled,
// sent and understood.
type Profile struct {
	Service    string      `yaml:"service"`              // "facebook"; the file's name without .yaml
	Title      string      `yaml:"title"`                // "Facebook": what a person calls it
	Requires   Requires    `yaml:"requires"`             // which values of an account it asks for
	Countries  []string    `yaml:"countries,omitempty"`  // ISO 3166-1 alpha-2 with a form; empty: not said
	Login      string      `yaml:"login,omitempty"`      // page where a person logs in; empty: it needs none
	Origins    Origins     `yaml:"origins"`              // the only places it may go to
	About      About       `yaml:"about"`                // tells the form from its look-alikes
	Sends      []Send      `yaml:"sends"`                // in the order in which they are due
	Routes     []Route     `yaml:"routes"`               // in the order in which they are tried
	Form       []Step      `yaml:"form"`                 // from the form's first field to its outcome
	Looks      []Look      `yaml:"looks,omitempty"`      // the same form where other pages show it
	Interrupts []Interrupt `yaml:"interrupts,omitempty"` // what may turn up at any moment, first match wins
	Outcomes   []Outcome   `yaml:"outcomes"`             // sentences of the page after a send
	// Sockets says why the page's WebSockets may not be blocked; empty: they
	// are, since Chrome's request interception does not see them.
	Sockets string `yaml:"sockets,omitempty"`
	// Caution is what a person should know before this is sent: what is disputed
	// about it, and what may come of it.
	Caution Caution `yaml:"caution,omitempty"`
	// Covers are the services for whose accounts, in the same Accounts Centre,
	// one objection counts too; its own always.
	Covers Covers `yaml:"covers,omitempty"`
	// Speaks are the languages (BCP 47) to ask the pages for, where no login
	// makes them speak the account's; empty: the account's own.
	Speaks []string `yaml:"speaks,omitempty"`
	// Words are lexicon entries of this profile alone, read before every
	// lexicon: with them one file describes a form of one's own.
	Words map[string][]Entry `yaml:"words,omitempty"`
}

// Knows reports whether the profile names the origin at all: for typing or for
// reading. The comparison is exact.
func (p *Profile) Knows(origin string) bool {
	return slices.Contains(p.Origins.Type, origin) || slices.Contains(p.Origins.Read, origin)
}

// Caution is a sentence in the program's languages.
type Caution struct {
	English string `yaml:"en"`
	French  string `yaml:"fr,omitempty"` // default: the English one
}

// Covers says for which other services one objection counts, and who says so.
type Covers struct {
	Services   []string `yaml:"services"`
	Confidence string   `yaml:"confidence,omitempty"` // A to D, as an Entry's
	Source     string   `yaml:"source,omitempty"`
}

// CoversService reports whether an objection on this service counts for an
// account of another in the same Accounts Centre.
func (p *Profile) CoversService(service string) bool {
	return service == p.Service || slices.Contains(p.Covers.Services, service)
}

// PageLanguage is the language in which to ask for the pages of an account that
// has that language: its own where the pages' words are known in it.
func (p *Profile) PageLanguage(own string) string {
	primary, _, _ := strings.Cut(own, "-")
	for _, l := range p.Speaks {
		if l == own || l == primary {
			return own
		}
	}
	if len(p.Speaks) == 0 {
		return own
	}
	return p.Speaks[0]
}

// For is the profile with the routes that are for accounts of a country, which
// may be "" where it is not known.
func (p *Profile) For(country string) *Profile {
	own := *p
	own.Routes = slices.DeleteFunc(slices.Clone(p.Routes), func(r Route) bool {
		return len(r.Countries) > 0 && !slices.Contains(r.Countries, country) || slices.Contains(r.Except, country)
	})
	return &own
}

// forms are all the looks of the form, the first one's place in the file first.
func (p *Profile) forms() map[string][]Step {
	all := map[string][]Step{"form": p.Form}
	for i, l := range p.Looks {
		all[fmt.Sprintf("looks[%d].form", i)] = l.Form
	}
	return all
}

// Need is whether a value has to be in the config.
type Need string

// The needs.
const (
	Required Need = "required"
	Optional Need = "optional"
	Unused   Need = "unused"
)

// Requires says which values the service asks of an account.
type Requires struct {
	Email   Need `yaml:"email,omitempty"`   // default: unused
	Phone   Need `yaml:"phone,omitempty"`   // default: unused
	Country Need `yaml:"country,omitempty"` // default: unused
}

// Origins are exact web origins (scheme, host, port), no wildcards. Plain http
// is accepted for loopback hosts only.
type Origins struct {
	Type []string `yaml:"type"`           // where personal data may be typed and sent
	Read []string `yaml:"read,omitempty"` // where the route may lead in addition
}

// About tells the form from its look-alikes, by lexicon keys.
type About struct {
	Words string `yaml:"words"`           // one of these stands in the form's title or intro, else nothing is typed
	Never string `yaml:"never,omitempty"` // a form whose title holds one of these is another form
}

// Look is the objection's form where other pages show it in another way: the
// request portal to which help forms move.
type Look struct {
	At    []string `yaml:"at"`              // origins, of those where typing is allowed
	About About    `yaml:"about,omitempty"` // as [Profile.About]; what is empty is the profile's
	Form  []Step   `yaml:"form"`            // as [Profile.Form]
}

// Send is one request that a person means to make: its name, where it goes,
// and what its answer means.
type Send struct {
	Name      string   `yaml:"name"`                // "submit", "verify"
	Addresses []string `yaml:"addresses,omitempty"` // origin and path prefixes it goes to; empty: told by our values alone
	Answer    Answer   `yaml:"answer,omitempty"`
	// Prepares says that no objection is made by it: it asks for a code, or
	// proves one. It may be made again in a later attempt.
	Prepares bool `yaml:"prepares,omitempty"`
}

// Answer is how the wire's answer to a send is read: substrings of its body
// (after a leading "for (;;);") by meaning. Any status of 400 or more is an
// answer that contradicts success.
type Answer struct {
	Taken     []string `yaml:"taken,omitempty"`
	NotTaken  []string `yaml:"not-taken,omitempty"` // a captcha, a field error: the form may be sent again
	Refused   []string `yaml:"refused,omitempty"`
	Reference string   `yaml:"reference,omitempty"` // RE2 with one group: the reference number
}

// Route is one way to the form.
type Route struct {
	ID         string `yaml:"id"`                   // told apart by it in the journal and the log
	Title      string `yaml:"title,omitempty"`      // for a person: "Privacy Center"; default: the id
	TitleFR    string `yaml:"title-fr,omitempty"`   // the same in French; default: title
	Confidence string `yaml:"confidence,omitempty"` // A to D, as an Entry's; with source and verified, or none of the three
	Source     string `yaml:"source,omitempty"`     // who describes this route
	Verified   string `yaml:"verified,omitempty"`   // date of the last look, YYYY-MM-DD
	// Countries (ISO 3166-1 alpha-2) are those of the accounts that it is for;
	// empty: all, but those of Except.
	Countries []string `yaml:"countries,omitempty"`
	Except    []string `yaml:"except,omitempty"` // countries of accounts that it is not for
	Steps     []Step   `yaml:"steps"`            // Open first; then Follow, Choose, Check, Submit; the form's steps come after
}

// Called is the title in the languages that the profile gives it in.
func (r Route) Called() words.Text { return words.Said(r.Title, r.TitleFR) }

// isOwn reports whether the route says nothing of its source: the profile's
// author knows the way.
func (r Route) isOwn() bool { return r.Confidence == "" && r.Source == "" && r.Verified == "" }

// Interrupt is something that may turn up at any moment, and what to do.
type Interrupt struct {
	Name   string `yaml:"name"`
	When   When   `yaml:"when"`
	Press  string `yaml:"press,omitempty"`  // lexicon key of the button to press
	Never  string `yaml:"never,omitempty"`  // lexicon key of the buttons never to press
	Gate   string `yaml:"gate,omitempty"`   // kind of gate to open: login, captcha, code, decision
	Stop   string `yaml:"stop,omitempty"`   // lexicon-free: end the attempt as needs_human, with this reason ("locked")
	Next   bool   `yaml:"next,omitempty"`   // the route is no good: go on with the next
	Reopen bool   `yaml:"reopen,omitempty"` // afterwards the route is begun again
}

// When recognises an interrupt: any one of these suffices.
type When struct {
	Paths  []string `yaml:"paths,omitempty"`  // path prefixes of the main frame, on an allowed origin
	Words  string   `yaml:"words,omitempty"`  // lexicon key, seen in the visible text
	Title  string   `yaml:"title,omitempty"`  // lexicon key, seen in a heading or a dialog's text
	Button string   `yaml:"button,omitempty"` // lexicon key, the exact name of a visible button
	Fields []string `yaml:"fields,omitempty"` // visible input by type ("password") or autocomplete token ("one-time-code")
	Images []string `yaml:"images,omitempty"` // visible picture whose src holds one of these
	Frames []string `yaml:"frames,omitempty"` // visible frame whose host is or ends in one of these
	Status []int    `yaml:"status,omitempty"` // HTTP status of the main document
}

// Meaning is what an outcome means.
type Meaning string

// The meanings of an outcome.
const (
	Taken    Meaning = "taken"
	Refused  Meaning = "refused"
	Already  Meaning = "already"
	NotTaken Meaning = "not-taken" // a field error, a captcha: may be sent again after mending
	Broken   Meaning = "error"     // the page says that something went wrong
)

// Outcome is a sentence that a page says after a send.
type Outcome struct {
	Means Meaning `yaml:"means"`
	Words string  `yaml:"words"` // lexicon key
	// Wire says that the sentence is too common to be believed by itself: it
	// counts only beside an answer of the wire that says the same.
	Wire bool `yaml:"wire,omitempty"`
}
