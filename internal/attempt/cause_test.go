package attempt

import (
	"slices"
	"strings"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// TestWhyAnObjectionStandsWhereItDoes is told in one sentence and one more: how
// far it came.
func TestWhyAnObjectionStandsWhereItDoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state  journal.Name
		gate   gate.Kind
		detail string
		want   string
	}{
		{journal.Drifted, "", "link-missing: “object”", "I did not find the link to the form. I looked for: “object”. Nothing was typed or sent."},
		{journal.Drifted, "", "link-missing after-typing: “object”", "I did not find the link to the form. I looked for: “object”. Nothing was sent."},
		{journal.Drifted, "", "button-missing", "I did not find the button that sends the form. Nothing was sent."},
		{journal.Drifted, "", "", "I did not find the form. Nothing was sent."},
		{journal.Failed, "", "browser-gone", "The browser ended. Nothing was sent."},
		{journal.Failed, "", "browser-gone after-not-taken", "The browser ended. The site had got the form before, and did not take it."},
		{journal.Failed, "", "elsewhere: https://x.example", "The page wanted to send your data to https://x.example. That was stopped. Nothing was sent."},
		{journal.NeedsHuman, gate.Captcha, "ran-out", "It was not done in time: Pass the check that you are a person, on the site's page. Nothing was sent."},
		{journal.NeedsHuman, gate.Captcha, "page-closed after-not-taken", "The page was closed: Pass the check that you are a person, on the site's page. The site had got the form before, and did not take it."},
		{journal.NeedsHuman, gate.Code, "ran-out after-part", "It was not done in time: Give the one-time code that the site has sent you. The site had got a part of it before. No objection was made."},
		{journal.Drifted, "", "link-missing after-part: “object”", "I did not find the link to the form. I looked for: “object”. The site had got a part of it before. No objection was made."},
		{journal.NeedsHuman, gate.Choice, "nobody: p•••@e•••.org", "The page shows p•••@e•••.org, which is not what your config says: choose. Nothing was sent."},
		{journal.NeedsHuman, gate.Choice, "nobody after-not-taken: p•••@e•••.org", "The page shows p•••@e•••.org, which is not what your config says: choose. The site had got the form before, and did not take it."},
		{journal.NeedsHuman, "", "value-refused after-not-taken", "The site got the form and did not take it. No objection was made."},
		{journal.NeedsHuman, "", "value-refused after-part: value", "The form does not accept a value. The site had got a part of it before. No objection was made."},
		{journal.NeedsHuman, "", "value-refused: email", "The form does not accept the e-mail. Nothing was sent."},
		{journal.NeedsHuman, gate.Outcome, "no-answer", "The site asked for something more after sending."},
		{journal.InDoubt, "", "no-answer after-not-taken", "It is not known whether it arrived. It will not be sent again by itself."},
		{journal.Submitted, "", "", ""},
	} {
		e := journal.Event{Gate: c.gate, Detail: c.detail, State: journal.State{Is: c.state}}
		if got := Explain(e).String(); got != c.want {
			t.Errorf("%s, %q: %q\nwant %q", c.state, c.detail, got, c.want)
		}
		if got := Explain(e).In(words.French); strings.Count(got, "envoyé") > 1 {
			t.Errorf("%s, %q says twice how far it came: %q", c.state, c.detail, got)
		}
	}
}

func TestADetailKeepsItsWordAndWhatItIsAboutWhenMarked(t *testing.T) {
	t.Parallel()
	for _, c := range []cause{{"ran-out", ""}, {"nobody", "p•••@e•••.org: two"}, {"locked", "locked"}} {
		for _, came := range []extent{untyped, unsent, partly, returned} {
			detail := marked(c.String(), came)
			if got, read := parseCause(detail); got != c || read != came {
				t.Errorf("%q is read as %q, %d", detail, got, read)
			}
		}
	}
}

// TestWhatWasTypedOnAnEarlierWayIsNotDenied: the first way leads to the form,
// whose button is not found once the e-mail stands in it; the second has no link.
func TestWhatWasTypedOnAnEarlierWayIsNotDenied(t *testing.T) {
	t.Parallel()
	for typed, want := range map[bool]string{true: "Nothing was sent.", false: "Nothing was typed or sent."} {
		s := newStage(t, "ordinary")
		s.job = func(j *Job) {
			lost := slices.Clone(j.Profile.Routes[0].Steps)
			lost[len(lost)-1] = profile.Follow{Link: "form.verify"}
			own := *j.Profile
			own.Routes = []profile.Route{own.Routes[0], {ID: "lost", Title: "Lost", Steps: lost}}
			if !typed {
				own.Routes = own.Routes[1:]
			}
			own.Form = []profile.Step{own.Form[2], profile.Submit{Button: "form.verify", Commits: "submit"}, profile.Expect{Outcome: true}}
			j.Profile = &own
		}
		r := s.mustTry()
		s.ends(r, journal.Drifted, 0)
		if got := r.Reason.String(); !strings.HasSuffix(got, want) {
			t.Errorf("typed %t: %q", typed, got)
		}
	}
}
