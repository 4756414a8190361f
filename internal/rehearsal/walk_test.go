package rehearsal

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
)

// expected is what a plain visitor, who does everything right once and never
// passes a gate, meets in a scenario over bare HTTP.
type expected struct {
	center   int    // status of the Privacy Center
	links    int    // with the right word in it
	form     int    // status of the form's address
	host     string // where the form's address ends, the main host when empty
	answer   int    // status of the submit address; 0: there is no form to send
	received int
	taken    int
	decoys   int
	portal   bool // there is a form, with another script
}

// whole is the ordinary way; bend gives the differences.
func whole(bend func(*expected)) expected {
	e := expected{center: 200, links: 1, form: 200, answer: 200, received: 1, taken: 1}
	if bend != nil {
		bend(&e)
	}
	return e
}

func expectations() map[string]expected {
	untaken := func(e *expected) { e.taken = 0 }
	unlinked := func(e *expected) { e.links = 0 }
	moved := func(e *expected) { e.host, e.answer, e.received, e.taken, e.portal = portalHost, 0, 0, 0, true }
	behind := func(e *expected) { e.links, e.answer, e.received, e.taken = 0, 0, 0, 0 }
	return map[string]expected{
		"two-links":        whole(func(e *expected) { e.links = 2 }),
		"ads-twin":         whole(func(e *expected) { e.links = 2 }),
		"link-missing":     whole(behind),
		"first-route-gone": whole(func(e *expected) { e.center, e.links = 404, 0 }),
		"all-gone":         whole(func(e *expected) { behind(e); e.center, e.form = 404, 404 }),
		"login":            whole(behind),
		"ads-choice":       whole(behind),
		"frame":            whole(func(e *expected) { e.answer, e.received, e.taken = 0, 0, 0 }),
		"redirect-away":    whole(func(e *expected) { e.host, e.received, e.taken, e.decoys = evilHost, 0, 0, 1 }),
		"captcha":          whole(untaken),
		"hcaptcha":         whole(untaken),
		"turnstile":        whole(untaken),
		"arkose":           whole(untaken),
		"friendly":         whole(untaken),
		"friendly-frame":   whole(untaken),
		"altcha":           whole(untaken),
		"code":             whole(untaken),
		"field-error":      whole(untaken),
		"refused":          whole(untaken),
		"unclear":          whole(untaken),
		"thanks-but-error": whole(untaken),
		"already":          whole(untaken),
		"text-captcha":     whole(untaken),
		// A field is missing, or a code.
		"form-2024": whole(untaken), "form-brazil": whole(untaken), "country": whole(untaken),
		"reason-long": whole(untaken), "form-radios": whole(untaken), "radios-reset": whole(untaken),
		// Another way than the notice leads to the form.
		"topic-list": whole(unlinked), "topic-panel": whole(unlinked), "policy-box": whole(unlinked),
		"policy-section": whole(unlinked), "question-reveals": whole(unlinked),
		"choice-2026": whole(unlinked), "choice-radios": whole(unlinked),
		"first-form-gone": whole(func(e *expected) { e.form, e.answer, e.received, e.taken = 404, 0, 0, 0 }),
		"two-factor":      whole(behind), "save-login": whole(behind), "cookies-again": whole(behind),
		"mailbox": whole(untaken), "code-twice": whole(untaken), "code-boxes": whole(untaken),
		"session-expires": whole(behind), "locked": whole(behind), "image-captcha": whole(behind),
		// The portal has fields without names: its own tests.
		"portal": whole(moved), "portal-bare": whole(moved), "portal-country": whole(moved),
		"portal-code": whole(moved), "portal-graphql": whole(moved),
		"portal-after-country": whole(untaken),
		"hidden-twins":         whole(func(e *expected) { e.links = 2 }),
		"thanks-but-500":       whole(func(e *expected) { e.taken, e.answer = 0, 500 }),
	}
}

// TestEveryScenarioOverHTTP walks every scenario there is; who has no line above
// is ordinary as far as a client without scripts can tell.
func TestEveryScenarioOverHTTP(t *testing.T) {
	special := expectations()
	for _, c := range Scenarios() {
		// Their own tests: a broken connection, an answer that waits.
		if c.Name == "unreachable" || c.Name == "slow" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			want, ok := special[c.Name]
			if !ok {
				want = whole(nil)
			}
			s := started(t, Options{Scenario: c.Name})
			walk(t, newVisitor(t, s, "en"), want)
			tally(t, s, want)
		})
	}
}

// walk goes to the center, then to the form by its address, and sends it.
func walk(t *testing.T, v *visitor, want expected) {
	t.Helper()
	first := v.open(center)
	if first.status != want.center {
		t.Errorf("the center answers %d, want %d", first.status, want.center)
	}
	links := 0
	if first.boot(t).Section != "" {
		links = len(v.section(first).links("object"))
	}
	if links != want.links {
		t.Errorf("%d links, want %d", links, want.links)
	}
	form := v.open(direct)
	host := mainHost
	if want.host != "" {
		host = want.host
	}
	if form.status != want.form || form.url.Host != host {
		t.Errorf("the form answers %d at %s, want %d at %s", form.status, form.url.Host, want.form, host)
	}
	if want.answer == 0 {
		if (form.boot(t).Form != nil) != want.portal {
			t.Errorf("there is a form: %t", !want.portal)
		}
		return
	}
	if answer := v.send(form, "a@example.org"); answer.status != want.answer {
		t.Errorf("sent, answer %d, want %d", answer.status, want.answer)
	}
}

func tally(t *testing.T, s *Site, want expected) {
	t.Helper()
	got := s.Received()
	taken := slices.DeleteFunc(slices.Clone(got), func(r Received) bool { return !r.Taken })
	have := fmt.Sprint(len(got), len(taken), len(s.Decoys()))
	if expect := fmt.Sprint(want.received, want.taken, want.decoys); have != expect {
		t.Errorf("received, taken, decoys: %s, want %s", have, expect)
	}
}

// TestExpectationsNameScenarios finds a line that no scenario uses.
func TestExpectationsNameScenarios(t *testing.T) {
	for name := range expectations() {
		if _, err := bendOf(name); err != nil {
			t.Error(err)
		}
	}
}

func TestUnreachableBreaksEveryConnection(t *testing.T) {
	s := started(t, Options{Scenario: "unreachable"})
	v := newVisitor(t, s, "en")
	for range 3 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, center, nil)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := v.try(r); err == nil {
			t.Errorf("answered %d, want a broken connection", p.status)
		}
	}
	if got := s.Visits(); len(got) != 0 {
		t.Errorf("visits %q, want none", got)
	}
}
