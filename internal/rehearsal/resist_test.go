package rehearsal

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// resistance is something that must not work, or must go wrong, in a real Chrome.
type resistance struct {
	name     string
	scenario string
	start    string
	try      func(t *testing.T, h *hands, s *Site)
}

// settle waits until the page has told the server something of its own: what its
// scripts began before has gone out by then.
func (h *hands) settle(s *Site) {
	h.t.Helper()
	before := s.Counts().Telemetry
	h.script(`fetch("/ajax/bz", {method: "POST"}).then(() => document.body.setAttribute("data-told", "1"))`)
	h.until("telemetry to arrive", func(root *proto.DOMNode) bool { return find(root, "data-told", "1") != nil })
	if s.Counts().Telemetry == before {
		h.t.Fatal("the page says it told, the server heard nothing")
	}
}

func silent(t *testing.T, s *Site) {
	t.Helper()
	if got := s.Received(); len(got) != 0 {
		t.Errorf("received %#v, want nothing", got)
	}
}

// byScript fills and sends as a tool does that has no real input.
const byScript = `
  const field = document.querySelector("input[name=email]");
  field.value = "script@example.org";
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  const held = field.value;
  document.querySelector("form.sheet button").disabled = false;
  document.querySelector("form.sheet button").click();
  document.querySelector("form.sheet").requestSubmit();
  held;`

func resistances() []resistance { return append(scriptResistances(), pageResistances()...) }

// scriptResistances are what a tool without real input tries.
func scriptResistances() []resistance {
	return []resistance{
		{"a field hears no script", Ordinary, direct, func(t *testing.T, h *hands, s *Site) {
			h.passCookies()
			h.until("the form", func(root *proto.DOMNode) bool { return find(root, "name", "email") != nil })
			if held := h.script(byScript); held != "" {
				t.Errorf("the field kept %q", held)
			}
			h.settle(s)
			silent(t, s)
		}},
		{"a filled form hears no scripted press", Ordinary, direct, func(t *testing.T, h *hands, s *Site) {
			h.passCookies()
			h.write("email", ownEmail)
			h.script(`document.querySelector("form.sheet button").click(); document.querySelector("form.sheet").requestSubmit()`)
			h.settle(s)
			silent(t, s)
		}},
		{"a value put in by script never travels", "form-post", direct, func(t *testing.T, h *hands, s *Site) {
			h.passCookies()
			h.write("email", ownEmail)
			h.script(`document.querySelector("input[name=email]").value = "script@example.org"`)
			h.press("class", sendButton)
			h.sees(thanks)
			if got := s.Received(); len(got) != 1 || got[0].Email != ownEmail {
				t.Errorf("received %#v", got)
			}
		}},
	}
}

// pageResistances are what the pages do to whoever has real input.
func pageResistances() []resistance {
	return []resistance{
		{"a deaf button sends nothing", "ignores-click", direct, func(t *testing.T, h *hands, s *Site) {
			h.fill()
			h.press("class", sendButton)
			h.settle(s)
			silent(t, s)
		}},
		{"the form waits for the captcha", "captcha", direct, func(t *testing.T, h *hands, s *Site) {
			h.passCookies()
			h.write("email", ownEmail)
			h.enter()
			h.settle(s)
			if disabled := h.script(`String(document.querySelector("form.sheet button").disabled)`); disabled != "true" {
				t.Error("the button is free before the captcha")
			}
			silent(t, s)
		}},
		{"somebody else's e-mail stands there", "prefilled-other", direct, func(_ *testing.T, h *hands, _ *Site) {
			h.passCookies()
			h.until("the form", func(root *proto.DOMNode) bool { return find(root, "name", "email") != nil })
			if held := h.script(`document.querySelector("input[name=email]").value`); held != OtherEmail {
				h.t.Errorf("the field holds %q", held)
			}
		}},
		{"the twin is told apart", Ordinary, center, func(t *testing.T, h *hands, s *Site) {
			h.until("the twin", func(root *proto.DOMNode) bool {
				return h.script("document.readyState") == "complete" && find(root, "data-cookie-twin", "1") != nil
			})
			h.script(`document.querySelector("[role=button][aria-label^=Refuser]").click()`)
			h.settle(s)
			if got := s.Decoys(); len(got) != 1 || s.Counts().CookiesDeclined != 0 {
				t.Errorf("decoys %v, counts %+v", got, s.Counts())
			}
		}},
		{"allowing is counted", Ordinary, center, func(t *testing.T, h *hands, s *Site) {
			h.press("data-cookie-answer", "false")
			h.until("the dialog to go", func(root *proto.DOMNode) bool { return find(root, "id", "cookie-veil") == nil })
			if s.CookiesAccepted() != 1 {
				t.Errorf("counts %+v", s.Counts())
			}
		}},
		{"the address leads away", "redirect-away", direct, leadsAway},
		{"entering a field leads away", "redirect-late", direct, func(t *testing.T, h *hands, s *Site) {
			h.passCookies()
			h.press("name", "email")
			leadsAway(t, h, s)
		}},
		{"a message box opens", "alert", center, func(_ *testing.T, h *hands, _ *Site) {
			for news := range h.news {
				if news.Method == (proto.PageJavascriptDialogOpening{}).ProtoEvent() {
					return
				}
			}
			h.t.Error("no message box")
		}},
	}
}

// leadsAway types on the look-alike host, where it is lost.
func leadsAway(t *testing.T, h *hands, s *Site) {
	t.Helper()
	h.until("the look-alike", func(*proto.DOMNode) bool {
		return strings.HasPrefix(h.script("document.URL"), "https://"+evilHost+"/")
	})
	silent(t, s)
	h.write("email", ownEmail)
	h.press("class", sendButton)
	h.sees(thanks)
	if got := s.Decoys(); len(got) != 1 || got[0].Email != ownEmail {
		t.Errorf("decoys %#v", got)
	}
	silent(t, s)
}

// TestScriptsResist tries what tools do wrong, and what the faults promise.
func TestScriptsResist(t *testing.T) {
	cases := resistances()
	var names []string
	for _, c := range cases {
		names = append(names, c.scenario)
	}
	g := newStage(t, names)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.try(t, g.enter(t, i, c.start), g.sites[i]) })
	}
}
