package words

import "testing"

func TestInTurnsInnerTextsToo(t *testing.T) {
	frenchInner, frenchOuter := frenchRunTwin(t)
	inner := T("confirmed %s", "x")
	outer := T("%s", inner)
	if got := outer.In(French); got != frenchInner || frenchOuter != "%s" {
		t.Errorf("%q, want %q", got, frenchInner)
	}
	if got := outer.In(English); got != "confirmed x" {
		t.Errorf("%q", got)
	}
	if got := outer.String(); got != "confirmed x" {
		t.Errorf("String is %q: logs are English", got)
	}
}

// frenchRunTwin takes a sentence that the plan says, as it is in French.
func frenchRunTwin(t *testing.T) (inner, outer string) {
	t.Helper()
	if _, ok := frenchTwin("confirmed %s"); !ok {
		t.Fatal("the plan no longer says so: take another sentence")
	}
	outer, _ = frenchTwin("%s")
	return "confirmée le x", outer
}

func TestWithoutTwinItIsEnglish(t *testing.T) {
	if got := T("no such sentence %d", 3).In(French); got != "no such sentence 3" {
		t.Errorf("%q", got)
	}
	if got := T("confirmed %s", "x").In("de"); got != "confirmed x" {
		t.Errorf("a language we do not speak gives %q", got)
	}
}

func TestNCounts(t *testing.T) {
	for n, want := range map[int]string{0: "0 days", 1: "a day", 2: "2 days"} {
		if n == 1 {
			if got := N(n, "a day", "%d days").String(); got != want {
				t.Errorf("%d: %q", n, got)
			}
			continue
		}
		if got := N(n, "a day", "%d days", n).String(); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestVerbatimIsNotAFormat(t *testing.T) {
	if got := Verbatim("100 %d").In(French); got != "100 %d" {
		t.Errorf("%q", got)
	}
}

func TestZeroTextSaysNothing(t *testing.T) {
	var zero Text
	if !zero.IsZero() || zero.In(French) != "" || Verbatim("").In(English) != "" {
		t.Error("the zero Text is not empty")
	}
	if T("x").IsZero() {
		t.Error("a sentence counts as none")
	}
}

func TestSpeaksReadsWhatPeopleAndSystemsWrite(t *testing.T) {
	for name, want := range map[string]struct {
		language Language
		speaks   bool
	}{
		"fr": {French, true}, "FR": {French, true}, "fr-CA": {French, true}, "fr_FR": {French, true},
		"fr_FR.UTF-8": {French, true}, "fr.UTF-8": {French, true}, "fr@euro": {French, true},
		"en": {English, true}, "en_GB.UTF-8": {English, true},
		"de": {English, false}, "fra": {English, false}, "C": {English, false}, "C.UTF-8": {English, false}, "": {English, false},
	} {
		if l, ok := Speaks(name); l != want.language || ok != want.speaks {
			t.Errorf("%q is read as %s, %t", name, l, ok)
		}
	}
}
