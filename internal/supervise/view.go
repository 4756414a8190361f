package supervise

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/words"
)

//go:embed templates
var templates embed.FS

func parse(l words.Language) (*template.Template, error) {
	sentences := sentences()
	return template.New("").Funcs(template.FuncMap{
		"lang": func() words.Language { return l },
		"in":   func(t words.Text) string { return t.In(l) },
		"say": func(name string) (string, error) {
			t, ok := sentences[name]
			if !ok {
				return "", fmt.Errorf("no sentence %q", name)
			}
			return t.In(l), nil
		},
	}).ParseFS(templates, "templates/*.html")
}

// pageView is what page.html shows.
type pageView struct {
	Heading words.Text
	Title   string
	Said    words.Text
	Gates   []gateView
	Rows    []rowView
	Over    bool
	Result  words.Text
}

type gateView struct {
	ID      string
	Kind    gate.Kind
	Heading words.Text
	Gate    gate.Gate
	Since   clock
	Status  statusView
	Eyes    bool // it is answered on its own page
	Verb    map[string]bool
}

// statusView is the part of a gate that changes while it is open.
type statusView struct {
	Until clock
	Taken bool
}

type rowView struct {
	Account
	Sign, Tone string
	When       clock
}

// clock is a moment, as it is said at another one.
type clock struct{ at, now time.Time }

// IsZero reports whether there is no such moment.
func (c clock) IsZero() bool { return c.at.IsZero() }

// Text says the moment as people do.
func (c clock) Text() words.Text { return words.T("%s", words.When(c.at, c.now)) }

// ISO is the moment for the page's script (RFC 3339), in UTC.
func (c clock) ISO() string { return c.at.UTC().Format(time.RFC3339) }

func (p *Page) view(s seen, said result) pageView {
	now := p.now()
	v := pageView{
		Heading: heading(len(s.meetings)), Title: p.title(len(s.meetings)),
		Said: said.text(), Over: s.over, Result: s.result,
	}
	for _, m := range s.meetings {
		v.Gates = append(v.Gates, m.view(now))
	}
	for _, a := range s.rows {
		sign, tone := look(a.State)
		v.Rows = append(v.Rows, rowView{a, sign, tone, clock{a.Since, now}})
	}
	return v
}

func (p *Page) title(waiting int) string {
	name := words.T("Objections").In(p.lang)
	if waiting == 0 {
		return name
	}
	return fmt.Sprintf("(%d) %s", waiting, name)
}

func heading(waiting int) words.Text {
	if waiting == 0 {
		return words.T("Nothing waits for you")
	}
	return words.N(waiting, "%d question waits for you", "%d questions wait for you", waiting)
}

func (m *meeting) view(now time.Time) gateView {
	g := m.gate
	v := gateView{
		ID: m.id, Kind: g.Kind, Heading: asks(g.Kind), Gate: g, Since: clock{m.since(now), now},
		Status: statusView{clock{m.lease.Until(), now}, isClosed(m.lease.Taken())},
		Eyes:   g.OnPage,
		Verb:   map[string]bool{},
	}
	for _, verb := range verbs(g) {
		v.Verb[string(verb)] = true
	}
	return v
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// asks is a gate's heading: what it wants, in a word or two.
func asks(k gate.Kind) words.Text {
	switch k {
	case gate.Login:
		return words.T("Log in")
	case gate.Captcha:
		return words.T("Show that you are a person")
	case gate.Code:
		return words.T("Type the code")
	case gate.Review:
		return words.T("Last look before sending")
	case gate.Choice:
		return words.T("Choose")
	case gate.Decision:
		return words.T("Decide")
	case gate.Outcome:
		return words.T("Say what the page answered")
	}
	return words.T("Decide")
}

// look is how a state is shown: a sign, and a tone for its colour.
func look(n journal.Name) (sign, tone string) {
	switch n {
	case journal.Submitted, journal.Confirmed, journal.Already:
		return "✓", "good"
	case journal.Rejected, journal.Drifted, journal.Failed:
		return "✗", "bad"
	case journal.InDoubt:
		return "?", "you"
	case journal.Waiting, journal.NeedsHuman:
		return "●", "you"
	case journal.Opening, journal.Filling, journal.Ready, journal.Sending, journal.Left:
		return "…", "busy"
	case journal.Pending:
		return "·", "rest"
	}
	return "·", "rest"
}

// state is the page's state as events.go streams it: pieces of HTML, each under
// the key by which the script finds it again.
type state struct {
	Now     int64   `json:"now"` // milliseconds since 1970, by this computer's clock
	Title   string  `json:"title"`
	Heading string  `json:"heading"`
	Gates   []piece `json:"gates"`
	Rows    []piece `json:"rows"`
	Over    string  `json:"over"`
}

type piece struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"` // of a gate: what is said when it is new
	HTML   string `json:"html"`
	Status string `json:"status,omitempty"` // of a gate: the part that changes
}

func (p *Page) state(s seen) state {
	v := p.view(s, "")
	out := state{
		Now: p.now().UnixMilli(), Title: v.Title, Heading: v.Heading.In(p.lang),
		Gates: []piece{}, Rows: []piece{}, Over: p.piece("over", v),
	}
	for _, g := range v.Gates {
		name := words.T("New question: %s, %s, %s", g.Heading, g.Gate.Service, g.Gate.Account).In(p.lang)
		out.Gates = append(out.Gates, piece{g.ID, name, p.piece("gate", g), p.piece("status", g.Status)})
	}
	for _, r := range v.Rows {
		out.Rows = append(out.Rows, piece{ID: r.ID, HTML: p.piece("row", r)})
	}
	return out
}

func (p *Page) piece(name string, data any) string {
	var b bytes.Buffer
	if err := p.looks.ExecuteTemplate(&b, name, data); err != nil {
		p.log.Error().Str("template", name).Err(err).Msg("piece of the page not made")
	}
	return b.String()
}
