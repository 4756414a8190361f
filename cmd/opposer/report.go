package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// reporter tells the results of a run, each as soon as it is there: rows on
// standard output, or with --json one object a line; what a person should see
// beside it goes to the screen.
type reporter struct {
	app     *app
	screen  *screen
	json    bool
	aside   bool // a person sees rows on the screen, since standard output goes elsewhere
	account int  // columns of the longest id
	err     error
}

func newReporter(a *app, s *screen, p run.Plan, asJSON bool) *reporter {
	r := &reporter{app: a, screen: s, json: asJSON, aside: asJSON || a.tty.err && !a.tty.out}
	for _, i := range p.Items {
		r.account = max(r.account, wide(i.Account.ID))
	}
	return r
}

// ended tells one result.
func (r *reporter) ended(res run.Result) {
	row := r.row(res)
	switch {
	case r.json:
		r.screen.end(res.Item.Account.ID, row)
		r.keep(r.app.print(r.object(res)))
	case r.aside:
		r.screen.end(res.Item.Account.ID, row)
		r.keep(r.app.print(r.row(res)))
	default:
		r.screen.endOn(res.Item.Account.ID, func() { r.keep(r.app.print(row)) })
	}
}

// keep keeps the first error of the standard output.
func (r *reporter) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

// row is a result for a person: the account, its state, what is to be known.
func (r *reporter) row(res run.Result) string {
	m := ended(res)
	id := res.Item.Account.ID
	head := columnGap + id + strings.Repeat(" ", max(r.account-wide(id), 0)) + columnGap + columnGap
	word := m.in(r.app.lang)
	gap := strings.Repeat(" ", max(markWidth(r.app.lang)-wide(word), 0)) + columnGap + columnGap
	indent := strings.Repeat(" ", wide(head)+wide(word)+wide(gap))
	lines := r.lines(res)
	if len(lines) == 0 {
		lines = []string{""}
	}
	text := head + m.on(word, r.app.colourful(r.app.tty.out)) + gap + strings.Join(lines, "\n"+indent)
	return strings.TrimRight(text, " ") + "\n"
}

// lines are what is to be known of a result, the most important first.
func (r *reporter) lines(res run.Result) []string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	add(r.first(res))
	if res.Reference != "" {
		add(r.app.say(words.T("The service's number for it: %s", clean(res.Reference))))
	}
	if res.DryRun {
		for line := range strings.SplitSeq(strings.TrimRight(table(formRows(res.Form, r.app.lang), false), "\n"), "\n") {
			add(strings.TrimSpace(line))
		}
	}
	if !counted(res) && res.Evidence != "" && res.Came == run.Attempted {
		add(r.app.say(words.T("What the page showed: %s", r.app.homely(res.Evidence))))
	}
	return out
}

// first is the one line that tells most.
func (r *reporter) first(res run.Result) string {
	took := ""
	if res.Came == run.Attempted && !r.json {
		took = columnGap + r.seconds(res.Took)
	}
	switch {
	case res.Came == run.Held:
		return r.app.say(words.T("another opposer is at work on it. This one did nothing."))
	case res.Came == run.NotStarted:
		return r.app.say(words.T("not begun. Nothing was sent."))
	case res.Came == run.Broke:
		return r.app.say(explain(res.Err).sentence)
	case !res.Reason.IsZero():
		return r.app.say(res.Reason)
	case res.Sentence != "":
		return r.app.say(words.T("“%s”", clean(res.Sentence))) + took
	case res.DryRun && res.State.Is == journal.Ready:
		return r.app.say(words.T("would be sent, by %s:", clean(r.app.say(res.Route)))) + took
	default:
		return strings.TrimSpace(took)
	}
}

func counted(res run.Result) bool { return res.Code() == run.OK }

// seconds is a duration as people read it, with the language's decimal mark.
func (r *reporter) seconds(d time.Duration) string {
	s := strconv.FormatFloat(d.Seconds(), 'f', 1, 64)
	if r.app.lang == words.French {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + " s"
}

// object is a result for a program: one JSON object on one line. Names and
// values do not change with the language, but for "reason".
type object struct {
	Account   string      `json:"account"`
	Service   string      `json:"service"`
	State     string      `json:"state"`
	CoveredBy string      `json:"covered_by,omitempty"`
	Reference string      `json:"reference"`
	Evidence  string      `json:"evidence"`
	Route     string      `json:"route,omitempty"`
	Sentence  string      `json:"sentence,omitempty"`
	Reason    string      `json:"reason,omitempty"`
	Attempted bool        `json:"attempted"`
	DryRun    bool        `json:"dry_run,omitempty"`
	Form      []formField `json:"form,omitempty"`
	Seconds   float64     `json:"seconds"`
	Exit      int         `json:"exit"` // the exit code of a run with this result alone
}

type formField struct {
	Label    string `json:"label"`
	Value    string `json:"value"` // masked
	Required bool   `json:"required,omitempty"`
}

func (r *reporter) object(res run.Result) string {
	o := object{
		Account: res.Item.Account.ID, Service: res.Item.Account.Service, State: stateName(res),
		Reference: res.Reference, Evidence: res.Evidence, Route: res.Route.String(), Sentence: res.Sentence,
		Reason: r.app.say(res.Reason), Attempted: res.Came == run.Attempted, DryRun: res.DryRun,
		Form: fields(res.Form), Seconds: res.Took.Seconds(), Exit: codeOf(res),
	}
	if res.Came == run.CoveredFor {
		o.CoveredBy = res.Item.CoveredBy
	}
	if o.Reason == "" && (res.Came == run.Broke || res.Came == run.Held || res.Came == run.NotStarted) {
		o.Reason = r.first(res)
	}
	b, err := json.Marshal(o)
	if err != nil {
		r.keep(fmt.Errorf("encoding a result: %w", err))
		return ""
	}
	return string(b) + "\n"
}

func fields(form []gate.Line) []formField {
	var out []formField
	for _, l := range form {
		out = append(out, formField{l.Label, l.Value, l.Required})
	}
	return out
}

// codeOf is the exit code of one result: what broke is explained.
func codeOf(r run.Result) int {
	if r.Came == run.Broke && !r.Interrupted {
		return explain(r.Err).code
	}
	return r.Code()
}

// exitCode is the program's for all results.
func exitCode(results []run.Result) int {
	codes := make([]int, len(results))
	for i, r := range results {
		codes[i] = codeOf(r)
	}
	return run.Worst(codes...)
}
