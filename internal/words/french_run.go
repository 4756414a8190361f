package words

// frenchRun are the French twins of what room run says.
var frenchRun = map[string]string{
	"submitted %s; it is not sent again":                "envoyée le %s ; elle n’est pas renvoyée",
	"confirmed %s":                                      "confirmée le %s",
	"already honoured, seen %s":                         "déjà prise en compte, constaté le %s",
	"rejected %s; it is not sent again by itself":       "refusée le %s ; elle n’est pas renvoyée d’elle-même",
	"in doubt since %s; it is not sent again by itself": "incertaine depuis le %s ; elle n’est pas renvoyée d’elle-même",

	"the site suspects a robot or has locked the account, since %s. Left alone until %s. What helps is to log in there by hand first.": "le site soupçonne un robot ou a bloqué le compte, depuis le %s. On n’y touche pas avant le %s. Ce qui aide, c’est de s’y connecter d’abord à la main.",

	"%s stood for %s before. This is another objection.": "%s désignait %s auparavant. C’est une autre opposition.",
	"%s is not known to have this form in %s.":           "On ne sait pas si %s propose ce formulaire dans ce pays : %s.",

	"An earlier attempt for %s did not end. What it left is looked at first.": "Une tentative précédente pour %s ne s’est pas terminée. On regarde d’abord ce qu’elle a laissé.",

	"covered by %s, as your config says (same Accounts Centre)":       "couverte par %s, comme le dit votre configuration (même Espace Comptes)",
	"covered by %s as soon as that one is submitted":                  "couverte par %s dès que celle-ci est envoyée",
	"no longer covered: %s was rejected. Run again to send this one.": "plus couverte : %s a été refusée. Relancez pour envoyer celle-ci.",
	"no longer covered: %s is in doubt. Run again to send this one.":  "plus couverte : %s est incertaine. Relancez pour envoyer celle-ci.",

	"Did you mean %s?":              "Vouliez-vous dire %s ?",
	"There is none in your config.": "Il n’y en a aucun dans votre configuration.",
	"There are: %s":                 "Il y a : %s",
}
