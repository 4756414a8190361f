package chrome

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// veilWithin bounds how long one frame below the main one may take to veil
// itself; one that does not is hidden in the picture.
const veilWithin = time.Second

// exposures is how often a picture is taken anew because the page put new text
// in it meanwhile; the last one shows no text at all.
const exposures = 3

// The largest picture of a whole page, in CSS pixels.
const (
	widest  = 1280
	tallest = 6000
)

// errUnveiled says that a page kept showing what must not be in a picture.
var errUnveiled = errors.New("the page cannot be masked")

// Picture is a PNG of what the window shows (Page.captureScreenshot). What
// fields hold, and every text shaped like an e-mail address or a telephone
// number, whoever's, is masked in all frames before the shot, without a change
// to the page's nodes. A page that cannot be masked gives an error, not a
// picture. Other errors are [ErrGone], [ErrCrashed] and ctx's.
func (t *Tab) Picture(ctx context.Context) ([]byte, error) {
	return t.picture(ctx, proto.PageCaptureScreenshot{})
}

// WholePicture is [Tab.Picture] of the page from its top, beyond the window,
// at most 1280 by 6000 CSS pixels. The page is not resized for it.
func (t *Tab) WholePicture(ctx context.Context) ([]byte, error) {
	s, err := t.page()
	if err != nil {
		return nil, err
	}
	got, err := proto.PageGetLayoutMetrics{}.Call(s.with(ctx))
	if err != nil {
		return nil, fmt.Errorf("taking a picture: %w", err)
	}
	size := got.CSSContentSize
	return t.picture(ctx, proto.PageCaptureScreenshot{
		CaptureBeyondViewport: true,
		Clip:                  &proto.PageViewport{Width: min(size.Width, widest), Height: min(size.Height, tallest), Scale: 1},
	})
}

func (t *Tab) picture(ctx context.Context, shot proto.PageCaptureScreenshot) ([]byte, error) {
	shot.Format = proto.PageCaptureScreenshotFormatPng
	shot.OptimizeForSpeed = true
	for i := range exposures {
		png, veiled, err := t.expose(ctx, shot, i == exposures-1)
		if err != nil {
			return nil, fmt.Errorf("taking a picture: %w", err)
		}
		if veiled {
			return png, nil
		}
	}
	return nil, fmt.Errorf("taking a picture: %w", errUnveiled)
}

// expose veils every frame, takes the picture, and takes the veils off. It
// reports whether they covered everything from before the shot until after.
func (t *Tab) expose(ctx context.Context, shot proto.PageCaptureScreenshot, all bool) (png []byte, veiled bool, err error) {
	s, err := t.page()
	if err != nil {
		return nil, false, err
	}
	frames := t.frames()
	veils, veiled, err := t.veil(ctx, frames, all)
	defer func() { veiled = veils.off(2*t.bounds.veil) && veiled && sameFrames(frames, t.frames()) }()
	if err != nil || !veiled {
		return nil, false, err
	}
	got, err := shot.Call(s.with(ctx))
	if err != nil {
		return nil, false, err
	}
	return got.Data, true, nil
}

// veils are the documents under a veil, true where it has to hold: that of a
// frame which is hidden as a whole need not.
type veils map[world]bool

// veil covers the frames, the innermost first, so that a parent can hide those
// which do not answer.
func (t *Tab) veil(ctx context.Context, frames []frameRef, all bool) (veils, bool, error) {
	on := make(veils, len(frames))
	bare := make(map[proto.PageFrameID][]proto.PageFrameID)
	for _, f := range slices.Backward(frames) {
		w, holds, err := t.veilFrame(ctx, f, bare[f.id], all)
		if err == nil && holds {
			on[w] = true
			continue
		}
		on[w] = false
		if f.parent == "" {
			return on, false, err
		}
		bare[f.parent] = append(bare[f.parent], f.id)
	}
	return on, true, nil
}

func (t *Tab) veilFrame(ctx context.Context, f frameRef, bare []proto.PageFrameID, all bool) (world, bool, error) {
	if f.parent != "" {
		short, cancel := context.WithTimeout(ctx, t.bounds.veil)
		defer cancel()
		ctx = short
	}
	w, err := t.enter(ctx, f.id)
	if err != nil {
		return w, false, err
	}
	if _, err := t.lookAt(ctx, f); err != nil { // finds closed shadow roots that have come since it was read
		return w, false, err
	}
	hidden := make([]int, 0, len(bare))
	for _, id := range bare {
		ref, err := w.owner(ctx, id)
		if err != nil {
			return w, false, err
		}
		hidden = append(hidden, ref)
	}
	var holds bool
	err = w.run(ctx, js("veil", all, hidden), &holds)
	return w, holds, err
}

// off takes the veils off, whatever became of the context, and reports whether
// each had covered everything to the end.
func (v veils) off(within time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	covered := true
	for w, must := range v {
		if w.session == nil {
			continue // its document was gone before
		}
		var ok bool
		if err := w.run(ctx, js("unveil"), &ok); must && (err != nil || !ok) {
			covered = false
		}
	}
	return covered
}
