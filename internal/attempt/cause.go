package attempt

import (
	"strings"

	"opposer/internal/gate"
	"opposer/internal/journal"
	"opposer/internal/words"
)

// cause is why something was given up: a stable word for programs and the
// journal, and what it was about (a link's words, an origin), never personal.
type cause struct{ code, about string }

// The stable words of causes, as they stand in the journal.
const (
	linkMissing   = "link-missing"
	formMissing   = "form-missing"
	buttonMissing = "button-missing"
	otherForm     = "other-form"
	pageGone      = "page-gone"
	elsewhere     = "elsewhere"
	unreachable   = "unreachable"
	locked        = "locked"
	stillThere    = "still-there"
	valueMissing  = "value-missing"
	keptTwice     = "kept-is-asked-again"
	wontStay      = "value-will-not-stay"
	valueRefused  = "value-refused"
	notReady      = "not-ready"
	browserGone   = "browser-gone"
	pageCrashed   = "page-crashed"
	timeUp        = "time-up"
	restless      = "restless"
	fault         = "fault"
	clickIgnored  = "click-ignored"
	noAnswer      = "no-answer"
	personStopped = "person-stopped"
	ranOut        = "ran-out"
	pageClosed    = "page-closed"
	nobody        = "nobody"
	interrupted   = "interrupted"
	sentByHand    = "sent-by-hand" // perhaps
)

// mark stands behind the word of a cause: how far the attempt had come before.
func (e extent) mark() string {
	switch e {
	case unsent:
		return " after-typing" // on the way that was given up, or an earlier one
	case partly:
		return " after-part" // the site has values, by an earlier step or a request for a code
	case returned:
		return " after-not-taken" // the site has the form, which it did not take
	case untyped, told:
	}
	return ""
}

// String is the form in which the journal keeps a cause.
func (c cause) String() string {
	if c.about == "" {
		return c.code
	}
	return c.code + ": " + c.about
}

// marked is a detail of the journal with how far the attempt had come behind its
// word.
func marked(detail string, came extent) string {
	mark := came.mark()
	word, about, some := strings.Cut(detail, ": ")
	if !some {
		return word + mark
	}
	return word + mark + ": " + about
}

// parseCause reads a detail of the journal.
func parseCause(s string) (c cause, came extent) {
	word, about, _ := strings.Cut(s, ": ")
	for _, came := range []extent{unsent, partly, returned} {
		if code, ok := strings.CutSuffix(word, came.mark()); ok {
			return cause{code, about}, came
		}
	}
	return cause{word, about}, untyped
}

// Explain says why an objection stands where it does, and how far it came, from
// the last event that brought it there; the zero Text when the state says enough.
func Explain(e journal.Event) words.Text {
	c, before := parseCause(e.Detail)
	var sentence words.Text
	var came extent
	switch e.State.Is {
	case journal.Drifted:
		sentence, came = drift(c)
	case journal.Failed:
		sentence, came = failure(c), unsent
	case journal.NeedsHuman:
		sentence, came = need(e, c)
	case journal.InDoubt:
		return words.T("It is not known whether it arrived. It will not be sent again by itself.")
	default:
		return words.Text{}
	}
	// Nobody should fear that something was sent which was not, or believe that
	// nothing was which was.
	switch max(came, before) {
	case untyped:
		return words.T("%s Nothing was typed or sent.", sentence)
	case unsent:
		return words.T("%s Nothing was sent.", sentence)
	case partly:
		return words.T("%s The site had got a part of it before. No objection was made.", sentence)
	case returned:
		return words.T("%s The site had got the form before, and did not take it.", sentence)
	case told:
	}
	return sentence
}

// extent is how far an attempt came that was given up, least first.
type extent int

const (
	untyped  extent = iota // nothing was typed
	unsent                 // something may have been typed, nothing was sent
	partly                 // values left, by which no objection is made
	returned               // the form left and was not taken
	told                   // the sentence says so itself
)

func drift(c cause) (words.Text, extent) {
	switch c.code {
	case linkMissing:
		return words.T("I did not find the link to the form. I looked for: %s.", c.about), untyped
	case buttonMissing:
		return words.T("I did not find the button that sends the form."), unsent
	case otherForm:
		return words.T("The page shows another form than Meta's objection for AI."), untyped
	case pageGone:
		return words.T("The page is gone."), untyped
	case elsewhere:
		return words.T("The page led to %s, where your data may not be typed.", c.about), unsent
	default:
		return words.T("I did not find the form."), unsent
	}
}

func failure(c cause) words.Text {
	switch c.code {
	case unreachable:
		return words.T("The page could not be reached (%s).", c.about)
	case clickIgnored:
		return words.T("The page did nothing when the form's button was pressed.")
	case browserGone:
		return words.T("The browser ended.")
	case pageCrashed:
		return words.T("The page crashed.")
	case timeUp:
		return words.T("The time for one attempt was used up.")
	case restless:
		return words.T("The page did not come to rest.")
	case elsewhere:
		return words.T("The page wanted to send your data to %s. That was stopped.", c.about)
	case interrupted:
		return words.T("You stopped it.")
	default:
		return words.T("The attempt ended early.")
	}
}

func need(e journal.Event, c cause) (words.Text, extent) {
	switch c.code {
	case locked:
		return words.T("The site says that it suspects a robot or has locked the account. Log in by hand in two days and look at the account, then try again."), unsent
	case valueMissing:
		return words.T("The form asks for %s, which your config does not give: add it there, then run again.", valueName(c.about)), unsent
	case keptTwice:
		return words.T("The form asks for %s a second time, and you kept what the page held, which I do not read. Choose your config's, or log in as the right person.", valueName(c.about)), unsent
	case wontStay:
		return words.T("The form does not keep %s.", valueName(c.about)), unsent
	case valueRefused:
		if c.about == "" { // its answers said so, after it had left
			return words.T("The site got the form and did not take it. No objection was made."), told
		}
		return words.T("The form does not accept %s.", valueName(c.about)), unsent
	case notReady:
		return words.T("The form's button stays disabled."), unsent
	case noAnswer:
		return words.T("The site asked for something more after sending."), told
	case ranOut:
		return words.T("It was not done in time: %s", Needed(e.Gate, c.about)), unsent
	case pageClosed:
		return words.T("The page was closed: %s", Needed(e.Gate, c.about)), unsent
	default:
		return Needed(e.Gate, c.about), unsent
	}
}

// Needed is what a person should do at a gate of that kind, in one sentence.
func Needed(k gate.Kind, about string) words.Text {
	switch k {
	case gate.Login:
		return words.T("Log in on the site's page.")
	case gate.Captcha:
		return words.T("Pass the check that you are a person, on the site's page.")
	case gate.Code:
		return words.T("Give the one-time code that the site has sent you.")
	case gate.Review:
		return words.T("Look at the filled form and say whether it may be sent.")
	case gate.Choice:
		if about != "" {
			return words.T("The page shows %s, which is not what your config says: choose.", about)
		}
		return words.T("Say which one is right: the page offers several.")
	case gate.Decision:
		return words.T("The site asks for a decision that only you may take, on its page.")
	case gate.Outcome:
		return words.T("Say what the site's answer means.")
	}
	return words.Text{}
}

func valueName(value string) words.Text {
	switch value {
	case "email":
		return words.T("the e-mail")
	case "phone", "phone-national":
		return words.T("the phone number")
	case "reason":
		return words.T("the reason")
	case "country":
		return words.T("the country")
	case "code":
		return words.T("the one-time code")
	default:
		return words.T("a value")
	}
}

// mayLoad reports whether what is missing may come when the page is scrolled.
func (c cause) mayLoad() bool {
	return c.code == linkMissing || c.code == formMissing || c.code == buttonMissing
}
