package attempt

import (
	"testing"

	"opposer/internal/locate"
	"opposer/internal/profile"
)

// TestAnInferredSentenceNeedsTheWireToSayTheSame: what somebody saw on the
// page decides beside a mute answer; what was inferred, or is common, only
// beside one that says the same by itself.
func TestAnInferredSentenceNeedsTheWireToSayTheSame(t *testing.T) {
	set, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	p := set.Profiles["facebook"]
	const (
		seen     = "Ciò significa che la tua richiesta verrà applicata d'ora in avanti allo sviluppo e al miglioramento dell'IA in Meta."
		inferred = "This means that your request will be applied going forward to the development and improvement of AI at Meta."
		common   = "Hemos recibido tu solicitud."
		refusal  = "Nous ne pouvons pas prendre d’autres mesures."
	)
	for _, c := range []struct {
		sentence string
		said     reading
		want     profile.Meaning
	}{
		{seen, silent, profile.Taken},
		{seen, saysTaken, profile.Taken},
		{inferred, silent, ""},
		{inferred, saysTaken, profile.Taken},
		{inferred, saysRefused, ""},
		{inferred, saysNot, ""},
		{inferred, saysBroken, ""},
		{common, silent, ""},
		{common, saysTaken, profile.Taken},
		{refusal, silent, ""},
		{refusal, saysTaken, ""},
		{refusal, saysRefused, profile.Refused},
	} {
		page := &locate.Page{Quiet: true, Frames: []locate.Frame{{
			ID: "main", Origin: "https://www.facebook.com", Visible: true, Blocks: []locate.Block{{Text: c.sentence}},
		}}}
		l := look{page: page, job: &Job{Profile: p, Set: set}, bound: set.Bind(p, "en")}
		if got, _ := newSentence(l, begin(), c.said); got != c.want {
			t.Errorf("%q beside reading %d means %q, want %q", c.sentence, c.said, got, c.want)
		}
	}
}

func TestAnAnswerSaysTooWhatItsSentenceSays(t *testing.T) {
	for meaning, want := range map[profile.Meaning]reading{
		profile.Taken: saysTaken, profile.Refused: saysRefused, profile.NotTaken: saysNot,
		profile.Already: -1, profile.Broken: -1,
	} {
		for _, said := range []reading{silent, saysTaken, saysNot, saysRefused, saysBroken} {
			if saysToo(meaning, said) != (said == want) {
				t.Errorf("%s beside reading %d", meaning, said)
			}
		}
	}
}

// TestAPreparingSendMayHaveBeenTheObjection: it is concluded only where what it
// was for is there, and nothing speaks of an objection that was received.
func TestAPreparingSendMayHaveBeenTheObjection(t *testing.T) {
	set, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	p := set.Profiles["facebook"]
	const portal = 1
	at := func(send string) int {
		for i, s := range p.Looks[portal-1].Form {
			if b, ok := s.(profile.Submit); ok && b.Commits == send {
				return i
			}
		}
		t.Fatal(send)
		return 0
	}
	node := func(role, name, kind string) locate.Node {
		return locate.Node{Role: role, Name: name, Type: kind, Frame: "main", Document: "d", Block: -1}
	}
	email, code := node("textbox", "Email", "text"), node("textbox", "Verification code", "text")
	code.Autocomplete = "one-time-code"
	submit := node("button", "Submit", "button")
	thanks := locate.Block{Text: "Your request has been submitted"}
	for name, c := range map[string]struct {
		send   string
		nodes  []locate.Node
		blocks []locate.Block
		answer wire
		want   string
	}{
		"the code's box came":                {"request-code", []locate.Node{email, code, submit}, nil, wire{status: 200}, "conclude prepared"},
		"no box came":                        {"request-code", []locate.Node{email, submit}, nil, wire{status: 200}, "wait"},
		"a box and a thanks":                 {"request-code", []locate.Node{email, code, submit}, []locate.Block{thanks}, wire{status: 200}, "wait"},
		"a box and a case number":            {"request-code", []locate.Node{email, code, submit}, nil, wire{status: 200, body: []byte("support_case_id=12")}, "wait"},
		"refused":                            {"request-code", []locate.Node{email, submit}, nil, wire{status: 200, body: []byte("errorSummary")}, "conclude not-taken"},
		"refused, and the form gone":         {"request-code", nil, nil, wire{status: 200, body: []byte("errorSummary")}, "wait"},
		"an error of the server":             {"request-code", []locate.Node{email, code, submit}, nil, wire{status: 500}, "wait"},
		"proven, the button is there":        {"verify-email", []locate.Node{email, submit}, nil, wire{status: 200}, "conclude prepared"},
		"proven, and the page thanks":        {"verify-email", []locate.Node{email, submit}, []locate.Block{thanks}, wire{status: 200}, "wait"},
		"proven, and everything is gone":     {"verify-email", nil, nil, wire{status: 200}, "wait"},
		"the code still stands":              {"verify-email", []locate.Node{email, code, submit}, nil, wire{status: 200}, "wait"},
		"a number of the service's came too": {"verify-email", []locate.Node{email, submit}, nil, wire{status: 200, body: []byte(`"ticket_id":"7"`)}, "wait"},
	} {
		page := &locate.Page{Quiet: true, Frames: []locate.Frame{{
			ID: "main", Document: "d", Origin: "https://help.meta.com", Visible: true, Nodes: c.nodes, Blocks: c.blocks,
		}}}
		l := look{page: page, job: &Job{Profile: p, Set: set}, bound: set.Bind(p, "en")}
		w := begin()
		w.look, w.ours, w.sentAt, w.answer, w.before = portal, "d", at(c.send), c.answer, map[string]bool{}
		for i := range p.Sends {
			if p.Sends[i].Name == c.send {
				w.sent = &p.Sends[i]
			}
		}
		if got := kindOf(decide(l, w)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestWhatAPersonSendsCountsAsTheObjection, whatever a code might be asked for
// on the same page.
func TestWhatAPersonSendsCountsAsTheObjection(t *testing.T) {
	set, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	for service, p := range set.Profiles {
		for look := range len(p.Looks) + 1 {
			tr := &try{job: Job{Profile: p}, where: begin()}
			tr.where.look = look
			name, at := tr.nextSend()
			if b, ok := tr.where.form(p)[at].(profile.Submit); name != "submit" || !ok || b.Commits != name {
				t.Errorf("%s, look %d: a person sends %q, by step %d", service, look, name, at)
			}
		}
	}
}
