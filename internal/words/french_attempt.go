package words

// frenchAttempt are the French twins of what room attempt says.
//
//nolint:gosec // G101 takes a sentence about logging in for a credential
var frenchAttempt = map[string]string{
	"opens %s":              "ouvre %s",
	"follows the link “%s”": "suit le lien « %s »",
	"fills in the form":     "remplit le formulaire",
	"sends the form":        "envoie le formulaire",
	"waits for the answer":  "attend la réponse",
	"needs you: %s":         "a besoin de vous : %s",

	"I did not find the link to the form. I looked for: %s. Nothing was typed or sent.":    "Je n’ai pas trouvé le lien vers le formulaire. J’ai cherché : %s. Rien n’a été saisi ni envoyé.",
	"I did not find the button that sends the form. Nothing was sent.":                     "Je n’ai pas trouvé le bouton qui envoie le formulaire. Rien n’a été envoyé.",
	"I did not find the form. Nothing was typed or sent.":                                  "Je n’ai pas trouvé le formulaire. Rien n’a été saisi ni envoyé.",
	"The page shows another form than Meta's objection for AI. Nothing was typed or sent.": "La page montre un autre formulaire que l’opposition de Meta pour l’IA. Rien n’a été saisi ni envoyé.",
	"The page is gone. Nothing was typed or sent.":                                         "La page n’existe plus. Rien n’a été saisi ni envoyé.",
	"The page led to %s, where your data may not be typed. Nothing was typed or sent.":     "La page menait à %s, où vos données ne doivent pas être saisies. Rien n’a été saisi ni envoyé.",

	"The page could not be reached (%s). Nothing was sent.":                        "La page n’a pas pu être atteinte (%s). Rien n’a été envoyé.",
	"The page did nothing when the form's button was pressed. Nothing was sent.":   "La page n’a rien fait quand le bouton du formulaire a été pressé. Rien n’a été envoyé.",
	"The page wanted to send your data to %s. That was stopped: nothing was sent.": "La page voulait envoyer vos données à %s. Cela a été empêché : rien n’a été envoyé.",
	"The page crashed. Nothing was sent.":                                          "La page s’est arrêtée brutalement. Rien n’a été envoyé.",
	"The page did not come to rest. Nothing was sent.":                             "La page n’a cessé de changer. Rien n’a été envoyé.",
	"The browser ended. Nothing was sent.":                                         "Le navigateur s’est arrêté. Rien n’a été envoyé.",
	"The time for one attempt was used up. Nothing was sent.":                      "Le temps prévu pour une tentative est écoulé. Rien n’a été envoyé.",
	"The attempt ended early. Nothing was sent.":                                   "La tentative s’est terminée trop tôt. Rien n’a été envoyé.",
	"You stopped it. Nothing was sent.":                                            "Vous l’avez arrêtée. Rien n’a été envoyé.",
	"It is not known whether it arrived. It will not be sent again by itself.":     "On ne sait pas si elle est arrivée. Elle ne sera pas renvoyée d’elle-même.",

	"The form asks for %s, which your config does not give. Nothing was sent.": "Le formulaire demande %s, que votre configuration ne donne pas. Rien n’a été envoyé.",
	"The form does not accept %s. Nothing was sent.":                           "Le formulaire n’accepte pas %s. Rien n’a été envoyé.",
	"The form does not keep %s. Nothing was sent.":                             "Le formulaire ne garde pas %s. Rien n’a été envoyé.",
	"The form's button stays disabled. Nothing was sent.":                      "Le bouton du formulaire reste désactivé. Rien n’a été envoyé.",
	"The site asked for something more after sending.":                         "Le site a demandé autre chose après l’envoi.",
	"%s Nothing was sent.":                                                     "%s Rien n’a été envoyé.",

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

	"It was not done in time: %s Nothing was sent.": "Cela n’a pas été fait à temps : %s Rien n’a été envoyé.",
	"The page was closed: %s Nothing was sent.":     "La page a été fermée : %s Rien n’a été envoyé.",
	"no longer: %s":                      "n’y est plus : %s",
	"new: %s":                            "nouveau : %s",
	"the page shows your account: %s":    "la page montre votre compte : %s",
	"the page shows another account: %s": "la page montre un autre compte : %s",
	"opens it in a window":               "l’ouvre dans une fenêtre",
	"The site says that it suspects a robot or has locked the account. Nothing was sent. Log in by hand in two days and look at the account, then try again.": "Le site dit soupçonner un robot ou avoir bloqué le compte. Rien n’a été envoyé. Connectez-vous vous-même dans deux jours, regardez le compte, puis réessayez.",
	"Log in on the site's page.":                                        "Connectez-vous sur la page du site.",
	"Pass the check that you are a person, on the site's page.":         "Montrez que vous êtes une personne, sur la page du site.",
	"The site asks for a decision that only you may take, on its page.": "Le site demande, sur sa page, une décision que vous seul pouvez prendre.",
}
