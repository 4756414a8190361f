package attempt

import (
	"testing"

	"opposer/internal/locate"
)

// kindOf names a move in a test's own words; a gate also by what it is for.
func kindOf(m move) string {
	switch m := m.(type) {
	case ask:
		return "ask " + string(m.kind)
	case wait:
		return "wait"
	case open:
		return "open"
	case follow:
		return "follow " + m.node.IDAttr
	case press:
		return "press " + m.node.Name
	case fill:
		return "fill " + m.value
	case send:
		return "send " + m.name
	case next:
		return "next"
	case away:
		return "away"
	case stop:
		return "stop"
	case ready:
		return "ready"
	case conclude:
		return "conclude " + string(m.verdict)
	case tick, pick, lookUp, advance:
	}
	return "another move"
}

// link is one that the privacy centre's page may have.
func link(id, name string) locate.Node {
	return locate.Node{
		Frame: "main", Document: "d", Role: "link", Name: name, IDAttr: id, Block: 1, Headings: []string{"AI at Meta"}, Paragraph: 2,
		Href: "https://www.facebook.com/help/contact/712876720715583?from=" + id,
	}
}

// centre is the privacy centre's page with these links.
func centre(links ...locate.Node) *locate.Page {
	return &locate.Page{Quiet: true, Frames: []locate.Frame{{
		ID: "main", Document: "d", URL: "https://www.facebook.com/privacy/genai", Origin: "https://www.facebook.com", Visible: true,
		Blocks: []locate.Block{{Text: "AI at Meta", Role: "heading", Level: 1}, {Text: "You have the right to object to the use of your information for these purposes."}},
		Nodes:  links,
	}}}
}

func TestTheLinkIsFollowedWhenItIsSure(t *testing.T) {
	sure, weak := link("sure", "right to object"), link("weak", "Here is how you can object to that")
	for name, c := range map[string]struct {
		links  []locate.Node
		moving bool
		answer string
		want   string
	}{
		"one":                             {[]locate.Node{sure}, false, "", "follow sure"},
		"one, the page still moves":       {[]locate.Node{sure}, true, "", "follow sure"},
		"a weak one":                      {[]locate.Node{weak}, false, "", "follow weak"},
		"a weak one, the page moves":      {[]locate.Node{weak}, true, "", "wait"},
		"two":                             {[]locate.Node{sure, link("other", "right to object")}, false, "", "ask choice"},
		"two, the page moves":             {[]locate.Node{sure, link("other", "right to object")}, true, "", "wait"},
		"two, the person chose":           {[]locate.Node{sure, link("other", "right to object")}, false, fingerprint(link("other", "right to object")), "follow other"},
		"two, the person's is gone":       {[]locate.Node{sure, link("third", "right to object")}, false, fingerprint(link("other", "right to object")), "ask choice"},
		"none, the page may bring it yet": {nil, true, "", "wait"},
	} {
		page := centre(c.links...)
		page.Quiet = !c.moving
		w := begin()
		w.step, w.answers[linkKey] = 1, c.answer
		if got := kindOf(decide(lookAt(t, page), w)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Only the service's own pages are worked on; where a page goes elsewhere with
// values in it, the attempt ends.
func TestAnotherOriginIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		origin, refused string
		typed           bool
		want            string
	}{
		"the service's":                 {"https://www.facebook.com", "", false, "follow sure"},
		"a look-alike":                  {"https://www.facebook.com.attacker.example", "", false, "next"},
		"plain http":                    {"http://www.facebook.com", "", false, "next"},
		"none yet":                      {"null", "", false, "wait"},
		"it wanted to go":               {"https://www.facebook.com", "https://attacker.example", false, "next"},
		"it wanted to go, after typing": {"https://www.facebook.com", "https://attacker.example", true, "away"},
	} {
		page := centre(link("sure", "right to object"))
		page.Frames[0].Origin = c.origin
		l := lookAt(t, page)
		l.refused = c.refused
		w := begin()
		w.step = 1
		if c.typed {
			w.typed[0] = 1
		}
		if got := kindOf(decide(l, w)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What has left is answered before anything else is looked at.
func TestARefusedPageAfterTheSendIsNoReasonToGoOn(t *testing.T) {
	page := formPage()
	l := lookAt(t, page)
	l.refused = "https://attacker.example"
	if got := kindOf(decide(l, sentFrom(l, page, wire{status: 200}))); got != "wait" {
		t.Errorf("%s, want wait", got)
	}
}

func TestARouteBegunAgainForgetsWhatWasTypedAndKeepsWhatWasChosen(t *testing.T) {
	w := begin()
	w.route, w.step, w.formAt, w.clicks, w.sentence = 0, 2, 3, 1, "around the link"
	w.typed[0], w.pressed["cookies"], w.asked["review"], w.answers[linkKey] = 2, 3, 1, "chosen"
	w.rewind(1)
	if w.route != 1 || w.step != 0 || w.formAt != 0 || w.clicks != 0 || w.sentence != "" || len(w.typed) > 0 || len(w.pressed) > 0 {
		t.Errorf("still known of the route before: %+v", w)
	}
	if w.answers[linkKey] != "chosen" || w.asked["review"] != 1 {
		t.Errorf("the person is asked once more: %+v", w)
	}
}

// inForm is where we are with the form before us and nothing typed.
func inForm(l look) where {
	w := begin()
	w.step = len(l.job.Profile.Routes[0].Steps)
	return w
}
