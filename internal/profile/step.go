package profile

import "reflect"

// Step is one step of a route or form: exactly one of the closed list below.
// In YAML a step is a mapping with the step's name as its only key.
//
//sumtype:decl
type Step interface{ step() }

// Open goes to an address on an allowed origin: `open: https://…`.
type Open struct {
	URL string `yaml:"open"`
}

// Follow clicks a link.
type Follow struct {
	Link      string   `yaml:"link"`                // lexicon key of its words
	Scope     string   `yaml:"scope,omitempty"`     // lexicon key of headings it should stand under
	Paragraph int      `yaml:"paragraph,omitempty"` // its paragraph there, from 1
	Sentence  string   `yaml:"sentence,omitempty"`  // lexicon key of words around it
	Never     string   `yaml:"never,omitempty"`     // lexicon key of words that rule it out
	To        []string `yaml:"to,omitempty"`        // address prefixes that speak for it
	Shun      []string `yaml:"shun,omitempty"`      // address prefixes that rule it out
}

// Fill types one value into one field and reads it back.
type Fill struct {
	Value    string   `yaml:"value"`              // email, phone, reason, country, code
	Label    string   `yaml:"label,omitempty"`    // lexicon key of its label
	Never    string   `yaml:"never,omitempty"`    // lexicon key of words that rule a field out
	Tokens   []string `yaml:"tokens,omitempty"`   // autocomplete tokens; default: those of the value (email, tel, one-time-code, country)
	Types    []string `yaml:"types,omitempty"`    // input types; textarea for a box of several lines; default: those of the value (email, tel, textarea for reason)
	Hints    []string `yaml:"hints,omitempty"`    // parts of name, id or placeholder
	Optional bool     `yaml:"optional,omitempty"` // a form without the field is right too
}

// Choose picks one option of a radio group, select or listbox.
type Choose struct {
	Option   string `yaml:"option"`             // lexicon key of the option; "country": the account's; "calling-code": its phone's, by the country's name
	Group    string `yaml:"group,omitempty"`    // lexicon key of the question
	Optional bool   `yaml:"optional,omitempty"` // a form without it is right too
}

// Check ticks one box.
type Check struct {
	Label    string `yaml:"label"`              // lexicon key of its label
	Optional bool   `yaml:"optional,omitempty"` // a form without it is right too
}

// Submit presses a button. With Commits it sends: the request it causes is the
// objection's send of that name. Without, it is a wizard's next.
type Submit struct {
	Button  string `yaml:"button"`            // lexicon key of its words
	Never   string `yaml:"never,omitempty"`   // lexicon key of words that rule a button out
	Commits string `yaml:"commits,omitempty"` // name of the Send
	// Optional says that a form without the button is right too.
	Optional bool `yaml:"optional,omitempty"`
}

// Expect waits for the outcome of the send before it: `expect: outcome`.
type Expect struct {
	Outcome bool `yaml:"outcome"` // always true
}

// The values that a [Fill] can type.
const (
	FillEmail    = "email"
	FillPhone    = "phone"
	FillNational = "phone-national" // the phone as dialled within its country, where the calling code is chosen apart
	FillReason   = "reason"
	FillCountry  = "country"
	FillCode     = "code" // a one-time code, asked of the person when it is due
)

// ChooseCallingCode is the option that is the calling code of the account's
// phone, as lists write it: "Brazil (+55)". [FillCountry] is the other option
// that is no lexicon key.
const ChooseCallingCode = "calling-code"

// Steps are the steps by the name they have in a file.
func Steps() map[string]reflect.Type {
	return map[string]reflect.Type{
		"open":   reflect.TypeFor[Open](),
		"follow": reflect.TypeFor[Follow](),
		"fill":   reflect.TypeFor[Fill](),
		"choose": reflect.TypeFor[Choose](),
		"check":  reflect.TypeFor[Check](),
		"submit": reflect.TypeFor[Submit](),
		"expect": reflect.TypeFor[Expect](),
	}
}

// stepNames are the names of the steps, in the order in which they are used.
func stepNames() []string {
	return []string{"open", "follow", "fill", "choose", "check", "submit", "expect"}
}

func (Open) step()   {}
func (Follow) step() {}
func (Fill) step()   {}
func (Choose) step() {}
func (Check) step()  {}
func (Submit) step() {}
func (Expect) step() {}
