package chrome

import "path/filepath"

// places are paths and names, in the order of preference: applications for
// everybody, then the person's own, then what Homebrew puts into PATH.
func places(env func(string) string) []string {
	apps := []string{
		"Google Chrome.app/Contents/MacOS/Google Chrome",
		"Chromium.app/Contents/MacOS/Chromium",
		"Google Chrome Beta.app/Contents/MacOS/Google Chrome Beta",
		"Google Chrome Canary.app/Contents/MacOS/Google Chrome Canary",
	}
	folders := []string{"/Applications"}
	if env != nil && env("HOME") != "" {
		folders = append(folders, filepath.Join(env("HOME"), "Applications"))
	}
	var out []string
	for _, folder := range folders {
		for _, app := range apps {
			out = append(out, filepath.Join(folder, app))
		}
	}
	return append(out, "chromium", "google-chrome", "chrome-headless-shell")
}
