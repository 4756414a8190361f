package main

import (
	"context"
	"sync"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/supervise"
	"opposer/internal/words"
)

// board is what a run tells its page: a row an account. It is kept where there
// is no page yet, since one may be opened as soon as a person needs it. A nil
// board is told nothing. Safe for concurrent use.
type board struct {
	now func() time.Time

	mu   sync.Mutex
	page *supervise.Page // nil: nobody looks
	ids  []string        // in the order of the plan
	rows map[string]supervise.Account
}

// newBoard begins with the rows of a plan, and shows them where there is a page.
func (h *house) newBoard(p run.Plan) *board {
	b := &board{now: h.app.now, page: h.page, rows: map[string]supervise.Account{}}
	for _, i := range p.Items {
		b.change(i.Account.ID, func(row *supervise.Account) { *row = h.row(i) })
	}
	return b
}

// row is an account before anything is done about it. A value that the config
// does not have stays empty: masked, it would look like one.
func (h *house) row(i run.Item) supervise.Account {
	row := supervise.Account{
		ID: i.Account.ID, Service: i.Profile.Title, State: journal.Pending,
		Says: words.T("waiting for its turn"), Since: h.app.now(),
	}
	if !i.Account.Email.IsZero() {
		row.Email = i.Account.Email.String()
	}
	if !i.Account.Phone.IsZero() {
		row.Phone = i.Account.Phone.String()
	}
	switch i.Doing {
	case run.Covered:
		row.Says, row.Goes = coveredMark().word, i.Reason
	case run.Skip:
		state := i.Standing.State.Is
		row.State, row.Says, row.Goes = state, markOf(state).word, i.Reason
	case run.Do:
	}
	return row
}

// on shows everything on a page that was opened later.
func (b *board) on(p *supervise.Page) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.page = p
	for _, id := range b.ids {
		p.Show(b.rows[id])
	}
}

// goes says what goes on with an account now.
func (b *board) goes(account string, text words.Text) { b.stands(account, journal.Opening, text) }

// waits says that an account waits for its person, and what for.
func (b *board) waits(account string, need words.Text) { b.stands(account, journal.NeedsHuman, need) }

func (b *board) stands(account string, state journal.Name, text words.Text) {
	b.change(account, func(row *supervise.Account) {
		row.State, row.Says, row.Goes, row.Since = state, markOf(state).word, text, b.now()
	})
}

// ended says what came of an account: why, or else in the page's own words.
func (b *board) ended(r run.Result) {
	b.change(r.Item.Account.ID, func(row *supervise.Account) {
		row.State, row.Says, row.Goes, row.Since = r.State.Is, ended(r).word, r.Reason, b.now()
		if row.Goes.IsZero() && r.Sentence != "" {
			row.Goes = words.T("“%s”", clean(r.Sentence))
		}
	})
}

func (b *board) change(account string, how func(*supervise.Account)) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	row, known := b.rows[account]
	if !known {
		b.ids, row.ID = append(b.ids, account), account
	}
	how(&row)
	if b.rows == nil {
		b.rows = map[string]supervise.Account{}
	}
	b.rows[account] = row
	if b.page != nil {
		b.page.Show(row)
	}
}

// over says what the run came to.
func (b *board) over(text words.Text) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.page != nil {
		b.page.Over(text)
	}
}

// boarded tells the page whom a gate waits for, and both page and screen that
// it goes on behind the gate: until the attempt tells its next step, what was
// last said there was that a person is needed.
type boarded struct {
	gate.Channel
	house *house
}

// Meet meets the person on the channel.
func (b boarded) Meet(ctx context.Context, g gate.Gate, l *gate.Lease) (gate.Answer, error) {
	b.house.board.waits(g.Account, g.Need)
	a, err := b.Channel.Meet(ctx, g, l)
	switch a.Verb {
	case gate.Done, gate.Approve, gate.Pick, gate.Give:
		b.house.goes(g.Account, words.T("goes on"))
	case gate.Show, gate.GiveUp, gate.Gone, gate.RanOut, gate.Nobody:
	}
	return a, err
}
