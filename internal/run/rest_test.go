package run

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/words"
)

// lockedAt stands for an account whose last gate ended so.
func lockedAt(a personal.Account, at time.Time, detail string) journal.Standing {
	s := stand(a, journal.NeedsHuman)
	s.Since, s.Last = at, journal.Event{Kind: journal.GateEnded, Detail: detail}
	return s
}

// TestALockedAccountIsLeftAloneForTwoDays, unless a person asked for it by name.
func TestALockedAccountIsLeftAloneForTwoDays(t *testing.T) {
	a := acct(t, "a", "facebook", "a@example.org", "")
	for _, c := range []struct {
		ago    time.Duration
		detail string
		want   Selection
		plan   string
	}{
		{0, "locked: locked", Selection{}, "a=skip"},
		{47 * time.Hour, "locked: locked", Selection{}, "a=skip"},
		{48*time.Hour - time.Second, "locked", Selection{}, "a=skip"},
		{48 * time.Hour, "locked: locked", Selection{}, "a=do"},
		{time.Hour, "locked: locked", Selection{Only: Waiting}, "a=skip"},
		{49 * time.Hour, "locked: locked", Selection{Only: Waiting}, "a=do"},
		{time.Hour, "locked: locked", Selection{Accounts: []string{"a"}}, "a=skip"},
		{time.Hour, "locked: locked", Selection{Each: true}, "a=skip"},
		{time.Hour, "locked: locked", Selection{Accounts: []string{"a"}, Again: true}, "a=do"},
		{time.Hour, "locked after-not-taken: locked", Selection{}, "a=skip"},
		{time.Hour, "still-there: locked", Selection{}, "a=do"},
		{time.Hour, "lockedout", Selection{}, "a=do"},
		{time.Hour, "", Selection{}, "a=do"},
	} {
		p := plan(t, []personal.Account{a}, []journal.Standing{lockedAt(a, now.Add(-c.ago), c.detail)}, c.want)
		if got := brief(p); got != c.plan {
			t.Errorf("%v ago, %q, %+v: %s, want %s", c.ago, c.detail, c.want, got, c.plan)
		}
		if i := p.Items[0]; i.Early() != c.want.Again || i.Reopen || (i.Doing == Skip) == i.Reason.IsZero() {
			t.Errorf("%v ago: early %t, reopened %t, reason %q", c.ago, i.Early(), i.Reopen, i.Reason)
		}
	}
}

func TestItIsToldUntilWhenItIsLeftAlone(t *testing.T) {
	a := acct(t, "a", "facebook", "a@example.org", "")
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.Local)
	p, err := NewPlan(Known{
		Accounts: []personal.Account{a}, Set: set(), Objection: objection, Now: at.Add(time.Hour),
		Standings: []journal.Standing{lockedAt(a, at, "locked: locked")},
	}, Selection{})
	if err != nil {
		t.Fatal(err)
	}
	i := p.Items[0]
	if !i.Until.Equal(at.Add(48 * time.Hour)) {
		t.Errorf("until %v", i.Until)
	}
	for _, part := range []string{"since Tue 24 Nov, 08:00", "until Thu 26 Nov, 08:00", "log in there by hand first"} {
		if got := i.Reason.String(); !strings.Contains(got, part) {
			t.Errorf("%q does not say %q", got, part)
		}
	}
	if got := i.Reason.In(words.French); !strings.Contains(got, "avant le jeu. 26 nov., 08:00") {
		t.Error(got)
	}
}

func TestWhatRestsNeedsAPerson(t *testing.T) {
	a := acct(t, "a", "facebook", "a@example.org", "")
	b := newBench(nil)
	results := b.Run(t.Context(), plan(t, []personal.Account{a}, []journal.Standing{lockedAt(a, now, "locked: locked")}, Selection{}))
	if told(results) != "a=skipped/needs_human" || ExitCode(results) != NeedsHuman || len(b.log) != 0 {
		t.Errorf("%s, exit %d, attempted %v", told(results), ExitCode(results), b.log)
	}
}

// TestNobodyTakesTheLockedOnesPlace: one that shares its Accounts Centre is not
// sent instead, since its own attempt is only put off.
func TestNobodyTakesTheLockedOnesPlace(t *testing.T) {
	a, b := acct(t, "a", "facebook", "a@example.org", "home"), acct(t, "b", "facebook", "b@example.org", "home")
	accounts := []personal.Account{a, b}
	locked := lockedAt(a, now, "locked: locked")
	for _, c := range []struct {
		standings []journal.Standing
		want      Selection
		plan      string
	}{
		{[]journal.Standing{locked}, Selection{}, "a=skip b=covered:a"},
		{[]journal.Standing{locked}, Selection{Accounts: []string{"b"}}, "b=do"},
		{[]journal.Standing{locked, stand(b, journal.Submitted)}, Selection{}, "a=covered:b b=skip"},
	} {
		if got := brief(plan(t, accounts, c.standings, c.want)); got != c.plan {
			t.Errorf("%s, want %s", got, c.plan)
		}
	}
}

func TestOnlyWhatWaits(t *testing.T) {
	var accounts []personal.Account
	var standings []journal.Standing
	for n, name := range journal.Names() {
		a := acct(t, string(rune('a'+n)), "facebook", string(rune('a'+n))+"@example.org", "")
		accounts, standings = append(accounts, a), append(standings, stand(a, name))
	}
	waits := string(rune('a' + slices.Index(journal.Names(), journal.NeedsHuman)))
	fresh := acct(t, "z", "facebook", "z@example.org", "")
	accounts = append(accounts, fresh)
	for _, c := range []struct {
		want Selection
		plan string
	}{
		{Selection{Only: Waiting}, waits + "=do"},
		{Selection{Only: Waiting, Accounts: []string{waits, "a", "z"}}, waits + "=do"},
		{Selection{Only: Waiting, Accounts: []string{"a", "z"}}, ""},
		{Selection{Only: Waiting, Services: []string{"instagram"}}, ""},
	} {
		if got := brief(plan(t, accounts, standings, c.want)); got != c.plan {
			t.Errorf("%+v: %s, want %s", c.want, got, c.plan)
		}
	}
	_, err := NewPlan(Known{Accounts: accounts, Set: set(), Objection: objection}, Selection{Only: "wating"})
	unknown, ok := errors.AsType[*UnknownError](err)
	if !ok || unknown.What != Choice || !slices.Equal(unknown.Known, Choices()) || unknown.Nearest() != Waiting {
		t.Error(err)
	}
}
