package chrome

import (
	"errors"
	"testing"

	"opposer/internal/locate"
)

// TestFurtherLetsAPageLoadWhatItShowsLater: a page that puts its parts in when
// they come into view shows the last one after as many steps as it has windows,
// and then there is no further.
func TestFurtherLetsAPageLoadWhatItShowsLater(t *testing.T) {
	s := newSite(t, map[string]string{"/": `<!doctype html><title>long</title><style>div{height:1500px}</style>
<div></div><div id="one"></div><div id="two"></div><script>
new IntersectionObserver((seen) => seen.forEach((x) => { if (x.isIntersecting) x.target.innerHTML = '<a href="/' + x.target.id + '">' + x.target.id + '</a>'; }))
  .observe(document.getElementById("two"));</script>`})
	tab := visit(t, shared(t, shell), s, "/")
	p, err := tab.Read(within(t))
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	for moved := true; moved; steps++ {
		if steps > 40 {
			t.Fatal("there is always more")
		}
		if moved, err = tab.Further(within(t), p.Main()); err != nil {
			t.Fatal(err)
		}
	}
	if steps < 3 {
		t.Errorf("the end was reached in %d steps", steps)
	}
	awaitChange(t, tab, func() bool {
		p, err = tab.Read(within(t))
		return err == nil && len(locate.Find(p, locate.Want{Roles: []string{"link"}, Words: []locate.Word{{Text: "two", Weight: 1}}}).Candidates) == 1
	})
	gone := p.Main()
	gone.Document = "another"
	if _, err := tab.Further(within(t), gone); !errors.Is(err, ErrStale) {
		t.Errorf("a document that is gone: %v", err)
	}
}
