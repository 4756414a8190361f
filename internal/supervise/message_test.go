package supervise

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"opposer/internal/gate"
)

func TestMessages(t *testing.T) {
	for text, want := range map[string]gate.Input{
		`{"kind":"down","x":1.5,"y":-2,"button":"left","buttons":1,"clicks":2,"modifiers":8}`: {Kind: gate.Down, X: 1.5, Y: -2, Button: "left", Buttons: 1, Clicks: 2, Modifiers: 8},
		`{"kind":"wheel","dx":3,"dy":-120}`:                                                   {Kind: gate.Wheel, DX: 3, DY: -120},
		`{"kind":"keydown","key":"é","code":"Digit2","location":1,"repeat":true}`:             {Kind: gate.KeyDown, Key: "é", Code: "Digit2", Location: 1, Repeat: true},
		`{"kind":"text","text":"Élise\n日本"}`:                                                  {Kind: gate.Text, Text: "Élise\n日本"},
		`{"kind":"dialog","accept":true,"text":"x"}`:                                          {Kind: gate.Reply, Accept: true, Text: "x"},
		`{"kind":"drive"}`: {Kind: drive},
		`{"kind":"seen"}`:  {Kind: drawn},
	} {
		if got, err := decode([]byte(text)); err != nil || got != want {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "x", "null", "[]", "{}", `{"kind":"reload"}`, `{"kind":"move"`, `{"kind":"move"} {"kind":"move"}`, `{"kind":"move"}}`,
		`{"kind":"move","x":1e300}`, `{"kind":"move","x":1e999}`, `{"kind":"move","url":"javascript:"}`,
		`{"kind":"down","button":"fourth"}`, `{"kind":"down","buttons":-1}`, `{"kind":"down","buttons":32}`, `{"kind":"down","clicks":4}`,
		`{"kind":"keydown"}`, `{"kind":"keydown","key":"a\u0000"}`, `{"kind":"keydown","key":"a","modifiers":16}`, `{"kind":"keydown","key":"a","location":4}`,
		`{"kind":"keyup","key":"` + strings.Repeat("a", nameLimit+1) + `"}`,
		`{"kind":"text","text":"` + strings.Repeat("a", textLimit+1) + `"}`,
		"{\"kind\":\"text\",\"text\":\"\xff\"}",
	} {
		in, err := decode([]byte(text))
		if err == nil {
			t.Errorf("%.60s: %+v", text, in)
			continue
		}
		if err.Error() != errMessage.Error() {
			t.Errorf("the error holds what was sent: %v", err)
		}
	}
}

// FuzzMessage: what is understood fits, and is understood the same when it is
// said again.
func FuzzMessage(f *testing.F) {
	for _, s := range []string{
		`{"kind":"down","x":1.5,"y":-2,"button":"left","buttons":1,"clicks":2,"modifiers":8}`, `{"kind":"wheel","dy":-120}`,
		`{"kind":"keydown","key":"a","code":"KeyA","location":1,"repeat":true}`, `{"kind":"text","text":"é"}`,
		`{"kind":"dialog","accept":true}`, `{"kind":"seen"}`, `{`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := decode(b)
		if err != nil {
			if in != (gate.Input{}) {
				t.Error("something was made of what was not understood")
			}
			return
		}
		for _, n := range []float64{in.X, in.Y, in.DX, in.DY} {
			if math.IsNaN(n) || math.Abs(n) > farthest {
				t.Errorf("a place that is none: %v", n)
			}
		}
		if in.Kind == "" || !utf8.ValidString(in.Text) || len(in.Text) > textLimit || len(in.Key) > nameLimit || in.Modifiers > 15 || in.Clicks > 3 {
			t.Errorf("%+v", in)
		}
		again, err := json.Marshal(message(in))
		if err != nil {
			t.Fatal(err)
		}
		if len(again) > messageLimit {
			return
		}
		if twice, err := decode(again); err != nil || twice != in {
			t.Errorf("%+v, then %+v %v", in, twice, err)
		}
	})
}
