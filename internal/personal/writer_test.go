package personal

import (
	"errors"
	"strings"
	"testing"
)

// arrivals is what each write below was given.
type arrivals []string

func (a *arrivals) Write(b []byte) (int, error) {
	*a = append(*a, string(b))
	return len(b), nil
}

func TestAValueSplitOverTwoWritesIsMasked(t *testing.T) {
	text := "to " + theEmail + " sent\nand " + thePhone + " too\n"
	for cut := range len(text) {
		var got arrivals
		w := NewMasker(marie(t)).Writer(&got)
		for _, part := range []string{text[:cut], text[cut:]} {
			if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
				t.Fatalf("writing %d bytes: %d, %v", len(part), n, err)
			}
		}
		if all, want := strings.Join(got, ""), NewMasker(marie(t)).Mask(text); all != want {
			t.Errorf("cut at %d: %q, want %q", cut, all, want)
		}
	}
}

func TestALineBegunWaitsForItsEndOrForClose(t *testing.T) {
	var got arrivals
	w := &LineWriter{masker: NewMasker(marie(t)), to: &got}
	if _, err := w.Write([]byte(theEmail)); err != nil || len(got) > 0 {
		t.Fatalf("a line that was begun is written: %q, %v", got, err)
	}
	if err := errors.Join(w.Close(), w.Close()); err != nil || len(got) != 1 || stillThere(got[0], theEmail) {
		t.Errorf("after closing twice: %q, %v", got, err)
	}
}

func TestALineWithoutEndIsCutAtASpace(t *testing.T) {
	var got arrivals
	w := &LineWriter{masker: NewMasker(marie(t)), to: &got}
	filler := strings.Repeat("word ", lineAtMost/5)
	for _, part := range []string{filler + theEmail[:9], theEmail[9:] + " end\n"} {
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	all := strings.Join(got, "")
	if len(got) < 2 || strings.Contains(all, "marie") || !strings.HasSuffix(all, " end\n") {
		t.Errorf("%d writes that end in %q", len(got), all[len(all)-60:])
	}
}

func TestAWriterTellsTheErrorBelow(t *testing.T) {
	want := errors.New("disk is full")
	w := NewMasker().Writer(failing{want})
	if _, err := w.Write([]byte("a line\n")); !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
