package rehearsal

import "net/http"

// bindForm opens a view and tells the script how to behave.
func (s *Site) bindForm(r *http.Request, page *sheet) {
	page.Ask = s.traits.asks(page.Form)
	page.View = s.views.open(page.Form.ID, page.Lang, lookClassic)
	page.Countries = s.pages.countries.in(page.Lang)
	page.Boot.Form = &bootForm{
		Email: s.prefilled(r), Shell: s.traits.shell, Button: s.traits.button, Wire: s.traits.wire,
		Captcha: s.traits.captcha != captchaNone, Style: page.Static + "/page.css", Fault: page.T["fault_title"],
		Address: submitPath, Verify: verifyPath, Required: page.Ask.required(), Radios: s.traits.radios,
	}
	settings := page.Boot.Form
	if s.traits.codeBoxes {
		page.Digits = []int{1, 2, 3, 4, 5, 6}
	}
	if page.Captcha = s.traits.vendor(); page.Captcha != nil {
		settings.CaptchaFrom = page.Captcha.Origin()
	}
	if page.Ask.Country == countryTypeahead {
		settings.Countries = page.Countries
	}
	if page.Form.At == whatsapp {
		// Nobody is logged in there. Its script is known to lose the chosen topic.
		settings.Email, settings.Address, settings.Radios = "", contactPath, radiosReset
	}
	if s.traits.thanks {
		page.Boot.Form.Thanks = verdict{form: page.Form, look: lookClassic, says: "taken"}.said(page.T)
	}
	if s.traits.leaving == leaveOnFocus {
		settings.Leave = "https://" + evilHost + "/help/contact/" + page.Form.ID
	}
	if s.traits.look == lookSwitch && page.Form.Moved != "" {
		settings.Moved = s.moved(r, page.Form)
	}
}

// prefilled is what the e-mail field holds at first. Meta knows the address of
// who is logged in; without a login the caller of Start has to say it.
func (s *Site) prefilled(r *http.Request) string {
	if s.traits.prefill == prefillOther {
		return OtherEmail
	}
	if s.traits.prefill == prefillNone {
		return ""
	}
	if email, ok := s.views.person(r); ok {
		return email
	}
	return s.options.Prefill
}
