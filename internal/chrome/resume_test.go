package chrome

import (
	"testing"

	"opposer/internal/profile"
)

// TestASendIsNamedByOrigin: where the profile names addresses on one origin
// only, a person's own send on another is told by its values, and held.
func TestASendIsNamedByOrigin(t *testing.T) {
	g := Guard{Sends: []profile.Send{{Name: "submit", Addresses: []string{"https://www.facebook.com/ajax/submit"}}, {Name: "verify"}}}
	for origin, want := range map[string]bool{"https://www.facebook.com": true, "https://help.meta.com": false, "null": false} {
		if got := g.namedOn(origin); got != want {
			t.Errorf("%s is named: %t", origin, got)
		}
		s := standing{phase: typing, lent: true, names: g.namedOn(origin)}
		got := judge(s, facts{carries: true, allowed: true, readable: true, fromTyped: true, own: true})
		if kept := got.do == keep; kept == want {
			t.Errorf("what a person sends to %s without a named address: kept is %t", origin, kept)
		}
	}
}

// TestAfterAPreparingSendNothingLeavesByItself: once it is known that the send
// was not the objection, the next is held or failed like the first.
func TestAfterAPreparingSendNothingLeavesByItself(t *testing.T) {
	tab := &Tab{hold: newHold()}
	tab.hold.phase, tab.hold.sent, tab.hold.carried = departed, &Held{}, false
	tab.Resume()
	if tab.hold.sent != nil {
		t.Error("the earlier send is still the one to compare with")
	}
	ours := facts{carries: true, allowed: true, readable: true, fromTyped: true, own: true}
	s := standing{phase: tab.hold.phase, pressed: tab.hold.pressed, carried: tab.hold.carried}
	if got := judge(s, ours); got.do != deny {
		t.Errorf("the page sends by itself: %+v", got)
	}
	s.lent = true
	if got := judge(s, ours); got.do != keep {
		t.Errorf("a person sends: %+v", got)
	}
	held := &Tab{hold: newHold()}
	held.hold.phase = sending
	if held.Resume(); held.hold.phase != sending {
		t.Error("a send that is under way was given up")
	}
}
