package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"opposer/internal/config"
	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/supervise"
	"opposer/internal/words"
)

// told is a house without a terminal, and what it says on its screen.
func told(env ...string) (*house, *bytes.Buffer) {
	out := &bytes.Buffer{}
	a := &app{process: process{env: environ(env...), stderr: out, now: time.Now, width: func() int { return 0 }}, lang: words.English}
	h := &house{app: a, config: &config.Config{}, log: zerolog.Nop()}
	h.screen = &screen{out: out, width: a.width}
	return h, out
}

// paged gives a house its page.
func paged(t *testing.T, h *house) {
	t.Helper()
	h.options.supervise = anyAddress
	if err := h.openPage(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
}

// TestARowStandsAsThePlanSays before anything is done about the account.
func TestARowStandsAsThePlanSays(t *testing.T) {
	h, _ := told()
	does, covered, sent := of("does"), of("covered"), of("sent")
	does.Reason = words.Verbatim("no reason to be shown")
	covered.Doing, covered.Reason = run.Covered, words.Verbatim("beside does")
	sent.Doing, sent.Reason = run.Skip, words.Verbatim("in March")
	sent.Standing.State.Is = journal.Submitted
	b := h.newBoard(run.Plan{Items: []run.Item{does, covered, sent}})
	if got := strings.Join(b.ids, " "); got != "does covered sent" {
		t.Errorf("in the order %s", got)
	}
	for id, want := range map[string]supervise.Account{
		"does":    {State: journal.Pending, Says: words.T("waiting for its turn")},
		"covered": {State: journal.Pending, Says: words.T("covered"), Goes: words.Verbatim("beside does")},
		"sent":    {State: journal.Submitted, Says: words.T("submitted"), Goes: words.Verbatim("in March")},
	} {
		got := b.rows[id]
		if got.State != want.State || got.Says.String() != want.Says.String() || got.Goes.String() != want.Goes.String() {
			t.Errorf("%s: %s, %s, %s", id, got.State, got.Says, got.Goes)
		}
		if got.Service != "Facebook" || got.Email != "" || got.Phone != "" {
			t.Errorf("%s: of %q, with the values %q and %q that it does not have", id, got.Service, got.Email, got.Phone)
		}
	}
}

// TestTheLinkIsToldWhereThereIsSomethingToSee, and the way to it where the
// person may sit at another computer.
func TestTheLinkIsToldWhereThereIsSomethingToSee(t *testing.T) {
	do, settled := of("does"), of("sent")
	settled.Doing = run.Skip
	for _, c := range []struct {
		name         string
		env          []string
		item         run.Item
		link, tunnel bool
	}{
		{"no display", nil, do, true, true},
		{"a desktop", []string{"DISPLAY", ":0"}, do, true, false},
		{"a desktop far away", []string{"DISPLAY", "localhost:10", "SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22"}, do, true, true},
		{"nothing to do", nil, settled, false, false},
	} {
		h, out := told(c.env...)
		paged(t, h)
		h.tellPage(t.Context(), run.Plan{Items: []run.Item{c.item}})
		link := strings.Contains(out.String(), h.page.URL())
		tunnel := strings.Contains(out.String(), "ssh -N -L "+h.page.Port()+":127.0.0.1:"+h.page.Port()+" ")
		if link != c.link || tunnel != c.tunnel {
			t.Errorf("%s: %s", c.name, out)
		}
	}
}

// TestALinkThatNoBrowserOpensIsTold: the file that leads there cannot be written.
func TestALinkThatNoBrowserOpensIsTold(t *testing.T) {
	bin := t.TempDir()
	for _, name := range []string{"xdg-open", "open", "explorer"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
	h, out := told("DISPLAY", ":0")
	h.app.tty.err, h.dir = true, filepath.Join(bin, "no such folder")
	paged(t, h)
	h.tellPage(t.Context(), run.Plan{Items: []run.Item{{Doing: run.Do}}})
	if !strings.Contains(out.String(), h.page.URL()) {
		t.Errorf("the link is not told: %s", out)
	}
}

// TestATakenAddressIsTold as the person's mistake, before anything is planned.
func TestATakenAddressIsTold(t *testing.T) {
	first, _ := told()
	paged(t, first)
	second, _ := told()
	second.options.supervise = "127.0.0.1:" + first.page.Port()
	err := second.openPage(t.Context())
	if e := explain(err); e.code != run.Usage || !strings.Contains(e.sentence.String(), "Another program has the address") {
		t.Errorf("%v: %d %s", err, e.code, e.sentence)
	}
}

// answering meets nobody: it has the answer.
type answering struct{ answer gate.Answer }

func (a answering) Meet(context.Context, gate.Gate, *gate.Lease) (gate.Answer, error) {
	return a.answer, nil
}

// TestAfterAGateItIsToldThatItGoesOn, and only where it does.
func TestAfterAGateItIsToldThatItGoesOn(t *testing.T) {
	for verb, want := range map[gate.Verb]string{
		gate.Done: "  a  goes on\n", gate.Approve: "  a  goes on\n", gate.Give: "  a  goes on\n", gate.Pick: "  a  goes on\n",
		gate.GiveUp: "", gate.RanOut: "", gate.Gone: "", gate.Show: "", gate.Nobody: "",
	} {
		h, out := told()
		h.board = h.newBoard(run.Plan{Items: []run.Item{of("a")}})
		g := gate.Gate{Account: "a", Need: words.Verbatim("log in")}
		a, err := boarded{answering{gate.Answer{Verb: verb}}, h}.Meet(t.Context(), g, gate.Offer())
		if err != nil || a.Verb != verb || out.String() != want {
			t.Errorf("%s: %+v %v, said %q", verb, a, err, out)
		}
		row := h.board.rows["a"]
		state, goes := journal.NeedsHuman, "log in"
		if want != "" {
			state, goes = journal.Opening, "goes on"
		}
		if row.State != state || row.Goes.String() != goes {
			t.Errorf("%s: the row is %s, %s", verb, row.State, row.Goes)
		}
	}
}

// doneBy is a person who is done as soon as they are met.
type doneBy string

func (d doneBy) Meet(_ context.Context, _ gate.Gate, l *gate.Lease) (gate.Answer, error) {
	a := gate.Answer{Verb: gate.Done, By: string(d)}
	return a, l.Return(a)
}

// TestThePageIsOpenedAtTheFirstNeed: once, and not for what a terminal or a
// window can answer.
func TestThePageIsOpenedAtTheFirstNeed(t *testing.T) {
	h, out := told()
	t.Cleanup(func() { _ = h.close() })
	opened := 0
	p := &pageAtNeed{Channel: doneBy(inTerminal), serve: func(ctx context.Context) (*supervise.Page, error) {
		opened++
		return h.pageNow(ctx)
	}}
	for _, c := range []struct {
		name string
		gate gate.Gate
		want int
	}{
		{"a code", asked(gate.Code), 0},
		{"a login in a window", windowed(asked(gate.Login)), 0},
		{"a login that nothing shows", asked(gate.Login), 1},
		{"the next one", asked(gate.Captcha), 1},
	} {
		a, err := p.Meet(t.Context(), c.gate, gate.Offer())
		if err != nil || a.Verb != gate.Done || opened != c.want {
			t.Errorf("%s: %+v %v, opened %d times", c.name, a, err, opened)
		}
		if links := strings.Count(out.String(), "token="); links != c.want {
			t.Errorf("%s: the link is told %d times: %s", c.name, links, out)
		}
	}
}

// TestAPageThatCannotBeOpenedIsTold, and tried again at the next gate.
func TestAPageThatCannotBeOpenedIsTold(t *testing.T) {
	full := errors.New("no more files")
	p := &pageAtNeed{Channel: doneBy(inTerminal), serve: func(context.Context) (*supervise.Page, error) { return nil, full }}
	for range 2 {
		l := gate.Offer()
		a, err := p.Meet(t.Context(), asked(gate.Login), l)
		if !errors.Is(err, full) || a.Verb != gate.Nobody || !l.Out() {
			t.Errorf("%+v %v", a, err)
		}
	}
}
