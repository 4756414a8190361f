package rehearsal

// captchaEntries are the checks for robots, beside the first one.
func captchaEntries() []entry {
	return []entry{
		scenario("hcaptcha",
			"As captcha, with hCaptcha's box.",
			"Comme captcha, avec la case d’hCaptcha.",
			func(t *traits) { t.captcha = captchaHCaptcha }),
		scenario("turnstile",
			"As captcha, with Cloudflare Turnstile's box, in a closed shadow root.",
			"Comme captcha, avec la case de Cloudflare Turnstile, dans un « shadow root » fermé.",
			func(t *traits) { t.captcha = captchaTurnstile }),
		scenario("arkose",
			"As captcha, with a box in the frame of Arkose Labs.",
			"Comme captcha, avec une case dans le cadre d’Arkose Labs.",
			func(t *traits) { t.captcha = captchaArkose }),
		scenario("friendly",
			"As captcha, with Friendly Captcha's button in the page itself.",
			"Comme captcha, avec le bouton de Friendly Captcha dans la page elle-même.",
			func(t *traits) { t.captcha = captchaFriendly }),
		scenario("friendly-frame",
			"As captcha, with Friendly Captcha's second version: a box in a frame.",
			"Comme captcha, avec la deuxième version de Friendly Captcha : une case dans un cadre.",
			func(t *traits) { t.captcha = captchaFriendlyFrame }),
		scenario("altcha",
			"The form can be sent only after a box is ticked and the browser has worked for it (ALTCHA, a proof of work).",
			"Le formulaire ne part qu’une fois une case cochée et un calcul fait par le navigateur (ALTCHA, une preuve de travail).",
			func(t *traits) { t.captcha = captchaALTCHA }),
		scenario("image-captcha",
			"Before any page the letters of a picture are wanted; they are KM7RP.",
			"Avant toute page, les lettres d’une image sont demandées ; ce sont KM7RP.",
			func(t *traits) { t.picture = true }),
	}
}
