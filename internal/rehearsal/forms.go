package rehearsal

// form is one of Meta's help forms. Its fields are exported for the templates.
type form struct {
	ID      string // Meta's number
	Service string
	Name    string // prefix of its words in the tongues
	Decoy   bool   // looks alike, must never get anything
}

// The two numbers under which the objection form is known.
const (
	formLong  = "712876720715583"
	formShort = "6359191084165019"
)

// reasonField is the name of the explanation's field. The real one is not
// known; Meta names such fields by number.
const reasonField = "Field1048220346281174"

// trapField is filled only by what does not look.
const trapField = "email_confirm"

// forms are the forms there are. A further service, or a look-alike, is one
// more line and its words.
func forms() map[string]form {
	all := map[string]form{}
	for _, f := range []form{
		{ID: formLong, Service: "facebook", Name: "object"},
		{ID: formShort, Service: "facebook", Name: "object"},
		{ID: "1266025207620918", Service: "facebook", Name: "third", Decoy: true},
		{ID: "510058597920541", Service: "facebook", Name: "third", Decoy: true},
		{ID: "367438723733209", Service: "facebook", Name: "general", Decoy: true},
		{ID: "540977946302970", Service: "facebook", Name: "officer", Decoy: true},
		{ID: "260749603972907", Service: "facebook", Name: "appeal", Decoy: true},
	} {
		all[f.ID] = f
	}
	return all
}
