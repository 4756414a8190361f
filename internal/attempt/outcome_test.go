package attempt

import (
	"testing"

	"opposer/internal/locate"
	"opposer/internal/profile"
	"opposer/profiles"
)

// TestAnInferredSentenceNeedsTheWireToSayTheSame: what somebody saw on the
// page decides beside a mute answer; what was inferred, or is common, only
// beside one that says the same by itself.
func TestAnInferredSentenceNeedsTheWireToSayTheSame(t *testing.T) {
	set, err := profile.Load(profiles.FS)
	if err != nil {
		t.Fatal(err)
	}
	p := set.Profiles["facebook"]
	const (
		seen     = "Ciò significa che la tua richiesta verrà applicata d'ora in avanti allo sviluppo e al miglioramento dell'IA in Meta."
		inferred = "This means that your request will be applied going forward to the development and improvement of AI at Meta."
		common   = "Hemos recibido tu solicitud."
		refusal  = "Nous ne pouvons pas prendre d’autres mesures."
	)
	for _, c := range []struct {
		sentence string
		said     reading
		want     profile.Meaning
	}{
		{seen, silent, profile.Taken},
		{seen, saysTaken, profile.Taken},
		{inferred, silent, ""},
		{inferred, saysTaken, profile.Taken},
		{inferred, saysRefused, ""},
		{inferred, saysNot, ""},
		{inferred, saysBroken, ""},
		{common, silent, ""},
		{common, saysTaken, profile.Taken},
		{refusal, silent, ""},
		{refusal, saysTaken, ""},
		{refusal, saysRefused, profile.Refused},
	} {
		page := &locate.Page{Quiet: true, Frames: []locate.Frame{{
			ID: "main", Origin: "https://www.facebook.com", Visible: true, Blocks: []locate.Block{{Text: c.sentence}},
		}}}
		l := look{page: page, job: &Job{Profile: p, Set: set}, bound: set.Bind(p, "en")}
		if got, _ := newSentence(l, begin(), c.said); got != c.want {
			t.Errorf("%q beside reading %d means %q, want %q", c.sentence, c.said, got, c.want)
		}
	}
}

func TestAnAnswerSaysTooWhatItsSentenceSays(t *testing.T) {
	for meaning, want := range map[profile.Meaning]reading{
		profile.Taken: saysTaken, profile.Refused: saysRefused, profile.NotTaken: saysNot,
		profile.Already: -1, profile.Broken: -1,
	} {
		for _, said := range []reading{silent, saysTaken, saysNot, saysRefused, saysBroken} {
			if saysToo(meaning, said) != (said == want) {
				t.Errorf("%s beside reading %d", meaning, said)
			}
		}
	}
}
