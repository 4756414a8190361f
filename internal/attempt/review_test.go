package attempt

import (
	"slices"
	"testing"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/profile"
)

func signed(hash string) locate.Signature {
	return locate.Signature{Hash: hash, Origin: "https://www.facebook.com", Button: "send"}
}

// TestWhoLooksBeforeSending is the whole rule: what the person wants, how well
// the way to the form is known, and what they said yes to.
func TestWhoLooksBeforeSending(t *testing.T) {
	yes, none := NewApprovals([]journal.Approval{{Signature: "this"}}), NewApprovals(nil)
	for _, c := range []struct {
		name       string
		review     Review
		approvals  *Approvals
		confidence string
		look       int
		played     bool
		here       string // the form that was approved in this attempt
		through    bool
	}{
		{"a form nobody saw", ReviewFirst, none, "", 0, false, "", false},
		{"nothing is known of approvals", ReviewFirst, nil, "", 0, false, "", false},
		{"nothing is set", "", yes, "", 0, false, "", true},
		{"the same form", ReviewFirst, yes, "", 0, false, "", true},
		{"approved a moment ago", ReviewAlways, nil, "", 0, false, "this", true},
		{"another was approved a moment ago", ReviewFirst, nil, "", 0, false, "that", false},
		{"always", ReviewAlways, yes, "", 0, false, "", false},
		{"never", ReviewNever, nil, "", 0, false, "", true},
		{"a well-known way", ReviewFirst, yes, "A", 0, false, "", true},
		{"a little-known way", ReviewFirst, yes, "B", 0, false, "", false},
		{"a little-known way, never", ReviewNever, nil, "C", 0, false, "", false},
		{"another look", ReviewNever, yes, "", 1, false, "", false},
		{"a rehearsal", ReviewFirst, nil, "D", 1, true, "", true},
		{"a rehearsal of the review", ReviewAlways, nil, "", 0, true, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := look{job: &Job{
				Review: c.review, Approvals: c.approvals, Played: c.played,
				Profile: &profile.Profile{Routes: []profile.Route{{Confidence: c.confidence}}},
			}}
			if got := approved(l, where{look: c.look, approved: c.here}, signed("this")); got != c.through {
				t.Errorf("goes through without a look: %t", got)
			}
		})
	}
}

func TestAFormWithoutASignatureIsNeverApproved(t *testing.T) {
	if NewApprovals([]journal.Approval{{}}).has(locate.Signature{}) {
		t.Error("the zero signature counts as approved")
	}
}

func TestWhatChangedSinceTheLastYes(t *testing.T) {
	before := signed("old")
	before.Fields = []locate.FormField{{Role: "textbox", Label: "e-mail", Required: true}}
	now := signed("new")
	now.Fields = []locate.FormField{{Role: "textbox", Label: "e-mail", Required: true}, {Role: "textbox", Label: "passport", Required: true}}
	now.Button = "submit"
	a := NewApprovals([]journal.Approval{
		{Signature: "oldest", Service: "facebook", Form: []string{"something else"}},
		{Signature: "old", Service: "facebook", Form: before.Lines()},
		{Signature: "other", Service: "instagram", Form: []string{"another service"}},
	})
	var got []string
	for _, line := range a.changed("facebook", now) {
		got = append(got, line.String())
	}
	want := []string{`no longer: button "send"`, `new: textbox "passport" required`, `new: button "submit"`}
	if !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
	if got := a.changed("whatsapp", now); len(got) > 0 {
		t.Errorf("nothing of that service was approved, and yet %q", got)
	}
}

// A review that stands open is ended by the yes to another of the same form.
func TestAYesWakesWhoWaitsForOne(t *testing.T) {
	a := NewApprovals(nil)
	news := a.news()
	a.add(journal.Approval{Signature: "this"})
	select {
	case <-news:
	default:
		t.Error("nobody was told")
	}
	if !a.has(signed("this")) || a.has(signed("that")) {
		t.Error("the yes is for another form")
	}
	select {
	case <-a.news():
		t.Error("one yes is told twice")
	default:
	}
}
