package journal_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

func encoded(t testing.TB, e journal.Event) string {
	t.Helper()
	b, err := journal.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestDecodeRefuses what a later decision about sending could be misled by.
func TestDecodeRefuses(t *testing.T) {
	good := encoded(t, journaltest.Event("a", 1))
	for name, bad := range map[string]string{
		"no event":                "",
		"half an event":           good[:len(good)/2],
		"another kind of value":   "[1]",
		"two events":              good + good,
		"no number":               strings.Replace(good, `"seq":1`, `"seq":0`, 1),
		"a negative number":       strings.Replace(good, `"seq":1`, `"seq":-1`, 1),
		"no objection":            strings.Replace(good, `"key":"a"`, `"key":""`, 1),
		"no time":                 strings.Replace(good, `"at":"2026-11-23T15:08:12.123456789Z"`, `"at":"0001-01-01T00:00:00Z"`, 1),
		"an unknown kind":         strings.Replace(good, `"kind":"left"`, `"kind":"dance"`, 1),
		"an unknown verdict":      strings.Replace(good, `"verdict":"not-taken"`, `"verdict":"perhaps"`, 1),
		"an unknown state":        strings.Replace(good, `"is":"waiting"`, `"is":"elsewhere"`, 1),
		"no state":                strings.Replace(good, `"is":"waiting"`, `"is":""`, 1),
		"a wait from nowhere":     strings.Replace(good, `"from":"left"`, `"from":"nowhere"`, 1),
		"a number that is a text": strings.Replace(good, `"seq":1`, `"seq":"1"`, 1),
	} {
		if bad == good {
			t.Fatalf("%s: the event has another form than the test thinks", name)
		}
		if _, err := journal.Decode([]byte(bad)); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

func TestDecodeReadsPastWhatItDoesNotKnow(t *testing.T) {
	want := journaltest.Event("a", 1)
	got, err := journal.Decode([]byte(`{"later":{"x":1},` + encoded(t, want)[1:]))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// FuzzDecode: whatever stands in the file, reading it ends in an event that is
// written back as it was read and on which Next decides, or in an error.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(encoded(f, journaltest.Event("a", 1))))
	f.Add([]byte(`{"seq":1,"key":"a","at":"2026-11-23T15:08:12Z","kind":"noted","state":{"is":"pending"}}`))
	f.Add([]byte(`{"seq":1e3,"state":{"is":"waiting","from":"waiting"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := journal.Decode(b)
		if err != nil {
			if !errors.Is(err, journal.ErrDamaged) || cmp.Diff(e, journal.Event{}) != "" {
				t.Fatalf("%v with %+v", err, e)
			}
			return
		}
		again, err := journal.Decode([]byte(encoded(t, e)))
		if err != nil {
			t.Fatalf("an event that was read is not read again: %v", err)
		}
		if diff := cmp.Diff(e, again); diff != "" {
			t.Fatal(diff)
		}
		for _, event := range events() {
			to, err := journal.Next(e.State, event)
			if err == nil && to.Is == "" {
				t.Fatalf("%s in %+v leads nowhere", event.Kind, e.State)
			}
		}
	})
}
