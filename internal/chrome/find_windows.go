package chrome

import "path/filepath"

// places are paths below the folders where Windows keeps programs, for
// everybody and for one person.
func places(env func(string) string) []string {
	var out []string
	if env == nil {
		return out
	}
	for _, folder := range []string{env("ProgramFiles"), env("ProgramFiles(x86)"), env("LocalAppData")} {
		if folder == "" {
			continue
		}
		out = append(out,
			filepath.Join(folder, "Google", "Chrome", "Application", "chrome.exe"),
			filepath.Join(folder, "Chromium", "Application", "chrome.exe"))
	}
	return append(out, "chrome.exe", "chromium.exe", "chrome-headless-shell.exe")
}
