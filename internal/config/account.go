package config

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"opposer/internal/personal"
	"opposer/internal/profile"
	"opposer/internal/words"
)

// accountKeys are the values of an account, in the order of the example.
func accountKeys() []string {
	return []string{"id", "service", "email", "phone", "country", "language", "reason", "accounts_centre", "session"}
}

// entry is one account under check.
type entry struct {
	*reader
	set    *profile.Set
	at     place
	fields map[string]field
	is     personal.Account
}

// accounts checks every account, and what two of them may not share.
func (r *reader) accounts(set *profile.Set) {
	if r.broken {
		return
	}
	f, ok := r.top["accounts"]
	if !ok || f.value.kind == null || f.value.kind == list && len(f.value.items) == 0 {
		at := f.at
		if at.line == 0 {
			at = place{1, 1}
		}
		r.at(at, "accounts", words.T("there is no account"), words.T("a correct example: %s", "opposer config example"))
		return
	}
	if f.value.kind != list {
		r.at(f.at, "accounts", words.T("accounts are a list"), words.T("begin each account with a dash: - id: …"))
		return
	}
	var all []entry
	for _, v := range f.value.items {
		e := entry{reader: r, set: set, at: v.at, fields: map[string]field{}}
		if e.at.line == 0 {
			e.at = f.at
		}
		e.read(v)
		all = append(all, e)
		r.config.Accounts = append(r.config.Accounts, e.is)
	}
	r.apart(all)
}

func (e *entry) read(v value) {
	if v.kind != table {
		e.wrong(e.at, "", words.T("an account has keys and values"), words.T("begin with: %s", "- id: …"))
		return
	}
	for _, f := range v.fields {
		e.known(f, accountKeys(), e.fields)
	}
	e.id()
	p := e.service()
	e.country(p)
	e.language(p)
	e.email(p)
	e.phone(p)
	if s, ok := e.text("reason"); ok {
		e.is.Reason = personal.NewReason(s)
	}
	e.is.AccountsCentre, _ = e.text("accounts_centre")
	e.session()
}

func (e *entry) wrong(at place, excerpt string, reason, remedy words.Text) {
	e.reader.at(at, excerpt, reason, remedy)
}

// flag tells what is wrong with a key's value.
func (e *entry) flag(key string, reason, remedy words.Text) {
	f := e.fields[key]
	at := f.value.at
	if at.line == 0 {
		at = f.at
	}
	e.wrong(at, shown(key, f.value.text), reason, remedy)
}

// text is the text of a key; false when it is not given or no text.
func (e *entry) text(key string) (string, bool) {
	f, ok := e.fields[key]
	if !ok || f.value.kind == null {
		return "", false
	}
	switch f.value.kind {
	case text:
		return strings.TrimSpace(f.value.text), strings.TrimSpace(f.value.text) != ""
	case bare:
		e.flag(key, words.T("a number without quotes loses its zeros"), words.T("write it in quotes"))
	case boolean:
		e.flag(key, words.T("true or false is no text"), words.T("write it in quotes"))
	case null, list, table:
		e.wrong(f.at, key, words.T("a single value is expected here"), words.Text{})
	}
	return "", false
}

// given reports whether a key stands there at all, right or wrong.
func (e *entry) given(key string) bool {
	f, ok := e.fields[key]
	return ok && f.value.kind != null && (f.value.kind != text || strings.TrimSpace(f.value.text) != "")
}

var idShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

func (e *entry) id() {
	s, ok := e.text("id")
	switch {
	case !ok && !e.given("id"):
		e.wrong(e.at, "id", words.T("the account has no id"), words.T("a short name of your own, as: id: marie-fb"))
	case ok && veil(s) != s:
		e.flag("id", words.T("an id stands in the log and in folders' names, and this one looks personal"), words.T("a short name of your own, as: id: marie-fb"))
	case ok && !idShape.MatchString(s):
		e.flag("id", words.T("an id has letters, digits, dots, dashes and underscores, at most 64"), words.T("a short name of your own, as: id: marie-fb"))
	case ok:
		e.is.ID = s
	}
}

// session names a folder, so it is held to what an id is.
func (e *entry) session() {
	s, ok := e.text("session")
	remedy := words.T("a short word of your own, as: session: marie")
	switch {
	case ok && veil(s) != s:
		e.flag("session", words.T("a session's name is a folder's name, and this one looks personal"), remedy)
	case ok && !idShape.MatchString(s):
		e.flag("session", words.T("a session's name has letters, digits, dots, dashes and underscores, at most 64"), remedy)
	case ok:
		e.is.Session = s
	}
}

func (e *entry) service() *profile.Profile {
	s, ok := e.text("service")
	known := slices.Sorted(maps.Keys(e.set.Profiles))
	if !ok {
		if !e.given("service") {
			e.wrong(e.at, "service", words.T("the account has no service"), words.T("there are: %s", strings.Join(known, ", ")))
		}
		return nil
	}
	s = strings.ToLower(s)
	p, ok := e.set.Profiles[s]
	if !ok {
		remedy := words.T("there are: %s", strings.Join(known, ", "))
		if near := words.Nearest(s, known); near != "" {
			remedy = words.T("did you mean %s?", near)
		}
		e.flag("service", words.T("there is no profile for this service"), remedy)
		return nil
	}
	e.is.Service = s
	return p
}

func (e *entry) country(p *profile.Profile) {
	s, ok := e.text("country")
	if !ok {
		e.need("country", p, func(r profile.Requires) profile.Need { return r.Country })
		return
	}
	region, err := language.ParseRegion(strings.ToUpper(s))
	region = region.Canonicalize() // UK is GB
	if err != nil || !region.IsCountry() || len(s) != 2 {
		e.flag("country", words.T("not a country's code"), words.T("two letters, as FR or DE (ISO 3166-1)"))
		return
	}
	e.is.Country = region.String()
}

// language is checked to be one whose words are known, unless the service's
// profile brings its own words.
func (e *entry) language(p *profile.Profile) {
	s, ok := e.text("language")
	if !ok {
		return
	}
	tag, err := language.Parse(s)
	if err != nil {
		e.flag("language", words.T("not a language's code"), words.T("as fr or pt-BR"))
		return
	}
	known := e.set.Languages()
	base, _ := tag.Base()
	own := p != nil && len(p.Words) > 0
	if !own && !slices.ContainsFunc(known, func(k string) bool { return k == tag.String() || strings.SplitN(k, "-", 2)[0] == base.String() }) {
		e.flag("language", words.T("no words of pages are known in this language"), words.T("there are: %s", strings.Join(known, ", ")))
		return
	}
	e.is.Language = tag.String()
}

func (e *entry) email(p *profile.Profile) {
	s, ok := e.text("email")
	if !ok {
		e.need("email", p, func(r profile.Requires) profile.Need { return r.Email })
		return
	}
	email, err := personal.ParseEmail(s)
	switch {
	case errors.Is(err, personal.ErrEmailDot):
		e.flag("email", words.T("the part after @ has no dot"), words.T("write the whole address, as marie@example.org"))
	case err != nil:
		e.flag("email", words.T("not an e-mail address"), words.T("write the address alone, as marie@example.org"))
	}
	e.is.Email = email
}

func (e *entry) phone(p *profile.Profile) {
	s, ok := e.text("phone")
	if !ok {
		e.need("phone", p, func(r profile.Requires) profile.Need { return r.Phone })
		return
	}
	phone, err := personal.ParsePhone(s, e.is.Country)
	if errors.Is(err, personal.ErrPhoneCountry) && e.given("country") {
		return // the country is to mend first, and that is told
	}
	international := words.T("write it with the country's code, as +33 6 12 34 56 78")
	switch {
	case errors.Is(err, personal.ErrPhoneCountry):
		e.flag("phone", words.T("a national number, and the account has no country"), words.T("add country: FR, or write it as +33 …"))
	case errors.Is(err, personal.ErrPhoneShort):
		e.flag("phone", words.T("too short for a telephone number: here are %d digits", digits(s)), international)
	case errors.Is(err, personal.ErrPhoneLong):
		e.flag("phone", words.T("too long for a telephone number: here are %d digits", digits(s)), international)
	case errors.Is(err, personal.ErrPhoneUnknown):
		e.flag("phone", words.T("no such number is possible there"), international)
	case err != nil:
		e.flag("phone", words.T("not a telephone number"), international)
	}
	e.is.Phone = phone
}

// need tells that a value is missing that the service requires.
func (e *entry) need(key string, p *profile.Profile, of func(profile.Requires) profile.Need) {
	if p == nil || of(p.Requires) != profile.Required || e.given(key) {
		return
	}
	e.wrong(e.at, key, words.T("%s needs it", p.Title), words.T("add: %s", key+": …"))
}

// apart tells what two accounts may not share: an id, and an objection.
func (r *reader) apart(all []entry) {
	ids, objections := map[string]entry{}, map[string]entry{}
	for _, e := range all {
		if first, ok := ids[e.is.ID]; ok && e.is.ID != "" {
			e.flag("id", words.T("used twice, first on line %d", first.fields["id"].value.at.line), words.T("give each account its own"))
		} else {
			ids[e.is.ID] = e
		}
		if !e.told() {
			continue
		}
		key := e.objection()
		if first, ok := objections[key]; ok {
			e.wrong(e.at, "id  "+quote(e.is.ID), words.T("the same objection as the account on line %d: same service, e-mail and phone", first.at.line), words.T("remove one of the two"))
		} else {
			objections[key] = e
		}
	}
	r.loginsApart(all)
}

// loginsApart tells where a login that goes by an account's id is the one that
// goes by an Accounts Centre's name: two people's logins never mix.
func (r *reader) loginsApart(all []entry) {
	centres := map[string]entry{}
	for _, e := range all {
		if _, ok := centres[e.is.AccountsCentre]; !ok && e.is.Session == "" && e.is.AccountsCentre != "" {
			centres[e.is.AccountsCentre] = e
		}
	}
	for _, e := range all {
		if e.is.Session != "" || e.given("session") || e.is.AccountsCentre != "" {
			continue
		}
		if other, ok := centres[e.is.ID]; ok {
			e.flag("id", words.T("also the accounts_centre of the account on line %d: both would share one kept login", other.at.line),
				words.T("rename one of the two, or say it with session: …"))
		}
	}
}

// told reports whether it can be told which objection the account's is: what
// names one is there as it is meant.
func (e *entry) told() bool {
	p := e.set.Profiles[e.is.Service]
	return p != nil &&
		e.is.Email.IsZero() != (e.given("email") || p.Requires.Email == profile.Required) &&
		e.is.Phone.IsZero() != (e.given("phone") || p.Requires.Phone == profile.Required)
}

// objection is what an account's objection is told by; it stays in memory.
func (e *entry) objection() string {
	key := e.is.Service
	if !e.is.Email.IsZero() {
		key += "\x00" + e.is.Email.Reveal(personal.ForKeying)
	}
	if !e.is.Phone.IsZero() {
		key += "\x00" + e.is.Phone.Reveal(personal.ForKeying)
	}
	return key
}
