package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Encode is the stored form of an event: JSON, without personal data as long as
// its makers masked what they put in.
func Encode(e Event) ([]byte, error) {
	b, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encoding event %d of %s: %w", e.Seq, e.Key, err)
	}
	return b, nil
}

// Decode reads an event's stored form. A kind, verdict or state that this
// program does not know is [ErrDamaged], since what it means for sending cannot
// be judged; an unknown field is not.
func Decode(b []byte) (Event, error) {
	var e Event
	if err := json.Unmarshal(b, &e); err != nil {
		return Event{}, fmt.Errorf("%w: decoding an event: %w", ErrDamaged, err)
	}
	if err := e.check(); err != nil {
		return Event{}, fmt.Errorf("%w: event %d of %q: %w", ErrDamaged, e.Seq, e.Key, err)
	}
	return e, nil
}

// check tells what of a decoded event makes no sense.
func (e Event) check() error {
	switch {
	case e.Seq < 1 || e.Key == "":
		return errors.New("without its number or its objection")
	case e.At.IsZero():
		return errors.New("without a time")
	case !slices.Contains(Kinds(), e.Kind):
		return fmt.Errorf("unknown kind %q", e.Kind)
	case e.Verdict != "" && !slices.Contains(Verdicts(), e.Verdict):
		return fmt.Errorf("unknown verdict %q", e.Verdict)
	case !slices.Contains(Names(), e.State.Is) || e.State.place() == "":
		return fmt.Errorf("unknown state %q", e.State.Is)
	default:
		return nil
	}
}
