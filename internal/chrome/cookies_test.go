//go:build !race

package chrome

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// jars is a site under two names that gives cookies of every kind and shows
// which of them it gets back, and the option that leads a browser there.
func jars(t testing.TB) (*site, func(Options) Options) {
	t.Helper()
	s := newSite(t, map[string]string{})
	s.handle("/set", func(w http.ResponseWriter, _ *http.Request) {
		for _, c := range []http.Cookie{
			{Name: "session", Value: planted, Path: "/", HttpOnly: true},
			{Name: "kept", Value: "yes", Path: "/", MaxAge: 1000, SameSite: http.SameSiteStrictMode},
			{Name: "wide", Value: "yes", Path: "/", Domain: "home.test"},
			{Name: "deep", Value: "yes", Path: "/deep"},
		} {
			http.SetCookie(w, &c)
		}
		_, _ = w.Write([]byte("set"))
	})
	show := func(w http.ResponseWriter, r *http.Request) {
		var names []string
		for _, c := range r.Cookies() {
			names = append(names, c.Name)
		}
		slices.Sort(names)
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprintf(w, "<body>%s</body>", strings.Join(names, " "))
	}
	s.handle("/show", show)
	s.handle("/deep/show", show)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return s, func(o Options) Options {
		o.Hosts = []string{"home.test:80=" + u.Host, "www.home.test:80=" + u.Host}
		return o
	}
}

// shownAt is what a page of the site says to a context.
func shownAt(t testing.TB, c *Context, address string) string {
	t.Helper()
	tab, err := c.NewTab(within(t), Guard{Type: []string{"http://home.test", "http://www.home.test"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Navigate(within(t), address); err != nil {
		t.Fatal(err)
	}
	awaitChange(t, tab, func() bool { return tab.loaded(tab.frames()[0].id) })
	got := asPage(t, tab, `document.body.textContent`).Str()
	if err := tab.Close(within(t)); err != nil {
		t.Fatal(err)
	}
	return got
}

func contextOf(t testing.TB, b *Browser, o ContextOptions) *Context {
	t.Helper()
	c, err := b.NewContext(within(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A login made in a window is carried into a headless browser, and stays in
// its own context there.
func TestCookiesAreCarriedIntoAnotherBrowser(t *testing.T) {
	t.Parallel()
	_, routed := jars(t)
	from := contextOf(t, startedFor(t, routed(testOptions(shellBin))), ContextOptions{})
	other := startedFor(t, routed(testOptions(fullBin)))
	to, beside := contextOf(t, other, ContextOptions{}), contextOf(t, other, ContextOptions{})
	shownAt(t, from, "http://home.test/set")
	jar, err := from.Cookies(within(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := to.SetCookies(within(t), jar); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"http://home.test/show": "kept session wide", "http://home.test/deep/show": "deep kept session wide", "http://www.home.test/show": "wide",
	} {
		if got := shownAt(t, to, address); got != want {
			t.Errorf("%s is shown %q, want %q", address, got, want)
		}
	}
	if got := shownAt(t, beside, "http://home.test/show"); got != "" {
		t.Errorf("the context beside it has %q", got)
	}
	jar, err = to.Cookies(within(t))
	if err != nil || jar.String() != "4 cookies" {
		t.Errorf("there are %v, %v", jar, err)
	}
	if err := beside.SetCookies(within(t), Jar{}); err != nil {
		t.Errorf("carrying nothing: %v", err)
	}
}

func TestAJarIsNeverPrinted(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/": "here"})
	tab := visit(t, shared(t, shell), s, "/")
	asPage(t, tab, `void (document.cookie = "login=`+planted+`")`)
	jar, err := tab.context.Cookies(within(t))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"jar": jar, "pointer": &jar})
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{fmt.Sprint(jar), fmt.Sprintf("%v %+v %#v %s %q %x %d", jar, jar, jar, jar, &jar, jar, jar), fmt.Sprintf("%+v", struct{ J Jar }{jar}), string(text)} {
		if strings.Contains(said, "marie") || strings.Contains(said, "login") || !strings.Contains(said, "1 cookies") {
			t.Errorf("said is %s", said)
		}
	}
}

// What is kept in a folder outlives its browser, whether with a window or
// without one; what lasts for a session does not.
func TestAKeptLoginGoesIntoAWindowAndBack(t *testing.T) {
	t.Setenv("DISPLAY", screenFor(t))
	_, routed := jars(t)
	o := routed(testOptions(fullBin))
	o.DataDir = t.TempDir()
	shown := func(headed bool, address string) string {
		o.Headed = headed
		b, err := Start(within(t), o)
		if err != nil {
			t.Fatal(err)
		}
		got := shownAt(t, contextOf(t, b, ContextOptions{Kept: true}), address)
		if err := b.Close(within(t)); err != nil {
			t.Fatal(err)
		}
		return got
	}
	shown(false, "http://home.test/set")
	for _, headed := range []bool{false, true, false} {
		if got := shown(headed, "http://home.test/show"); got != "kept" {
			t.Errorf("with a window (%v) the site is shown %q", headed, got)
		}
	}
}
