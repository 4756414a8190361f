package words

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"service", "title", "requires", "email", "phone", "form.email", "A", "B"}
	for in, want := range map[string]string{
		"titel": "title", "emial": "email", "Email": "email", "servce": "service", "requiers": "requires", "form.emial": "form.email",
		"nonsense": "", "x": "", "E": "", "": "", "phonenumber": "", "telephone": "",
	} {
		if got := Nearest(in, known); got != want {
			t.Errorf("%q is near %q, want %q", in, got, want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"same", "same", 0}, {"ab", "ba", 1}, {"abc", "acb", 1}, {"kitten", "sitting", 3}} {
		if got := edits([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q to %q: %d edits, want %d", c.a, c.b, got, c.want)
		}
	}
}
