package rehearsal

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync"
)

// placesPath is where pages tell what can be pressed on them and where it is
// (web/static/places.js): for tests with real hands on a real screen, which know
// nothing of a page but where its buttons are.
const placesPath = "/ajax/places/"

// maxPlaces is more than a page with all its controls tells, in bytes.
const maxPlaces = 1 << 20

// spot is a point, in CSS pixels.
type spot struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// control is what can be pressed.
type control struct {
	spot           // its middle, in its document's view
	Name    string `json:"name"` // accessible name
	Role    string `json:"role"`
	Seen    bool   `json:"seen"` // a press there would meet it
	Enabled bool   `json:"enabled"`
}

// inner is a frame in a document.
type inner struct {
	spot           // its corner, in the document's view
	Number int     `json:"number"`
	Width  float64 `json:"w"`
	Height float64 `json:"h"`
	Seen   bool    `json:"seen"`
}

// placed is what one document told last.
type placed struct {
	Doc      string    `json:"doc"`   // drawn anew for each document
	Count    int       `json:"count"` // of what it told
	Gone     bool      `json:"gone"`
	Moving   bool      `json:"moving"` // nothing counts until it comes to rest
	Top      bool      `json:"top"`
	Parent   string    `json:"parent"` // the document around
	Frame    int       `json:"frame"`  // its frame's number there
	Corner   spot      `json:"corner"` // the view's corner on the screen
	View     spot      `json:"view"`   // the view's size
	Scale    float64   `json:"scale"`  // device pixels a CSS pixel
	Controls []control `json:"controls"`
	Frames   []inner   `json:"frames"`

	order int // in which it came
}

// places is what the documents told. Safe for concurrent use.
type places struct {
	mu      sync.Mutex
	docs    map[string]placed
	arrived int
	changed chan struct{} // closed, and made anew, at each
}

func newPlaces() *places {
	return &places{docs: map[string]placed{}, changed: make(chan struct{})}
}

// take keeps what a document told, unless it has told something later.
func (p *places) take(told placed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if before, known := p.docs[told.Doc]; known && (told.Count < before.Count || before.Gone) {
		return
	}
	p.arrived++
	told.order = p.arrived
	p.docs[told.Doc] = told
	close(p.changed)
	p.changed = make(chan struct{})
}

// forget drops what was told: the browser that did is gone.
func (p *places) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.docs)
}

// find is where something stands that can be pressed now: the place in the
// page's view and that page, of the document that told last where several have
// one. near says why there is none.
func (p *places) find(name string) (at spot, in placed, ok bool, near string, changed <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	near = "no page told of one"
	newest := 0
	for _, d := range p.docs {
		if d.Gone || d.Moving || ok && d.order < newest {
			continue
		}
		for _, c := range d.Controls {
			if c.Name != name {
				continue
			}
			here, page, placed := p.inPage(d, c.spot)
			switch {
			case !c.Seen:
				near = "it is out of view, or covered"
			case !c.Enabled:
				near = "it is disabled"
			case !placed:
				near = "its frame is out of view, or in motion"
			default:
				at, in, ok, newest = here, page, true, d.order
			}
			if ok && newest == d.order {
				break
			}
		}
	}
	return at, in, ok, near, p.changed
}

// inPage adds up where a point of a document is in its page.
func (p *places) inPage(d placed, at spot) (spot, placed, bool) {
	for range len(p.docs) {
		if at.X < 0 || at.Y < 0 || at.X >= d.View.X || at.Y >= d.View.Y {
			return spot{}, placed{}, false
		}
		if d.Top {
			return at, d, true
		}
		around, known := p.docs[d.Parent]
		if !known || around.Gone || around.Moving {
			return spot{}, placed{}, false
		}
		in := false
		for _, f := range around.Frames {
			if f.Number == d.Frame && f.Seen && at.X < f.Width && at.Y < f.Height {
				at, in = spot{at.X + f.X, at.Y + f.Y}, true
				break
			}
		}
		if !in {
			return spot{}, placed{}, false
		}
		d = around
	}
	return spot{}, placed{}, false
}

// ForgetPlaces drops what the pages of a browser have told that is gone: a browser
// that was killed could not say so.
func (s *Site) ForgetPlaces() { s.places.forget() }

// Place waits until something with that accessible name can be pressed, and
// gives the point on the screen, in device pixels. It needs [Options.Places].
func (s *Site) Place(ctx context.Context, name string) (x, y int, err error) {
	at, in, err := s.place(ctx, name)
	return int(math.Round((in.Corner.X + at.X) * in.Scale)), int(math.Round((in.Corner.Y + at.Y) * in.Scale)), err
}

// PlaceInPage is the same point in the page's view, with the view's size, in CSS
// pixels: for who sees the page elsewhere than on the screen.
func (s *Site) PlaceInPage(ctx context.Context, name string) (x, y, width, height float64, err error) {
	at, in, err := s.place(ctx, name)
	return at.X, at.Y, in.View.X, in.View.Y, err
}

func (s *Site) place(ctx context.Context, name string) (spot, placed, error) {
	name = strings.Join(strings.Fields(name), " ")
	for {
		at, in, ok, near, changed := s.places.find(name)
		if ok {
			return at, in, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return spot{}, placed{}, fmt.Errorf("waiting for the place of %q (%s): %w", name, near, context.Cause(ctx))
		}
	}
}

// placesTold takes what a document tells.
func (s *Site) placesTold(w http.ResponseWriter, r *http.Request) {
	var told placed
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxPlaces)).Decode(&told); err != nil {
		http.Error(w, "reading places: "+err.Error(), http.StatusBadRequest)
		return
	}
	s.places.take(told)
	w.WriteHeader(http.StatusNoContent)
}
