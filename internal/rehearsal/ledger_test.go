package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
)

func TestAwaitWaitsForArrivals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Site{ledger: newLedger()}
		got := make(chan int)
		go func() {
			all, err := s.Await(t.Context(), 2)
			if err != nil {
				t.Error(err)
			}
			got <- len(all)
		}()
		s.ledger.receive(Received{})
		synctest.Wait()
		select {
		case n := <-got:
			t.Errorf("returned with %d of 2", n)
		default:
		}
		s.ledger.receive(Received{})
		if n := <-got; n != 2 {
			t.Errorf("returned with %d, want 2", n)
		}
	})
}

func TestAwaitSaysWhyItStops(t *testing.T) {
	s := &Site{ledger: newLedger()}
	s.ledger.receive(Received{})
	why := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	if got, err := s.Await(ctx, 2); !errors.Is(err, why) || len(got) != 1 {
		t.Errorf("%d arrivals, %v, want what there is and why", len(got), err)
	}
}

func TestArrivedTellsEachAndEnds(t *testing.T) {
	s := &Site{ledger: newLedger()}
	for n := range 3 {
		s.ledger.receive(Received{Request: fmt.Sprint(n)})
	}
	s.ledger.close()
	s.ledger.close()
	s.ledger.receive(Received{Request: "late"})
	var told []string
	for r := range s.Arrived() {
		told = append(told, r.Request)
	}
	if strings.Join(told, "") != "012" || len(s.Received()) != 4 {
		t.Errorf("told %q, received %d", told, len(s.Received()))
	}
}

// TestArrivalsNeverBlock: a reader that never comes does not stop the site.
func TestArrivalsNeverBlock(t *testing.T) {
	s := &Site{ledger: newLedger()}
	for range arrivals + 10 {
		s.ledger.receive(Received{})
	}
	if got := len(s.Received()); got != arrivals+10 {
		t.Errorf("received %d", got)
	}
}

// TestWhatIsGivenIsACopy: a caller who changes a list changes nothing here.
func TestWhatIsGivenIsACopy(t *testing.T) {
	s := &Site{ledger: newLedger()}
	s.ledger.receive(Received{Form: "1"})
	s.ledger.decoy(Received{Form: "2"})
	s.ledger.visit("host/path")
	s.Received()[0].Form, s.Decoys()[0].Form, s.Visits()[0] = "x", "x", "x"
	if s.Received()[0].Form != "1" || s.Decoys()[0].Form != "2" || s.Visits()[0] != "host/path" {
		t.Error("the site's own lists were changed")
	}
}

func TestReceivedPrintsWithoutPersonalData(t *testing.T) {
	r := Received{
		Service: "facebook", Form: formLong, Send: "submit", Email: "a@example.org", Phone: "+33612345678",
		Reason: "secret reason", Country: "FR", Token: "NAxyz", Host: mainHost, Path: submitPath,
	}
	for _, format := range []string{"%v", "%s", "%+v"} {
		line := fmt.Sprintf(format, r)
		for _, secret := range []string{r.Email, r.Phone, r.Reason, r.Token} {
			if strings.Contains(line, secret) {
				t.Errorf("%s shows %q: %s", format, secret, line)
			}
		}
		if !strings.Contains(line, formLong) {
			t.Errorf("%s does not name the form: %s", format, line)
		}
	}
}
