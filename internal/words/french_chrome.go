package words

// frenchChrome are the French twins of what room chrome says.
var frenchChrome = map[string]string{
	"%s has no window.":                             "%s n’a pas de fenêtre.",
	"%s does not speak as Chrome or Chromium does.": "%s ne parle pas comme le font Chrome ou Chromium.",
	"%s ended at once: it is not a Chrome or Chromium that this program can use.": "%s s’est arrêté aussitôt : ce n’est pas un Chrome ou un Chromium que ce programme sait utiliser.",
	"%s is not a program that runs on this computer.":                             "%s n’est pas un programme qui fonctionne sur cet ordinateur.",
	"%s may not be run.":                     "%s n’a pas le droit d’être exécuté.",
	"%s started but gave no answer in time.": "%s a démarré mais n’a pas répondu à temps.",

	"Chrome does not start for root with its sandbox on.":                                                     "Chrome ne démarre pas pour root tant que son bac à sable est actif.",
	"another browser already uses this login's folder.":                                                       "un autre navigateur utilise déjà le dossier de cette connexion.",
	"no Chrome or Chromium is installed on this computer.":                                                    "ni Chrome ni Chromium n’est installé sur cet ordinateur.",
	"the folder for the browser's data cannot be made.":                                                       "le dossier des données du navigateur ne peut pas être créé.",
	"there is no program at %s.":                                                                              "il n’y a pas de programme à cet endroit : %s.",
	"there is no screen to show a window on.":                                                                 "il n’y a pas d’écran où montrer une fenêtre.",
	"this system does not allow Chrome's sandbox.":                                                            "ce système n’autorise pas le bac à sable de Chrome.",
	"the only browser here is a snap or flatpak, which is shut off from other programs and cannot be driven.": "le seul navigateur présent est un paquet snap ou flatpak : il est isolé des autres programmes et ne peut pas être piloté.",

	"Allow unprivileged user namespaces, or install Chrome from your system's packages.":                                                         "Autorisez les espaces de noms utilisateur sans privilèges, ou installez Chrome depuis les paquets de votre système.",
	"Close the other browser window or program that uses it, then try again.":                                                                    "Fermez l’autre fenêtre ou programme qui l’utilise, puis réessayez.",
	"Correct the browser's path in the config or in %s, or remove it: the usual places are then searched.":                                       "Corrigez le chemin du navigateur dans la configuration ou dans %s, ou supprimez-le : il est alors cherché aux endroits habituels.",
	"Install Chromium with: sudo apt-get install chromium":                                                                                       "Installez Chromium avec : sudo apt-get install chromium",
	"Install Google Chrome from google.com/chrome, or Chromium from a package that is no snap or flatpak. It can stand beside the one you have.": "Installez Google Chrome depuis google.com/chrome, ou Chromium depuis un paquet qui n’est ni snap ni flatpak. Il peut cohabiter avec celui que vous avez.",
	"Install Google Chrome from google.com/chrome, or Chromium from your system's own packages.":                                                 "Installez Google Chrome depuis google.com/chrome, ou Chromium depuis les paquets de votre système.",
	"Make it executable, or name another browser.":                                                                                               "Rendez-le exécutable, ou indiquez un autre navigateur.",
	"Make room on the disk or choose a folder that you may write to.":                                                                            "Faites de la place sur le disque, ou choisissez un dossier où vous avez le droit d’écrire.",
	"Run as another user, or allow Chrome to run without its sandbox.":                                                                           "Lancez le programme sous un autre utilisateur, ou autorisez Chrome à fonctionner sans son bac à sable.",
	"Run without a window, or from a desktop session.":                                                                                           "Lancez le programme sans fenêtre, ou depuis une session de bureau.",
	"Try again when the computer is less busy, or name another browser.":                                                                         "Réessayez quand l’ordinateur est moins occupé, ou indiquez un autre navigateur.",
}
