package config

import (
	"strings"
	"testing"
)

func TestHide(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		"marie@example.org":            "m•••@e•••.org",
		"marie@example":                "m•••@e•••",
		"0612345678":                   "06•••••",
		"+33 6 12 34 56 78":            "+33•••••",
		"word":                         "w•••",
		"wor":                          "•••",
		"a@b.org\", \"phone\": \"0612": "•••", // what follows on the line is the next value
		"a@b.0612345678":               "•••",
		"é@ü.org":                      "é•••@ü•••.org",
	} {
		if got := hide(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestVeil(t *testing.T) {
	for in, want := range map[string]string{
		"marie-fb": "marie-fb", "30s": "30s", "FR": "FR", "": "", "club-2024": "club-2024",
		"marie@example.org": "m•••@e•••.org", "612345": "61•••••", "a 612 345 678": "61•••••",
		"marie%40example.org": "m•••", // as an address bar writes it
	} {
		if got := veil(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestLine: of a line that could not be read, our keys are shown and nothing
// that somebody wrote about themselves.
func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"  - id: marie-fb":                         `id  "marie-fb"`,
		`{"pace": "30s",`:                          `pace  "30s"`,
		"email = marie@example.org":                `email  "m•••@e•••.org"`,
		"reason: I was ill":                        `reason  "I•••"`,
		"reason: ill":                              `reason  "•••"`,
		`accounts: [{"reason": "ill", oops`:        `accounts  "[•••"`,
		"marie@example.org":                        "m•••@e•••.org",
		"marie: secret":                            "m•••",
		`"email": "a@b.org", "phone": "061234567"`: `email  "•••"`,
		"": "",
	} {
		if got := line([]byte("first\n"+in+"\nlast"), place{2, 1}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := line([]byte("x"), place{9, 1}); got != "" {
		t.Errorf("behind the end: %q", got)
	}
}

// TestPatiently: quotes over a phone's ends move nothing, and what else is
// wrong with its line is told as it stands.
func TestPatiently(t *testing.T) {
	v, faults := patiently([]byte("a = 1\nphone = 06 12 34 # x\nb = 'y'\n"), decodeTOML)
	if len(faults) > 0 || len(v.fields) != 3 {
		t.Fatalf("%+v %+v", v, faults)
	}
	if p := v.fields[1].value; p.kind != bare || p.text != "06 12 34" || p.at != (place{2, 9}) {
		t.Errorf("%+v", p)
	}
	if b := v.fields[2].value; b.kind != text || b.at != (place{3, 5}) {
		t.Errorf("%+v", b)
	}
	if _, faults = patiently([]byte(`{"phone": 0612 34, "x": oops}`), decodeJSON); len(faults) != 1 {
		t.Errorf("%+v", faults)
	}
	long := "phone = " + strings.Repeat("0612345678 phone = ", 50)
	if _, faults = patiently([]byte(long), decodeTOML); len(faults) != 1 {
		t.Errorf("%d faults", len(faults))
	}
}
