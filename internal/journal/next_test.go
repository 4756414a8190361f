package journal_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"opposer/internal/gate"
	"opposer/internal/journal"
)

// states lists every kind of state that an attempt can be in, each by its
// label: "waiting/sending+armed+gone".
func states() map[string]journal.State {
	all := map[string]journal.State{}
	put := func(s journal.State) { all[label(s)] = s }
	for _, n := range journal.Names() {
		if n.Underway() {
			continue
		}
		put(journal.State{Is: n})
	}
	for _, gone := range []bool{false, true} {
		for _, n := range []journal.Name{journal.Opening, journal.Filling, journal.Ready} {
			put(journal.State{Is: n, Gone: gone})
			put(journal.State{Is: journal.Waiting, From: n, Gate: gate.Captcha, Gone: gone})
		}
		left := journal.State{Is: journal.Left, Send: "submit", By: journal.Machine, Gone: gone}
		put(left)
		put(waitingFrom(left))
		for _, armed := range []bool{false, true} {
			sending := journal.State{Is: journal.Sending, Send: "submit", By: journal.Machine, Armed: armed, Gone: gone}
			put(sending)
			put(waitingFrom(sending))
		}
	}
	return all
}

func waitingFrom(s journal.State) journal.State {
	s.From, s.Is, s.Gate = s.Is, journal.Waiting, gate.Captcha
	return s
}

func label(s journal.State) string {
	l := string(s.Is)
	if s.From != "" {
		l += "/" + string(s.From)
	}
	if s.Armed {
		l += "+armed"
	}
	if s.Gone {
		l += "+gone"
	}
	return l
}

// events lists every kind of event, with every verdict and sender it can
// carry, each by its label: "answered taken".
func events() map[string]journal.Event {
	all := map[string]journal.Event{}
	for _, k := range journal.Kinds() {
		e := journal.Event{Kind: k, Send: "submit", Request: &journal.Departing{Method: "POST"}}
		switch k {
		case journal.Answered, journal.Settled:
			for _, v := range journal.Verdicts() {
				e.Verdict = v
				all[string(k)+" "+string(v)] = e
			}
		case journal.SendingBegan:
			for _, by := range []journal.By{journal.Machine, journal.Person} {
				e.By, e.Armed = by, true
				all[string(k)+" by "+string(by)] = e
			}
		case journal.GateOpened:
			e.Gate = gate.Captcha
			all[string(k)] = e
		default:
			all[string(k)] = e
		}
	}
	return all
}

// The table of design.md once more, in other words than the code's: states,
// events (separated by commas), the state after. "*" stands for with and
// without "+gone"; "~" takes it over from the state before.
const (
	atForm       = "opening filling ready waiting/opening waiting/filling waiting/ready"
	held         = "sending+armed waiting/sending+armed"
	notArmed     = "sending* waiting/sending*"
	afterLeft    = "left* waiting/left*"
	gone         = "opening+gone filling+gone ready+gone waiting/opening+gone waiting/filling+gone waiting/ready+gone sending+armed+gone waiting/sending+armed+gone"
	doubtful     = notArmed + " " + afterLeft + " " + gone
	everySettled = "submitted confirmed already rejected in_doubt"
)

func table() [][3]string {
	return [][3]string{
		{"pending needs_human drifted failed", "claimed", "opening"},
		{"opening* filling* ready*", "form-found", "filling~"},
		{"filling* ready*", "filled", "ready~"},

		{"opening*", "gate-opened", "waiting/opening~"},
		{"filling*", "gate-opened", "waiting/filling~"},
		{"ready*", "gate-opened", "waiting/ready~"},
		{"sending*", "gate-opened", "waiting/sending~"},
		{"sending+armed*", "gate-opened", "waiting/sending+armed~"},
		{"left*", "gate-opened", "waiting/left~"},
		{"waiting/opening*", "gate-returned", "opening~"},
		{"waiting/filling*", "gate-returned", "filling~"},
		{"waiting/ready*", "gate-returned", "ready~"},
		{"waiting/sending*", "gate-returned", "sending~"},
		{"waiting/sending+armed*", "gate-returned", "sending+armed~"},
		{"waiting/left*", "gate-returned", "left~"},

		{atForm + " " + held, "gate-ended", "needs_human"},
		{"opening filling ready sending+armed", "no-route", "drifted"},
		{atForm + " " + held, "broke", "failed"},
		{held, "not-held", "failed"},
		{doubtful, "gate-ended, broke", "in_doubt"},
		{"sending* left* opening+gone filling+gone ready+gone sending+armed+gone", "no-route", "in_doubt"},
		{notArmed + " sending+armed+gone waiting/sending+armed+gone", "not-held", "in_doubt"},

		{"ready*", "sending by machine", "sending+armed~"},
		{"opening* filling* ready* waiting/opening* waiting/filling* waiting/ready*", "sending by person", "sending+armed~"},
		{"sending* sending+armed* waiting/sending* waiting/sending+armed*", "left", "left~"},

		{afterLeft, "answered taken, settled taken", "submitted"},
		{afterLeft, "answered taken-more, settled taken-more", "filling+gone"},
		{afterLeft, "answered not-taken, settled not-taken", "filling~"},
		{afterLeft, "answered prepared", "filling~"},
		{afterLeft, "answered refused, settled refused", "rejected"},
		{afterLeft, "answered already, settled already", "already"},
		{afterLeft, "answered honoured, settled honoured", "confirmed"},
		{afterLeft, "answered unclear, settled unclear", "in_doubt"},
		{"left waiting/left", "settled lost", "failed"},
		{"left+gone waiting/left+gone", "settled lost", "in_doubt"},

		{"submitted", "settled honoured", "confirmed"},
		{"submitted", "settled refused", "rejected"},
		{"in_doubt", "settled taken", "submitted"},
		{"in_doubt", "settled honoured", "confirmed"},
		{"in_doubt", "settled already", "already"},
		{"in_doubt", "settled refused", "rejected"},
		{"in_doubt", "settled lost", "failed"},

		{atForm, "interrupted", "pending"},
		{held, "interrupted", "failed"},
		{doubtful, "interrupted", "in_doubt"},

		{everySettled, "reopened", "pending"},
	}
}

// expected spreads the table out: state and event to the state after.
func expected(t *testing.T) map[[2]string]string {
	t.Helper()
	want := map[[2]string]string{}
	put := func(state, event, to string) {
		if _, known := events()[event]; !known {
			t.Fatalf("the table names an unknown event %q", event)
		}
		if had, twice := want[[2]string{state, event}]; twice && had != to {
			t.Fatalf("the table says twice what %s makes of %s", event, state)
		}
		want[[2]string{state, event}] = to
	}
	for _, row := range table() {
		for _, state := range spread(t, row[0]) {
			to := row[2]
			if bare, keeps := strings.CutSuffix(to, "~"); keeps {
				to = bare
				if strings.HasSuffix(state, "+gone") {
					to += "+gone"
				}
			}
			for event := range strings.SplitSeq(row[1], ", ") {
				put(state, event, to)
			}
		}
	}
	for state, s := range states() {
		put(state, "noted", state)
		if s.Is.Underway() {
			put(state, "partial", state)
		}
	}
	return want
}

func spread(t *testing.T, names string) (all []string) {
	t.Helper()
	for name := range strings.FieldsSeq(names) {
		some := []string{name}
		if bare, both := strings.CutSuffix(name, "*"); both {
			some = []string{bare, bare + "+gone"}
		}
		for _, one := range some {
			if _, known := states()[one]; !known {
				t.Fatalf("the table names an unknown state %q", one)
			}
		}
		all = append(all, some...)
	}
	return all
}

// TestEveryPair tries every event in every state.
func TestEveryPair(t *testing.T) {
	want := expected(t)
	pairs := 0
	for from, s := range states() {
		for event, e := range events() {
			pairs++
			got, err := journal.Next(s, e)
			to, happens := want[[2]string{from, event}]
			var refused *journal.TransitionError
			switch {
			case happens && err != nil:
				t.Errorf("%s + %s: %v, want %s", from, event, err, to)
			case happens && label(got) != to:
				t.Errorf("%s + %s: %s, want %s", from, event, label(got), to)
			case !happens && !errors.As(err, &refused):
				t.Errorf("%s + %s: %s, want a TransitionError", from, event, label(got))
			case !happens && (got != s || refused.From != s || refused.Event != e.Kind || refused.Verdict != e.Verdict):
				t.Errorf("%s + %s: refused as %+v with state %s", from, event, *refused, label(got))
			}
		}
	}
	if want := 33 * 34; pairs != want {
		t.Errorf("%d pairs were tried, want %d", pairs, want)
	}
}

// TestNeverTwiceByTheTable walks everything that can happen and keeps count of
// what stands on the wire. A plain run may claim only what has nothing there,
// unless a person said so.
func TestNeverTwiceByTheTable(t *testing.T) {
	type world struct {
		state    journal.State
		standing int // sends that left and were not answered "not taken"; 2 stands for more
		path     string
	}
	seen := map[world]bool{}
	todo := []world{{state: journal.State{Is: journal.Pending}}}
	for len(todo) > 0 {
		w := todo[0]
		todo = todo[1:]
		bare := world{state: w.state, standing: w.standing}
		if seen[bare] {
			continue
		}
		seen[bare] = true
		if _, err := journal.Next(w.state, journal.Event{Kind: journal.Claimed}); err == nil && w.standing > 0 {
			t.Errorf("%s can be claimed with %d sends standing:%s", label(w.state), w.standing, w.path)
			continue
		}
		for name, e := range withSecondSend(events()) {
			byPerson := e.Kind == journal.Reopened || e.Kind == journal.Settled && e.Verdict == journal.Lost
			to, err := journal.Next(w.state, e)
			if err != nil || byPerson {
				continue
			}
			standing := w.standing
			switch {
			case e.Kind == journal.HasLeft && strings.Contains(","+w.state.Stands+",", ","+e.Send+","):
				t.Errorf("%s leaves though it was taken:%s", e.Send, w.path)
				continue // from here it would go on for ever
			case e.Kind == journal.HasLeft:
				standing = min(standing+1, 2)
			case e.Verdict == journal.NotTaken, e.Verdict == journal.Prepared: // what prepared is no objection
				standing--
			}
			todo = append(todo, world{to, standing, w.path + " " + name})
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d situations were reached", len(seen))
	}
}

// withSecondSend adds, for each event that names a send, the same of another.
func withSecondSend(all map[string]journal.Event) map[string]journal.Event {
	for name, e := range maps.Clone(all) {
		if e.Send != "" {
			e.Send = "verify"
			all[name+" verify"] = e
		}
	}
	return all
}

// TestUnarmedNeverRetried: where Chrome might outlive us, a send that began is
// in doubt whatever ends it.
func TestUnarmedNeverRetried(t *testing.T) {
	s := journal.State{Is: journal.Sending, Send: "submit", By: journal.Machine}
	for name, e := range events() {
		to, err := journal.Next(s, e)
		if err == nil && !to.Is.Underway() && to.Is != journal.InDoubt {
			t.Errorf("sending, not armed, + %s: %s", name, to.Is)
		}
	}
}

func TestZeroStateIsPending(t *testing.T) {
	for name, e := range events() {
		zero, errZero := journal.Next(journal.State{}, e)
		pending, err := journal.Next(journal.State{Is: journal.Pending}, e)
		if zero != pending || (err == nil) != (errZero == nil) {
			t.Errorf("%s: the zero State gives %v (%v), Pending %v (%v)", name, zero, errZero, pending, err)
		}
	}
}

// TestEventsThatLackSomething are refused where the whole event is not.
func TestEventsThatLackSomething(t *testing.T) {
	sending := journal.State{Is: journal.Sending, Send: "submit", By: journal.Machine}
	ready := journal.State{Is: journal.Ready}
	request := &journal.Departing{Method: "POST"}
	for name, c := range map[string]struct {
		state journal.State
		event journal.Event
	}{
		"a gate without a kind":            {ready, journal.Event{Kind: journal.GateOpened}},
		"a sending without a name":         {ready, journal.Event{Kind: journal.SendingBegan, By: journal.Machine}},
		"a sending by nobody":              {ready, journal.Event{Kind: journal.SendingBegan, Send: "submit"}},
		"a departure of another send":      {sending, journal.Event{Kind: journal.HasLeft, Send: "verify", Request: request}},
		"a departure without a request":    {sending, journal.Event{Kind: journal.HasLeft, Send: "submit"}},
		"an answer without a verdict":      {journal.State{Is: journal.Left}, journal.Event{Kind: journal.Answered}},
		"an answer with an unknown one":    {journal.State{Is: journal.Left}, journal.Event{Kind: journal.Answered, Verdict: "perhaps"}},
		"a wait that came from nowhere":    {journal.State{Is: journal.Waiting}, journal.Event{Kind: journal.GateReturned}},
		"a state that nobody knows":        {journal.State{Is: "elsewhere"}, journal.Event{Kind: journal.Noted}},
		"an event that nobody knows":       {ready, journal.Event{Kind: "danced"}},
		"a wait that came from a rest":     {journal.State{Is: journal.Waiting, From: journal.Submitted}, journal.Event{Kind: journal.GateReturned}},
		"a machine's send while one waits": {waitingFrom(ready), journal.Event{Kind: journal.SendingBegan, Send: "submit", By: journal.Machine}},
	} {
		if to, err := journal.Next(c.state, c.event); err == nil {
			t.Errorf("%s: %s", name, label(to))
		}
	}
}

// TestStateCarriesTheSend through a wait and onto the wire.
func TestStateCarriesTheSend(t *testing.T) {
	s := journal.State{Is: journal.Ready}
	for _, step := range []struct {
		event journal.Event
		want  journal.State
	}{
		{journal.Event{Kind: journal.SendingBegan, Send: "verify", By: journal.Machine, Armed: true}, journal.State{Is: journal.Sending, Send: "verify", By: journal.Machine, Armed: true}},
		{journal.Event{Kind: journal.GateOpened, Gate: gate.Captcha}, journal.State{Is: journal.Waiting, Gate: gate.Captcha, From: journal.Sending, Send: "verify", By: journal.Machine, Armed: true}},
		{journal.Event{Kind: journal.GateReturned}, journal.State{Is: journal.Sending, Send: "verify", By: journal.Machine, Armed: true}},
		{journal.Event{Kind: journal.HasLeft, Send: "verify", Request: &journal.Departing{}}, journal.State{Is: journal.Left, Send: "verify", By: journal.Machine}},
		{journal.Event{Kind: journal.GateOpened, Gate: gate.Outcome}, journal.State{Is: journal.Waiting, Gate: gate.Outcome, From: journal.Left, Send: "verify", By: journal.Machine}},
		{journal.Event{Kind: journal.GateReturned}, journal.State{Is: journal.Left, Send: "verify", By: journal.Machine}},
		{journal.Event{Kind: journal.Answered, Verdict: journal.Taken}, journal.State{Is: journal.Submitted}},
	} {
		to, err := journal.Next(s, step.event)
		if err != nil || to != step.want {
			t.Fatalf("%s: %+v (%v), want %+v", step.event.Kind, to, err, step.want)
		}
		s = to
	}
}

func TestTransitionErrorNamesBoth(t *testing.T) {
	_, err := journal.Next(journal.State{Is: journal.Submitted}, journal.Event{Kind: journal.Settled, Verdict: journal.Lost})
	if want := "no settled lost in state submitted"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

// TestNamesTellWhatARunDoes keeps the three groups of states apart.
func TestNamesTellWhatARunDoes(t *testing.T) {
	for _, n := range journal.Names() {
		_, err := journal.Next(journal.State{Is: n}, journal.Event{Kind: journal.Claimed})
		groups := []bool{n.Settled(), n.Underway(), err == nil}
		if i := slices.Index(groups, true); i < 0 || slices.Contains(groups[i+1:], true) {
			t.Errorf("%s: settled, under way, claimable = %v, want exactly one", n, groups)
		}
	}
}
