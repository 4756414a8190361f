package chrome

import (
	"slices"
	"testing"

	"opposer/internal/locate"
	"opposer/internal/personal"
)

func TestAFrameThatNavigatesLeavesNoFramesBehind(t *testing.T) {
	t.Parallel()
	s := fixtures(t)
	tab := visit(t, shared(t, shell), s, "/outer.html?src=/inner.html")
	if n := len(settled(t, tab).Frames); n != 3 {
		t.Fatalf("%d frames", n)
	}
	if _, err := tab.Navigate(within(t), s.URL+"/act.html"); err != nil {
		t.Fatal(err)
	}
	if n := len(settled(t, tab).Frames); n != 1 {
		t.Errorf("%d frames are kept", n)
	}
}

// Frames in and out of the page's process: 127.0.0.1 and localhost are two
// sites to Chrome. The shell does not isolate sites, the full browser does.
func TestFrames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		browser func() (*Browser, error)
		site    func(*site) string
	}{
		"in process":        {shell, func(s *site) string { return s.URL }},
		"another site":      {shell, (*site).local},
		"out of process":    {full, (*site).local},
		"full, in process":  {full, func(s *site) string { return s.URL }},
		"out, nested twice": {full, func(s *site) string { return s.local() + "/outer.html?src=" + s.URL }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fixtures(t)
			tab := openTab(t, shared(t, c.browser), Guard{Type: []string{s.URL, s.local()}, Account: account(t)})
			if _, err := tab.Navigate(within(t), s.URL+"/outer.html?src="+c.site(s)+"/inner.html"); err != nil {
				t.Fatal(err)
			}
			p := awaitNode(t, tab, "button", "Press") // the last of them
			n := named(t, p, "textbox", "E-mail")
			if got, err := tab.Fill(within(t), allow(t, p, n), n, planted); err != nil || got.Is != personal.Ours {
				t.Errorf("filled %v: %v", got, err)
			}
			if err := tab.Click(within(t), named(t, p, "button", "Press")); err != nil {
				fail(t, err)
			}
			awaitNode(t, tab, "button", "Pressed")
			for _, f := range p.Frames {
				if slices.ContainsFunc(f.Nodes, func(n locate.Node) bool { return n.Name == "Invisible" }) && f.Visible {
					t.Error("a frame that is not shown is visible")
				}
				if f.ID == n.Frame && !f.Visible {
					t.Error("the frame is not visible")
				}
			}
		})
	}
}
