package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/go-rod/rod/lib/proto"
)

// middle is where an element is, by Chrome's own word.
func (h *hands) middle(attribute, value string) (x, y int) {
	h.t.Helper()
	h.until(attribute+"="+value, func(root *proto.DOMNode) bool {
		n := find(root, attribute, value)
		if n == nil {
			return false
		}
		box, err := proto.DOMGetContentQuads{NodeID: n.NodeID}.Call(h.page)
		if err != nil || len(box.Quads) == 0 {
			return false
		}
		q := box.Quads[0]
		x, y = int((q[0]+q[4])/2+0.5), int((q[1]+q[5])/2+0.5)
		return true
	})
	return x, y
}

// pressAt presses where the page says that something is, and gives the place.
func (h *hands) pressAt(s *Site, name string) {
	h.t.Helper()
	x, y, err := s.Place(h.ctx, name)
	if err != nil {
		h.t.Fatal(err)
	}
	left, top := float64(x), float64(y)
	if err := h.click(proto.DOMQuad{left, top, left, top, left, top, left, top}); err != nil {
		h.t.Fatal(err)
	}
}

// TestPlacesAreWhereThingsAre: what the pages tell is what Chrome says itself,
// in frames of another site and in closed shadow roots too, and a form goes out
// by it alone.
func TestPlacesAreWhereThingsAre(t *testing.T) {
	const email, tick, human = "Adresse e-mail", "Je ne suis pas un robot", "Vérifiez que vous êtes humain CLOUDFLARE"
	cases := []struct {
		scenario string
		captcha  string // that is pressed too
		id       string // whose place is compared
		name     string
	}{
		{Ordinary, "", "_R_1h6kqsqp_", email},
		{"frame", "", "_R_1h6kqsqp_", email},
		{"shadow", "", "_R_1h6kqsqp_", email},
		{"captcha", tick, "captcha-tick", tick},
		{"frame+captcha", tick, "captcha-tick", tick},
		{"turnstile", human, "captcha-tick", human},
		{"altcha", tick, "_R_1h6kqsqp_", email},
	}
	var names []string
	for _, c := range cases {
		names = append(names, c.scenario)
	}
	g := newStageOf(t, names, Options{Places: true})
	for i, c := range cases {
		t.Run(c.scenario, func(t *testing.T) {
			s := g.sites[i]
			h := g.enter(t, i, direct)
			h.pressAt(s, "Refuser les cookies optionnels")
			h.pressAt(s, "Adresse e-mail")
			h.insert(ownEmail)
			gotX, gotY, err := s.Place(h.ctx, c.name)
			if err != nil {
				t.Fatal(err)
			}
			wantX, wantY := h.middle("id", c.id)
			if max(gotX-wantX, wantX-gotX, gotY-wantY, wantY-gotY) > 1 {
				t.Errorf("%q is told at %d,%d, it is at %d,%d", c.name, gotX, gotY, wantX, wantY)
			}
			if c.captcha != "" {
				h.pressAt(s, c.captcha)
			}
			h.pressAt(s, "Envoyer")
			h.sees(thanks)
			if got := s.Received(); len(got) != 1 || got[0].Email != ownEmail || !got[0].Taken {
				t.Errorf("received %#v", got)
			}
		})
	}
}

// TestPlacesAreOffByDefault: Meta's pages tell nobody where their buttons are.
func TestPlacesAreOffByDefault(t *testing.T) {
	v := newVisitor(t, started(t, Options{}), "en")
	if strings.Contains(v.open(direct).body, "places.js") || v.post("https://"+mainHost+placesPath, nil).status == http.StatusNoContent {
		t.Error("it tells places")
	}
	told := newVisitor(t, started(t, Options{Places: true}), "en")
	if !strings.Contains(told.open(direct).body, "places.js") {
		t.Error("it tells no places although it should")
	}
	if got := told.post("https://"+mainHost+placesPath, nil); got.status != http.StatusBadRequest {
		t.Errorf("nothing told is answered %d", got.status)
	}
}

// told is a page with its controls side by side, ten pixels apart.
func told(doc string, count int, names ...string) placed {
	p := placed{Doc: doc, Count: count, Top: true, View: spot{800, 600}, Scale: 1}
	for i, name := range names {
		p.Controls = append(p.Controls, control{spot: spot{float64(10 + i*10), 5}, Name: name, Seen: true, Enabled: true})
	}
	return p
}

// TestPlaceAddsUp: a place in a frame is found only where the page around it is
// known, at rest and shows it.
func TestPlaceAddsUp(t *testing.T) {
	p := newPlaces()
	inside := told("inner", 1, "Tick")
	inside.Top, inside.Parent, inside.Frame, inside.Scale = false, "outer", 2, 2
	p.take(inside)
	if _, _, ok, near, _ := p.find("Tick"); ok || !strings.Contains(near, "frame") {
		t.Errorf("found without the page around: %s", near)
	}
	outer := told("outer", 1)
	outer.Corner, outer.Scale = spot{100, 200}, 2
	outer.Frames = []inner{{spot{1, 1}, 1, 50, 50, true}, {spot{30, 40}, 2, 50, 50, true}}
	p.take(outer)
	s := &Site{places: p}
	if x, y, err := s.Place(t.Context(), "Tick"); err != nil || x != 280 || y != 490 {
		t.Errorf("%d,%d, %v, want 280,490", x, y, err)
	}
	if x, y, _, _, err := s.PlaceInPage(t.Context(), "Tick"); err != nil || x != 40 || y != 45 {
		t.Errorf("in the page %v,%v, %v, want 40,45", x, y, err)
	}
	for name, change := range map[string]func(*placed){
		"covered":      func(d *placed) { d.Frames[1].Seen = false },
		"scrolled out": func(d *placed) { d.Frames[1].Y = -10 },
		"moving":       func(d *placed) { d.Moving = true },
	} {
		other := outer
		other.Frames = slices.Clone(outer.Frames)
		change(&other)
		p.take(other)
		if at, _, ok, _, _ := p.find("Tick"); ok {
			t.Errorf("%s: found at %v", name, at)
		}
	}
	outer.Count, outer.Gone = outer.Count+1, true
	p.take(outer)
	if _, _, ok, _, _ := p.find("Tick"); ok {
		t.Error("found in a page that has gone")
	}
}

func TestPlaceSaysWhyNot(t *testing.T) {
	s := &Site{places: newPlaces()}
	below := told("a", 1, "Send")
	below.Controls[0].Seen = false
	s.places.take(below)
	why := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	_, _, err := s.Place(ctx, "Send")
	if !errors.Is(err, why) || !strings.Contains(err.Error(), "out of view") {
		t.Errorf("%v", err)
	}
}

// TestPlaceWaitsForRest: what moves is nowhere, and what comes late is not
// believed over what was told after it.
func TestPlaceWaitsForRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Site{places: newPlaces()}
		s.places.take(told("a", 1, "Send"))
		s.places.take(placed{Doc: "a", Count: 2, Moving: true})
		s.places.take(told("a", 1, "Send"))
		got := make(chan string)
		go func() {
			x, y, err := s.Place(t.Context(), " Send\n")
			got <- fmt.Sprint(x, y, err)
		}()
		synctest.Wait()
		select {
		case at := <-got:
			t.Fatalf("found at %s while in motion", at)
		default:
		}
		s.places.take(told("a", 3, "Other", "Send"))
		if at := <-got; at != "20 5 <nil>" {
			t.Errorf("found at %s", at)
		}
	})
}
