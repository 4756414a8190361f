package chrome

import (
	"context"
	"slices"
	"testing"
	"time"

	"opposer/internal/locate"
	"opposer/internal/profile"
)

// named finds the only node of that role and name on a page.
func named(t testing.TB, p *locate.Page, role, name string) locate.Node {
	t.Helper()
	var found []locate.Node
	for _, f := range p.Frames {
		for _, n := range f.Nodes {
			if n.Role == role && n.Name == name && n.Hidden == "" {
				found = append(found, n)
			}
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d nodes are a %s called %q", len(found), role, name)
	}
	return found[0]
}

func read(t testing.TB, tab *Tab) *locate.Page {
	t.Helper()
	p, err := tab.Read(within(t))
	if err != nil {
		fail(t, err)
	}
	return p
}

// allow gives the permission for a node, as a profile that allows its frame's
// origin does.
func allow(t testing.TB, p *locate.Page, n locate.Node) profile.Admitted {
	t.Helper()
	f, _ := p.Frame(n.Frame)
	a, err := (&profile.Profile{Origins: profile.Origins{Type: []string{f.Origin}}}).Admit(f)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// title waits until the main document is called so: its pages say by it what
// they heard.
func awaitTitle(t testing.TB, tab *Tab, want string) {
	t.Helper()
	ctx := within(t)
	for {
		p, err := tab.Read(ctx)
		if err != nil {
			fail(t, err)
		}
		if p.Main().Title == want {
			return
		}
		if err := tab.Changed(ctx); err != nil {
			t.Fatalf("title is %q, want %q: %v", p.Main().Title, want, err)
		}
	}
}

// briefly is a deadline that a test waits for, because something must not
// happen until then.
func briefly(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	t.Cleanup(cancel)
	return ctx
}

// awhile is such a deadline where much has to have happened before it.
func awhile(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// awaitNode reads until there is exactly one such node.
func awaitNode(t testing.TB, tab *Tab, role, name string) *locate.Page {
	t.Helper()
	ctx := within(t)
	for {
		p, err := tab.Read(ctx)
		if err != nil {
			fail(t, err)
		}
		for _, f := range p.Frames {
			if slices.ContainsFunc(f.Nodes, func(n locate.Node) bool { return n.Role == role && n.Name == name }) {
				return p
			}
		}
		if err := tab.Changed(ctx); err != nil {
			t.Fatalf("no %s called %q: %v", role, name, err)
		}
	}
}
