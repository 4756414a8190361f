package words

// frenchTwin finds the French format of an English one. Each room's sentences
// stand in a file of their own, so that a sentence is changed beside its twin.
func frenchTwin(english string) (string, bool) {
	if english == "%s" {
		return english, true
	}
	for _, room := range [...]map[string]string{
		frenchAttempt, frenchChrome, frenchCommand, frenchConfig, frenchEvidence,
		frenchGate, frenchJournal, frenchPersonal, frenchProfile, frenchRun,
		frenchSession, frenchSupervise,
	} {
		if twin, ok := room[english]; ok {
			return twin, true
		}
	}
	return "", false
}
