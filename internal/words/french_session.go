package words

// frenchSession are the French twins of what room session says.
var frenchSession = map[string]string{
	"%s is a link. A login is kept in a folder of its own only.":         "%s est un lien. Une connexion n’est gardée que dans un dossier à elle.",
	"%s is not a folder. A login is kept in a folder of its own only.":   "%s n’est pas un dossier. Une connexion n’est gardée que dans un dossier à elle.",
	"Move it away, or name another folder with --state.":                 "Déplacez-le, ou indiquez un autre dossier avec --state.",
	"Log in from a desktop session on this computer, or come by: ssh -X": "Connectez-vous depuis une session de bureau sur cet ordinateur, ou venez par : ssh -X",
}
