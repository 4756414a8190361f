package rehearsal

// sessionEntries are the ways in which a login does not last, or is another one's.
func sessionEntries() []entry {
	return []entry{
		scenario("session-expires",
			"As login, and the session ends once before the form is sent: it has to be logged in, filled and sent again.",
			"Comme login, et la session expire une fois avant l’envoi : il faut se reconnecter, remplir et envoyer de nouveau.",
			func(t *traits) { t.login, t.expires = true, true }),
		scenario("already-in",
			"Somebody else is logged in from the start: the header shows them, the form holds their e-mail; one can log out.",
			"Quelqu’un d’autre est connecté dès le début : l’en-tête l’affiche, le formulaire contient son adresse ; on peut se déconnecter.",
			func(t *traits) { t.login, t.alreadyIn, t.prefill = true, true, prefillOwn }),
	}
}
