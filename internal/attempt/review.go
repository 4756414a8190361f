package attempt

import (
	"slices"
	"sync"

	"opposer/internal/journal"
	"opposer/internal/locate"
	"opposer/internal/words"
)

// Review is when a person looks at a filled form before it is sent.
type Review string

// When that is.
const (
	ReviewFirst  Review = "first"  // once for each form; then the same form is trusted
	ReviewAlways Review = "always" // each time
	ReviewNever  Review = "never"  // not at all, where the way to the form is known well
)

// Reviews lists them, the default first.
func Reviews() []Review { return []Review{ReviewFirst, ReviewAlways, ReviewNever} }

// Approvals are the forms that people have said yes to. Attempts that run at
// the same time share them. Safe for concurrent use; nil knows none.
type Approvals struct {
	mu    sync.Mutex
	all   []journal.Approval
	added chan struct{} // closed, and made anew, at each one
}

// NewApprovals begins with those of the journal.
func NewApprovals(known []journal.Approval) *Approvals {
	return &Approvals{all: slices.Clone(known), added: make(chan struct{})}
}

// has reports whether somebody said yes to a form of that signature.
func (a *Approvals) has(s locate.Signature) bool {
	if a == nil || s.Hash == "" {
		return false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.ContainsFunc(a.all, func(o journal.Approval) bool { return o.Signature == s.Hash })
}

func (a *Approvals) add(o journal.Approval) {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, o)
	close(a.added)
	a.added = make(chan struct{})
}

// news is closed when one is added.
func (a *Approvals) news() <-chan struct{} {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.added
}

// changed is how a form differs from the one of its service that was approved
// last; nothing when none was.
func (a *Approvals) changed(service string, s locate.Signature) []words.Text {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, o := range slices.Backward(a.all) {
		if o.Service == service && len(o.Form) > 0 {
			return difference(o.Form, s.Lines())
		}
	}
	return nil
}

// difference is what one form has and the other has not.
func difference(before, after []string) []words.Text {
	var out []words.Text
	for _, l := range before {
		if !slices.Contains(after, l) {
			out = append(out, words.T("no longer: %s", l))
		}
	}
	for _, l := range after {
		if !slices.Contains(before, l) {
			out = append(out, words.T("new: %s", l))
		}
	}
	return out
}

// approved says that nobody has to look at the form (any more) before it is
// sent. A route that fewer than several sources describe, and a look that
// nobody has described for this form, are looked at by a person whatever was
// said beforehand: it may be another form.
func approved(l look, w where, s locate.Signature) bool {
	route := l.job.Profile.Routes[w.route]
	known := w.look == 0 && (route.Confidence == "" || route.Confidence == "A")
	switch {
	case w.approved == s.Hash, l.job.Played && l.job.Review != ReviewAlways:
		return true
	case !known:
		return false
	case l.job.Review == ReviewNever:
		return true
	case l.job.Review == ReviewAlways:
		return false
	default:
		return l.job.Approvals.has(s)
	}
}
