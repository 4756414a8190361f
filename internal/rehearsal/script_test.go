package rehearsal

import (
	"cmp"
	"context"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// What a person presses.
const (
	sendButton = "button primary"
	thanks     = "Nous acceptons votre opposition"
	ownEmail   = "own@example.org"
)

// passCookies declines the optional cookies.
func (h *hands) passCookies() {
	h.t.Helper()
	h.press("data-cookie-answer", "true")
	h.until("the dialog to go", func(root *proto.DOMNode) bool { return find(root, "id", "cookie-veil") == nil })
}

// fill declines cookies, fills the e-mail and sends.
func (h *hands) fill() {
	h.t.Helper()
	h.passCookies()
	h.write("email", ownEmail)
	h.press("class", sendButton)
}

// scripted is one scenario as a person meets it in a real Chrome.
type scripted struct {
	scenario string
	start    string // direct when empty
	does     func(h *hands)
	sees     string // afterwards, thanks when empty
	received int
	taken    int
	dialogs  int // cookie dialogs that were declined: 1 when zero, none when negative
}

func scriptedCases() []scripted {
	return []scripted{
		{scenario: Ordinary, start: center, received: 1, taken: 1, does: func(h *hands) {
			h.passCookies()
			h.press("href", direct)
			h.write("email", ownEmail)
			h.write(reasonField, "Parce que")
			h.press("class", sendButton)
		}},
		{scenario: "prefilled", received: 1, taken: 1, does: func(h *hands) {
			h.passCookies()
			h.press("class", sendButton)
		}},
		{scenario: "login+prefilled", received: 1, taken: 1, does: func(h *hands) {
			h.passCookies()
			h.write("email", ownEmail)
			h.write("pass", Password)
			h.enter()
			h.press("class", sendButton)
		}},
		{scenario: "ads-choice", received: 1, taken: 1, does: func(h *hands) {
			h.passCookies()
			h.press("value", "free")
			h.write("email", ownEmail)
			h.press("class", sendButton)
		}},
		{scenario: "captcha", received: 1, taken: 1, does: func(h *hands) {
			h.passCookies()
			h.write("email", ownEmail)
			h.press("id", "captcha-tick")
			h.press("class", sendButton)
		}},
		{scenario: "code", received: 3, taken: 1, does: func(h *hands) {
			h.fill()
			h.write("code", "111111")
			h.press("class", sendButton)
			h.sees("Code non valide")
			h.again(Code)
		}},
		{scenario: "field-error", received: 2, taken: 1, does: func(h *hands) {
			h.fill()
			h.sees("Veuillez vérifier votre saisie.")
			h.press("class", sendButton)
		}},
		{scenario: "slow-to-hear", received: 1, taken: 1, does: func(h *hands) {
			h.fill()
			h.press("class", sendButton)
		}},
		{scenario: "shadow", received: 1, taken: 1, does: (*hands).fill},
		{scenario: "frame", received: 1, taken: 1, does: (*hands).fill},
		{scenario: "double-send", received: 2, taken: 2, does: (*hands).fill},
		{scenario: "form-post", received: 1, taken: 1, does: (*hands).fill},
		{scenario: "xhr", received: 1, taken: 1, does: (*hands).fill},
		{scenario: "keepalive", received: 1, taken: 1, does: (*hands).fill},
		{scenario: "beacon", received: 1, taken: 1, does: (*hands).fill},
		{scenario: "telemetry-first", received: 1, taken: 1, does: (*hands).fill},
		{scenario: "thanks-but-500", received: 1, does: (*hands).fill},
		{scenario: "thanks-but-error", received: 1, does: (*hands).fill},
		{scenario: "refused", received: 1, sees: "ne pouvons pas y donner suite", does: (*hands).fill},
		{scenario: "unclear", received: 1, sees: "Merci de votre visite", does: (*hands).fill},
	}
}

// again replaces what the code field holds and sends it.
func (h *hands) again(code string) {
	h.t.Helper()
	h.press("name", "code")
	h.selectAll()
	h.insert(code)
	h.press("class", sendButton)
}

// stage is one Chrome that meets one site after another.
type stage struct {
	ctx   context.Context
	board *switchboard
	sites []*Site
	rod   *rod.Browser
}

func newStage(t *testing.T, scenarios []string) *stage {
	t.Helper()
	return newStageOf(t, scenarios, Options{})
}

// newStageOf plays each scenario with the options.
func newStageOf(t *testing.T, scenarios []string, o Options) *stage {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	g := &stage{ctx: ctx, board: newSwitchboard(t)}
	var keys []string
	for _, name := range scenarios {
		o.Scenario, o.Prefill = name, ownEmail
		s := started(t, o)
		g.sites, keys = append(g.sites, s), append(keys, s.TrustedKeys()...)
	}
	g.rod = chromeFor(ctx, t, g.board, keys)
	return g
}

// enter opens an address of the nth site.
func (g *stage) enter(t *testing.T, n int, address string) *hands {
	t.Helper()
	g.board.to.Store(g.sites[n])
	ctx, cancel := context.WithTimeout(g.ctx, time.Minute)
	t.Cleanup(cancel)
	return handsOn(ctx, t, g.rod, address)
}

// TestScripts goes through the scenarios whose pages act by script, with real
// input. What the server got is what counts.
func TestScripts(t *testing.T) {
	goScripted(t, scriptedCases())
}

func goScripted(t *testing.T, cases []scripted) {
	t.Helper()
	var names []string
	for _, c := range cases {
		names = append(names, c.scenario)
	}
	g := newStage(t, names)
	for i, c := range cases {
		t.Run(c.scenario, func(t *testing.T) {
			h := g.enter(t, i, cmp.Or(c.start, direct))
			c.does(h)
			h.sees(cmp.Or(c.sees, thanks))
			c.check(h, g.sites[i])
		})
	}
}

func (c scripted) check(h *hands, s *Site) {
	t := h.t
	t.Helper()
	// What a page's script sends beside the send may arrive after the thanks.
	got, err := s.Await(h.ctx, c.received)
	if err != nil || len(got) != c.received {
		t.Fatalf("received %#v, %v, want %d", got, err, c.received)
	}
	taken := 0
	for _, r := range got {
		if r.Taken {
			taken++
		}
		if r.Email != ownEmail || !r.Trusted {
			t.Errorf("received %#v, want %s, trusted", r, ownEmail)
		}
	}
	if taken != c.taken {
		t.Errorf("%d taken, want %d: %#v", taken, c.taken, got)
	}
	if d := s.Decoys(); len(d) != 0 || s.CookiesAccepted() != 0 ||
		s.Counts().CookiesDeclined != max(cmp.Or(c.dialogs, 1), 0) {
		t.Errorf("decoys %v, counts %+v", d, s.Counts())
	}
}
