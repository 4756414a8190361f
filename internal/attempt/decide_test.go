package attempt

import (
	"testing"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/personal"
	"opposer/internal/profile"
)

// formPage is Facebook's form as it stands, filled in, on a quiet page.
func formPage(more ...locate.Block) *locate.Page {
	return &locate.Page{Quiet: true, Frames: []locate.Frame{{
		ID: "main", Document: "d", URL: "https://www.facebook.com/help/contact/712876720715583",
		Origin: "https://www.facebook.com", Title: "Object to your information being used for AI at Meta", Visible: true,
		Blocks: append([]locate.Block{{Text: "Object to your information being used for AI at Meta", Role: "heading", Level: 1}}, more...),
		Nodes: []locate.Node{
			{Frame: "main", Document: "d", Ref: 1, Role: "textbox", Name: "Email address", Tag: "input", Type: "email", NameAttr: "email", Value: personal.Observed{Is: personal.Ours, Masked: "m•••@e•••.org"}},
			{Frame: "main", Document: "d", Ref: 2, Role: "button", Name: "Submit", Tag: "button"},
		},
	}}}
}

func lookAt(t *testing.T, page *locate.Page) look {
	t.Helper()
	set, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	account := marie(t)
	account.Language = "en"
	p := set.Profiles["facebook"]
	return look{page: page, status: 200, job: &Job{Account: account, Profile: p, Set: set, Review: ReviewNever}, bound: set.Bind(p, "en")}
}

// sentFrom is where we are after the form's only send has left from a page.
func sentFrom(l look, page *locate.Page, answer wire) where {
	w := begin()
	w.step, w.sent, w.answer, w.before = len(l.job.Profile.Routes[0].Steps), &l.job.Profile.Sends[0], answer, sentences(page)
	for i, s := range l.job.Profile.Form {
		if submit, ok := s.(profile.Submit); ok && submit.Commits != "" {
			w.sentAt = i
			break
		}
	}
	return w
}

// A page on which the form still stands when the answer is there says nothing
// yet: it must neither count as a wizard's next step nor be sent again.
func TestAFormThatStillStandsAfterItsAnswerIsWaitedFor(t *testing.T) {
	page := formPage()
	l := lookAt(t, page)
	for name, answer := range map[string]wire{
		"silent":     {status: 200, body: []byte(`for (;;);{"payload":null}`)},
		"says taken": {status: 200, body: []byte(`for (;;);{"redirect":"/help/?support_case_id=12"}`)},
	} {
		m := decide(l, sentFrom(l, page, answer))
		if _, ok := m.(wait); !ok {
			t.Errorf("%s: decided %T", name, m)
		}
	}
}

// What the wire must say beside what the page says, for each conclusion.
func TestAnOutcomeNeedsThePageAndTheWire(t *testing.T) {
	const (
		sourced  = "Ciò significa che la tua richiesta verrà applicata d'ora in avanti allo sviluppo e al miglioramento dell'IA in Meta."
		inferred = "This means that your request will be applied going forward to the development and improvement of AI at Meta."
	)
	for name, c := range map[string]struct {
		page   string
		answer wire
		want   journal.Verdict // "" waits
	}{
		"both":                           {sourced, wire{status: 200, body: []byte("support_case_id=12")}, journal.Taken},
		"page, wire mute":                {sourced, wire{status: 200, body: []byte("ok")}, journal.Taken},
		"page, wire 500":                 {sourced, wire{status: 500}, ""},
		"page, wire says error":          {sourced, wire{status: 200, body: []byte("errorSummary")}, ""},
		"page, wire broken":              {sourced, wire{broken: true}, ""},
		"inferred, both":                 {inferred, wire{status: 200, body: []byte("support_case_id=12")}, journal.Taken},
		"inferred, wire mute":            {inferred, wire{status: 200, body: []byte("ok")}, ""},
		"inferred, wire says error":      {inferred, wire{status: 200, body: []byte("errorSummary")}, ""},
		"no word, wire says error":       {"Hello", wire{status: 200, body: []byte("errorSummary")}, journal.NotTaken},
		"no word, wire says it was made": {"Hello", wire{status: 200, body: []byte("support_case_id=12")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := formPage()
			l := lookAt(t, formPage(locate.Block{Text: c.page}))
			m := decide(l, sentFrom(l, before, c.answer))
			said, concluded := m.(conclude)
			_, waits := m.(wait)
			if concluded == waits || said.verdict != c.want {
				t.Errorf("decided %T %q, want %q", m, said.verdict, c.want)
			}
		})
	}
}

// The sentence has to be new: one that stood there before the click is none.
func TestASentenceThatStoodThereBeforeIsNoOutcome(t *testing.T) {
	taken := locate.Block{Text: "We will honour your objection."}
	page := formPage(taken)
	l := lookAt(t, page)
	m := decide(l, sentFrom(l, page, wire{status: 200}))
	if _, ok := m.(wait); !ok {
		t.Errorf("decided %T", m)
	}
}
