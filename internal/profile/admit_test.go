package profile_test

import (
	"errors"
	"testing"

	"opposer/internal/locate"
	"opposer/internal/profile"
)

// TestNeverElsewhere: only an origin that is named for typing, to the letter,
// admits anything.
func TestNeverElsewhere(t *testing.T) {
	_, p := shipped(t)
	for _, origin := range []string{
		"", "null", "https://facebook.com", "http://www.facebook.com", "https://www.facebook.com:8443", "https://www.facebook.com.evil.example",
		"https://evilfacebook.com", "https://WWW.facebook.com", "https://m.facebook.com", "https://accountscenter.facebook.com", "https://www.facebook.com/", "https://xn--facebook-x.com",
	} {
		a, err := p.Admit(locate.Frame{ID: "F", Document: "D", Origin: origin})
		if !errors.Is(err, profile.ErrElsewhere) || a != (profile.Admitted{}) {
			t.Errorf("%q: %+v, %v", origin, a, err)
		}
	}
}

func TestAdmittedIsForOneDocument(t *testing.T) {
	_, p := shipped(t)
	a, err := p.Admit(locate.Frame{ID: "F", Document: "D", Origin: "https://www.facebook.com"})
	if err != nil {
		t.Fatal(err)
	}
	if a.Frame() != "F" || a.Document() != "D" || a.Origin() != "https://www.facebook.com" {
		t.Errorf("admitted %s %s %s", a.Frame(), a.Document(), a.Origin())
	}
	for _, c := range []struct {
		frame, document string
		want            bool
	}{{"F", "D", true}, {"F", "E", false}, {"G", "D", false}, {"", "", false}} {
		if a.Covers(c.frame, c.document) != c.want {
			t.Errorf("covers %+v: not %t", c, c.want)
		}
	}
	if (profile.Admitted{}).Covers("", "") {
		t.Error("the zero permission covers the zero document")
	}
}

func TestKnows(t *testing.T) {
	_, p := shipped(t)
	for origin, want := range map[string]bool{
		"https://www.facebook.com": true, "https://m.facebook.com": true, "https://help.meta.com": true,
		"https://l.facebook.com": false, "http://www.facebook.com": false, "": false,
	} {
		if p.Knows(origin) != want {
			t.Errorf("knows %q: not %t", origin, want)
		}
	}
}
