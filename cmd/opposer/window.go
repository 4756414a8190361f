package main

import (
	"context"
	"runtime"

	"opposer/internal/gate"
	"opposer/internal/words"
)

// window is a gate.Channel: a person who sits at Chrome's window, and nowhere
// else. They act on the page, and what the page then shows is their answer, so
// it meets only what is done there.
type window struct {
	screen *screen
	lang   words.Language
}

// Meet waits until the page shows that the person is done, or they close it.
// A filled form is sent by the person: there is nowhere else to say yes.
func (w window) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	if !g.Window || !g.OnPage && g.Kind != gate.Review {
		return gate.Answer{Verb: gate.Nobody, By: inWindow}, nil
	}
	how := words.T("Do it in the Chrome window. It goes on by itself as soon as it sees that you are done.")
	if !g.OnPage {
		how = words.T("Send it yourself in the Chrome window, or close that window: then nothing is sent.")
	}
	w.screen.say(columnGap + how.In(w.lang))
	select {
	case <-l.Returned():
		a, _ := l.Answer()
		return a, nil
	case <-ctx.Done():
		return gate.Answer{}, ctx.Err()
	}
}

// fronted brings the window of a gate to the front before the person is met.
type fronted struct{ gate.Channel }

// Meet meets the person on the channel. A window that does not come to the
// front is still there to be found.
func (f fronted) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	if g.Window && g.Screen != nil {
		_ = g.Screen.Front(ctx)
	}
	return f.Channel.Meet(ctx, g, l)
}

// hasDisplay reports whether a window can be shown here. Only X11 and Wayland
// say so in the environment; elsewhere a person has logged in at a desktop.
func (p process) hasDisplay() bool {
	if runtime.GOOS != "linux" {
		return true
	}
	return p.env != nil && (p.env("DISPLAY") != "" || p.env("WAYLAND_DISPLAY") != "")
}
