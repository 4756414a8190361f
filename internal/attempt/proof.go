package attempt

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"opposer/internal/chrome"
	"opposer/internal/evidence"
	"opposer/internal/locate"
	"opposer/internal/words"
)

// proof is the evidence of one attempt while it is gathered.
type proof struct {
	folder *evidence.Folder
	facts  evidence.Facts
	route  words.Text // the title of facts.Route, for a person
	rel    string     // the folder as the journal keeps it, relative to the state folder
}

// pictureTime is how long a picture may take: it is proof, not the work.
const pictureTime = 10 * time.Second

func newProof(t *try) (*proof, error) {
	of := evidence.Of{Account: t.job.Account.ID, Service: t.job.Account.Service, Run: t.job.Run}
	if t.Masker != nil {
		of.Mask = t.Masker.Mask
	}
	folder, err := evidence.Create(t.Evidence, t.Now(), of)
	if err != nil {
		return nil, &recordError{fmt.Errorf("keeping the evidence: %w", err)}
	}
	rel, err := filepath.Rel(filepath.Dir(t.Evidence), folder.Path())
	if err != nil {
		rel = folder.Path()
	}
	return &proof{folder: folder, rel: filepath.ToSlash(rel), facts: evidence.Facts{
		Account: of.Account, Service: of.Service, Run: of.Run, Browser: t.Browser.Version(),
	}}, nil
}

// picture keeps a masked picture of the page. A page that gives none (it is
// gone, or cannot be masked) costs the picture, not the attempt; a disk that
// takes none costs the attempt, since what is claimed must be kept.
func (t *try) picture(name string) (string, error) {
	ctx, cancel := context.WithTimeout(t.ctx, pictureTime)
	defer cancel()
	png, err := t.tab.WholePicture(ctx)
	if err != nil {
		t.log.Warn().Str("step", "picture").Err(err).Msg("no picture of the page")
		return "", nil
	}
	path, err := t.proof.folder.Picture(name, png)
	if err != nil {
		return "", &recordError{fmt.Errorf("keeping a picture: %w", err)}
	}
	return path, nil
}

// lookedFor keeps what the page was when something on it was not found.
func (t *try) lookedFor(page *locate.Page) error {
	if page == nil {
		return nil
	}
	if err := t.proof.folder.Page("stopped", page); err != nil {
		return &recordError{fmt.Errorf("keeping a copy of the page: %w", err)}
	}
	_, err := t.picture("stopped")
	return err
}

// seal writes the facts and closes the folder.
func (t *try) seal() error {
	f := &t.proof.facts
	f.State = t.state
	if t.tab != nil {
		f.Refused, f.Dialogs = refusals(t.tab.Refused()), dialogs(t.tab.Dialogs())
	}
	if err := t.proof.folder.Facts(*f); err != nil {
		return &recordError{fmt.Errorf("keeping the facts: %w", err)}
	}
	if _, err := t.proof.folder.Close(); err != nil {
		return &recordError{fmt.Errorf("sealing the evidence: %w", err)}
	}
	return nil
}

// keepExchange puts a send's exchange among the facts, without its body.
func (t *try) keepExchange(x chrome.Exchange, name string) {
	t.proof.facts.Exchanges = append(t.proof.facts.Exchanges, evidence.Exchange{
		Method: x.Method, Origin: x.Origin, Path: x.Path, Status: x.Status, Error: x.Err,
		Send: name, Repeats: x.Repeats, Started: x.Started, Finished: x.Finished,
	})
}

func refusals(list []chrome.Refusal) []evidence.Refusal {
	out := make([]evidence.Refusal, len(list))
	for i, r := range list {
		out[i] = evidence.Refusal{Method: r.Method, Origin: r.Origin, Path: r.Path, Why: string(r.Why)}
	}
	return out
}

func dialogs(list []chrome.Dialog) []string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = d.Kind + ": " + d.Message
	}
	return out
}

// kept is the part of a result that proof gives.
func (t *try) kept(reason words.Text) Result {
	return Result{
		State: t.state, Reason: reason, Sentence: t.proof.facts.Sentence, Reference: t.proof.facts.Reference,
		Evidence: t.proof.folder.Path(), Route: t.proof.route, Form: t.form,
	}
}
