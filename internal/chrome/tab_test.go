package chrome

import (
	"testing"
)

func TestNavigateGivesTheStatus(t *testing.T) {
	s := newSite(t, map[string]string{"/": "<title>here</title><p>hello"})
	tab := openTab(t, shared(t, shell), Guard{Type: []string{s.URL}})
	x, err := tab.Navigate(within(t), s.URL+"/")
	if err != nil {
		t.Fatal(err)
	}
	if x.Status != 200 || x.Path != "/" || x.Origin != s.URL {
		t.Errorf("exchange is %+v", x)
	}
	if _, _, err := tab.world(within(t), tab.frames()[0].id); err != nil {
		t.Error(err)
	}
}
