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

// Where no address is known by which a send is told, a person's press in a
// window that is not theirs may be the one that sends: the machine sends after
// it, and that would be twice.
func TestAPressThatNoLeaseCoversSendsNothing(t *testing.T) {
	posted := facts{carries: true, fromTyped: true, allowed: true, readable: true, own: true}
	meddled := standing{phase: typing, meddled: true}
	with := func(s standing, change func(*standing)) standing {
		change(&s)
		return s
	}
	for name, c := range map[string]struct {
		s    standing
		f    facts
		want ruling
	}{
		"our values":                     {meddled, posted, ruling{deny, Unpermitted}},
		"none of them":                   {meddled, facts{allowed: true, readable: true, own: true, fromTyped: true}, ruling{do: pass}},
		"from a page that we left alone": {meddled, facts{carries: true, allowed: true, readable: true}, ruling{do: passNote}},
		"the machine's own step":         {standing{phase: typing}, posted, ruling{do: passNote}},
		"while they have the page":       {with(meddled, func(s *standing) { s.lent = true }), posted, ruling{do: keep}},
		"a step where sends have a name": {with(meddled, func(s *standing) { s.names = true }), posted, ruling{do: passNote}},
		"before anything was typed":      {with(meddled, func(s *standing) { s.phase = free }), posted, ruling{do: pass}},
	} {
		if got := judge(c.s, c.f); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// What a person files may hold nothing of ours: an address that they kept, or a
// wizard's ticket. It cannot be told from a page's own talk, and goes: whether
// the form went by it is seen of the page.
func TestWhatMayBeThePersonsSendIsNoted(t *testing.T) {
	form := standing{phase: typing, lent: true, form: true}
	filed := facts{allowed: true, readable: true, own: true, fromTyped: true}
	for name, c := range map[string]struct {
		s    standing
		f    facts
		want ruling
	}{
		"a filled form is lent":                      {form, filed, ruling{do: passUnsure}},
		"nothing was typed":                          {standing{lent: true, form: true}, facts{allowed: true, readable: true}, ruling{do: passUnsure}},
		"another page is, to log in":                 {standing{phase: typing, lent: true}, filed, ruling{do: pass}},
		"nobody has the page":                        {standing{phase: typing}, filed, ruling{do: pass}},
		"sends have a name":                          {standing{phase: typing, lent: true, form: true, names: true}, filed, ruling{do: pass}},
		"our values, from a page that we left alone": {form, facts{carries: true, allowed: true, readable: true}, ruling{do: passNote}},
		"a beacon":                                   {form, facts{allowed: true, readable: true, beacon: true}, ruling{do: pass}},
		"a page is opened":                           {form, facts{allowed: true, readable: true, plain: true}, ruling{do: pass}},
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
		"nothing of ours is in it":       {form, facts{allowed: true, readable: true}, ruling{do: passUnsure}},
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
