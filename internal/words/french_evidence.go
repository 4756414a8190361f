package words

// frenchEvidence are the French twins of what room evidence says.
var frenchEvidence = map[string]string{
	"The evidence was never sealed: the attempt was interrupted, or the manifest was removed.": "Les preuves n’ont jamais été scellées : la tentative a été interrompue, ou l’inventaire a été retiré.",

	"The manifest cannot be read.":                  "L’inventaire est illisible.",
	"The manifest was changed after it was sealed.": "L’inventaire a été modifié après avoir été scellé.",

	"%s is gone.": "%s a disparu.",
	"%s is not what it was when it was sealed.":   "%s n’est plus ce qu’il était au moment du scellement.",
	"%s can be read by others on this computer.":  "%s peut être lu par d’autres personnes sur cet ordinateur.",
	"%s was added after the evidence was sealed.": "%s a été ajouté après le scellement des preuves.",
}
