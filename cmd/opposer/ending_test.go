package main

import (
	"os"
	"path/filepath"
	"testing"

	"opposer/internal/config"
	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// TestNobodyIsToldToFileForTheExamplesPeople: a config of one's own is named
// again, the example is not.
func TestNobodyIsToldToFileForTheExamplesPeople(t *testing.T) {
	for name, c := range map[string]struct {
		config []byte
		want   string
	}{
		"the example": {config.Example(), "opposer run --supervise"},
		"one's own":   {append(config.Example(), "# mine\n"...), "opposer run --config c.yaml --state s --supervise"},
	} {
		path := filepath.Join(t.TempDir(), "c.yaml")
		if err := os.WriteFile(path, c.config, 0o600); err != nil {
			t.Fatal(err)
		}
		h := &house{
			app: atDesk("", words.English), config: &config.Config{Path: path},
			options: runOptions{rehearse: true, place: " --config c.yaml --state s"},
		}
		next := h.next([]run.Result{attempted("a", journal.Submitted)})
		if len(next) != 2 || next[0].line != c.want || next[1].line != "opposer run --config c.yaml --state s --rehearse --fresh" {
			t.Errorf("%s: %+v", name, next)
		}
	}
}
