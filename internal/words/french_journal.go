package words

// frenchJournal are the French twins of what room journal says.
var frenchJournal = map[string]string{}
