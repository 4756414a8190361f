package rehearsal

// codeEntries are the ways in which a code is asked for, beside the first one.
func codeEntries() []entry {
	return []entry{
		scenario("mailbox",
			"As code, and each mail holds another code; the mails are on https://mail.rehearsal.example/.",
			"Comme code, et chaque courriel contient un autre code ; les courriels sont sur https://mail.rehearsal.example/.",
			func(t *traits) { t.answer, t.codes = answerCode, codesRandom }),
		scenario("code-twice",
			"As code, and after the right code a second one is wanted; the second is 135790.",
			"Comme code, et après le bon code un second est demandé ; le second est 135790.",
			func(t *traits) { t.answer, t.codeTwice = answerCode, true }),
		scenario("code-boxes",
			"As code, with a box for each digit; typing leads to the next box, and a whole code can be pasted.",
			"Comme code, avec une case par chiffre ; la saisie mène à la case suivante, et on peut coller un code entier.",
			func(t *traits) { t.answer, t.codeBoxes = answerCode, true }),
	}
}
