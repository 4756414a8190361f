package attempt

import (
	"slices"
	"testing"

	"opposer/internal/journal"
	"opposer/internal/rehearsal"
)

// ending is how a scenario ends where nobody is there to ask.
type ending struct {
	scenario string
	want     journal.Name
	received int
}

func endings() []ending {
	return []ending{
		{"ordinary", journal.Submitted, 1},
		{"two-links", journal.NeedsHuman, 0},
		{"ads-twin", journal.Submitted, 1},
		{"link-missing", journal.Drifted, 0},
		{"first-route-gone", journal.Submitted, 1},
		{"all-gone", journal.Drifted, 0},
		{"unreachable", journal.Failed, 0},
		{"redirect-away", journal.Drifted, 0},
		{"redirect-late", journal.Drifted, 0},
		{"login", journal.NeedsHuman, 0},
		{"ads-choice", journal.NeedsHuman, 0},
		{"captcha", journal.NeedsHuman, 0},
		{"prefilled", journal.Submitted, 1},
		{"prefilled-other", journal.NeedsHuman, 0},
		{"alert", journal.Submitted, 1},
		{"frame", journal.Submitted, 1},
		{"shadow", journal.Submitted, 1},
		{"ignores-click", journal.Failed, 0},
		{"slow-to-hear", journal.Submitted, 1},
		{"double-send", journal.Submitted, 1},
		{"form-post", journal.Submitted, 1},
		{"xhr", journal.Submitted, 1},
		{"keepalive", journal.Submitted, 1},
		{"beacon", journal.Submitted, 1},
		{"telemetry-first", journal.Submitted, 1},
		{"field-error", journal.Submitted, 2},
		{"refused", journal.InDoubt, 1}, // the French refusal is inferred: it decides nothing
		{"unclear", journal.InDoubt, 1},
		{"thanks-but-500", journal.InDoubt, 1},
		{"thanks-but-error", journal.InDoubt, 1},
		// The ways to the form, and its looks.
		{"message-first", journal.Submitted, 1},
		{"topic-list", journal.Submitted, 1},
		{"topic-panel", journal.Submitted, 1},
		{"policy-box", journal.Submitted, 1},
		{"policy-section", journal.Submitted, 1},
		{"question-reveals", journal.Submitted, 1},
		{"choice-2026", journal.Submitted, 1},
		{"choice-radios", journal.Submitted, 1},
		{"first-form-gone", journal.Submitted, 1},
		{"lazy", journal.Submitted, 1},
		{"split-text", journal.Submitted, 1},
		{"hidden-twins", journal.Submitted, 1},
		{"portal", journal.Submitted, 1},
		{"portal-bare", journal.Submitted, 1},
		{"portal-country", journal.Submitted, 1},
		{"portal-graphql", journal.Submitted, 1},
		{"portal-after-country", journal.Submitted, 1},
		{"portal-code", journal.NeedsHuman, 1},
		{"code", journal.InDoubt, 1},
		{"form-2024", journal.NeedsHuman, 0},
		{"form-brazil", journal.NeedsHuman, 0},
		{"country", journal.Submitted, 1},
		{"reason-long", journal.NeedsHuman, 0},
		{"form-radios", journal.Submitted, 1},
		{"radios-reset", journal.Submitted, 1},
		{"two-factor", journal.NeedsHuman, 0},
		{"save-login", journal.NeedsHuman, 0},
		{"cookies-again", journal.NeedsHuman, 0},
		{"locked", journal.NeedsHuman, 0},
		{"text-captcha", journal.NeedsHuman, 1},
		{"already", journal.InDoubt, 1},
		{"altcha", journal.NeedsHuman, 0},
		{"hcaptcha", journal.NeedsHuman, 0},
		{"turnstile", journal.NeedsHuman, 0},
		{"arkose", journal.NeedsHuman, 0},
		{"friendly", journal.NeedsHuman, 0},
		{"friendly-frame", journal.NeedsHuman, 0},
		{"image-captcha", journal.NeedsHuman, 0},
		{"mailbox", journal.InDoubt, 1},
		{"code-twice", journal.InDoubt, 1},
		{"code-boxes", journal.InDoubt, 1},
		{"session-expires", journal.NeedsHuman, 0},
		{"already-in", journal.NeedsHuman, 0},
	}
}

func TestEveryScenarioEndsAsItShould(t *testing.T) {
	for i, c := range endings() {
		if leftOut(i) {
			continue
		}
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel() // most of it is waiting for a page that will never change
			s := newStage(t, c.scenario)
			s.ends(s.mustTry(), c.want, c.received)
		})
	}
}

// TestNoScenarioIsLeftOut: what `opposer rehearsal list` tells of is filed with
// here, or where it is named.
func TestNoScenarioIsLeftOut(t *testing.T) {
	elsewhere := map[string]string{"slow": "kill_test.go"}
	for _, s := range rehearsal.Scenarios() {
		here := slices.ContainsFunc(endings(), func(e ending) bool { return e.scenario == s.Name })
		if here == (elsewhere[s.Name] != "") {
			t.Errorf("%s: filed with here: %t, elsewhere: %q", s.Name, here, elsewhere[s.Name])
		}
	}
}

// TestARareDoubleSendWouldBeSeen: the thanks of a form in another origin's frame
// come late, and a form that is still there then was once taken for one that
// is to be sent again.
func TestARareDoubleSendWouldBeSeen(t *testing.T) {
	for range 6 {
		t.Run("frame", func(t *testing.T) {
			t.Parallel()
			s := newStage(t, "frame")
			s.ends(s.mustTry(), journal.Submitted, 1)
		})
	}
}

// TestTheAnswerIsTheFormsNotTelemetrys: what leaves first, and is answered, is
// not what was sent.
func TestTheAnswerIsTheFormsNotTelemetrys(t *testing.T) {
	t.Parallel()
	s := newStage(t, "telemetry-first")
	r := s.mustTry()
	s.ends(r, journal.Submitted, 1)
	if r.Reference == "" {
		t.Error("the number that the answer gives was not read")
	}
}

func TestARefusalThatIsQuotedIsARefusal(t *testing.T) {
	t.Parallel()
	s := newStage(t, "refused")
	s.account.Language = "en"
	s.browse(shellBin, nil)
	s.ends(s.mustTry(), journal.Rejected, 1)
}
