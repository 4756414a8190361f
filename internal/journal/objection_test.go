package journal_test

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/journal/journaltest"
	"opposer/internal/personal"
)

// TestKeyNamesTheObjection, whatever the account is called and however its
// values are written; another value, service or secret is another.
func TestKeyNamesTheObjection(t *testing.T) {
	j := journal.New(journaltest.NewMemory(), secret(), clock())
	marie := account(t, "marie-fb", "marie@example.org")
	key := j.Objection(marie).Key

	renamed := marie
	renamed.ID, renamed.Language, renamed.Country = "mum", "de", "DE"
	upper := account(t, "marie-fb", "MARIE@Example.ORG")
	for name, a := range map[string]personal.Account{"renamed": renamed, "written in capitals": upper} {
		if got := j.Objection(a).Key; got != key {
			t.Errorf("%s: another objection", name)
		}
	}

	insta, paul, silent, mute := marie, account(t, "marie-fb", "paul@example.org"), marie, marie
	insta.Service = "instagram"
	silent.Phone = personal.Phone{}
	mute.Email = personal.Email{}
	keys := []journal.Key{key, journal.New(journaltest.NewMemory(), slices.Repeat([]byte{8}, 32), clock()).Objection(marie).Key}
	for _, a := range []personal.Account{insta, paul, silent, mute} {
		keys = append(keys, j.Objection(a).Key)
	}
	slices.Sort(keys)
	if len(slices.Compact(keys)) != 6 {
		t.Errorf("different objections share a key: %v", keys)
	}
}

// TestKeysTellNothingOfEachOther: who reads a journal cannot see that objections
// to two services are one person's, and no value runs into the next.
func TestKeysTellNothingOfEachOther(t *testing.T) {
	j := journal.New(journaltest.NewMemory(), secret(), clock())
	hashes := map[string]string{}
	for _, a := range []struct{ service, email string }{
		{"facebook", "marie@example.org"}, {"instagram", "marie@example.org"}, {"faceboo", "kmarie@example.org"},
	} {
		m := account(t, "marie", a.email)
		m.Service = a.service
		hash := strings.TrimPrefix(string(j.Objection(m).Key), a.service+"-")
		if same := hashes[hash]; same != "" {
			t.Errorf("%s and %s have one hash", a.service, same)
		}
		hashes[hash] = a.service
	}
}

// TestABodysHashIsNoKey: a body that spells what an objection is named by does
// not hash to its key.
func TestABodysHashIsNoKey(t *testing.T) {
	f := begin(t)
	a := account(t, "marie-fb", "marie@example.org")
	var body []byte
	for _, part := range []string{a.Service, a.Email.Reveal(personal.ForKeying), a.Phone.Reveal(personal.ForKeying)} {
		body = append(binary.BigEndian.AppendUint64(body, uint64(len(part))), part...)
	}
	c := f.claim()
	f.ready(c)
	if _, err := f.MarkLeft(t.Context(), f.permit(c, "submit", true), journal.Request{Method: "POST", Body: body}); err != nil {
		t.Fatal(err)
	}
	if hash := strings.TrimPrefix(string(f.marie.Key), "facebook-"); strings.HasPrefix(f.last().Request.Body, hash) {
		t.Error("the body's hash is the objection's key")
	}
}

func TestObjectionIsMasked(t *testing.T) {
	o := begin(t).marie
	want := journal.Objection{Key: o.Key, Service: "facebook", Account: "marie-fb", Email: "m•••@e•••.org", Phone: "+33 ••• ••78"}
	if o != want || !strings.HasPrefix(string(o.Key), "facebook-") {
		t.Errorf("got %+v", o)
	}
}

// TestNothingPersonalIsKept searches everything the store holds after a whole
// attempt.
func TestNothingPersonalIsKept(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.ready(c)
	f.leave(f.permit(c, "submit", true))
	f.append(c, journal.Event{Kind: journal.Answered, Verdict: journal.Taken})
	kept, err := json.Marshal(f.history())
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"marie@", "marie%40", "example.org", "612345678", "12 34 56"} {
		if strings.Contains(string(kept), value) {
			t.Errorf("%q is kept", value)
		}
	}
}

// TestStandings tells the event that brought the state, not what was noted
// afterwards, and counts attempts.
func TestStandings(t *testing.T) {
	f := begin(t)
	if all, err := f.Standings(t.Context()); err != nil || len(all) != 0 {
		t.Fatalf("an empty journal: %v, %v", all, err)
	}
	c := f.claim()
	f.append(c, journal.Event{Kind: journal.Broke, Detail: "browser-gone", Reference: "old", Evidence: "old"})
	f.release(c)

	paul := f.Objection(account(t, "paul-fb", "paul@example.org"))
	waits, err := f.Claim(t.Context(), "run-2", paul)
	if err != nil {
		t.Fatal(err)
	}
	f.append(waits, journal.Event{Kind: journal.GateOpened, Gate: gate.Login})

	f.marie.Account = "renamed"
	c = f.claim()
	f.ready(c)
	f.leave(f.permit(c, "submit", true))
	f.append(c,
		journal.Event{Kind: journal.Answered, Verdict: journal.Taken, Reference: "12", Sentence: "Merci"},
		journal.Event{Kind: journal.Noted, Evidence: "evidence/1"})

	all, err := f.Standings(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %v", all, err)
	}
	m, p := all[0], all[1]
	if m.Objection != f.marie || m.State.Is != journal.Submitted || m.Attempts != 2 || m.Last.Sentence != "Merci" || m.Reference != "12" || m.Evidence != "evidence/1" {
		t.Errorf("marie stands at %+v", m)
	}
	if want := time.Date(2026, 11, 23, 14, 0, 10, 0, time.UTC); !m.Since.Equal(want) || !m.Last.At.Equal(want) {
		t.Errorf("since %s, want %s", m.Since, want)
	}
	if p.Objection != paul || p.State.Is != journal.Waiting || p.Attempts != 1 || p.Last.Gate != gate.Login || p.Reference != "" {
		t.Errorf("paul stands at %+v", p)
	}
}

// TestStandingsForgetAnEarlierAttemptsProof: a reference and an evidence folder
// are the latest attempt's or none.
func TestStandingsForgetAnEarlierAttemptsProof(t *testing.T) {
	f := begin(t)
	c := f.claim()
	f.append(c, journal.Event{Kind: journal.Broke, Reference: "12", Evidence: "evidence/1"})
	f.release(c)
	f.claim()
	all, err := f.Standings(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	if s := all[0]; s.Attempts != 2 || s.Reference != "" || s.Evidence != "" {
		t.Errorf("the second attempt stands with the first one's proof: %+v", s)
	}
}
