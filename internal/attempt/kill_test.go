package attempt

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/chrome"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/journal/sqlite"
	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/profiles"
)

// This binary is also a process that is killed in the middle of an attempt.
const childEnv = "OPPOSER_TEST_ATTEMPT"

// victim is what the child is told: a rehearsal that another process plays.
type victim struct {
	Dir     string
	Hosts   []string
	Keys    []string
	StopsAt journal.Kind // it says so when that event is about to be appended, and goes no further
}

// pausing stops for ever before it appends an event of a kind.
type pausing struct {
	journal.Store
	before journal.Kind
}

func (p pausing) Append(ctx context.Context, e journal.Event) error {
	if e.Kind == p.before {
		fmt.Println("reached", e.Kind)
		select {}
	}
	return p.Store.Append(ctx, e)
}

// playVictim makes one attempt until it is killed.
func playVictim(ctx context.Context, told string) error {
	var v victim
	if err := json.Unmarshal([]byte(told), &v); err != nil {
		return err
	}
	set, err := profile.Load(profiles.FS)
	if err != nil {
		return err
	}
	email, err := personal.ParseEmail("marie.curie@example.org")
	if err != nil {
		return err
	}
	account := personal.Account{ID: "marie-fb", Service: "facebook", Email: email, Country: "FR", Language: "fr"}
	b, err := chrome.Start(ctx, chrome.Options{
		Bin: shellBin, NoSandbox: os.Geteuid() == 0, Hosts: v.Hosts, TrustedKeys: v.Keys,
		Languages: []string{"fr"}, Log: zerolog.Nop(),
	})
	if err != nil {
		return err
	}
	store, err := sqlite.Open(ctx, v.Dir)
	if err != nil {
		return err
	}
	secret, err := sqlite.Secret(v.Dir)
	if err != nil {
		return err
	}
	j := journal.New(pausing{store, v.StopsAt}, secret, time.Now)
	c, err := j.Claim(ctx, "victim", j.Objection(account))
	if err != nil {
		fmt.Println("refused", errors.Is(err, journal.ErrSettled))
		return b.Close(ctx)
	}
	a := Attempter{
		Browser: b, Journal: j, Channel: gate.None{}, Masker: personal.NewMasker(account),
		Evidence: v.Dir + "/evidence", Log: zerolog.Nop(), Now: time.Now, Patience: hasty(),
	}
	r, err := a.Try(ctx, c, Job{Account: account, Profile: set.Profiles["facebook"], Set: set, Run: "victim", Played: true})
	if err != nil {
		return err
	}
	fmt.Println("ended", r.State.Is)
	return errors.Join(c.Release(), store.Close(), b.Close(ctx))
}

// child starts a victim and gives the lines it says.
func (s *stage) child(stopsAt journal.Kind) (*exec.Cmd, *bufio.Reader) {
	s.t.Helper()
	told, err := json.Marshal(victim{Dir: s.dir, Hosts: s.site.Hosts(), Keys: s.site.TrustedKeys(), StopsAt: stopsAt})
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(told))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd, bufio.NewReader(out)
}

func (s *stage) says(r *bufio.Reader, want string) {
	s.t.Helper()
	line, err := r.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		s.t.Fatal(err)
	}
	if got := strings.TrimSpace(line); got != want {
		s.t.Fatalf("the process says %q, not %q", got, want)
	}
}

// TestKilledWhileTheSendIsHeldNothingArrives is the promise "never twice" and
// its other half: what was not sent is sent by the next run.
func TestKilledWhileTheSendIsHeldNothingArrives(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"ordinary", "keepalive", "form-post", "xhr"} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, scenario)
			cmd, out := s.child(journal.HasLeft)
			s.says(out, "reached left")
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if got := s.site.Received(); len(got) > 0 {
				t.Fatalf("arrived though it was held: %v", got)
			}
			_, out = s.child("")
			s.says(out, "ended submitted")
			if got := s.site.Received(); len(got) != 1 {
				t.Errorf("%d arrived after the next run: %v", len(got), got)
			}
		})
	}
}

func TestKilledAfterItWasLetGoTheNextRunSendsNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t, "slow")
	cmd, _ := s.child("")
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := s.site.Await(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	s.site.Release()
	_, out := s.child("")
	s.says(out, "refused true")
	if got := s.site.Received(); len(got) != 1 {
		t.Errorf("%d arrived: %v", len(got), got)
	}
}
