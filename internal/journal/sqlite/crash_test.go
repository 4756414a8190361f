package sqlite

import (
	"errors"
	"fmt"
	"testing"

	"opposer/internal/journal"
)

// TestKilledAfterAppend: what Append has kept is there after kill -9, whole,
// without gaps, and at most one event more, whose Append had no time to return.
func TestKilledAfterAppend(t *testing.T) {
	for _, after := range []int{1, 2, 17} {
		dir := t.TempDir()
		c := start(t, "append", dir)
		said := ""
		for range after {
			said = c.hear()
		}
		if more := c.kill(); more != "" {
			said = more
		}
		var kept int64
		if _, err := fmt.Sscanf(said, "kept %d", &kept); err != nil {
			t.Fatalf("%q: %v", said, err)
		}
		s := opened(t, dir)
		n := count(t, s)
		if n != kept && n != kept+1 {
			t.Errorf("%d events are there, the last that was kept is %d", n, kept)
		}
		put(t, s, n+1, n+1)
	}
}

// TestManyKilledInTheMiddle: writers that compete for one objection are killed
// one after the other; the journal opens each time and has no gap.
func TestManyKilledInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	before := int64(0)
	for round := range 12 {
		var writers []*child
		for range 3 {
			writers = append(writers, start(t, "compete", dir))
		}
		writers[round%3].hear() // someone is at it, the others wherever they are
		for _, c := range writers {
			c.kill()
		}
		s := opened(t, dir)
		n := count(t, s)
		if n <= before {
			t.Errorf("round %d: %d events are there, %d were before", round, n, before)
		}
		before = n
		closed(t, s)
	}
}

// TestOpenedAtOnce: processes that make a state folder at the same moment get
// one schema and one key.
func TestOpenedAtOnce(t *testing.T) {
	dir := t.TempDir()
	var all []*child
	for range 6 {
		c := start(t, "open", dir)
		c.hear()
		all = append(all, c)
	}
	for _, c := range all {
		if err := c.stdin.Close(); err != nil {
			t.Fatal(err)
		}
	}
	first := ""
	for _, c := range all {
		said := c.hear()
		if first == "" {
			first = said
		}
		if said != first {
			t.Errorf("one %s, another %s", first, said)
		}
		if err := c.cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// TestTwoProcessesClaim one objection: one gets it, the other hears ErrHeld;
// when the one is killed, it is free.
func TestTwoProcessesClaim(t *testing.T) {
	dir := t.TempDir()
	holder := start(t, "claim", dir)
	if said := holder.hear(); said != "claimed a" {
		t.Fatalf("the first: %s", said)
	}
	second := start(t, "claim", dir)
	if said := second.hear(); said != "held by another" {
		t.Errorf("the second: %s", said)
	}
	second.end()

	s := opened(t, dir)
	j, o, err := testJournal(dir, s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Claim(t.Context(), "parent", o); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("the parent: %v, want ErrHeld", err)
	}
	holder.kill()
	c, err := j.Claim(t.Context(), "parent", o)
	if err != nil {
		t.Fatalf("after the holder's death: %v", err)
	}
	if err := c.Release(); err != nil {
		t.Error(err)
	}
}

// TestKilledWhileSending: the next claim knows that the armed send never left.
func TestKilledWhileSending(t *testing.T) {
	dir := t.TempDir()
	sender := start(t, "sending", dir)
	if said := sender.hear(); said != "permitted" {
		t.Fatal(said)
	}
	sender.kill()
	s := opened(t, dir)
	j, o, err := testJournal(dir, s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := j.Claim(t.Context(), "parent", o)
	if err != nil {
		t.Fatal(err)
	}
	events, err := j.History(t.Context(), c.Key())
	if err != nil {
		t.Fatal(err)
	}
	var kinds []journal.Kind
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	want := fmt.Sprint([]journal.Kind{journal.Claimed, journal.FormFound, journal.Filled, journal.SendingBegan, journal.Interrupted, journal.Claimed})
	if got := fmt.Sprint(kinds); got != want {
		t.Errorf("the history is %s, want %s", got, want)
	}
	if e := events[4]; e.State.Is != journal.Failed || e.Run != "parent" {
		t.Errorf("the interruption led to %s, told by %s", e.State.Is, e.Run)
	}
}
