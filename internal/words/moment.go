package words

import (
	"strconv"
	"time"
)

// localised is anything that can be said in a language: a [Text], a [Moment].
type localised interface{ In(l Language) string }

// Moment is a point in time as a person says it, given as an argument to [T].
// It shows the weekday and the time of day when it is near, else the date.
type Moment struct {
	at, now time.Time
}

// When is the moment at, as told at now, in now's time zone: what comes out of
// the journal is in UTC, the clock on a person's wall is not.
func When(at, now time.Time) Moment { return Moment{at, now} }

// near is how far a moment may be for its weekday to say more than its year.
const near = 6 * 24 * time.Hour

// In is the moment in that language: "Mon 23 Nov, 15:08", "lun. 23 nov., 15:08",
// or "23 Nov 2026" when it is far.
func (m Moment) In(l Language) string {
	if m.at.IsZero() {
		return "–"
	}
	at := m.at.In(m.now.Location())
	day := strconv.Itoa(at.Day()) + " " + month(at.Month(), l)
	if at.Sub(m.now).Abs() > near {
		return day + " " + strconv.Itoa(at.Year())
	}
	return weekday(at.Weekday(), l) + " " + day + ", " + at.Format("15:04")
}

// String is the moment in English, for logs.
func (m Moment) String() string { return m.In(English) }

// month is the abbreviation that each language's typography recommends.
func month(m time.Month, l Language) string {
	if l == French {
		return [...]string{
			"janv.", "févr.", "mars", "avr.", "mai", "juin",
			"juill.", "août", "sept.", "oct.", "nov.", "déc.",
		}[m-time.January]
	}
	return m.String()[:3]
}

func weekday(d time.Weekday, l Language) string {
	if l == French {
		return [...]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."}[d]
	}
	return d.String()[:3]
}
