package chrome

import "testing"

// After a press in vain a person takes the page over: what they do there, a
// login or asking for a code once more, comes besides the press, and only what
// can be the send is held.
func TestAfterAPressAPersonMayDoWhatIsNoSend(t *testing.T) {
	login := facts{document: true, carries: true, fromTyped: true, allowed: true, readable: true, own: true}
	again := facts{allowed: true, readable: true, own: true}
	send := facts{carries: true, fromTyped: true, named: true, allowed: true, readable: true, own: true}
	machine, person := standing{phase: typing, pressed: true, names: true}, standing{phase: typing, pressed: true, names: true, lent: true}
	unnamed := standing{phase: typing, pressed: true, lent: true}
	for name, c := range map[string]struct {
		s    standing
		f    facts
		want ruling
	}{
		"a login":                               {person, login, ruling{do: passNote}},
		"a code again":                          {person, again, ruling{do: pass}},
		"a code again, no address is known":     {unnamed, again, ruling{do: pass}},
		"the send":                              {person, send, ruling{do: keep}},
		"our values, no address is known":       {unnamed, login, ruling{do: keep}},
		"a beacon of them, no address is known": {unnamed, facts{carries: true, fromTyped: true, allowed: true, beacon: true}, ruling{deny, Unpermitted}},
		"nobody has the page, our values":       {machine, login, ruling{deny, Unpermitted}},
		"nobody has the page, anything":         {machine, again, ruling{deny, Unpermitted}},
	} {
		if got := judge(c.s, c.f); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// A person who has the form's page may fill it in and file it before the
// machine typed anything: that is the send.
func TestAPersonMayFileBeforeAnythingWasTyped(t *testing.T) {
	form := standing{lent: true, form: true}
	filed := facts{carries: true, allowed: true, readable: true}
	for name, c := range map[string]struct {
		s    standing
		f    facts
		want ruling
	}{
		"the form's page is lent":        {form, filed, ruling{do: keep}},
		"another page is, to log in":     {standing{lent: true}, filed, ruling{do: pass}},
		"nobody has the page":            {standing{}, filed, ruling{do: pass}},
		"the send's address is another":  {standing{lent: true, form: true, names: true}, filed, ruling{do: pass}},
		"nothing of ours is in it":       {form, facts{allowed: true, readable: true}, ruling{do: pass}},
		"it goes where nothing is typed": {form, facts{carries: true, readable: true}, ruling{do: pass}},
		"the page's own telemetry of it": {form, facts{carries: true, allowed: true, beacon: true}, ruling{do: pass}},
	} {
		if got := judge(c.s, c.f); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

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
