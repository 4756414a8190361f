package attempt

import (
	"opposer/internal/locate"
	"opposer/internal/profile"
)

// look is one reading, with what it is read for.
type look struct {
	page    *locate.Page
	status  int // of the main document's answer; 0 when not known
	job     *Job
	bound   profile.Bound
	late    bool   // nothing was to be done for so long that what is there stays
	refused string // the origin to which a navigation was refused; "" when none was
}

// where is what is known of the way so far. It holds no node and nothing of a
// page, but the person's choices and how often something was tried.
type where struct {
	route  int
	step   int    // of the route; its length: in the form
	look   int    // of the form: 0 is the profile's form, i its look i-1
	formAt int    // the form's first step that is not behind us
	ours   string // the document of which an earlier step said that the form is ours

	typed      map[int]int       // form step → how often its value was typed
	answers    map[string]string // gate key → the option a person picked, or "done"
	picked     map[int]bool      // form step → an option was chosen in it
	touched    bool              // something was typed on this way
	prepared   map[string]bool   // preparing sends that were made, by name
	asked      map[string]int    // gate key → how often it was asked
	pressed    map[string]int    // interrupt → how often its button was pressed
	clicks     int               // how often the button of the send that is due was pressed
	rejections int               // how often the site said that the form is not right
	came       extent            // at most returned: what was typed on any way, or what the site got by which no objection is made
	sentence   string            // around the link that was followed

	sent     *profile.Send   // the send that waits for its answer
	sentAt   int             // the form's step that caused it
	answer   wire            // what came back for it
	before   map[string]bool // the visible sentences before its click, folded
	approved string          // signature of the form that may be sent
}

func begin() where {
	return where{
		typed: map[int]int{}, answers: map[string]string{},
		prepared: map[string]bool{}, picked: map[int]bool{}, asked: map[string]int{}, pressed: map[string]int{},
	}
}

// rewind begins the route again: after a login, or as the next one. What a
// person chose about this account's values stays; what was typed does not.
func (w *where) rewind(route int) {
	w.route, w.step, w.formAt, w.ours, w.clicks, w.sentence = route, 0, 0, "", 0, ""
	clear(w.typed)
	clear(w.picked)
	clear(w.prepared)
	w.touched = false
	clear(w.pressed)
}
