//go:build !race

package chrome

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"opposer/internal/gate"
)

const asking = `<!doctype html><title>Asking</title><body style="margin: 0; background: #f00"><style>button { display: block; width: 200px; height: 50px }</style>
	<button onclick="alert('hello'); document.title = 'alerted'">Alert</button>
	<button onclick="document.title = 'confirmed ' + confirm('sure?')">Confirm</button>
	<button onclick="document.title = 'told ' + prompt('who?', 'nobody')">Prompt</button>
	<button onclick="onbeforeunload = (e) => e.preventDefault(); location = '/next'">Leave</button>`

func askingSite(t testing.TB) *site {
	return newSite(t, map[string]string{"/": asking, "/next": `<title>Next</title>`})
}

// dialog waits until a dialog is shown.
func (a *audience) dialog() gate.Dialog {
	a.t.Helper()
	return *a.until("a dialog", func(v gate.View) bool { return v.Dialog != nil }).Dialog
}

// noDialog waits until none is.
func (a *audience) noDialog() {
	a.t.Helper()
	a.until("the page without a dialog", func(v gate.View) bool { return v.Dialog == nil })
}

func TestThePersonAnswersDialogs(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, full), askingSite(t), "/")
	settled(t, tab)
	a := audienceOf(t, tab)
	a.noDialog() // is watched now: a dialog that nobody watches is answered
	_, d := lent(t, tab)
	h := hand{t, tab, d}
	answer := func(accept bool, text string) gate.Input {
		return gate.Input{Kind: gate.Reply, Accept: accept, Text: text}
	}
	for _, c := range []struct {
		y      float64
		shown  gate.Dialog
		answer gate.Input
		title  string
	}{
		{25, gate.Dialog{Kind: "alert", Message: "hello"}, answer(true, ""), "alerted"},
		{75, gate.Dialog{Kind: "confirm", Message: "sure?"}, answer(true, ""), "confirmed true"},
		{75, gate.Dialog{Kind: "confirm", Message: "sure?"}, answer(false, ""), "confirmed false"},
		{125, gate.Dialog{Kind: "prompt", Message: "who?", Default: "nobody"}, answer(true, "me"), "told me"},
		{125, gate.Dialog{Kind: "prompt", Message: "who?", Default: "nobody"}, answer(false, "me"), "told null"},
		{175, gate.Dialog{Kind: "beforeunload"}, answer(false, ""), "told null"},
		{175, gate.Dialog{Kind: "beforeunload"}, answer(true, ""), "Next"},
	} {
		h.click(50, c.y)
		if got := a.dialog(); got != c.shown {
			t.Errorf("shown is %+v, want %+v", got, c.shown)
		}
		h.do(gate.Input{Kind: gate.KeyDown, Key: "x"}) // goes nowhere, as in a window
		h.do(c.answer)
		a.noDialog()
		awaitTitle(t, tab, c.title)
		h.do(c.answer) // answered already
	}
}

func TestAnOpenDialogIsShownToWhoComesLate(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), askingSite(t), "/")
	first := audienceOf(t, tab)
	first.colour(red)
	_, d := lent(t, tab)
	h := hand{t, tab, d}
	h.click(50, 75)
	first.dialog()
	audienceOf(t, tab).dialog()
	h.do(gate.Input{Kind: gate.Reply, Accept: true})
	awaitTitle(t, tab, "confirmed true")
}

// A page does not answer while its dialog is open.
func TestReadingWaitsForADialogsAnswer(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), askingSite(t), "/")
	a := audienceOf(t, tab)
	a.colour(red)
	_, d := lent(t, tab)
	h := hand{t, tab, d}
	h.click(50, 75)
	a.dialog()
	if _, err := tab.Read(briefly(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("reading until the deadline: %v", err)
	}
	read := make(chan string, 1)
	go func() {
		p, err := tab.Read(within(t))
		if err != nil {
			t.Error(err)
			read <- ""
			return
		}
		read <- p.Main().Title
	}()
	h.do(gate.Input{Kind: gate.Reply, Accept: true})
	if got := <-read; got != "confirmed true" {
		t.Errorf("read is a page called %q", got)
	}
}

// Whoever could answer is gone: the page must not stand still for ever.
func TestADialogThatNobodyAnswersIsAnswered(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*testing.T, *Tab, *gate.Lease, *audience){
		"returned": func(t *testing.T, _ *Tab, l *gate.Lease, _ *audience) {
			if err := l.Return(gate.Answer{Verb: gate.Done}); err != nil {
				t.Error(err)
			}
		},
		"taken back": func(_ *testing.T, tab *Tab, _ *gate.Lease, _ *audience) { tab.Lend(nil) },
		"unwatched":  func(_ *testing.T, _ *Tab, _ *gate.Lease, a *audience) { a.leave() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := visit(t, shared(t, shell), askingSite(t), "/")
			a := audienceOf(t, tab)
			a.colour(red)
			lease, d := lent(t, tab)
			hand{t, tab, d}.click(50, 75)
			a.dialog()
			end(t, tab, lease, a)
			awaitTitle(t, tab, "confirmed false")
		})
	}
}

// Without a window a dialog is seen in the live view alone; and who has not the
// page answers nothing.
func TestADialogThatNobodySeesIsAnswered(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), askingSite(t), "/")
	lease, d := lent(t, tab)
	hand{t, tab, d}.click(50, 75)
	awaitTitle(t, tab, "confirmed false")
	if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
		t.Fatal(err)
	}
	a := audienceOf(t, tab)
	a.colour(red)
	asPage(t, tab, `void (document.title = "told " + prompt("who?"))`)
	awaitTitle(t, tab, "told null")
	if n := len(tab.Dialogs()); n != 2 {
		t.Errorf("%d dialogs are noted", n)
	}
}

func TestATabIsClosedWithItsDialogOpen(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), askingSite(t), "/")
	a := audienceOf(t, tab)
	a.colour(red)
	_, d := lent(t, tab)
	hand{t, tab, d}.click(50, 75)
	a.dialog()
	waiting := make(chan error, 1)
	go func() { _, err := tab.Read(within(t)); waiting <- err }()
	if err := tab.Close(within(t)); err != nil {
		t.Fatal(err)
	}
	if err := <-waiting; !errors.Is(err, ErrGone) {
		t.Errorf("reading: %v", err)
	}
}

// screenFor starts a screen for a test's windows and gives its name, for
// $DISPLAY.
func screenFor(t testing.TB) string {
	t.Helper()
	bin, err := exec.LookPath("Xvfb")
	if err != nil {
		t.Skip("Xvfb is needed for a window: apt-get install xvfb")
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), bin, "-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = read.Close()
	})
	name := make([]byte, 16)
	n, err := read.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	return ":" + strings.TrimSpace(string(name[:n]))
}

// In a window a dialog is the person's as it is: nothing of ours answers it
// while they have the page, and nobody watches.
func TestDialogsInAWindowAreLeftToThePerson(t *testing.T) {
	t.Setenv("DISPLAY", screenFor(t))
	closed := make(chan struct{}, 10)
	o := spied(func(method string, _ json.RawMessage) {
		if method == "Page.javascriptDialogClosed" {
			closed <- struct{}{}
		}
	})
	o.Bin, o.Headed = fullBin, true
	tab := visit(t, startedFor(t, o), askingSite(t), "/")
	settled(t, tab)
	lease, d := lent(t, tab)
	h := hand{t, tab, d}
	h.click(50, 75)
	awaitChange(t, tab, func() bool { open, _ := tab.asking(); return open })
	if len(closed) > 0 {
		t.Fatal("it was answered")
	}
	// As the person's press on the dialog's own button does.
	if err := (proto.PageHandleJavaScriptDialog{Accept: true}).Call(tab.session.with(within(t))); err != nil {
		t.Fatal(err)
	}
	awaitTitle(t, tab, "confirmed true")
	h.click(50, 75)
	awaitChange(t, tab, func() bool { open, _ := tab.asking(); return open })
	if err := lease.Return(gate.Answer{Verb: gate.Done}); err != nil {
		t.Fatal(err)
	}
	awaitTitle(t, tab, "confirmed false")
}
