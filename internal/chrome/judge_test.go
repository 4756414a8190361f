package chrome

import "testing"

// What Chrome does not show of a body counts as carrying our values: rules that
// the pages of these tests do not reach, since Chrome shows theirs.
func TestABodyThatIsNotShownCountsAsOurs(t *testing.T) {
	hidden := facts{opaque: true}
	with := func(change func(*facts)) facts {
		f := hidden
		change(&f)
		return f
	}
	allowed := with(func(f *facts) { f.allowed = true })
	for name, c := range map[string]struct {
		s    standing
		f    facts
		want ruling
	}{
		"nothing typed":               {standing{}, hidden, ruling{do: pass}},
		"elsewhere, from a frame":     {standing{phase: typing}, hidden, ruling{deny, Elsewhere}},
		"elsewhere, after the send":   {standing{phase: departed, carried: true}, hidden, ruling{deny, Elsewhere}},
		"an earlier step":             {standing{phase: typing}, allowed, ruling{do: passNote}},
		"late, after a press in vain": {standing{phase: typing, pressed: true}, allowed, ruling{deny, Unpermitted}},
		"with a permit":               {standing{phase: sending}, allowed, ruling{do: keep}},
		"after telemetry":             {standing{phase: departed}, allowed, ruling{do: passSend}},
		"after the send":              {standing{phase: departed, carried: true}, allowed, ruling{deny, Repeated}},
		"while closing":               {standing{closing: true}, allowed, ruling{deny, Closing}},
	} {
		if got := judge(c.s, c.f); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
