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
)

// String is the form in which the journal keeps a cause.
func (c cause) String() string {
	if c.about == "" {
		return c.code
	}
	return c.code + ": " + c.about
}

func parseCause(s string) cause {
	code, about, _ := strings.Cut(s, ": ")
	return cause{code, about}
}

// Explain says in one sentence why an objection stands where it does, from the
// last event that brought it there; the zero Text when the state says enough.
func Explain(e journal.Event) words.Text {
	c := parseCause(e.Detail)
	switch e.State.Is {
	case journal.Drifted:
		return drift(c)
	case journal.Failed:
		return failure(c)
	case journal.NeedsHuman:
		return need(e, c)
	case journal.InDoubt:
		return words.T("It is not known whether it arrived. It will not be sent again by itself.")
	default:
		return words.Text{}
	}
}

func drift(c cause) words.Text {
	switch c.code {
	case linkMissing:
		return words.T("I did not find the link to the form. I looked for: %s. Nothing was typed or sent.", c.about)
	case buttonMissing:
		return words.T("I did not find the button that sends the form. Nothing was sent.")
	case otherForm:
		return words.T("The page shows another form than Meta's objection for AI. Nothing was typed or sent.")
	case pageGone:
		return words.T("The page is gone. Nothing was typed or sent.")
	case elsewhere:
		return words.T("The page led to %s, where your data may not be typed. Nothing was typed or sent.", c.about)
	default:
		return words.T("I did not find the form. Nothing was typed or sent.")
	}
}

func failure(c cause) words.Text {
	switch c.code {
	case unreachable:
		return words.T("The page could not be reached (%s). Nothing was sent.", c.about)
	case clickIgnored:
		return words.T("The page did nothing when the form's button was pressed. Nothing was sent.")
	case browserGone:
		return words.T("The browser ended. Nothing was sent.")
	case pageCrashed:
		return words.T("The page crashed. Nothing was sent.")
	case timeUp:
		return words.T("The time for one attempt was used up. Nothing was sent.")
	case restless:
		return words.T("The page did not come to rest. Nothing was sent.")
	case elsewhere:
		return words.T("The page wanted to send your data to %s. That was stopped: nothing was sent.", c.about)
	case interrupted:
		return words.T("You stopped it. Nothing was sent.")
	default:
		return words.T("The attempt ended early. Nothing was sent.")
	}
}

func need(e journal.Event, c cause) words.Text {
	switch c.code {
	case locked:
		return words.T("The site says that it suspects a robot or has locked the account. Nothing was sent. Log in by hand in two days and look at the account, then try again.")
	case valueMissing:
		return words.T("The form asks for %s, which your config does not give. Nothing was sent.", valueName(c.about))
	case wontStay:
		return words.T("The form does not keep %s. Nothing was sent.", valueName(c.about))
	case valueRefused:
		return words.T("The form does not accept %s. Nothing was sent.", valueName(c.about))
	case notReady:
		return words.T("The form's button stays disabled. Nothing was sent.")
	case noAnswer:
		return words.T("The site asked for something more after sending.")
	case ranOut:
		return words.T("It was not done in time: %s Nothing was sent.", Needed(e.Gate, c.about))
	case pageClosed:
		return words.T("The page was closed: %s Nothing was sent.", Needed(e.Gate, c.about))
	default:
		return words.T("%s Nothing was sent.", Needed(e.Gate, c.about))
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
