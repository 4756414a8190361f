package chrome

import (
	"testing"
)

func TestNavigateGivesTheStatus(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "<title>here</title><p>hello"})
	tab := openTab(t, shared(t, shell), Guard{Type: []string{s.URL}})
	x, err := tab.Navigate(within(t), s.URL+"/")
	if err != nil {
		t.Fatal(err)
	}
	if x.Status != 200 || x.Path != "/" || x.Origin != s.URL || x.Ours {
		t.Errorf("exchange is %+v", x)
	}
}

// What comes late wakes who waits, without a question asked in between.
func TestALateElementIsNoticed(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": `<title>Late</title><script>
		fetch("/late").then(() => document.body.append(Object.assign(document.createElement("button"), {textContent: "Late"})))</script>`})
	stuck := s.stall("/late")
	tab := openTab(t, shared(t, shell), Guard{Type: []string{s.URL}})
	if _, err := tab.Navigate(within(t), s.URL+"/"); err != nil {
		t.Fatal(err)
	}
	s.arrives("GET /late")
	if p := read(t, tab); len(p.Main().Nodes) > 0 || p.Quiet {
		t.Errorf("before: %d nodes, quiet %v", len(p.Main().Nodes), p.Quiet)
	}
	close(stuck)
	named(t, awaitNode(t, tab, "button", "Late"), "button", "Late")
}
