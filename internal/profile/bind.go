package profile

import "opposer/internal/locate"

// Bound is a profile in one account's language: its steps as what [locate.Find]
// looks for. It is read-only and safe for concurrent use.
type Bound struct {
	set      *Set
	profile  *Profile
	language string
}

// Bind resolves a profile's keys for a language (BCP 47). All other languages
// stay in the words, behind it.
func (s *Set) Bind(p *Profile, language string) Bound { return Bound{s, p, language} }

// Profile is what was bound.
func (b Bound) Profile() *Profile { return b.profile }

// ownLanguage is the language of a profile's own words: undetermined, as BCP
// 47 says it.
const ownLanguage = "und"

// Words are the phrases under a key: the profile's own first, then as
// [Set.Words].
func (b Bound) Words(key string) []locate.Word {
	own := appendWords(nil, b.profile.Words[key], ownLanguage)
	return append(own, b.set.Words(key, b.language)...)
}

// Follow is the link of a step: a link or what plays one (Meta writes
// div[role=button]).
func (b Bound) Follow(s Follow) locate.Want {
	return b.named(locate.Want{
		Roles: []string{"link", "button"}, Never: b.Words(s.Never),
		Scope: b.Words(s.Scope), Paragraph: s.Paragraph, Sentence: b.Words(s.Sentence),
		Addresses: s.To, Shun: s.Shun,
	}, "the link", s.Link)
}

// Fill is the field of a step. It is sought only in frames where the profile
// allows typing.
func (b Bound) Fill(s Fill) locate.Want {
	roles := []string{"textbox", "searchbox"}
	switch s.Value {
	case FillCountry:
		roles = append(roles, "combobox", "listbox")
	case FillCode, FillPhone, FillNational:
		roles = append(roles, "spinbutton")
	}
	w := locate.Want{Roles: roles, Never: b.Words(s.Never), Hints: s.Hints, Frames: b.profile.Origins.Type}
	w.Tokens, w.Types = s.markup()
	return b.named(w, "the field for "+s.Value, s.Label)
}

// markup is what a field's markup says of it: the step's own tokens and types,
// else those that HTML has for the value (§4.10.18.7).
func (s Fill) markup() (tokens, types []string) {
	tokens, types = s.Tokens, s.Types
	known := map[string][2][]string{
		FillEmail:    {{"email"}, {"email"}},
		FillPhone:    {{"tel", "tel-national"}, {"tel"}},
		FillNational: {{"tel-national", "tel"}, {"tel"}},
		FillCountry:  {{"country", "country-name"}, nil},
		FillCode:     {{"one-time-code"}, nil},
		FillReason:   {nil, {"textarea"}},
	}[s.Value]
	if tokens == nil {
		tokens = known[0]
	}
	if types == nil {
		types = known[1]
	}
	return tokens, types
}

// Choose is the option of a step as a thing to press: a radio button, an item
// of an open list. country (ISO 3166-1 alpha-2) is used when the step asks for
// one, by its names in every language, see [Set.Countries]: the account's, or for
// a calling code the phone's.
//
// callingCode is the account's phone's, digits only, for a step that asks for it.
func (b Bound) Choose(s Choose, country, callingCode string) locate.Want {
	return locate.Want{
		What: "the choice", Words: b.option(s, country, callingCode), Scope: b.Words(s.Group),
		Roles: []string{"radio", "option", "menuitemradio", "menuitem", "checkbox"}, Frames: b.profile.Origins.Type,
	}
}

// Group is the select or list that holds the option of a step, by its label.
// Which of its options is meant is told by [locate.FindOption] with
// [Bound.Choose]'s words.
func (b Bound) Group(s Choose) locate.Want {
	w := locate.Want{Roles: []string{"combobox", "listbox"}, Frames: b.profile.Origins.Type}
	if s.Option == FillCountry {
		w.Tokens = []string{"country", "country-name"}
	}
	return b.named(w, "the list of choices", s.Group)
}

func (b Bound) option(s Choose, country, callingCode string) []locate.Word {
	switch s.Option {
	case FillCountry:
		return b.set.Countries(country, b.language)
	case ChooseCallingCode:
		var out []locate.Word
		for _, w := range b.set.Countries(country, b.language) {
			w.Text += " (+" + callingCode + ")"
			out = append(out, w)
		}
		return out
	}
	return b.Words(s.Option)
}

// Check is the box of a step.
func (b Bound) Check(s Check) locate.Want {
	return b.named(locate.Want{Roles: []string{"checkbox", "switch"}, Frames: b.profile.Origins.Type}, "the box", s.Label)
}

// Submit is the button of a step, in frames where the profile allows typing.
func (b Bound) Submit(s Submit) locate.Want {
	return b.named(locate.Want{
		Roles: []string{"button"}, Never: b.Words(s.Never), Frames: b.profile.Origins.Type,
	}, "the button", s.Button)
}

// Press is the button that an interrupt is answered with. It may stand in any
// frame.
func (b Bound) Press(in Interrupt) locate.Want {
	return b.named(locate.Want{Roles: []string{"button", "link"}, Never: b.Words(in.Never)}, "the button", in.Press)
}

// named gives a want its words, and a name that says them.
func (b Bound) named(w locate.Want, what, key string) locate.Want {
	w.What, w.Words = what, b.Words(key)
	if len(w.Words) > 0 {
		w.What += " «" + w.Words[0].Text + "»"
	}
	return w
}
