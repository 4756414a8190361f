package rehearsal

// wayEntries force one of the ways to the form that are known; the form's own
// address works in all of them.
func wayEntries() []entry {
	return []entry{
		scenario("message-first",
			"The notice about AI comes only after a message about the policy is pressed.",
			"L’encadré sur l’IA n’apparaît qu’après un appui sur un message concernant la politique.",
			func(t *traits) { t.message = true }),
		scenario("topic-list",
			"Only the list of the topic “AI at Meta” leads to the form.",
			"Seule la liste du sujet « IA chez Meta » mène au formulaire.",
			func(t *traits) { t.way = wayTopic }),
		scenario("topic-panel",
			"An entry of the topic “AI at Meta” has to be opened before its link is there.",
			"Une ligne du sujet « IA chez Meta » doit être ouverte avant que son lien n’apparaisse.",
			func(t *traits) { t.way, t.topic = wayTopic, topicPanel }),
		scenario("policy-box",
			"Only the box on top of the privacy policy leads to the form.",
			"Seul l’encadré en haut de la politique de confidentialité mène au formulaire.",
			func(t *traits) { t.way = wayBox }),
		scenario("policy-section",
			"Only the policy's section on the right to object leads on, to a question with “Next”.",
			"Seule la section de la politique sur le droit d’opposition mène plus loin, à une question suivie de « Suivant ».",
			func(t *traits) { t.way, t.ask = waySection, askNext }),
		scenario("question-reveals",
			"As policy-section, but the form appears below the question once it is answered.",
			"Comme policy-section, mais le formulaire apparaît sous la question une fois la réponse donnée.",
			func(t *traits) { t.way, t.ask = waySection, askReveals }),
		scenario("choice-2026",
			"The bottom of the topic leads to a page with a choice of forms, one of them the right one.",
			"Le bas du sujet mène à une page qui propose plusieurs formulaires, dont le bon.",
			func(t *traits) { t.way = wayChoice }),
		scenario("choice-radios",
			"As choice-2026, with radio buttons and “Next”.",
			"Comme choice-2026, avec des boutons radio et « Suivant ».",
			func(t *traits) { t.way, t.choice = wayChoice, choiceRadios }),
		scenario("first-form-gone",
			"The form's first number does not exist any more; its other number works.",
			"Le premier numéro du formulaire n’existe plus ; son autre numéro fonctionne.",
			func(t *traits) { t.firstGone = true }),
	}
}

// textureEntries are what pages are made of.
func textureEntries() []entry {
	return []entry{
		scenario("lazy",
			"Sections and forms come only when they are scrolled to.",
			"Les sections et les formulaires n’apparaissent que lorsqu’on les atteint en faisant défiler la page.",
			func(t *traits) { t.lazy = true }),
		scenario("split-text",
			"Texts are cut into pieces, with no-break spaces and typographic apostrophes.",
			"Les textes sont découpés en morceaux, avec des espaces insécables et des apostrophes typographiques.",
			func(t *traits) { t.shredded = true }),
		scenario("hidden-twins",
			"Links, fields and buttons have twins that nobody can see.",
			"Les liens, les champs et les boutons ont des jumeaux que personne ne peut voir.",
			func(t *traits) { t.twins = true }),
	}
}

// lookEntries are the request portal of 2026 and the ways to it.
func lookEntries() []entry {
	return []entry{
		scenario("portal",
			"The form's address leads to the request portal: a wizard whose fields have no names.",
			"L’adresse du formulaire mène au portail de demandes : un assistant dont les champs n’ont pas de nom.",
			func(t *traits) { t.look = lookPortal }),
		scenario("portal-bare",
			"As portal, and the e-mail boxes have no label of their own, only text nearby.",
			"Comme portal, et les champs d’adresse e-mail n’ont pas d’étiquette propre, seulement un texte à côté.",
			func(t *traits) { t.look, t.bare = lookPortal, true }),
		scenario("portal-country",
			"As portal, with a country to choose from a list and a question answered by radio.",
			"Comme portal, avec un pays à choisir dans une liste et une question à boutons radio.",
			func(t *traits) { t.look, t.country, t.radios = lookPortal, countryTypeahead, radiosKeep }),
		scenario("portal-code",
			"As portal, with a code to request by mail and to verify before sending; the code is 246810.",
			"Comme portal, avec un code à demander par courriel et à vérifier avant l’envoi ; le code est 246810.",
			func(t *traits) { t.look, t.answer = lookPortal, answerCode }),
		scenario("portal-graphql",
			"As portal, and the values travel as JSON inside one field.",
			"Comme portal, et les valeurs voyagent en JSON dans un seul champ.",
			func(t *traits) { t.look, t.wire = lookPortal, wireGraph }),
		scenario("portal-after-country",
			"The classic form asks for a country; once it is chosen, the page leads to the request portal.",
			"Le formulaire classique demande un pays ; une fois choisi, la page mène au portail de demandes.",
			func(t *traits) { t.look, t.country = lookSwitch, countryTypeahead }),
	}
}

// fieldEntries are what the form asks for besides the e-mail.
func fieldEntries() []entry {
	return []entry{
		scenario("form-2024",
			"The form of 2024: country, reason required, a second text, a code by mail after sending.",
			"Le formulaire de 2024 : pays, raison obligatoire, second texte, code par courriel après l’envoi.",
			func(t *traits) {
				t.country, t.reason, t.more, t.answer = countryTypeahead, reasonRequired, true, answerCode
			}),
		scenario("form-brazil",
			"The form of Brazil: country from a drop-down list, reason required, a code by mail.",
			"Le formulaire du Brésil : pays dans une liste déroulante, raison obligatoire, code par courriel.",
			func(t *traits) { t.country, t.reason, t.answer = countrySelect, reasonRequired, answerCode }),
		scenario("country",
			"The form asks for the country, in a field that looks it up while one types.",
			"Le formulaire demande le pays, dans un champ qui le cherche pendant la saisie.",
			func(t *traits) { t.country = countryTypeahead }),
		scenario("reason-long",
			"The form wants a reason of at least a hundred characters.",
			"Le formulaire veut une raison d’au moins cent caractères.",
			func(t *traits) { t.reason = reasonLong }),
		scenario("form-radios",
			"The form itself asks by radio button whether the request is about AI at Meta.",
			"Le formulaire lui-même demande par bouton radio si la demande concerne l’IA chez Meta.",
			func(t *traits) { t.radios = radiosKeep }),
		scenario("radios-reset",
			"As form-radios, and filling a later field sets the radio back.",
			"Comme form-radios, et remplir un champ suivant annule le choix du bouton radio.",
			func(t *traits) { t.radios = radiosReset }),
	}
}

// doorEntries are more of what stands before the pages and beside the send.
func doorEntries() []entry {
	return []entry{
		scenario("two-factor",
			"As login, and then a code is wanted; the code is 246810.",
			"Comme login, puis un code est demandé ; le code est 246810.",
			func(t *traits) { t.login, t.twoFactor = true, true }),
		scenario("save-login",
			"As login, and Instagram offers to remember it before it goes on.",
			"Comme login, et Instagram propose de mémoriser la connexion avant de continuer.",
			func(t *traits) { t.login, t.saveLogin = true, true }),
		scenario("cookies-again",
			"As login, and the cookies are asked for once more afterwards; where one wanted to go is forgotten.",
			"Comme login, et la question des cookies est posée une seconde fois ensuite ; la page voulue est oubliée.",
			func(t *traits) { t.login, t.cookiesTwo = true, true }),
		scenario("locked",
			"The account is locked; no page can be reached.",
			"Le compte est verrouillé ; aucune page n’est accessible.",
			func(t *traits) { t.locked = true }),
		scenario("text-captcha",
			"After the first send, the letters of a picture are wanted; they are KM7RP.",
			"Après le premier envoi, les lettres d’une image sont demandées ; ce sont KM7RP.",
			func(t *traits) { t.textCaptcha = true }),
		scenario("already",
			"The answer says that an earlier objection still applies.",
			"La réponse dit qu’une opposition antérieure reste valable.",
			func(t *traits) { t.answer = answerAlready }),
	}
}
