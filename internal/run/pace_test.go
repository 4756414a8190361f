package run

import (
	"testing"
	"time"

	"opposer/internal/profile"
)

func origins(list ...string) *profile.Profile {
	return &profile.Profile{Service: "s", Origins: profile.Origins{Type: list}}
}

func TestPaceIsAPersons(t *testing.T) {
	real := origins("https://www.facebook.com")
	for _, c := range []struct {
		draw float64
		want time.Duration
	}{{0, 30 * time.Second}, {0.5, 60 * time.Second}, {0.75, 75 * time.Second}, {1, 90 * time.Second}} {
		p := Pace{Between: PersonsPace, Spread: 0.5, Draw: func() float64 { return c.draw }}
		if got := p.next(real); got != c.want {
			t.Errorf("drawn %v: %v, want %v", c.draw, got, c.want)
		}
	}
	if got := (Pace{Between: time.Minute, Spread: 0.5}).next(real); got != time.Minute {
		t.Errorf("without a draw: %v", got)
	}
	if got := (Pace{}).next(real); got != 0 {
		t.Errorf("no pace: %v", got)
	}
	if got := (Pace{Between: -time.Second}).next(real); got != 0 {
		t.Errorf("a negative pace: %v", got)
	}
}

func TestLoopbackNeedsNoPace(t *testing.T) {
	p := Pace{Between: time.Minute}
	for _, c := range []struct {
		origins []string
		loop    bool
	}{
		{[]string{"http://127.0.0.1:8080"}, true},
		{[]string{"http://127.9.9.9"}, true},
		{[]string{"http://[::1]:1"}, true},
		{[]string{"http://localhost:1", "http://forms.localhost"}, true},
		{[]string{"http://localhost", "https://www.facebook.com"}, false},
		{[]string{"https://localhost.example.org"}, false},
		{[]string{"https://notlocalhost"}, false},
		{[]string{"https://127.0.0.1.example.org"}, false},
		{[]string{"https://10.0.0.1"}, false},
		{[]string{"://"}, false},
		{nil, false},
	} {
		if got := p.next(origins(c.origins...)) == 0; got != c.loop {
			t.Errorf("%v: no pace is %v, want %v", c.origins, got, c.loop)
		}
	}
}
