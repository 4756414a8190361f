package rehearsal

// form is one of Meta's forms. Its fields are exported for the templates.
type form struct {
	ID      string // Meta's number
	Service string // whose objection it is
	At      string // the service whose hosts serve it
	Name    string // prefix of its words in the tongues
	Moved   string // its number on the request portal
	Decoy   bool   // looks alike, must never get anything
}

// The two numbers under which each objection form is known.
const (
	formLong       = "712876720715583"
	formShort      = "6359191084165019"
	instagramLong  = "767264225370182"
	instagramShort = "233964459562201"
)

// WhatsApp's own contact form, its page of help, and Meta's form about messages
// with AIs. The number of the last is not known; this one is made up.
const (
	whatsappContact = "382532939919295"
	whatsappArticle = "1285115568956956"
	whatsappChats   = "1320769462546287"
)

// questionForm was a form of its own and asks, in some scenarios, what the
// request is about.
const questionForm = "367438723733209"

// The numbers on the request portal are made up: none is known for an objection.
// The one of the copyright form is real.
const (
	movedFacebook  = "1187436209553144"
	movedInstagram = "994120473365817"
	movedChats     = "1420886533917205"
	movedCopyright = "1523801815366035"
)

// Names of fields. The real ones are not known; Meta names such fields by number
// or by a plain word.
const (
	reasonField  = "Field1048220346281174"
	moreField    = "Field1630274417221890"
	aboutField   = "Field3342107765938811" // is the request about AI
	countryField = "Field1517492188503213" // a type-ahead, with a hidden twin
	isoSuffix    = "_iso2_country_code"    // of the twin's name
	topicField   = "dsr_request_type"      // WhatsApp's radios
	topicObject  = "object_processing"     // the right one of them
	trapField    = "email_confirm"         // filled only by what does not look
)

// forms are the forms there are, by number.
func forms() map[string]form {
	all := map[string]form{}
	for _, f := range []form{
		{ID: formLong, Service: facebook, At: facebook, Name: "object", Moved: movedFacebook},
		{ID: formShort, Service: facebook, At: facebook, Name: "object", Moved: movedFacebook},
		{ID: instagramLong, Service: instagram, At: instagram, Name: "object", Moved: movedInstagram},
		{ID: instagramShort, Service: instagram, At: instagram, Name: "object", Moved: movedInstagram},
		{ID: whatsappContact, Service: whatsapp, At: whatsapp, Name: "contact"},
		{ID: whatsappChats, Service: whatsapp, At: facebook, Name: "chats", Moved: movedChats},
		{ID: "1266025207620918", Service: facebook, At: facebook, Name: "third", Decoy: true},
		{ID: "510058597920541", Service: facebook, At: facebook, Name: "third", Decoy: true},
		{ID: questionForm, Service: facebook, At: facebook, Name: "general", Decoy: true},
		{ID: "540977946302970", Service: facebook, At: facebook, Name: "officer", Decoy: true},
		{ID: "260749603972907", Service: facebook, At: facebook, Name: "appeal", Decoy: true},
		{ID: "1758255661104383", Service: facebook, At: facebook, Name: "copyright", Decoy: true, Moved: movedCopyright},
		{ID: "5071674689613749", Service: whatsapp, At: whatsapp, Name: "support", Decoy: true},
	} {
		all[f.ID] = f
	}
	return all
}

// movedForm is the form that has this number on the portal.
func movedForm(number string) (form, bool) {
	for _, id := range []string{formLong, instagramLong, whatsappChats, "1758255661104383"} {
		if f := forms()[id]; f.Moved == number {
			return f, true
		}
	}
	return form{}, false
}

// served says whether a host of this service has the form. Look-alikes of
// Facebook's stand under Instagram's help too.
func (f form) served(service string) bool {
	return f.At == service || f.Decoy && f.At == facebook && service == instagram
}
