package journal_test

import (
	"reflect"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
)

// TestAnApprovalIsOfAForm: what a person said yes to, for whichever account,
// in the order in which they did; nothing else that came back counts.
func TestAnApprovalIsOfAForm(t *testing.T) {
	f := begin(t)
	approve := func(c journal.Claim, signature, by string) {
		f.append(c, journal.Event{Kind: journal.GateOpened, Gate: gate.Review})
		f.append(c, journal.Event{Kind: journal.GateReturned, Gate: gate.Review, Signature: signature, Form: []string{"email", "country"}, Channel: by})
	}
	marie := f.claim()
	f.append(marie, journal.Event{Kind: journal.FormFound})
	f.append(marie, journal.Event{Kind: journal.GateOpened, Gate: gate.Login})
	f.append(marie, journal.Event{Kind: journal.GateReturned, Gate: gate.Login, Signature: "of no review", Channel: "window"})
	f.append(marie, journal.Event{Kind: journal.Filled})
	approve(marie, "first", "terminal")
	approve(marie, "", "terminal") // declined, or shown elsewhere
	jonas, err := f.Claim(t.Context(), "run-1", f.Objection(account(t, "jonas-fb", "jonas@example.org")))
	if err != nil {
		t.Fatal(err)
	}
	f.append(jonas, journal.Event{Kind: journal.FormFound})
	f.append(jonas, journal.Event{Kind: journal.Filled})
	approve(jonas, "second", "web")

	all, err := f.Approvals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if all[i].At.IsZero() || i > 0 && !all[i].At.After(all[i-1].At) {
			t.Errorf("approved at %v", all[i].At)
		}
		all[i].At = time.Time{}
	}
	want := []journal.Approval{
		{Signature: "first", Form: []string{"email", "country"}, Service: "facebook", By: "terminal"},
		{Signature: "second", Form: []string{"email", "country"}, Service: "facebook", By: "web"},
	}
	if !reflect.DeepEqual(all, want) {
		t.Errorf("%+v\nwant %+v", all, want)
	}
}

func TestNothingIsApprovedYet(t *testing.T) {
	f := begin(t)
	f.append(f.claim(), journal.Event{Kind: journal.FormFound})
	if all, err := f.Approvals(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("%v, %v", all, err)
	}
}
