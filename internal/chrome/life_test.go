package chrome

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"
	"github.com/rs/zerolog"
)

func TestACrashIsHeardAtOnceAndThePageCanBeOpenedAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "here"})
	tab := visit(t, shared(t, shell), s, "/")
	crash := make(chan error, 1)
	session := tab.session
	go func() { crash <- proto.PageCrash{}.Call(session.with(context.Background())) }()
	tab.beginRead()
	for {
		err := tab.Changed(within(t))
		if errors.Is(err, ErrCrashed) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		tab.beginRead()
	}
	if err := <-crash; !errors.Is(err, ErrCrashed) {
		t.Errorf("a call to the crashed page: %v", err)
	}
	if err := tab.mayAct(); !errors.Is(err, ErrCrashed) {
		t.Errorf("acting on it: %v", err)
	}
	if x, err := tab.Navigate(within(t), s.URL+"/"); err != nil || x.Status != 200 {
		t.Fatalf("opening it again: %+v, %v", x, err)
	}
	awaitChange(t, tab, func() bool { return tab.loaded(tab.frames()[0].id) })
	if got := evaluate(t, tab, `document.body.textContent`).Str(); got != "here" {
		t.Errorf("the page reads %q", got)
	}
}

func TestDialogsAreAnsweredAndNoted(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"/": `<script>alert("hello ` + planted + `"); document.title = confirm("sure?") + " " + prompt("who?");
			onbeforeunload = e => e.preventDefault()</script><body onclick="1">text`,
		"/next": "next",
	})
	tab := visit(t, shared(t, shell), s, "/")
	if got := evaluate(t, tab, `document.title`).Str(); got != "false null" {
		t.Errorf("the page was told %q", got)
	}
	asPage(t, tab, `void document.body.click()`)
	if _, err := tab.Navigate(within(t), s.URL+"/next"); err != nil {
		t.Errorf("leaving a page that asks: %v", err)
	}
	var kinds []string
	for _, d := range tab.Dialogs() {
		kinds = append(kinds, d.Kind)
		if strings.Contains(d.Message, planted) {
			t.Error("a dialog's message is not masked")
		}
	}
	if got := strings.Join(kinds, " "); got != "alert confirm prompt beforeunload" {
		t.Errorf("dialogs are %s", got)
	}
}

func TestAKilledBrowserIsHeardAtOnceEverywhere(t *testing.T) {
	t.Parallel()
	b, err := Start(t.Context(), testOptions(shellBin))
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, map[string]string{"/": "<button disabled>Not yet</button>"})
	tab := visit(t, b, s, "/")
	node := named(t, settled(t, tab), "button", "Not yet")
	waiting, acting := make(chan error, 1), make(chan error, 1)
	go func() { waiting <- tab.awaitGone(within(t)) }()
	go func() { acting <- tab.Click(within(t), node) }()
	killGroup(b.process.cmd.Process)
	if err := <-waiting; !errors.Is(err, ErrGone) {
		t.Errorf("waiting for a change: %v", err)
	}
	if err := <-acting; !errors.Is(err, ErrGone) {
		t.Errorf("waiting for a button: %v", err)
	}
	<-tab.Gone()
	<-b.Gone()
	if _, err := tab.Navigate(within(t), s.URL+"/"); !errors.Is(err, ErrGone) {
		t.Errorf("navigating: %v", err)
	}
	if _, err := b.NewContext(within(t), ContextOptions{}); !errors.Is(err, ErrGone) {
		t.Errorf("a new context: %v", err)
	}
	if err := b.Close(within(t)); err != nil {
		t.Errorf("closing what is gone: %v", err)
	}
	if _, err := os.Stat(b.data.path); !os.IsNotExist(err) {
		t.Errorf("the data folder is still there: %v", err)
	}
}

// awaitGone reads and waits until the tab ends.
func (t *Tab) awaitGone(ctx context.Context) error {
	for {
		t.beginRead()
		if err := t.Changed(ctx); err != nil {
			return err
		}
	}
}

func TestATabThatWasClosedIsGone(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "here"})
	tab := visit(t, shared(t, shell), s, "/")
	waiting := make(chan error, 1)
	go func() { waiting <- tab.awaitGone(within(t)) }()
	if err := tab.Close(within(t)); err != nil {
		t.Fatal(err)
	}
	if err := <-waiting; !errors.Is(err, ErrGone) {
		t.Errorf("waiting: %v", err)
	}
	if err := tab.Close(within(t)); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

func TestNoChangeBetweenReadingAndWaitingIsLost(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "here"})
	tab := visit(t, shared(t, shell), s, "/")
	for range 50 {
		tab.beginRead()
		asPage(t, tab, `history.replaceState(null, "", "?" + Math.random())`)
		if err := tab.Changed(within(t)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	var err error
	for err == nil { // a load may be told of late
		tab.beginRead()
		err = tab.Changed(ctx)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("nothing changed, but %v", err)
	}
}

func TestNoPortIsOpened(t *testing.T) {
	t.Parallel()
	b := shared(t, full)
	open := listening(t)
	for _, pid := range family(b.process.cmd.Process.Pid) {
		for _, socket := range sockets(pid) {
			if open[socket] {
				t.Errorf("process %d of the browser listens", pid)
			}
		}
	}
}

// listening are the inodes of the TCP sockets that listen, of any process.
func listening(t testing.TB) map[string]bool {
	t.Helper()
	open := map[string]bool{}
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			continue // no IPv6
		}
		for _, line := range strings.Split(string(text), "\n")[1:] {
			if f := strings.Fields(line); len(f) > 9 && f[3] == "0A" { // TCP_LISTEN
				open[f[9]] = true
			}
		}
	}
	return open
}

// sockets are the inodes of a process's sockets.
func sockets(pid int) []string {
	var out []string
	dir := "/proc/" + strconv.Itoa(pid) + "/fd/"
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if link, err := os.Readlink(dir + e.Name()); err == nil && strings.HasPrefix(link, "socket:[") {
			out = append(out, strings.Trim(link, "socket:[]"))
		}
	}
	return out
}

// family is a process and all below it.
func family(pid int) []int {
	out := []int{pid}
	tasks, err := os.ReadDir("/proc/" + strconv.Itoa(pid) + "/task")
	if err != nil {
		return out
	}
	for _, task := range tasks {
		text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/task/" + task.Name() + "/children")
		if err != nil {
			continue
		}
		for child := range strings.FieldsSeq(string(text)) {
			if n, err := strconv.Atoi(child); err == nil {
				out = append(out, family(n)...)
			}
		}
	}
	return out
}

func TestUnknownAndBrokenEventsAreNoConcern(t *testing.T) {
	t.Parallel()
	o := testOptions(shellBin)
	o.Log = zerolog.Nop()
	b, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	tab := visit(t, b, newSite(t, map[string]string{"/": "here"}), "/")
	b.hear(event("Page.frameStartedNavigating", `{"frameId":"x"}`))
	b.hear(event("Nonsense.happened", `[]`))
	for method := range hearing() {
		for _, params := range []string{`{}`, `null`, `[]`, `{"frameId":3}`, `{"targetInfo":null}`, `{"request":null,"frameId":"nobody"}`, `{"frame":null}`} {
			b.hear(event(method, params))
			own := event(method, params)
			own.SessionID = string(tab.session.id)
			if method != "Inspector.targetCrashed" {
				b.hear(own)
			}
		}
	}
	if got := evaluate(t, tab, `document.body.textContent`).Str(); got != "here" {
		t.Errorf("afterwards the page reads %q", got)
	}
	if err := b.Close(within(t)); err != nil {
		t.Error(err)
	}
}

func TestEveryEventOfThisBrowserDecodes(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	b, err := Start(t.Context(), spied(func(method string, params json.RawMessage) {
		seen[method]++
		kind := proto.GetType(method)
		if kind == nil {
			return
		}
		if err := json.Unmarshal(params, newOf(kind)); err != nil {
			t.Errorf("%s: %v", method, err)
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	ours, _ := strangers(t, `open("/pop"), new Worker("/worker.js"), inner.location = "OTHER/captcha"`)
	tab := visit(t, b, ours, "/")
	asPage(t, tab, `void go.click()`)
	ours.arrives("GET /marker")
	if err := b.Close(within(t)); err != nil {
		t.Fatal(err)
	}
	for _, needed := range []string{"Fetch.requestPaused", "Target.attachedToTarget", "Page.frameNavigated", "Network.requestWillBeSent"} {
		if seen[needed] == 0 {
			t.Errorf("%s was never seen: the check checks nothing", needed)
		}
	}
}
