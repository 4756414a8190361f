package chrome

// places are names (looked up in PATH) and paths, in the order of preference.
// chromium stands before chromium-browser, which on Ubuntu is a snap.
func places(func(string) string) []string {
	return []string{
		"chromium", "google-chrome-stable", "google-chrome", "chromium-browser",
		"google-chrome-beta", "google-chrome-unstable",
		"/opt/google/chrome/chrome", "/usr/lib/chromium/chromium", "/usr/lib64/chromium-browser/chromium-browser",
		"chromium-headless-shell", "chrome-headless-shell", "headless_shell", "/headless-shell/headless-shell",
	}
}
