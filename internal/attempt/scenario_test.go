package attempt

import (
	"testing"

	"opposer/internal/journal"
)

func TestEveryScenarioEndsAsItShould(t *testing.T) {
	for _, c := range []struct {
		scenario string
		want     journal.Name
		received int
	}{
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
		{"field-error", journal.Submitted, 2},
		{"refused", journal.InDoubt, 1}, // the French refusal is inferred: it decides nothing
		{"unclear", journal.InDoubt, 1},
		{"thanks-but-500", journal.InDoubt, 1},
		{"thanks-but-error", journal.InDoubt, 1},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel() // most of it is waiting for a page that will never change
			s := newStage(t, c.scenario)
			s.ends(s.mustTry(), c.want, c.received)
		})
	}
}

func TestARefusalThatIsQuotedIsARefusal(t *testing.T) {
	s := newStage(t, "refused")
	s.account.Language = "en"
	s.browse(shellBin, nil)
	s.ends(s.mustTry(), journal.Rejected, 1)
}
