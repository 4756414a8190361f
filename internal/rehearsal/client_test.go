package rehearsal

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// visitor is a client with its own cookie jar, led to the site as a browser is.
type visitor struct {
	t      *testing.T
	site   *Site
	client *http.Client
	lang   string
}

// started runs a scenario until the test is over.
func started(t *testing.T, o Options) *Site {
	t.Helper()
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatalf("starting %q: %v", o.Scenario, err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}

func newVisitor(t *testing.T, s *Site, lang string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(s.root.Leaf)
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, s.address.String())
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &visitor{t: t, site: s, client: &http.Client{Transport: transport, Jar: jar}, lang: lang}
}

// page is what came back, parsed.
type page struct {
	status int
	url    *url.URL
	header http.Header
	body   string
	root   *html.Node
}

func (v *visitor) try(r *http.Request) (page, error) {
	r.Header.Set("Accept-Language", v.lang)
	answer, err := v.client.Do(r)
	if err != nil {
		return page{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return page{}, err
	}
	root, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		return page{}, err
	}
	return page{answer.StatusCode, answer.Request.URL, answer.Header, string(body), root}, nil
}

func (v *visitor) do(r *http.Request) page {
	v.t.Helper()
	p, err := v.try(r)
	if err != nil {
		v.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	return p
}

func (v *visitor) open(address string) page {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	return v.do(r)
}

func newPost(ctx context.Context, address string, fields url.Values) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(fields.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r, err
}

func (v *visitor) post(address string, fields url.Values) page {
	v.t.Helper()
	r, err := newPost(v.t.Context(), address, fields)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.do(r)
}

// section is what the script puts into the Privacy Center.
func (v *visitor) section(p page) page {
	v.t.Helper()
	late := p.boot(v.t).Section
	if late == "" {
		v.t.Fatalf("%s has nothing to show late", p.url)
	}
	return v.open("https://" + p.url.Host + late)
}

// filled are the form's own fields with an e-mail and what its script adds.
func (v *visitor) filled(p page, email string) url.Values {
	v.t.Helper()
	fields := url.Values{}
	p.each("input", func(n *html.Node) {
		if attribute(n, "type") == "hidden" && attribute(n, "name") != "next" {
			fields.Set(attribute(n, "name"), attribute(n, "value"))
		}
	})
	if fields.Get("fb_dtsg") == "" {
		v.t.Fatalf("%s has no form", p.url)
	}
	fields.Set("email", email)
	fields.Set("__a", "1")
	fields.Set("__req", "1")
	fields.Set("support_form_signals", "t1u0")
	return fields
}

// send fills the form of a page and posts it to where it goes.
func (v *visitor) send(p page, email string) page {
	v.t.Helper()
	return v.post("https://"+p.url.Host+submitPath, v.filled(p, email))
}

const (
	center = "https://www.facebook.com/privacy/center/"
	direct = "https://www.facebook.com/help/contact/" + formLong
)
