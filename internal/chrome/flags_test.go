package chrome

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// What these flags would do no run may ever do.
func TestFlagsNeverGiven(t *testing.T) {
	for _, o := range []Options{{}, {Headed: true}, {NoSandbox: true}, {Hosts: []string{"a=b"}, TrustedKeys: []string{"k"}, Languages: []string{"fr"}}} {
		for _, f := range flags(o) {
			for _, never := range []string{
				"disable-prompt-on-repost", "remote-debugging-port", "remote-debugging-address", "disable-web-security",
				"disable-site-isolation", "IsolateOrigins", "site-per-process", "AutomationControlled", "user-agent", "enable-automation",
				"remote-allow-origins", "allow-running-insecure-content", "load-extension",
			} {
				if strings.Contains(f, never) {
					t.Errorf("%s is given", f)
				}
			}
			if f == "--ignore-certificate-errors" || f == "--no-sandbox" && !o.NoSandbox {
				t.Errorf("%s is given", f)
			}
		}
		if !slices.Contains(flags(o), "--remote-debugging-pipe") {
			t.Error("not spoken to by a pipe")
		}
	}
}

// A rehearsal's names lead to this machine, and no other name leads anywhere.
func TestARehearsalsNamesLeadHereAndOthersNowhere(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.Host)) }))
	t.Cleanup(server.Close)
	key := sha256.Sum256(server.Certificate().RawSubjectPublicKeyInfo)
	o := testOptions(shellBin)
	o.Hosts = []string{"www.facebook.com:443=" + strings.TrimPrefix(server.URL, "https://")}
	g := Guard{Type: []string{"https://www.facebook.com", "https://www.instagram.com", server.URL}}
	refused := startedFor(t, o)
	o.TrustedKeys = []string{base64.StdEncoding.EncodeToString(key[:])}
	tab := openTab(t, startedFor(t, o), g)
	if x, err := tab.Navigate(within(t), "https://www.facebook.com/form"); err != nil || x.Status != 200 || x.Origin != "https://www.facebook.com" {
		t.Errorf("the played site: %+v, %v", x, err)
	}
	awaitChange(t, tab, func() bool { return tab.loaded(tab.frames()[0].id) })
	if got := evaluate(t, tab, `document.body.textContent`).Str(); got != "www.facebook.com" {
		t.Errorf("the page reads %q", got)
	}
	for name, c := range map[string]struct {
		tab     *Tab
		address string
		reason  string
	}{
		"another name":      {tab, "https://www.instagram.com/", "net::ERR_NAME_NOT_RESOLVED"},
		"another port":      {tab, server.URL, "net::ERR_NAME_NOT_RESOLVED"},
		"no key is trusted": {openTab(t, refused, g), "https://www.facebook.com/", "net::ERR_CERT_AUTHORITY_INVALID"},
	} {
		_, err := c.tab.Navigate(within(t), c.address)
		if e, ok := errors.AsType[*NavigationError](err); !ok || e.Reason != c.reason {
			t.Errorf("%s: %v, want %s", name, err, c.reason)
		}
	}
}

// A browser says what it is: nothing is disguised, and the window is one that
// gets the wide layouts.
func TestTheBrowserIsTruthful(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "here"})
	for name, get := range map[string]func() (*Browser, error){"shell": shell, "full": full} {
		b := shared(t, get)
		tab := visit(t, b, s, "/")
		_, version, _ := strings.Cut(b.Version(), "/")
		major, _, _ := strings.Cut(version, ".")
		for ask, want := range map[string]string{
			`String(navigator.webdriver)`:        "true",
			`navigator.languages.join()`:         "en-US,en",
			`String(innerWidth)`:                 "1280",
			`document.visibilityState`:           "visible",
			`String(window.opposer)`:             "undefined",
			`String(window.` + bindingName + `)`: "undefined",
		} {
			if got := asPage(t, tab, ask).Str(); got != want {
				t.Errorf("%s: %s is %q, want %q", name, ask, got, want)
			}
		}
		if got := asPage(t, tab, `navigator.userAgent`).Str(); !strings.Contains(got, "Chrome/"+major) {
			t.Errorf("%s calls itself %q, but is %s", name, got, b.Version())
		}
	}
}
