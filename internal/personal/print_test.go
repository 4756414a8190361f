package personal

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// parts are what must not be seen of each of Marie's values.
func parts() map[string][]string {
	return map[string][]string{
		"e-mail": {"dupont", "exemple"}, "phone": {"612345678", "1234"},
		"reason": {"opposition", "santé"}, "code": {"2", "246813579"},
	}
}

// values are Marie's, with a code that came to her.
func values(t *testing.T) map[string]any {
	t.Helper()
	m := marie(t)
	return map[string]any{"e-mail": m.Email, "phone": m.Phone, "reason": m.Reason, "code": NewCode("246813579")}
}

func TestEveryWayOfPrintingIsMasked(t *testing.T) {
	type inside struct{ value any }
	for what, value := range values(t) {
		printed := map[string]string{"Sprint": fmt.Sprint(value), "Sprintln": fmt.Sprintln(value)}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%40s", "%.99s"} {
			printed[verb] = fmt.Sprintf(verb, value)
		}
		for name, encode := range map[string]func(any) ([]byte, error){"json": json.Marshal, "xml": xml.Marshal} {
			b, err := encode(value)
			if err != nil {
				t.Errorf("%s as %s: %v", what, name, err)
			}
			printed[name] = string(b)
		}
		for how, text := range printed {
			for _, part := range parts()[what] {
				if strings.Contains(text, part) {
					t.Errorf("%s printed by %s is %q: it tells %q", what, how, text, part)
				}
			}
			if !strings.Contains(text, "•••") {
				t.Errorf("%s printed by %s is %q: no mask", what, how, text)
			}
		}
		if nested := fmt.Sprintf("%+v", inside{value}); strings.Contains(nested, parts()[what][0]) && what != "code" {
			t.Errorf("%s inside a struct prints as %q", what, nested)
		}
	}
}

// Package fmt calls no method on what stands in an unexported field.
func TestAnUnexportedFieldPrintsNoValue(t *testing.T) {
	m := marie(t)
	hidden := struct {
		email  Email
		phone  Phone
		reason Reason
		code   Code
	}{m.Email, m.Phone, m.Reason, NewCode("246813579")}
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		text := fmt.Sprintf(verb, hidden)
		for _, part := range []string{"dupont", "612345678", "opposition", "246813579"} {
			if strings.Contains(text, part) {
				t.Errorf("%s prints %q of an unexported field: %s", verb, part, text)
			}
		}
	}
}

func TestNothingPrintsAsNothing(t *testing.T) {
	for _, zero := range []fmt.Stringer{Email{}, Phone{}, Reason{}, Code{}} {
		if got := zero.String(); got != "" {
			t.Errorf("the zero %T prints as %q", zero, got)
		}
	}
}

func TestACodeIsNotToldByItsLength(t *testing.T) {
	if short, long := NewCode("1").String(), NewCode("12345678").String(); short != long {
		t.Errorf("codes of two lengths print as %q and %q", short, long)
	}
}

func TestNothingIsRevealedWithoutAPurpose(t *testing.T) {
	m, code := marie(t), NewCode("246813579")
	reveal := map[string]func(Purpose) string{
		"e-mail": m.Email.Reveal, "phone": m.Phone.Reveal, "national": m.Phone.National,
		"reason": m.Reason.Reveal, "code": code.Reveal,
	}
	for what, get := range reveal {
		for _, p := range []Purpose{0, -1, ForKeying + 1} {
			if !panics(func() { get(p) }) {
				t.Errorf("%s is revealed for the purpose %d", what, p)
			}
		}
		for _, p := range []Purpose{ForTyping, ForMatching} {
			if panics(func() { get(p) }) || get(p) == "" {
				t.Errorf("%s is not revealed for the purpose %d", what, p)
			}
		}
	}
	if !panics(func() { code.Reveal(ForKeying) }) {
		t.Error("a one-time code names no objection, and is revealed for keying")
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}
