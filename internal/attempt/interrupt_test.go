package attempt

import (
	"slices"
	"testing"

	"opposer/internal/locate"
)

// add puts a thing on the form's page.
func add(nodes ...locate.Node) func(*look, *where) {
	return func(l *look, _ *where) { l.page.Frames[0].Nodes = slices.Concat(nodes, l.page.Frames[0].Nodes) }
}

// say puts a heading on the form's page.
func say(text string) func(*look, *where) {
	return func(l *look, _ *where) {
		l.page.Frames[0].Blocks = append(l.page.Frames[0].Blocks, locate.Block{Text: text, Role: "heading"})
	}
}

// frameOf puts a visible frame on the form's page, with what stands in it.
func frameOf(address string, nodes ...locate.Node) func(*look, *where) {
	return func(l *look, _ *where) {
		l.page.Frames = append(l.page.Frames, locate.Frame{ID: "inner", Parent: "main", Document: "e", URL: address, Visible: true, Nodes: nodes})
	}
}

func button(name string) locate.Node {
	return locate.Node{Frame: "main", Document: "d", Ref: 9, Role: "button", Name: name, Block: -1}
}

const cookieTitle = "Allow the use of cookies from Facebook on this browser?"

func TestWhatTurnsUpIsDealtWith(t *testing.T) {
	type change = func(*look, *where)
	password := locate.Node{Frame: "main", Document: "d", Ref: 9, Role: "textbox", Type: "password", Name: "Password", Block: -1}
	hidden := password
	hidden.Hidden = "display"
	asked := func(key string) change { return func(_ *look, w *where) { w.asked[key] = askings } }
	answered := func(key string) change { return func(_ *look, w *where) { w.answers[key] = "done" } }
	pressed := func(_ *look, w *where) { w.pressed["cookies"] = 1 }
	moves := func(l *look, _ *where) { l.page.Quiet = false }
	late := func(l *look, _ *where) { l.late = true }
	ticked := locate.Node{Frame: "inner", Role: "checkbox", Checked: true}
	for name, c := range map[string]struct {
		changes []change
		want    string
	}{
		"nothing":                              {nil, "send submit"},
		"a password is asked for":              {[]change{add(password)}, "ask login"},
		"in a field that nobody sees":          {[]change{add(hidden)}, "send submit"},
		"a title that is quoted":               {[]change{say("Log in to Facebook")}, "ask login"},
		"a title that nobody has a source for": {[]change{say("Log into Facebook")}, "send submit"},
		"asked for too often":                  {[]change{add(password), asked("interrupt:login")}, "stop"},
		"the person says they logged in":       {[]change{add(password), answered("interrupt:login")}, "ask login"},
		"a captcha":                            {[]change{frameOf("https://www.recaptcha.net/frame")}, "ask captcha"},
		"a captcha without its tick":           {[]change{frameOf("https://www.recaptcha.net/frame"), answered("interrupt:captcha")}, "ask captcha"},
		"a captcha that was ticked":            {[]change{frameOf("https://www.recaptcha.net/frame", ticked), answered("interrupt:captcha")}, "send submit"},
		"a host that ends like a captcha's":    {[]change{frameOf("https://notrecaptcha.net/frame")}, "send submit"},
		"a locked account":                     {[]change{say("We locked your account")}, "stop"},
		"a page that is gone":                  {[]change{func(l *look, _ *where) { l.status = 404 }}, "next"},
		"cookies":                              {[]change{say(cookieTitle), add(button("Decline optional cookies"))}, "press Decline optional cookies"},
		"cookies that can only be allowed":     {[]change{say(cookieTitle), add(button("Allow all cookies"))}, "send submit"},
		"cookies that are just going":          {[]change{say(cookieTitle), add(button("Decline optional cookies")), pressed, moves}, "wait"},
		"cookies that stayed":                  {[]change{say(cookieTitle), add(button("Decline optional cookies")), pressed}, "press Decline optional cookies"},
		"cookies on a page that never rests":   {[]change{say(cookieTitle), add(button("Decline optional cookies")), pressed, moves, late}, "press Decline optional cookies"},
		"cookies that will not go":             {[]change{say(cookieTitle), add(button("Decline optional cookies")), func(_ *look, w *where) { w.pressed["cookies"] = presses }}, "send submit"},
	} {
		l := lookAt(t, formPage())
		w := inForm(l)
		for _, change := range c.changes {
			change(&l, &w)
		}
		if got := kindOf(decide(l, w)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// While an answer is due a dialog is sent away, and no gate opens by itself.
func TestWhileAnAnswerIsDueNoGateOpens(t *testing.T) {
	password := locate.Node{Frame: "main", Document: "d", Ref: 9, Role: "textbox", Type: "password", Block: -1}
	for want, changes := range map[string][]func(*look, *where){
		"wait":                           {add(password)},
		"press Decline optional cookies": {say(cookieTitle), add(button("Decline optional cookies"))},
	} {
		l := lookAt(t, formPage())
		w := sentFrom(l, l.page, wire{status: 200})
		for _, change := range changes {
			change(&l, &w)
		}
		if got := kindOf(decide(l, w)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A gate is over when a page that has settled bears it out, on the service's
// own origin: what stands there between two pages proves nothing.
func TestAGateIsClearedByTheServicesOwnQuietPage(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*look, *where)
		want   bool
	}{
		"the login is gone":         {func(*look, *where) {}, true},
		"it stands there still":     {say("Log in to Facebook"), false},
		"the page still moves":      {func(l *look, _ *where) { l.page.Quiet = false }, false},
		"another's page is there":   {func(l *look, _ *where) { l.page.Frames[0].Origin = "https://login.example" }, false},
		"a blank page stands there": {func(l *look, _ *where) { l.page.Frames = nil }, false},
	} {
		l := lookAt(t, formPage())
		c.change(&l, nil)
		if got := cleared(l, "interrupt:login"); got != c.want {
			t.Errorf("%s: cleared is %t", name, got)
		}
	}
}
