package chrome

import (
	"strings"
)

// flags is our whole list, each with its reason. Never among them:
// disable-prompt-on-repost (F5 would post a form again in silence), anything
// that switches site isolation off, anything that hides automation.
func flags(o Options) []string {
	args := []string{
		"--remote-debugging-pipe",      // spoken to by inherited descriptors: no port
		"--no-startup-window",          // the first page is one that the hold already watches
		"--user-data-dir=" + o.DataDir, //
		"--window-size=1280,900",       // the default, 780×493, gets the narrow layouts
		"--no-first-run",               // no welcome page
		"--no-default-browser-check",   // no bar asking to be the default
		"--no-pings",                   // no hyperlink auditing posts
		"--no-service-autorun",         // no background service left behind
		"--password-store=basic",       // no keyring prompt
		"--use-mock-keychain",          // the same on macOS
		"--disable-sync",               // a context is no account of Google's
		"--disable-default-apps",       // nothing installs itself
		"--disable-extensions",         // nothing else reads or changes the page
		"--disable-component-update",   // no download during a run
		"--disable-component-extensions-with-background-pages",
		"--disable-background-networking",       // no field trials, safe browsing or predictions on the side
		"--disable-domain-reliability",          // no reports to third parties
		"--disable-breakpad",                    // a crash dump would hold what was typed
		"--disable-crash-reporter",              // the same
		"--disable-search-engine-choice-screen", // no dialog of the browser's own
		"--disable-infobars",                    // no bar shifts the page while it is read
		"--metrics-recording-only",              // no upload of usage figures
		"--disable-features=" + strings.Join(unwanted(), ","),
		// A window that is covered or in the background is painted and scripted as
		// one in front: several accounts run at once.
		"--disable-background-timer-throttling",
		"--disable-backgrounding-occluded-windows",
		"--disable-renderer-backgrounding",
	}
	switch {
	case isShell(o.Bin):
		args = append(args, "--headless")
	case !o.Headed:
		args = append(args, "--headless=new")
	}
	if o.NoSandbox { // only as root, where Chrome refuses to start otherwise; said to the person
		args = append(args, "--no-sandbox")
	}
	if len(o.Languages) > 0 { // --lang changes nothing on Linux
		args = append(args, "--accept-lang="+strings.Join(o.Languages, ","))
	}
	return append(args, routed(o)...)
}

// unwanted are the features that a run has no use for, or that send what
// nobody asked for.
func unwanted() []string {
	return []string{
		"Translate",              // would send the page's text and move its words
		"OptimizationHints",      // asks a server about the pages visited
		"MediaRouter",            // looks for devices on the network
		"DialMediaRouteProvider", // the same
		"InterestFeedContentSuggestions",
		"CertificateTransparencyComponentUpdater",
		"AutofillServerCommunication", // sends the form's shape away
		"AutofillEnableAccountWalletStorage",
		"PasswordManagerOnboarding",
		"Prerender2",                     // loads pages that nobody opened, past the hold
		"SpeculationRulesPrefetchFuture", // the same
		"Reporting",                      // uploads, past the hold, addresses that may hold values
		"NetworkErrorLogging",            // the same
		"BackForwardCache",               // keeps documents, with what was typed into them and their frames, after they are left
		"PreloadTopChromeWebUI",
		"WebUIOmniboxPopup", "WebUIOmniboxAimPopup", // half a second of processor time a window
		"GlobalMediaControls",
		"HttpsUpgrades", // a profile's loopback http origin stays what it says
	}
}

// routed are the flags of a rehearsal: names lead to this machine or nowhere.
// The first rule that matches wins, so the catch-all stands last.
func routed(o Options) []string {
	var args []string
	if len(o.Hosts) > 0 {
		rules := make([]string, 0, len(o.Hosts)+1)
		for _, h := range o.Hosts {
			name, address, _ := strings.Cut(h, "=")
			rules = append(rules, "MAP "+name+" "+address)
		}
		args = append(args, "--host-resolver-rules="+strings.Join(append(rules, "MAP * ~NOTFOUND"), ", "))
	}
	if len(o.TrustedKeys) > 0 {
		args = append(args, "--ignore-certificate-errors-spki-list="+strings.Join(o.TrustedKeys, ","))
	}
	return args
}

// preferences are put into a new data folder: nothing is filled in, remembered,
// translated or fetched ahead for the person.
const preferences = `{
 "autofill":{"enabled":false,"profile_enabled":false,"credit_card_enabled":false},
 "credentials_enable_service":false,"credentials_enable_autosignin":false,
 "profile":{"password_manager_enabled":false,"default_content_setting_values":{"notifications":2,"geolocation":2}},
 "net":{"network_prediction_options":2},
 "search":{"suggest_enabled":false},
 "translate":{"enabled":false},"translate_site_blocklist":[],
 "signin":{"allowed":false}}`
