package supervise

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"opposer/internal/gate"
)

// errMessage does not say what the message was: it may hold what was typed.
var errMessage = errors.New("message of a live view not understood")

// What a live view sends besides what the person does on the page.
const (
	drive gate.InputKind = "drive" // I take over
	drawn gate.InputKind = "seen"  // I have drawn a picture: send the next
)

const (
	messageLimit = 64 << 10 // bytes
	textLimit    = 16 << 10 // bytes
	nameLimit    = 32       // bytes of a key's name
	farthest     = 1e5      // CSS pixels that a place or a distance may have
)

// message is one thing that a live view sends: a [gate.Input], as JSON.
type message struct {
	Kind      gate.InputKind `json:"kind"`
	X         float64        `json:"x"`
	Y         float64        `json:"y"`
	Button    string         `json:"button"`
	Buttons   int            `json:"buttons"`
	Clicks    int            `json:"clicks"`
	DX        float64        `json:"dx"`
	DY        float64        `json:"dy"`
	Key       string         `json:"key"`
	Code      string         `json:"code"`
	Location  int            `json:"location"`
	Repeat    bool           `json:"repeat"`
	Modifiers int            `json:"modifiers"`
	Text      string         `json:"text"`
	Accept    bool           `json:"accept"`
}

// decode reads one message, or [errMessage]: a message that our page would not
// send does not come from it.
func decode(b []byte) (gate.Input, error) {
	if len(b) > messageLimit || !utf8.Valid(b) {
		return gate.Input{}, errMessage
	}
	var m message
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil || !m.fits() {
		return gate.Input{}, errMessage
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return gate.Input{}, errMessage
	}
	return gate.Input(m), nil
}

func (m message) fits() bool {
	kinds := []gate.InputKind{
		gate.Move, gate.Down, gate.Up, gate.Wheel,
		gate.KeyDown, gate.KeyUp, gate.Text, gate.Reply, drive, drawn,
	}
	for _, f := range []float64{m.X, m.Y, m.DX, m.DY} {
		if math.Abs(f) > farthest {
			return false
		}
	}
	return slices.Contains(kinds, m.Kind) &&
		slices.Contains([]string{"", "left", "middle", "right"}, m.Button) &&
		within(m.Buttons, 31) && within(m.Clicks, 3) && within(m.Location, 3) && within(m.Modifiers, 15) &&
		named(m.Key) && named(m.Code) && len(m.Text) <= textLimit &&
		(m.Key != "" || m.Kind != gate.KeyDown && m.Kind != gate.KeyUp)
}

func within(n, most int) bool { return n >= 0 && n <= most }

// named reports whether s can be the name of a key (UI Events).
func named(s string) bool {
	return len(s) <= nameLimit && strings.IndexFunc(s, unicode.IsControl) < 0
}
