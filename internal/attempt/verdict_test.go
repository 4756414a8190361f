package attempt

import (
	"testing"

	"opposer/internal/locate"
)

// Each sentence is new on the page since the click.
const (
	takenSentence   = "We will honour your objection."
	commonSentence  = "You'll receive an email with the details."
	unknownSentence = "We have received your request." // nobody has a source for it
	refusedSentence = "We cannot take further action."
)

// after is a page that says something new, with the form gone or still there.
func after(formStays bool, text string) *locate.Page {
	page := formPage(locate.Block{Text: text})
	if !formStays {
		page.Frames[0].Nodes = nil
	}
	return page
}

func TestWhatPageAndWireComeTo(t *testing.T) {
	const taken, not = `{"redirect":"?support_case_id=12"}`, `{"errorSummary":"no"}`
	for name, c := range map[string]struct {
		sentence string
		stays    bool
		body     string
		want     string
	}{
		"both say taken":                         {takenSentence, false, taken, "conclude taken"},
		"a clear sentence, a mute wire":          {takenSentence, false, "ok", "conclude taken"},
		"a clear sentence, marks of both":        {takenSentence, false, taken + not, "wait"},
		"a common sentence, the wire says so":    {commonSentence, false, taken, "conclude taken"},
		"a common sentence, a mute wire":         {commonSentence, false, "ok", "wait"},
		"a common sentence, the wire says not":   {commonSentence, true, not, "wait"},
		"a sentence without a source, by itself": {unknownSentence, false, "ok", "wait"},
		"a sentence without a source":            {unknownSentence, false, taken, "conclude taken"},
		"only the wire says taken":               {"A page.", false, taken, "wait"},
		"refused":                                {refusedSentence, false, "ok", "conclude refused"},
		"refused, and the wire says taken":       {refusedSentence, false, taken, "conclude refused"},
		"not taken, the form stands":             {"A page.", true, not, "conclude not-taken"},
		"not taken, the form is gone":            {"A page.", false, not, "wait"},
	} {
		l := lookAt(t, after(c.stays, c.sentence))
		w := sentFrom(l, formPage(), wire{status: 200, body: []byte(c.body)})
		if got := kindOf(decide(l, w)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A form that was not taken is filled in again only when its page has settled.
func TestNotTakenIsConcludedOfAQuietPage(t *testing.T) {
	page := after(true, "A page.")
	page.Quiet = false
	l := lookAt(t, page)
	if got := kindOf(decide(l, sentFrom(l, formPage(), wire{status: 200, body: []byte("errorSummary")}))); got != "wait" {
		t.Errorf("%s, want wait", got)
	}
}

// What a frame of somebody else says is no outcome, nor what nobody sees.
func TestAnOutcomeIsReadInTheServicesOwnFrames(t *testing.T) {
	for name, c := range map[string]struct {
		origin  string
		visible bool
		want    string
	}{
		"the service's": {"https://help.meta.com", true, "conclude taken"},
		"another's":     {"https://www.facebook.com.attacker.example", true, "wait"},
		"a hidden one":  {"https://help.meta.com", false, "wait"},
	} {
		page := after(false, "A page.")
		page.Frames = append(page.Frames, locate.Frame{
			ID: "inner", Parent: "main", Document: "e", Origin: c.origin, Visible: c.visible, Blocks: []locate.Block{{Text: takenSentence}},
		})
		l := lookAt(t, page)
		if got := kindOf(decide(l, sentFrom(l, formPage(), wire{status: 200}))); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// The reference is the wire's own, and kept beside what the page says.
func TestTheReferenceIsReadFromTheWire(t *testing.T) {
	l := lookAt(t, after(false, takenSentence))
	said, ok := decide(l, sentFrom(l, formPage(), wire{status: 200, body: []byte(`"?support_case_id=4711&x"`)})).(conclude)
	if !ok || said.reference != "4711" || said.sentence != takenSentence {
		t.Errorf("concluded %+v", said)
	}
}
