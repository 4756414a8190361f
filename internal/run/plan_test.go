package run

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// acct is an account in a few words: id, service, e-mail, Accounts Centre.
func acct(t *testing.T, id, service, email, centre string) personal.Account {
	t.Helper()
	e, err := personal.ParseEmail(email)
	if err != nil {
		t.Fatal(err)
	}
	return personal.Account{ID: id, Service: service, Email: e, AccountsCentre: centre}
}

func set() *profile.Set {
	return &profile.Set{Profiles: map[string]*profile.Profile{
		"facebook":  {Service: "facebook", Title: "Facebook", Origins: profile.Origins{Type: []string{"https://www.facebook.com"}}},
		"instagram": {Service: "instagram", Title: "Instagram", Countries: []string{"FR", "DE"}, Origins: profile.Origins{Type: []string{"https://www.instagram.com"}}},
		"mock":      {Service: "mock", Title: "Mock", Origins: profile.Origins{Type: []string{"http://127.0.0.1:8080"}}},
	}}
}

// objection names an objection as the journal does, without its hash.
func objection(a personal.Account) journal.Objection {
	key := journal.Key(a.Service + "/" + a.Email.Reveal(personal.ForKeying))
	return journal.Objection{Key: key, Service: a.Service, Account: a.ID, Email: a.Email.String()}
}

func stand(a personal.Account, is journal.Name) journal.Standing {
	return journal.Standing{Objection: objection(a), State: journal.State{Is: is}, Since: now.Add(-time.Hour)}
}

func plan(t *testing.T, accounts []personal.Account, standings []journal.Standing, want Selection) Plan {
	t.Helper()
	p, err := NewPlan(Known{Accounts: accounts, Set: set(), Standings: standings, Objection: objection, Now: now}, want)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// brief is a plan in one line: "a=do b=covered:a".
func brief(p Plan) string {
	var parts []string
	for _, i := range p.Items {
		s := i.Account.ID + "=" + string(i.Doing)
		if i.CoveredBy != "" {
			s += ":" + i.CoveredBy
		}
		if i.Reopen {
			s += "!"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

func TestEveryStateIsAttemptedOrLeft(t *testing.T) {
	a := acct(t, "a", "facebook", "a@example.org", "")
	for name, want := range map[journal.Name]string{
		"":                 "a=do",
		journal.Pending:    "a=do",
		journal.Opening:    "a=do", // of an attempt that was interrupted: the claim resolves it
		journal.Filling:    "a=do",
		journal.Ready:      "a=do",
		journal.Waiting:    "a=do",
		journal.Sending:    "a=do",
		journal.Left:       "a=do",
		journal.NeedsHuman: "a=do",
		journal.Drifted:    "a=do",
		journal.Failed:     "a=do",
		journal.Submitted:  "a=skip",
		journal.Confirmed:  "a=skip",
		journal.Already:    "a=skip",
		journal.Rejected:   "a=skip",
		journal.InDoubt:    "a=skip",
	} {
		p := plan(t, []personal.Account{a}, []journal.Standing{stand(a, name)}, Selection{})
		if got := brief(p); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if i := p.Items[0]; (i.Doing == Skip) == i.Reason.IsZero() {
			t.Errorf("%s: the reason is %q", name, i.Reason)
		}
	}
}

func TestAgainReopensWhatIsSettled(t *testing.T) {
	a, b := acct(t, "a", "facebook", "a@example.org", ""), acct(t, "b", "facebook", "b@example.org", "")
	standings := []journal.Standing{stand(a, journal.InDoubt), stand(b, journal.Submitted)}
	p := plan(t, []personal.Account{a, b}, standings, Selection{Accounts: []string{"a"}, Again: true})
	if got := brief(p); got != "a=do!" {
		t.Error(got)
	}
	fresh := plan(t, []personal.Account{a}, nil, Selection{Again: true})
	if got := brief(fresh); got != "a=do" {
		t.Errorf("nothing is settled, nothing is reopened: %s", got)
	}
}

// TestTheFewestAreSent is the plan's promise about shared Accounts Centres.
func TestTheFewestAreSent(t *testing.T) {
	a := acct(t, "a", "facebook", "a@example.org", "home")
	b := acct(t, "b", "facebook", "b@example.org", "home")
	c := acct(t, "c", "facebook", "c@example.org", "work")
	d := acct(t, "d", "instagram", "d@example.org", "home")
	e := acct(t, "e", "facebook", "e@example.org", "")
	f := acct(t, "f", "facebook", "f@example.org", "")
	all := []personal.Account{a, b, c, d, e, f}
	for _, x := range []struct {
		name      string
		standings []journal.Standing
		want      Selection
		plan      string
	}{
		{"the first of each counts", nil, Selection{}, "a=do b=covered:a c=do d=do e=do f=do"},
		{"each", nil, Selection{Each: true}, "a=do b=do c=do d=do e=do f=do"},
		{"the second was sent", []journal.Standing{stand(b, journal.Submitted)}, Selection{}, "a=covered:b b=skip c=do d=do e=do f=do"},
		{"both were sent", []journal.Standing{stand(a, journal.Submitted), stand(b, journal.Confirmed)}, Selection{}, "a=skip b=skip c=do d=do e=do f=do"},
		{"the first was rejected", []journal.Standing{stand(a, journal.Rejected)}, Selection{}, "a=skip b=do c=do d=do e=do f=do"},
		{"the first is in doubt", []journal.Standing{stand(a, journal.InDoubt)}, Selection{}, "a=skip b=do c=do d=do e=do f=do"},
		{"the first drifted", []journal.Standing{stand(a, journal.Drifted)}, Selection{}, "a=do b=covered:a c=do d=do e=do f=do"},
		{"only the second is selected", nil, Selection{Accounts: []string{"b"}}, "b=do"},
		{"the second is selected, the first was sent", []journal.Standing{stand(a, journal.Submitted)}, Selection{Accounts: []string{"b"}}, "b=covered:a"},
		{"the first again", []journal.Standing{stand(a, journal.Submitted)}, Selection{Accounts: []string{"a"}, Again: true}, "a=do!"},
		{"the first again, with the second", []journal.Standing{stand(a, journal.Submitted)}, Selection{Accounts: []string{"a", "b"}, Again: true}, "a=do! b=covered:a"},
		{"both again", []journal.Standing{stand(a, journal.Submitted), stand(b, journal.InDoubt)}, Selection{Accounts: []string{"a", "b"}, Again: true}, "a=do! b=do!"},
		{"the first again, and the second was sent", []journal.Standing{stand(b, journal.Submitted)}, Selection{Accounts: []string{"a"}, Again: true}, "a=covered:b"},
		{"one service", nil, Selection{Services: []string{"Instagram"}}, "d=do"},
		{"a service and another's account", nil, Selection{Services: []string{"instagram"}, Accounts: []string{"a"}}, ""},
	} {
		if got := brief(plan(t, all, x.standings, x.want)); got != x.plan {
			t.Errorf("%s: %s\nwant %s", x.name, got, x.plan)
		}
	}
}

// TestAnotherServiceIsCoveredWhereTheProfileSaysSo: one way only, when only one
// of the two profiles says so, and only as long as the objection counts.
func TestAnotherServiceIsCoveredWhereTheProfileSaysSo(t *testing.T) {
	a, d := acct(t, "a", "facebook", "a@example.org", "home"), acct(t, "d", "instagram", "d@example.org", "home")
	far := acct(t, "e", "instagram", "e@example.org", "work")
	s := set()
	s.Profiles["facebook"].Covers.Services = []string{"instagram"}
	for _, x := range []struct {
		accounts  []personal.Account
		standings []journal.Standing
		plan      string
	}{
		{[]personal.Account{a, d, far}, nil, "a=do d=covered:a e=do"},
		{[]personal.Account{d, a}, nil, "d=do a=do"},
		{[]personal.Account{a, d}, []journal.Standing{stand(a, journal.Submitted)}, "a=skip d=covered:a"},
		{[]personal.Account{a, d}, []journal.Standing{stand(a, journal.Rejected)}, "a=skip d=do"},
		{[]personal.Account{a, d}, []journal.Standing{stand(d, journal.Submitted)}, "a=do d=skip"},
	} {
		p, err := NewPlan(Known{Accounts: x.accounts, Set: s, Standings: x.standings, Objection: objection, Now: now}, Selection{})
		if err != nil {
			t.Fatal(err)
		}
		if got := brief(p); got != x.plan {
			t.Errorf("%s\nwant %s", got, x.plan)
		}
	}
}

func TestWhoIsCoveredIsTold(t *testing.T) {
	a, b := acct(t, "a", "facebook", "a@example.org", "home"), acct(t, "b", "facebook", "b@example.org", "home")
	i := plan(t, []personal.Account{a, b}, nil, Selection{}).Items[1]
	if got := i.Reason.String(); got != "covered by a, as your config says (same Accounts Centre)" {
		t.Error(got)
	}
}

func TestAnotherEmailIsAnotherObjection(t *testing.T) {
	before := acct(t, "a", "facebook", "old@example.org", "")
	after := acct(t, "a", "facebook", "new@example.org", "")
	renamed := acct(t, "z", "facebook", "old@example.org", "")
	old := []journal.Standing{stand(before, journal.Submitted)}

	p := plan(t, []personal.Account{after}, old, Selection{})
	if brief(p) != "a=do" || len(p.Items[0].Notes) != 1 {
		t.Fatalf("%s %v", brief(p), p.Items[0].Notes)
	}
	if got := p.Items[0].Notes[0].String(); !strings.Contains(got, "o•••@e•••.org") || strings.Contains(got, "old@") {
		t.Error(got)
	}
	if p := plan(t, []personal.Account{renamed}, old, Selection{}); brief(p) != "z=skip" || len(p.Items[0].Notes) != 0 {
		t.Errorf("a renamed id is the same objection: %s %v", brief(p), p.Items[0].Notes)
	}
}

// TestWhatIsDisputedIsToldBeforeItIsSent, in the person's language, and not of
// what was sent already.
func TestWhatIsDisputedIsToldBeforeItIsSent(t *testing.T) {
	a := acct(t, "a", "mock", "a@example.org", "")
	s := set()
	s.Profiles["mock"].Caution = profile.Caution{English: "It is disputed.", French: "C’est contesté."}
	notes := func(standings ...journal.Standing) []words.Text {
		p, err := NewPlan(Known{Accounts: []personal.Account{a}, Set: s, Standings: standings, Objection: objection, Now: now}, Selection{})
		if err != nil {
			t.Fatal(err)
		}
		return p.Items[0].Notes
	}
	n := notes()
	if len(n) != 1 || n[0].String() != "It is disputed." || n[0].In(words.French) != "C’est contesté." {
		t.Errorf("notes %v", n)
	}
	s.Profiles["mock"].Caution.French = ""
	if n := notes(); n[0].In(words.French) != "It is disputed." {
		t.Errorf("notes %v", n)
	}
	if n := notes(stand(a, journal.Submitted)); len(n) != 0 {
		t.Errorf("said of what was sent: %v", n)
	}
}

// TestAnAccountsWaysAreItsCountrys: the plan knows only the routes that are for
// the account.
func TestAnAccountsWaysAreItsCountrys(t *testing.T) {
	a := acct(t, "a", "mock", "a@example.org", "")
	s := set()
	s.Profiles["mock"].Routes = []profile.Route{{ID: "only", Countries: []string{"BR"}}, {ID: "but", Except: []string{"BR"}}, {ID: "all"}}
	for country, want := range map[string]string{"BR": "only all", "FR": "but all", "": "but all"} {
		a.Country = country
		p, err := NewPlan(Known{Accounts: []personal.Account{a}, Set: s, Objection: objection, Now: now}, Selection{})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, r := range p.Items[0].Profile.Routes {
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%q goes by %s, want %s", country, got, want)
		}
	}
	if len(s.Profiles["mock"].Routes) != 3 {
		t.Error("the profile itself was changed")
	}
}

func TestACountryWithoutFormIsTold(t *testing.T) {
	a := acct(t, "a", "instagram", "a@example.org", "")
	for country, want := range map[string]int{"": 0, "FR": 0, "US": 1} {
		a.Country = country
		if n := len(plan(t, []personal.Account{a}, nil, Selection{}).Items[0].Notes); n != want {
			t.Errorf("%q: %d notes, want %d", country, n, want)
		}
	}
}

func TestUnknownNames(t *testing.T) {
	a := acct(t, "marie-fb", "facebook", "a@example.org", "")
	for _, c := range []struct {
		want          Selection
		what, nearest string
	}{
		{Selection{Accounts: []string{"marie-bf"}}, Account, "marie-fb"},
		{Selection{Accounts: []string{"MARIE-FB"}}, Account, "marie-fb"},
		{Selection{Accounts: []string{"paul"}}, Account, ""},
		{Selection{Services: []string{"facebok"}}, Service, "facebook"},
		{Selection{Services: []string{"tiktok"}}, Service, ""},
	} {
		_, err := NewPlan(Known{Accounts: []personal.Account{a}, Set: set(), Objection: objection}, c.want)
		var unknown *UnknownError
		if !errors.As(err, &unknown) {
			t.Fatalf("%v: %v", c.want, err)
		}
		if unknown.What != c.what || unknown.Nearest() != c.nearest || unknown.Remedy().IsZero() {
			t.Errorf("%v: %v", c.want, err)
		}
		if c.nearest != "" && !strings.Contains(err.Error(), c.nearest) {
			t.Errorf("%v does not name %s", err, c.nearest)
		}
	}
	if got := (&UnknownError{What: Account, Name: "x"}).Remedy().In(words.French); got != "Il n’y en a aucun dans votre configuration." {
		t.Error(got)
	}
}

func TestAServiceWithoutProfile(t *testing.T) {
	a := acct(t, "a", "myspace", "a@example.org", "")
	_, err := NewPlan(Known{Accounts: []personal.Account{a}, Set: set(), Objection: objection}, Selection{})
	var unknown *UnknownError
	if !errors.As(err, &unknown) || unknown.What != Service {
		t.Error(err)
	}
}

func TestCount(t *testing.T) {
	p := Plan{Items: []Item{{Doing: Do}, {Doing: Skip}, {Doing: Do}}}
	if p.Count(Do) != 2 || p.Count(Covered) != 0 {
		t.Error(p.Count(Do), p.Count(Covered))
	}
}
