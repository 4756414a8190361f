package journaltest_test

import (
	"errors"
	"testing"

	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
)

func TestMemory(t *testing.T) {
	journaltest.Exercise(t, func(*testing.T) journal.Store { return journaltest.NewMemory() })
}

func TestMemoryFailsAsTold(t *testing.T) {
	m := journaltest.NewMemory()
	full := errors.New("disk full")
	m.FailAppend = func(e journal.Event) error {
		if e.Seq == 2 {
			return full
		}
		return nil
	}
	if err := m.Append(t.Context(), journaltest.Event("a", 1)); err != nil {
		t.Fatal(err)
	}
	if err := m.Append(t.Context(), journaltest.Event("a", 2)); !errors.Is(err, full) {
		t.Fatalf("got %v, want the fault", err)
	}
	m.Fail(nil)
	if err := m.Append(t.Context(), journaltest.Event("a", 2)); err != nil {
		t.Fatalf("after the fault: %v", err)
	}
}

func TestMemoryCrashLetsGo(t *testing.T) {
	m := journaltest.NewMemory()
	old, err := m.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	m.Crash()
	if _, err := m.Lock(t.Context(), "a"); err != nil {
		t.Fatalf("after the crash: %v", err)
	}
	if err := old(); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Lock(t.Context(), "a"); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("a dead process let go of another's lock: %v", err)
	}
}
