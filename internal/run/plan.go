package run

import (
	"cmp"
	"slices"
	"time"

	"opposer/internal/journal"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// Doing is what the plan means to do about an account.
type Doing string

// What can be done about an account.
const (
	Do      Doing = "do"      // attempt it
	Skip    Doing = "skip"    // leave it: it is settled
	Covered Doing = "covered" // another account's objection counts for it
)

// Item is one account of a plan.
type Item struct {
	Account   personal.Account
	Profile   *profile.Profile
	Objection journal.Objection
	Standing  journal.Standing // what the journal knew; zero when nothing
	Doing     Doing
	Reason    words.Text   // why it is skipped or covered; zero when it is done
	CoveredBy string       // the id of the account whose objection counts for it
	Reopen    bool         // it is settled, and a person asked for it again
	Until     time.Time    // when it may be tried again; zero: at any time
	Notes     []words.Text // what a person should know before it is done
}

// Plan is what a run will do, in the order of the config.
type Plan struct {
	Items []Item
}

// Count is how many items are to be treated so.
func (p Plan) Count(d Doing) int {
	n := 0
	for _, i := range p.Items {
		if i.Doing == d {
			n++
		}
	}
	return n
}

// Known is what a plan is made of.
type Known struct {
	Accounts  []personal.Account
	Set       *profile.Set
	Standings []journal.Standing
	Objection func(personal.Account) journal.Objection // names an account's objection
	Now       time.Time                                // for dates in sentences
}

// Selection is what a person asked for. The zero Selection is everything that
// is not settled, with the fewest objections.
type Selection struct {
	Accounts []string // ids; empty: all
	Services []string // names or titles; empty: all
	Only     string   // of [Choices]; "": all
	Each     bool     // one objection an account, covered or not
	Again    bool     // also what is settled: a person asked for it by name
}

// NewPlan makes a plan. The error is *[UnknownError]. A selection that names
// nothing that exists together (an account and another service) gives an
// empty plan.
func NewPlan(k Known, want Selection) (Plan, error) {
	if err := want.check(k); err != nil {
		return Plan{}, err
	}
	p := planner{Known: k, want: want}
	all := make([]Item, len(k.Accounts))
	for i, a := range k.Accounts {
		item, err := p.item(a)
		if err != nil {
			return Plan{}, err
		}
		all[i] = item
	}
	selected := func(i Item) bool { return want.selects(i.Account, i.Profile) && want.chooses(i.Standing) }
	if !want.Each {
		cover(all, selected)
	}
	return Plan{Items: slices.DeleteFunc(all, func(i Item) bool { return !selected(i) })}, nil
}

// planner makes the items of one plan.
type planner struct {
	Known
	want Selection
}

func (p planner) item(a personal.Account) (Item, error) {
	prof := p.Set.Profiles[a.Service]
	if prof == nil {
		return Item{}, &UnknownError{What: Service, Name: a.Service, Known: services(p.Set)}
	}
	i := Item{Account: a, Profile: prof.For(a.Country), Objection: p.Objection(a), Doing: Do}
	if n := slices.IndexFunc(p.Standings, func(s journal.Standing) bool { return s.Objection.Key == i.Objection.Key }); n >= 0 {
		i.Standing = p.Standings[n]
	}
	i.Notes = slices.Concat(p.renamed(i), interrupted(i), noForm(i), caution(i))
	p.leave(&i)
	return i, nil
}

// leave leaves an item alone that is settled or rests, unless a person asked
// for it again.
func (p planner) leave(i *Item) {
	reason, settled := p.settled(i.Standing)
	resting := false
	if !settled {
		reason, i.Until, resting = p.resting(i.Standing)
	}
	switch {
	case !settled && !resting:
	case p.want.Again && p.want.selects(i.Account, i.Profile):
		i.Reopen = settled
	default:
		i.Doing, i.Reason = Skip, reason
	}
}

// settled gives the sentence with which a settled objection is left alone.
func (p planner) settled(s journal.Standing) (words.Text, bool) {
	when := words.When(s.Since, p.Now)
	switch s.State.Is {
	case journal.Submitted:
		return words.T("submitted %s; it is not sent again", when), true
	case journal.Confirmed:
		return words.T("confirmed %s", when), true
	case journal.Already:
		return words.T("already honoured, seen %s", when), true
	case journal.Rejected:
		return words.T("rejected %s; it is not sent again by itself", when), true
	case journal.InDoubt:
		return words.T("in doubt since %s; it is not sent again by itself", when), true
	default:
		return words.Text{}, false
	}
}

// renamed tells that the id stood for another e-mail or phone before: that is
// another objection, and nothing of the first counts for it.
func (p planner) renamed(i Item) []words.Text {
	if i.Standing.Objection.Key != "" {
		return nil
	}
	var out []words.Text
	for _, s := range p.Standings {
		o := s.Objection
		if o.Account == i.Account.ID && o.Service == i.Account.Service && o.Key != i.Objection.Key {
			out = append(out, words.T("%s stood for %s before. This is another objection.", i.Account.ID, cmp.Or(o.Email, o.Phone)))
		}
	}
	return out
}

// interrupted tells that the last attempt never ended. What it left is settled
// when the objection is claimed: it may be in doubt, and is not sent then.
func interrupted(i Item) []words.Text {
	if !i.Standing.State.Is.Underway() {
		return nil
	}
	return []words.Text{words.T("An earlier attempt for %s did not end. What it left is looked at first.", i.Account.ID)}
}

// caution tells what the profile says before anything is sent.
func caution(i Item) []words.Text {
	c := i.Profile.Caution
	if c.English == "" || counts(i.Standing.State.Is) {
		return nil
	}
	return []words.Text{words.Said(c.English, c.French)}
}

// noForm tells that the profile knows of no form for the account's country.
func noForm(i Item) []words.Text {
	if i.Account.Country == "" || len(i.Profile.Countries) == 0 || slices.Contains(i.Profile.Countries, i.Account.Country) {
		return nil
	}
	return []words.Text{words.T("%s is not known to have this form in %s.", i.Profile.Title, i.Account.Country)}
}
