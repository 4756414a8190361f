//go:build !race

package chrome

import (
	"bytes"
	"context"
	"errors"
	"image/color"
	"image/jpeg"
	"sync"
	"testing"

	"opposer/internal/gate"
)

// audience watches a tab as slowly as its test asks for views.
type audience struct {
	t     testing.TB
	leave func() // stops watching, and waits until that is done
	views chan gate.View
}

// audienceOf begins to watch a tab; the test's end stops it.
func audienceOf(t testing.TB, tab *Tab) *audience {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a := &audience{t: t, views: make(chan gate.View)}
	over := make(chan error, 1)
	go func() {
		over <- tab.Screen().Watch(ctx, func(v gate.View) {
			select {
			case a.views <- v:
			case <-ctx.Done():
			}
		})
	}()
	a.leave = sync.OnceFunc(func() {
		cancel()
		if err := <-over; !errors.Is(err, context.Canceled) && !errors.Is(err, ErrGone) {
			t.Errorf("watching ended: %v", err)
		}
	})
	t.Cleanup(a.leave)
	return a
}

// until looks at one view after the other until one is as wanted, and gives
// that one.
func (a *audience) until(what string, is func(gate.View) bool) gate.View {
	a.t.Helper()
	ctx := within(a.t)
	for {
		select {
		case v := <-a.views:
			if is(v) {
				return v
			}
		case <-ctx.Done():
			a.t.Fatalf("%s was not shown", what)
		}
	}
}

// colour waits for a picture whose middle has that colour: what a page shows is
// told apart by it.
func (a *audience) colour(want color.RGBA) gate.View {
	a.t.Helper()
	return a.until("the colour", func(v gate.View) bool { return painted(a.t, v) == want })
}

// painted is the colour in the middle of a view's picture, each part of it
// wholly there or not at all, since JPEG loses some of it. Nothing where the
// view has no new picture.
func painted(t testing.TB, v gate.View) color.RGBA {
	t.Helper()
	if v.Frame == nil {
		return color.RGBA{}
	}
	picture, err := jpeg.Decode(bytes.NewReader(v.Frame))
	if err != nil {
		t.Fatal(err)
	}
	size := picture.Bounds()
	r, g, b, _ := picture.At(size.Dx()/2, size.Dy()/2).RGBA()
	whole := func(n uint32) uint8 {
		if n > 0x8000 {
			return 0xff
		}
		return 0
	}
	return color.RGBA{whole(r), whole(g), whole(b), 0xff}
}

// lent lends a tab to a person who drives it, for as long as the test lasts.
func lent(t testing.TB, tab *Tab) (*gate.Lease, gate.Drive) {
	t.Helper()
	paint(t, tab) // Chrome drops the presses on what it has not shown yet
	lease := gate.Offer()
	tab.Lend(lease)
	t.Cleanup(func() { tab.Lend(nil) })
	d, err := lease.Drive()
	if err != nil {
		t.Fatal(err)
	}
	return lease, d
}

// hand is a person's, on the picture of a tab.
type hand struct {
	t     testing.TB
	tab   *Tab
	drive gate.Drive
}

func (h hand) do(inputs ...gate.Input) {
	h.t.Helper()
	for _, in := range inputs {
		if err := h.tab.Screen().Act(within(h.t), h.drive, in); err != nil {
			h.t.Fatalf("%s %s: %v", in.Kind, in.Key, err)
		}
	}
}

func (h hand) click(x, y float64) {
	h.t.Helper()
	h.do(
		gate.Input{Kind: gate.Move, X: x, Y: y},
		gate.Input{Kind: gate.Down, X: x, Y: y, Button: "left", Buttons: 1, Clicks: 1},
		gate.Input{Kind: gate.Up, X: x, Y: y, Button: "left", Clicks: 1},
	)
}

func (h hand) key(key, code string, modifiers int) {
	h.t.Helper()
	h.do(
		gate.Input{Kind: gate.KeyDown, Key: key, Code: code, Modifiers: modifiers},
		gate.Input{Kind: gate.KeyUp, Key: key, Code: code, Modifiers: modifiers},
	)
}
