package main

import (
	"testing"

	"opposer/internal/profile"
	"opposer/internal/run"
	"opposer/internal/words"
)

// TestThePlanSaysHowSureAWayIs where fewer than several sources tell of it.
func TestThePlanSaysHowSureAWayIs(t *testing.T) {
	for confidence, want := range map[string]string{
		"": "The form", "A": "The form", "B": "The form (une seule source en parle)",
		"C": "The form (aucune source ne le cite)", "D": "The form (aucune source ne le cite)",
	} {
		p := &profile.Profile{Routes: []profile.Route{{Title: "The form", Confidence: confidence}}}
		if got := (&app{lang: words.French}).planned(run.Item{Doing: run.Do, Profile: p}); got != want {
			t.Errorf("%q is planned as %q, want %q", confidence, got, want)
		}
	}
	if got := (&app{}).planned(run.Item{Doing: run.Do, Profile: &profile.Profile{}}); got != "" {
		t.Errorf("no way is planned as %q", got)
	}
}
