package attempt

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/personal"
)

// pierre has another account of the same service.
func pierre(t testing.TB) personal.Account {
	t.Helper()
	a := marie(t)
	var err error
	if a.Email, err = personal.ParseEmail("pierre.curie@example.org"); err != nil {
		t.Fatal(err)
	}
	a.ID = "pierre-fb"
	return a
}

// reviewedFirst is a stage whose forms are looked at once, as without a word in
// the config.
func reviewedFirst(t testing.TB, scenario string, a *Approvals) *stage {
	t.Helper()
	s := newStage(t, scenario)
	s.job = func(j *Job) { j.Review, j.Played, j.Approvals = ReviewFirst, false, a }
	return s
}

// TestAFormIsLookedAtOnceAndAgainWhenItChanged: the yes holds for every account
// and for later runs, and not for another form.
func TestAFormIsLookedAtOnceAndAgainWhenItChanged(t *testing.T) {
	t.Parallel()
	s := reviewedFirst(t, "ordinary", NewApprovals(nil))
	s.channel = peopleWho(t, approves(s))
	s.ends(s.mustTry(), journal.Submitted, 1)

	s.account = pierre(t)
	s.channel = peopleWho(t)
	if r := s.mustTry(); r.State.Is != journal.Submitted || len(s.site.Received()) != 2 {
		t.Errorf("the same form of another account ended %s (%s)", r.State.Is, r.Reason)
	}

	kept, err := s.journal.Approvals(t.Context())
	if err != nil || len(kept) != 1 || kept[0].By != "test" || kept[0].At.IsZero() || kept[0].Service != "facebook" || len(kept[0].Form) == 0 {
		t.Errorf("kept of the yes: %+v, %v", kept, err)
	}
	told, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	for _, planted := range []string{"marie", "pierre", "curie", "example.org"} {
		if strings.Contains(strings.ToLower(string(told)), planted) {
			t.Errorf("the yes tells %q: %s", planted, told)
		}
	}

	other := reviewedFirst(t, "reason-long", NewApprovals(kept))
	other.account.Reason = personal.NewReason(longReason)
	who := peopleWho(t, approves(other))
	other.channel = who
	other.ends(other.mustTry(), journal.Submitted, 1)
	if len(who.met) == 1 && len(who.met[0].Changed) == 0 {
		t.Error("it is not told what changed")
	}
}

// TestTheYesToOneReviewLetsTheOtherThrough: two accounts wait at the same form,
// and one yes is enough.
func TestTheYesToOneReviewLetsTheOtherThrough(t *testing.T) {
	t.Parallel()
	s := reviewedFirst(t, "ordinary", NewApprovals(nil))
	opened := make(chan struct{}, 2)
	var asked atomic.Int64
	s.channel = channel(func(ctx context.Context, _ gate.Gate, l *gate.Lease) (gate.Answer, error) {
		opened <- struct{}{}
		if asked.Add(1) == 2 {
			yes := gate.Answer{Verb: gate.Approve, By: "test"}
			return yes, l.Return(yes)
		}
		return untilOver(ctx, l)
	})
	second := *s
	second.account = pierre(t)
	over := make(chan error, 2)
	for _, one := range []*stage{s, &second} {
		go func() {
			_, err := one.try(t.Context())
			over <- err
		}()
	}
	for range 2 {
		if err := <-over; err != nil {
			t.Error(err)
		}
	}
	if n := len(s.site.Received()); n != 2 || len(opened) != 2 {
		t.Errorf("%d arrived after %d reviews", n, len(opened))
	}
	var by []string
	for _, e := range s.events() {
		if e.Kind == journal.GateReturned {
			by = append(by, e.Channel)
		}
	}
	slices.Sort(by)
	if !slices.Equal(by, []string{sameForm, "test"}) {
		t.Errorf("returned by %v", by)
	}
}
