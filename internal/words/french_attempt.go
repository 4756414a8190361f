package words

// frenchAttempt are the French twins of what room attempt says.
//
//nolint:gosec // G101 takes a sentence about logging in for a credential
var frenchAttempt = map[string]string{
	"opens %s":              "ouvre « %s »",
	"follows the link “%s”": "suit le lien « %s »",
	"fills in the form":     "remplit le formulaire",
	"sends the form":        "envoie le formulaire",
	"waits for the answer":  "attend la réponse",
	"needs you: %s":         "a besoin de vous : %s",

	"I did not find the link to the form. I looked for: %s.":    "Je n’ai pas trouvé le lien vers le formulaire. J’ai cherché : %s.",
	"I did not find the button that sends the form.":            "Je n’ai pas trouvé le bouton qui envoie le formulaire.",
	"I did not find the form.":                                  "Je n’ai pas trouvé le formulaire.",
	"The page shows another form than Meta's objection for AI.": "La page montre un autre formulaire que l’opposition de Meta pour l’IA.",
	"The page is gone.":                                         "La page n’existe plus.",
	"The page led to %s, where your data may not be typed.":     "La page menait à %s, où vos données ne doivent pas être saisies.",

	"The page could not be reached (%s).":                        "La page n’a pas pu être atteinte (%s).",
	"The page did nothing when the form's button was pressed.":   "La page n’a rien fait quand le bouton du formulaire a été pressé.",
	"The page wanted to send your data to %s. That was stopped.": "La page voulait envoyer vos données à %s. Cela a été empêché.",
	"The page crashed.":                     "La page s’est arrêtée brutalement.",
	"The page did not come to rest.":        "La page n’a cessé de changer.",
	"The browser ended.":                    "Le navigateur s’est arrêté.",
	"The time for one attempt was used up.": "Le temps prévu pour une tentative est écoulé.",
	"The attempt ended early.":              "La tentative s’est terminée trop tôt.",
	"You stopped it.":                       "Vous l’avez arrêtée.",
	"It is not known whether it arrived. It will not be sent again by itself.": "On ne sait pas si elle est arrivée. Elle ne sera pas renvoyée d’elle-même.",

	"The site got the form and did not take it. No objection was made.":                                                                              "Le site a reçu le formulaire et ne l’a pas accepté. Aucune opposition n’a été déposée.",
	"The form asks for %s a second time, and you kept what the page held, which I do not read. Choose your config's, or log in as the right person.": "Le formulaire demande %s une deuxième fois, et vous avez gardé ce que la page contenait, que je ne lis pas. Choisissez la valeur de votre configuration, ou connectez-vous avec le bon compte.",
	"The form asks for %s, which your config does not give: add it there, then run again.":                                                           "Le formulaire demande %s, que votre configuration ne donne pas : ajoutez-le, puis relancez.",
	"The form does not accept %s.":                                    "Le formulaire n’accepte pas %s.",
	"The form does not keep %s.":                                      "Le formulaire ne garde pas %s.",
	"The form's button stays disabled.":                               "Le bouton du formulaire reste désactivé.",
	"The site asked for something more after sending.":                "Le site a demandé autre chose après l’envoi.",
	"%s Nothing was sent.":                                            "%s Rien n’a été envoyé.",
	"%s Nothing was typed or sent.":                                   "%s Rien n’a été saisi ni envoyé.",
	"%s The site had got a part of it before. No objection was made.": "%s Le site en avait reçu une partie auparavant. Aucune opposition n’a été déposée.",
	"%s The site had got the form before, and did not take it.":       "%s Le site avait reçu le formulaire auparavant, et ne l’a pas accepté.",

	"the e-mail":        "l’adresse e-mail",
	"the phone number":  "le numéro de téléphone",
	"the reason":        "le motif",
	"the country":       "le pays",
	"the one-time code": "le code à usage unique",
	"a value":           "une valeur",

	"Give the one-time code that the site has sent you.":             "Donnez le code à usage unique que le site vous a envoyé.",
	"Look at the filled form and say whether it may be sent.":        "Regardez le formulaire rempli et dites s’il peut être envoyé.",
	"The page shows %s, which is not what your config says: choose.": "La page montre %s, ce qui n’est pas ce que dit votre configuration : choisissez.",
	"Say which one is right: the page offers several.":               "Dites laquelle est la bonne : la page en propose plusieurs.",
	"Say what the site's answer means.":                              "Dites ce que signifie la réponse du site.",

	"Keep what the page holds (%s)": "Garder ce que contient la page (%s)",
	"Use what the config says":      "Utiliser ce que dit la configuration",
	"The objection was taken":       "L’opposition a été prise en compte",
	"The objection was refused":     "L’opposition a été refusée",
	"It is not clear":               "Ce n’est pas clair",

	"It was not done in time: %s":        "Cela n’a pas été fait à temps : %s",
	"The page was closed: %s":            "La page a été fermée : %s",
	"no longer: %s":                      "n’y est plus : %s",
	"new: %s":                            "nouveau : %s",
	"the page shows your account: %s":    "la page montre votre compte : %s",
	"the page shows another account: %s": "la page montre un autre compte : %s",
	"opens it in a window":               "l’ouvre dans une fenêtre",
	"The site says that it suspects a robot or has locked the account. Log in by hand in two days and look at the account, then try again.": "Le site dit soupçonner un robot ou avoir bloqué le compte. Connectez-vous vous-même dans deux jours, regardez le compte, puis réessayez.",
	"Log in on the site's page.":                                        "Connectez-vous sur la page du site.",
	"Pass the check that you are a person, on the site's page.":         "Montrez que vous êtes une personne, sur la page du site.",
	"The site asks for a decision that only you may take, on its page.": "Le site demande, sur sa page, une décision que vous seul pouvez prendre.",
}
