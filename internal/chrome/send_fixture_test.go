package chrome

import (
	"context"
	"slices"
	"testing"
	"time"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// memory is a journal store that forgets; what journals promise is tested where
// they stand.
type memory struct{ events []journal.Event }

func (m *memory) Append(_ context.Context, e journal.Event) error {
	m.events = append(m.events, e)
	return nil
}

func (m *memory) History(_ context.Context, key journal.Key) ([]journal.Event, error) {
	return slices.DeleteFunc(slices.Clone(m.events), func(e journal.Event) bool { return key != "" && e.Key != key }), nil
}

func (m *memory) Lock(context.Context, journal.Key) (func() error, error) {
	return func() error { return nil }, nil
}

func (m *memory) Close() error { return nil }

// clerk mints the permissions of one objection, as an attempt does.
type clerk struct {
	t testing.TB
	j *journal.Journal
	c journal.Claim
}

func newClerk(t testing.TB) *clerk {
	t.Helper()
	j := journal.New(&memory{}, []byte("a secret of thirty-two bytes 123"), time.Now)
	c, err := j.Claim(t.Context(), "run", j.Objection(personal.Account{ID: "a", Service: "s"}))
	if err != nil {
		t.Fatal(err)
	}
	k := &clerk{t, j, c}
	k.append(journal.Event{Kind: journal.FormFound})
	k.append(journal.Event{Kind: journal.Filled})
	return k
}

func (k *clerk) append(e journal.Event) {
	k.t.Helper()
	if _, err := k.j.Append(context.Background(), k.c, e); err != nil {
		k.t.Fatal(err)
	}
}

func (k *clerk) permit() journal.Permit {
	k.t.Helper()
	p, err := k.j.BeginSending(context.Background(), k.c, journal.Intent{Send: "submit", By: journal.Machine, Armed: true})
	if err != nil {
		k.t.Fatal(err)
	}
	return p
}

func (k *clerk) departure(p journal.Permit, r journal.Request) journal.Departure {
	k.t.Helper()
	d, err := k.j.MarkLeft(context.Background(), p, r)
	if err != nil {
		k.t.Fatal(err)
	}
	return d
}

// admit admits the tab's main frame, as a profile that allows its origin does.
func admit(t testing.TB, tab *Tab) profile.Admitted {
	t.Helper()
	f := tab.frames()[0]
	origin, _ := split(f.url)
	p := profile.Profile{Origins: profile.Origins{Type: []string{origin}}}
	a, err := p.Admit(locate.Frame{ID: string(f.id), Document: string(f.loader), Origin: origin})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// button reads the tab until it finds the main frame's element of that id.
func button(t testing.TB, tab *Tab, id string) locate.Node {
	t.Helper()
	ctx := within(t)
	for {
		page, err := tab.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range page.Main().Nodes {
			if n.IDAttr == id {
				return n
			}
		}
		if err := tab.Changed(ctx); err != nil {
			t.Fatalf("looking for %s: %v", id, err)
		}
	}
}

// typeInto tells the hold that the main frame was typed into.
func typeInto(tab *Tab) {
	f := tab.frames()[0]
	tab.typed(f.id, f.loader)
}
