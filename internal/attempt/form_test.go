package attempt

import (
	"testing"

	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// The form is sent only as it should be: what each difference leads to.
func TestAFormIsSentOnlyAsItShouldBe(t *testing.T) {
	type scene struct {
		page  *locate.Page
		email *locate.Node
		job   *Job
		where *where
	}
	other := personal.Observed{Is: personal.Other, Masked: "j•••@f•••.fr"}
	for name, c := range map[string]struct {
		make func(s scene)
		want string
	}{
		"as it should be":             {func(scene) {}, "send submit"},
		"a dry run":                   {func(s scene) { s.job.DryRun = true }, "ready"},
		"a dry run that was approved": {func(s scene) { s.job.DryRun, s.job.Review = true, ReviewFirst }, "ready"},
		"nobody approved it":          {func(s scene) { s.job.Review = ReviewFirst }, "ask review"},
		"another form was approved":   {func(s scene) { s.job.Review, s.where.approved = ReviewFirst, "of another form" }, "ask review"},
		"the button is disabled":      {func(s scene) { s.page.Frames[0].Nodes[1].Disabled = true }, "wait"},
		"there are two buttons": {func(s scene) {
			s.page.Frames[0].Nodes = append(s.page.Frames[0].Nodes, locate.Node{Frame: "main", Document: "d", Ref: 3, Role: "button", Name: "Submit", IDAttr: "other"})
		}, "ask choice"},
		"there is no button":                     {func(s scene) { s.page.Frames[0].Nodes = s.page.Frames[0].Nodes[:1] }, "wait"},
		"the button stands on another's page":    {func(s scene) { alone(s.page, 1) }, "wait"},
		"the field stands on another's page":     {func(s scene) { alone(s.page, 0) }, "wait"},
		"the field is empty":                     {func(s scene) { s.email.Value = personal.Observed{Is: personal.Empty} }, "fill email"},
		"the field holds another's":              {func(s scene) { s.email.Value = other }, "ask choice"},
		"the person keeps another's":             {func(s scene) { s.email.Value, s.where.answers["value:2"] = other, keepTheirs }, "send submit"},
		"the person wants ours":                  {func(s scene) { s.email.Value, s.where.answers["value:2"] = other, useOurs }, "fill email"},
		"the value did not stay":                 {func(s scene) { s.email.Value, s.where.typed[2] = other, 1 }, "fill email"},
		"the value did not stay again":           {func(s scene) { s.email.Value, s.where.typed[2] = other, 2 }, "stop"},
		"the form calls ours invalid":            {func(s scene) { s.email.Invalid, s.where.typed[2] = true, 1 }, "stop"},
		"the form calls ours invalid, and moves": {func(s scene) { s.email.Invalid, s.where.typed[2], s.page.Quiet = true, 1, false }, "wait"},
		"what the form needs is not in the config": {func(s scene) {
			s.job.Account.Email, s.email.Required, s.email.Value = personal.Email{}, true, personal.Observed{Is: personal.Empty}
		}, "stop"},
		"its title is another form's": {func(s scene) {
			s.page.Frames[0].Blocks = append(s.page.Frames[0].Blocks, locate.Block{Text: "AI at Meta: third-party information", Role: "heading"})
		}, "next"},
		"it does not say that it is about AI": {func(s scene) { mute(s.page) }, "next"},
		"it does not say so yet":              {func(s scene) { mute(s.page); s.page.Quiet = false }, "wait"},
		"a field stands in another frame": {func(s scene) {
			s.page.Frames = append(s.page.Frames, locate.Frame{
				ID: "inner", Parent: "main", Document: "e", Origin: "https://help.meta.com", Visible: true,
				Nodes: []locate.Node{{Frame: "inner", Document: "e", Ref: 1, Role: "textbox", Tag: "textarea", Name: "Tell us how this processing affects you"}},
			})
		}, "wait"},
	} {
		page := formPage()
		l := lookAt(t, page)
		w := inForm(l)
		c.make(scene{page, &page.Frames[0].Nodes[0], l.job, &w})
		if got := kindOf(decide(l, w)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// alone moves a node of the form into a frame where nothing may be typed.
func alone(page *locate.Page, node int) {
	f := &page.Frames[0]
	moved := f.Nodes[node]
	moved.Frame, moved.Document = "ad", "a"
	f.Nodes = append(f.Nodes[:node:node], f.Nodes[node+1:]...)
	page.Frames = append(page.Frames, locate.Frame{
		ID: "ad", Parent: "main", Document: "a", Origin: "https://www.facebook.com.attacker.example", Visible: true,
		Blocks: []locate.Block{{Text: "AI at Meta", Role: "heading"}}, Nodes: []locate.Node{moved},
	})
}

// mute takes away what says that the form is about AI.
func mute(page *locate.Page) {
	page.Frames[0].Title, page.Frames[0].Blocks = "A form", []locate.Block{{Text: "A form", Role: "heading"}}
}

// What a person approved is that form: one that asks for more is shown again.
func TestAnApprovalIsOfTheFormThatWasShown(t *testing.T) {
	page := formPage()
	l := lookAt(t, page)
	l.job.Review = ReviewFirst
	w := inForm(l)
	shown, ok := decide(l, w).(ask)
	if !ok || len(shown.form.lines) != 1 || shown.form.lines[0].Value != "m•••@e•••.org" {
		t.Fatalf("the form is not shown: %+v", shown)
	}
	w.approved = shown.form.signature.Hash
	if got := kindOf(decide(l, w)); got != "send submit" {
		t.Errorf("approved, and then %s", got)
	}
	for name, change := range map[string]func(*locate.Page){
		"a label":  func(p *locate.Page) { p.Frames[0].Nodes[0].Name = "Email address of your manager" },
		"required": func(p *locate.Page) { p.Frames[0].Nodes[0].Required = true },
		"button":   func(p *locate.Page) { p.Frames[0].Nodes[1].Name = "Send" },
		"origin":   func(p *locate.Page) { p.Frames[0].Origin = "https://help.meta.com" },
	} {
		page := formPage()
		change(page)
		l.page = page
		if got := kindOf(decide(l, w)); got != "ask review" {
			t.Errorf("%s changed after it was approved: %s", name, got)
		}
	}
}

// TestABoxThatDoesNotStayTickedIsGivenUp, and is not pressed without end.
func TestABoxThatDoesNotStayTickedIsGivenUp(t *testing.T) {
	page := formPage()
	page.Frames[0].Nodes = append(page.Frames[0].Nodes, locate.Node{
		Role: "checkbox", Name: "I agree", Frame: page.Frames[0].ID, Document: page.Frames[0].Document, Block: -1,
	})
	l := lookAt(t, page)
	own := *l.job.Profile
	own.Words = map[string][]profile.Entry{"agree": {{Text: "I agree", Confidence: "A", Source: "https://a.example"}}}
	l.job.Profile, l.bound = &own, l.job.Set.Bind(&own, "en")
	w := begin()
	for range choosings {
		if m, ok := tickBox(l, w, 0, profile.Check{Label: "agree"}).(tick); !ok {
			t.Fatalf("tried %d times, then %#v", w.typed[0], m)
		}
		w.typed[0]++
	}
	if m := kindOf(tickBox(l, w, 0, profile.Check{Label: "agree"})); m != "stop" {
		t.Errorf("after %d times: %s", choosings, m)
	}
}
