package attempt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-rod/rod"

	"opposer/internal/chrome"
	"opposer/internal/journal"
	"opposer/internal/personal"
)

// saboteur does something once, just before the first message of a method
// goes to Chrome.
type saboteur struct {
	rod.CDPClient
	method string
	do     func(ctx context.Context, session string)
	done   atomic.Bool
}

func (s *saboteur) Call(ctx context.Context, session, method string, params any) ([]byte, error) {
	if method == s.method && s.done.CompareAndSwap(false, true) {
		s.do(ctx, session)
	}
	return s.CDPClient.Call(ctx, session, method, params)
}

func sabotage(method string, do func(c rod.CDPClient, session string)) func(*chrome.Options) {
	return func(o *chrome.Options) {
		o.Wrap = func(c rod.CDPClient) rod.CDPClient {
			return &saboteur{CDPClient: c, method: method, do: func(_ context.Context, session string) { do(c, session) }}
		}
	}
}

func TestChromeKilledWhileFillingIsFailedAndTheNextRunSendsOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, "ordinary")
	s.browse(shellBin, sabotage("Input.insertText", func(c rod.CDPClient, _ string) {
		go func() { _, _ = c.Call(context.Background(), "", "Browser.crash", nil) }()
	}))
	r := s.mustTry()
	s.ends(r, journal.Failed, 0)
	s.browse(shellBin, nil)
	s.ends(s.mustTry(), journal.Submitted, 1)
}

func TestARendererCrashIsFailed(t *testing.T) {
	t.Parallel()
	s := newStage(t, "ordinary")
	s.browse(shellBin, sabotage("Input.insertText", func(c rod.CDPClient, session string) {
		go func() { _, _ = c.Call(context.Background(), session, "Page.crash", nil) }()
	}))
	s.ends(s.mustTry(), journal.Failed, 0)
}

func TestAJournalThatCannotBeWrittenSendsNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range []journal.Kind{journal.FormFound, journal.Filled, journal.SendingBegan, journal.HasLeft} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, "ordinary")
			s.store.Fail(func(e journal.Event) error {
				if e.Kind == kind {
					return journal.ErrFull
				}
				return nil
			})
			if _, err := s.try(context.Background()); err == nil {
				t.Error("the attempt says nothing of a full disk")
			}
			if got := s.site.Received(); len(got) > 0 {
				t.Errorf("sent without being recorded: %v", got)
			}
		})
	}
}

func TestEvidenceThatCannotBeKeptSendsNothing(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]string{"from the start": "", "from the typing on": "Input.insertText"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, "ordinary")
			spoil := func() {
				folder := filepath.Join(s.dir, "evidence")
				if err := errors.Join(os.RemoveAll(folder), os.WriteFile(folder, nil, 0o600)); err != nil {
					t.Error(err)
				}
			}
			if from == "" {
				spoil()
			} else {
				s.browse(shellBin, sabotage(from, func(rod.CDPClient, string) { spoil() }))
			}
			if _, err := s.try(context.Background()); err == nil {
				t.Error("the attempt says nothing of evidence that cannot be kept")
			}
			if got := s.site.Received(); len(got) > 0 {
				t.Errorf("sent without evidence: %v", got)
			}
		})
	}
}

// witness looks at the form once more just before its tab is closed.
type witness struct {
	rod.CDPClient
	form  atomic.Pointer[string] // the session in which a value was typed
	typed atomic.Pointer[string] // what the page's own script saw after typing
	left  atomic.Pointer[string] // and at the end
}

func (w *witness) Call(ctx context.Context, session, method string, params any) ([]byte, error) {
	if method == "Target.disposeBrowserContext" && w.form.Load() != nil {
		w.left.CompareAndSwap(nil, w.value(ctx))
	}
	answer, err := w.CDPClient.Call(ctx, session, method, params)
	if method == "Input.insertText" && w.form.CompareAndSwap(nil, &session) {
		w.typed.Store(w.value(ctx))
	}
	return answer, err
}

func (w *witness) value(ctx context.Context) *string {
	b, err := w.CDPClient.Call(ctx, *w.form.Load(), "Runtime.evaluate", map[string]any{"expression": `document.querySelector("input[name=email]").value`})
	said := string(b)
	if err != nil {
		said = err.Error()
	}
	return &said
}

// Nothing typed is left standing on a page that is given up.
func TestAFormThatIsNotSentIsEmptiedAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*stage){
		"a dry run":         func(s *stage) { s.job = func(j *Job) { j.DryRun = true } },
		"no at the review":  func(s *stage) { s.job = func(j *Job) { j.Review, j.Played = ReviewAlways, false } },
		"no click is heard": func(s *stage) { s.patience.Click /= 4 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario := "ordinary"
			if name == "no click is heard" {
				scenario = "ignores-click"
			}
			s := newStage(t, scenario)
			change(s)
			w := &witness{}
			s.browse(shellBin, func(o *chrome.Options) {
				o.Wrap = func(c rod.CDPClient) rod.CDPClient { w.CDPClient = c; return w }
			})
			s.mustTry()
			typed, left := w.typed.Load(), w.left.Load()
			if typed == nil || left == nil || !strings.Contains(*typed, "curie") {
				t.Fatalf("the form was not seen: %v, %v", typed, left)
			}
			if !strings.Contains(*left, `"value":""`) {
				t.Errorf("left on the page: %s", *left)
			}
		})
	}
}

// What is told, kept and shown of a page goes through the mask first.
func TestAPagesOwnWordsAreMasked(t *testing.T) {
	account := marie(t)
	for name, masker := range map[string]*personal.Masker{"of the account": personal.NewMasker(account), "of nobody": personal.NewMasker()} {
		a := try{Attempter: &Attempter{Masker: masker}}
		got := a.mask("we wrote to " + account.Email.Reveal(personal.ForMatching))
		if strings.Contains(got, "curie") || !strings.HasPrefix(got, "we wrote to ") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestADryRunSendsNothingAndShowsTheForm(t *testing.T) {
	t.Parallel()
	s := newStage(t, "ordinary")
	s.job = func(j *Job) { j.DryRun = true }
	r := s.mustTry()
	s.ends(r, journal.Ready, 0)
	if len(r.Form) == 0 || r.Form[0].Value != "m•••@e•••.org" {
		t.Errorf("the form is shown as %+v", r.Form)
	}
}

func TestStoppedBeforeTheSendNothingIsSent(t *testing.T) {
	t.Parallel()
	s := newStage(t, "ordinary")
	s.browse(shellBin, sabotage("Input.insertText", func(rod.CDPClient, string) { close(s.stop) }))
	r := s.mustTry()
	s.ends(r, journal.Failed, 0)
	s.stop = make(chan struct{})
	s.browse(shellBin, nil)
	s.ends(s.mustTry(), journal.Submitted, 1)
}

func TestCancelledAtOnceNothingIsSent(t *testing.T) {
	t.Parallel()
	s := newStage(t, "ordinary")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.browse(shellBin, sabotage("Input.insertText", func(rod.CDPClient, string) { cancel() }))
	if _, err := s.try(ctx); err != nil {
		t.Error(err)
	}
	if got := s.site.Received(); len(got) > 0 {
		t.Errorf("sent after it was cancelled: %v", got)
	}
}

// Every file of the evidence, and every event, is searched for the values.
func TestNothingKeptHoldsAValue(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"ordinary", "prefilled-other", "link-missing", "unclear"} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, scenario)
			s.mustTry()
			planted := []string{s.account.Email.Reveal(personal.ForMatching), "curie"}
			files := 0
			err := filepath.WalkDir(s.dir, func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				files++
				b, err := os.ReadFile(path)
				for _, p := range planted {
					if strings.Contains(strings.ToLower(string(b)), p) {
						t.Errorf("%s holds %q", d.Name(), p)
					}
				}
				return err
			})
			if err != nil || files < 2 {
				t.Fatalf("%d files of evidence, %v", files, err)
			}
			for _, e := range s.events() {
				b, err := journal.Encode(e)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(b), "curie") {
					t.Errorf("event %s holds a value", e.Kind)
				}
			}
		})
	}
}
