package words

import (
	"testing"
	"time"
)

func TestMomentsAsPeopleSayThem(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		at              time.Time
		english, french string
	}{
		{time.Date(2026, 11, 23, 15, 8, 0, 0, time.UTC), "Mon 23 Nov, 15:08", "lun. 23 nov., 15:08"},
		{time.Date(2026, 11, 29, 7, 5, 0, 0, time.UTC), "Sun 29 Nov, 07:05", "dim. 29 nov., 07:05"},
		{time.Date(2026, 12, 23, 15, 8, 0, 0, time.UTC), "23 Dec 2026", "23 déc. 2026"},
		{time.Date(2025, 8, 1, 0, 0, 0, 0, time.UTC), "1 Aug 2025", "1 août 2025"},
		{time.Time{}, "–", "–"},
	} {
		m := When(c.at, now)
		if got := m.In(English); got != c.english {
			t.Errorf("%q, want %q", got, c.english)
		}
		if got := m.In(French); got != c.french {
			t.Errorf("%q, want %q", got, c.french)
		}
		if m.String() != c.english {
			t.Errorf("String is %q", m)
		}
	}
}

// The journal's moments are in UTC; a person's clock is not.
func TestAMomentIsSaidInTheZoneOfWhoReadsIt(t *testing.T) {
	zone := time.FixedZone("UTC+3", 3*60*60)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, zone)
	for at, want := range map[time.Time]string{
		time.Date(2026, 11, 23, 15, 8, 0, 0, time.UTC):  "Mon 23 Nov, 18:08",
		time.Date(2026, 11, 23, 22, 30, 0, 0, time.UTC): "Tue 24 Nov, 01:30",
		time.Date(2026, 12, 31, 22, 30, 0, 0, time.UTC): "1 Jan 2027",
	} {
		if got := When(at, now).In(English); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

func TestEveryDayAndMonthHasAName(t *testing.T) {
	for _, l := range []Language{English, French} {
		for m := time.January; m <= time.December; m++ {
			if month(m, l) == "" {
				t.Errorf("%s: no name for %s", l, m)
			}
		}
		for d := time.Sunday; d <= time.Saturday; d++ {
			if weekday(d, l) == "" {
				t.Errorf("%s: no name for %s", l, d)
			}
		}
	}
}

func TestAMomentInsideAText(t *testing.T) {
	at := time.Date(2026, 11, 23, 15, 8, 0, 0, time.UTC)
	if got := T("%s", When(at, at)).In(French); got != "lun. 23 nov., 15:08" {
		t.Errorf("%q", got)
	}
}
