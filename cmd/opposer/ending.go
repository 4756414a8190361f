package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"opposer/internal/config"
	"opposer/internal/rehearsal"
	"opposer/internal/run"
	"opposer/internal/words"
)

// opening is what a person reads before anything happens.
func (h *house) opening(p run.Plan) string {
	a, text := h.app, ""
	switch {
	case h.options.rehearse && h.options.dryRun:
		text = a.say(words.T("Rehearsal, dry: the played forms are filled in. Nothing is sent, nothing leaves this computer."))
	case h.options.rehearse:
		text = a.say(words.T("Rehearsal: Meta's pages are played by this program. Nothing leaves this computer."))
	case h.options.dryRun:
		text = a.say(words.T("Dry run: the real pages are opened and filled in. Nothing is sent."))
	}
	if text != "" {
		text += "\n"
	}
	if h.options.rehearse && h.options.scenario != rehearsal.Ordinary {
		text += a.say(playedSecrets()) + "\n"
	}
	if text != "" {
		text += "\n"
	}
	return text + a.planText(p, h.options.dryRun) + "\n"
}

// closing is what a person reads at the end: a result, so on standard output,
// unless a program reads that.
func (h *house) closing(results []run.Result) {
	var b strings.Builder
	a := h.app
	came := a.summary(results)
	h.board.over(words.Verbatim(came))
	b.WriteString("\n" + came)
	if anyAttempted(results) {
		b.WriteString(" " + a.say(words.T("Proof: %s", a.homely(filepath.Join(h.dir, evidenceFolder)))))
	}
	b.WriteString("\n")
	if heard := h.heard(); !heard.IsZero() {
		b.WriteString(a.say(heard) + "\n")
	}
	if next := h.next(results); len(next) > 0 {
		b.WriteString(a.examples(next...) + "\n")
	}
	if h.options.json {
		a.note(b.String())
		return
	}
	h.report.keep(a.print(b.String()))
}

// playedSecrets are what a person types on the played pages.
func playedSecrets() words.Text {
	return words.T("Password: %s. Codes by mail or app: %s. Letters in a picture: %s.",
		rehearsal.Password, rehearsal.Code, rehearsal.Letters)
}

func anyAttempted(results []run.Result) bool {
	for _, r := range results {
		if r.Came == run.Attempted {
			return true
		}
	}
	return false
}

// next is what a person may do now; after a rehearsal that went well, the real
// thing.
func (h *house) next(results []run.Result) []example {
	next := h.app.nextSteps(results, h.options)
	if len(next) > 0 || len(results) == 0 {
		return next
	}
	switch {
	case h.options.dryRun:
		o := h.options
		o.dryRun = false
		return []example{{o.command(), words.T("send them")}}
	case h.options.rehearse:
		real := h.options
		if h.playsExample() {
			real.place = "" // its people are nobody to file for
		}
		return []example{
			h.app.inEarnest(real),
			{h.options.command() + " --fresh", words.T("rehearse again from the start")},
		}
	default:
		return []example{{h.options.status(), words.T("what stands for each account")}}
	}
}

// playsExample reports whether the config is the example, as it stands.
func (h *house) playsExample() bool {
	text, err := os.ReadFile(h.config.Path)
	return err == nil && bytes.Equal(text, config.Example())
}

// inEarnest is the real thing after a rehearsal, looked at in the same way.
func (a *app) inEarnest(o runOptions) example {
	real, look := runOptions{place: o.place}.command()+" ", a.looking(o)
	if look == "--headed" {
		return example{real + look, words.T("file them for real, with a Chrome window to look at")}
	}
	return example{real + look, words.T("file them for real, with a local page to look at")}
}

// heard is what the played pages received; the zero Text for the real ones.
func (h *house) heard() words.Text {
	if h.site == nil {
		return words.Text{}
	}
	received := h.site.Received()
	log := h.line("received")
	for _, r := range received {
		log.Info().Str("what", r.String()).Msg("the played pages received a form")
	}
	forms, right := heard(received, h.config.Accounts)
	return heardText(forms, right)
}
