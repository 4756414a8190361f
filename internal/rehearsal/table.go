package rehearsal

import "slices"

type entry struct {
	Scenario
	bend func(*traits)
}

// scenario is one line of the table: its name, what a person reads of it, and how
// it departs from the ordinary site.
func scenario(name, english, french string, bend func(*traits)) entry {
	return entry{Scenario{name, english, french}, bend}
}

// entries is the one table in which scenarios are made of traits.
func entries() []entry {
	return slices.Concat(routeEntries(), gateEntries(), formEntries(), wireEntries(), answerEntries(),
		wayEntries(), textureEntries(), lookEntries(), fieldEntries(), doorEntries(), captchaEntries(), codeEntries(), sessionEntries())
}

// routeEntries are what can happen on the way to the form.
func routeEntries() []entry {
	return []entry{
		scenario(Ordinary,
			"Everything works: the Privacy Center, its link, the form, the thank-you.",
			"Tout fonctionne : le Centre de confidentialité, son lien, le formulaire, le remerciement.",
			func(*traits) {}),
		scenario("two-links",
			"Two boxes of the Privacy Center have the same sentence and the same link word.",
			"Deux encadrés du Centre de confidentialité ont la même phrase et le même mot en lien.",
			func(t *traits) { t.links = linkTwo }),
		scenario("ads-twin",
			"A box about ads, above the right one, has the same link word.",
			"Un encadré sur la publicité, au-dessus du bon, a le même mot en lien.",
			func(t *traits) { t.links = linkTwin }),
		scenario("link-missing",
			"The Privacy Center has lost its link, and the form's address has no form.",
			"Le Centre de confidentialité a perdu son lien et l’adresse du formulaire n’a plus de formulaire.",
			func(t *traits) { t.links, t.formEmpty = linkNone, true }),
		scenario("first-route-gone",
			"The Privacy Center does not exist any more; the form's address works.",
			"Le Centre de confidentialité n’existe plus ; l’adresse du formulaire fonctionne.",
			func(t *traits) { t.privacyGone = true }),
		scenario("all-gone",
			"Neither the Privacy Center nor the form exists any more.",
			"Ni le Centre de confidentialité ni le formulaire n’existent encore.",
			func(t *traits) { t.privacyGone, t.formGone = true, true }),
		scenario("unreachable",
			"Every connection breaks at once.",
			"Chaque connexion est coupée aussitôt.",
			func(t *traits) { t.unreachable = true }),
		scenario("redirect-away",
			"The form's address leads to a look-alike host.",
			"L’adresse du formulaire mène à un hôte qui lui ressemble.",
			func(t *traits) { t.leaving = leaveAtOnce }),
		scenario("redirect-late",
			"The page goes to a look-alike host as soon as a field is entered.",
			"La page part vers un hôte qui lui ressemble dès qu’on entre dans un champ.",
			func(t *traits) { t.leaving = leaveOnFocus }),
	}
}

// gateEntries are what only a person may answer, or what covers the page.
func gateEntries() []entry {
	return []entry{
		scenario("login",
			"A login stands before every page; the password is “rehearsal”.",
			"Une connexion précède chaque page ; le mot de passe est « rehearsal ».",
			func(t *traits) { t.login = true }),
		scenario("ads-choice",
			"A choice between ads and a subscription stands before every page.",
			"Un choix entre publicité et abonnement précède chaque page.",
			func(t *traits) { t.ads = true }),
		scenario("captcha",
			"The form can be sent only after a box “I'm not a robot” is ticked.",
			"Le formulaire ne part qu’une fois cochée la case « Je ne suis pas un robot ».",
			func(t *traits) { t.captcha = captchaReCAPTCHA }),
		scenario("code",
			"After sending, the page asks for a code received by mail; the code is 246810.",
			"Après l’envoi, la page demande un code reçu par courriel ; le code est 246810.",
			func(t *traits) { t.answer = answerCode }),
		scenario("prefilled",
			"The form already holds the account's own e-mail.",
			"Le formulaire contient déjà l’adresse e-mail du compte.",
			func(t *traits) { t.prefill = prefillOwn }),
		scenario("prefilled-other",
			"The form already holds somebody else's e-mail.",
			"Le formulaire contient déjà l’adresse e-mail de quelqu’un d’autre.",
			func(t *traits) { t.prefill = prefillOther }),
		scenario("alert",
			"Every page opens a message box when it loads.",
			"Chaque page ouvre une boîte de message en se chargeant.",
			func(t *traits) { t.alert = true }),
	}
}

// formEntries are what the form stands in and what its button hears.
func formEntries() []entry {
	return []entry{
		scenario("frame",
			"The form stands in a frame of help.meta.com.",
			"Le formulaire se trouve dans un cadre de help.meta.com.",
			func(t *traits) { t.shell = shellFrame }),
		scenario("shadow",
			"The form stands in a closed shadow root.",
			"Le formulaire se trouve dans un « shadow root » fermé.",
			func(t *traits) { t.shell = shellShadow }),
		scenario("ignores-click",
			"The send button hears no press.",
			"Le bouton d’envoi n’entend aucun clic.",
			func(t *traits) { t.button = buttonDeaf }),
		scenario("slow-to-hear",
			"The send button loses the first press and hears the second.",
			"Le bouton d’envoi perd le premier clic et entend le deuxième.",
			func(t *traits) { t.button = buttonSecond }),
	}
}

// wireEntries are the ways a form travels.
func wireEntries() []entry {
	return []entry{
		scenario("double-send",
			"A script of the page sends the form twice for one press.",
			"Un script de la page envoie le formulaire deux fois pour un seul clic.",
			func(t *traits) { t.wire = wireTwice }),
		scenario("form-post",
			"The form is sent the old way and a new page says thank you.",
			"Le formulaire part à l’ancienne et une nouvelle page remercie.",
			func(t *traits) { t.wire = wireNative }),
		scenario("xhr",
			"The form is sent by XMLHttpRequest.",
			"Le formulaire part par XMLHttpRequest.",
			func(t *traits) { t.wire = wireXHR }),
		scenario("keepalive",
			"The form is sent by a request that outlives its page.",
			"Le formulaire part par une requête qui survit à sa page.",
			func(t *traits) { t.wire = wireKeepalive }),
		scenario("beacon",
			"Telemetry without personal data goes out just before the form.",
			"De la télémétrie sans donnée personnelle part juste avant le formulaire.",
			func(t *traits) { t.wire = wireBeacon }),
		scenario("telemetry-first",
			"The form is sent only after telemetry was answered.",
			"Le formulaire ne part qu’une fois la télémétrie acceptée.",
			func(t *traits) { t.wire = wireToldFirst }),
	}
}

// answerEntries are what comes back.
func answerEntries() []entry {
	return []entry{
		scenario("slow",
			"The answer to the sent form takes long.",
			"La réponse au formulaire envoyé se fait attendre.",
			func(t *traits) { t.slow = true }),
		scenario("field-error",
			"The first time, the answer says that a field is wrong; the second time it is taken.",
			"La première fois, la réponse dit qu’un champ est faux ; la deuxième fois, elle accepte.",
			func(t *traits) { t.answer = answerField }),
		scenario("refused",
			"The objection is refused.",
			"L’opposition est refusée.",
			func(t *traits) { t.answer = answerRefused }),
		scenario("unclear",
			"The answer is a sentence that says neither yes nor no.",
			"La réponse est une phrase qui ne dit ni oui ni non.",
			func(t *traits) { t.answer = answerUnclear }),
		scenario("thanks-but-500",
			"The page says thank you although the server answered with a fault.",
			"La page remercie alors que le serveur a répondu par une panne.",
			func(t *traits) { t.thanks, t.answer = true, answerBroken }),
		scenario("thanks-but-error",
			"The page says thank you although the answer says that it was not taken.",
			"La page remercie alors que la réponse dit que rien n’a été pris en compte.",
			func(t *traits) { t.thanks, t.answer = true, answerError }),
	}
}
