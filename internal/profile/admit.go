package profile

import (
	"errors"
	"fmt"
	"slices"

	"opposer/internal/locate"
)

// ErrElsewhere says that a frame's origin is not one that the profile allows
// typing in. Nothing may be typed or sent there.
var ErrElsewhere = errors.New("not an origin the profile allows")

// Admitted permits typing into, and sending from, one document of one frame.
// Only [Profile.Admit] makes one; the zero value is refused.
type Admitted struct {
	frame, document, origin string
}

// Admit checks the frame's origin, exactly, against the origins where the
// profile allows typing. The error is [ErrElsewhere].
func (p *Profile) Admit(f locate.Frame) (Admitted, error) {
	if f.Origin == "" || !slices.Contains(p.Origins.Type, f.Origin) {
		return Admitted{}, fmt.Errorf("typing on %s: %w", f.Origin, ErrElsewhere)
	}
	return Admitted{f.ID, f.Document, f.Origin}, nil
}

// Covers reports whether the permission is for that document of that frame.
func (a Admitted) Covers(frame, document string) bool {
	return a.frame != "" && a.frame == frame && a.document == document
}

// Origin is the admitted origin; "" for the zero value.
func (a Admitted) Origin() string { return a.origin }

// Frame is the admitted frame's id.
func (a Admitted) Frame() string { return a.frame }

// Document is the admitted document's id.
func (a Admitted) Document() string { return a.document }
