package rehearsal

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestOrdinaryFromCenterToThanks(t *testing.T) {
	for lang, want := range map[string][2]string{
		"en-GB,en;q=0.9": {"object", "We'll honour your objection"},
		"fr-FR,fr;q=0.9": {"opposer", "Nous acceptons votre opposition"},
		"de":             {"widersprechen", "Wir geben deinem Einspruch statt"},
	} {
		t.Run(lang, func(t *testing.T) {
			s := started(t, Options{})
			v := newVisitor(t, s, lang)
			first := v.open(center)
			if first.links(want[0]) != nil {
				t.Error("the link stands there before any script has run")
			}
			links := v.section(first).links(want[0])
			if len(links) != 1 {
				t.Fatalf("links %q, want one", links)
			}
			answer := v.send(v.open(links[0]), "a@example.org").told(t)
			payload := answer["payload"].(map[string]any)
			if payload["support_case_id"] == "" || payload["view"].(map[string]any)["heading"] != want[1] {
				t.Errorf("answer %v, want a case and %q", answer, want[1])
			}
			got, err := s.Await(t.Context(), 1)
			if err != nil || len(got) != 1 || got[0].Email != "a@example.org" || !got[0].Taken || !got[0].Trusted {
				t.Errorf("received %#v, %v", got, err)
			}
		})
	}
}

func TestContextEndsSite(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Start(ctx, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-s.served
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestHostsAreRules(t *testing.T) {
	s := started(t, Options{})
	seen := map[string]bool{}
	for _, rule := range s.Hosts() {
		host, address, ok := strings.Cut(rule, ":443=")
		if !ok || seen[host] || address != s.address.String() || !strings.HasPrefix(address, "127.0.0.1:") {
			t.Errorf("rule %q", rule)
		}
		seen[host] = true
	}
	for _, host := range []string{mainHost, frenchHost, mobileHost, portalHost, centreHost, staticHost, captchaHost, evilHost} {
		if !seen[host] {
			t.Errorf("no rule for %s", host)
		}
	}
}

// TestTrustedKeyIsTheServers: the key is the one of the certificate that is
// really shown, it holds for every host, and each site has its own.
func TestTrustedKeyIsTheServers(t *testing.T) {
	s, other := started(t, Options{}), started(t, Options{})
	pool := x509.NewCertPool()
	pool.AddCert(s.root.Leaf)
	for _, host := range hostNames() {
		d := tls.Dialer{Config: &tls.Config{RootCAs: pool, ServerName: host, MinVersion: tls.VersionTLS12}}
		conn, err := d.DialContext(t.Context(), "tcp4", s.address.String())
		if err != nil {
			t.Fatalf("%s: %v", host, err)
		}
		leaf := conn.(*tls.Conn).ConnectionState().PeerCertificates[0]
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
		sum := sha256.Sum256(leaf.RawSubjectPublicKeyInfo)
		if got := base64.StdEncoding.EncodeToString(sum[:]); len(s.TrustedKeys()) != 1 || s.TrustedKeys()[0] != got {
			t.Errorf("keys %q, the server shows %q", s.TrustedKeys(), got)
		}
		if leaf.PublicKeyAlgorithm != x509.ECDSA {
			t.Errorf("key is %s", leaf.PublicKeyAlgorithm)
		}
	}
	if s.TrustedKeys()[0] == other.TrustedKeys()[0] {
		t.Error("two sites share a key")
	}
}

// TestLogHoldsNothingPersonal plants values everywhere a visitor can put one.
func TestLogHoldsNothingPersonal(t *testing.T) {
	var out strings.Builder
	s, err := Start(t.Context(), Options{Log: &out, Scenario: "login+prefilled", Prefill: "planted@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	v := newVisitor(t, s, "en")
	v.open(direct + "?email=planted@example.org")
	logIn(v, direct+"?e=planted@example.org", "planted@example.org", "planted-wrong")
	form := logIn(v, direct, "planted@example.org", Password)
	v.send(form, "planted@example.org")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	log := out.String()
	if strings.Contains(log, "planted") || strings.Contains(log, Password) {
		t.Errorf("the log holds what was typed:\n%s", log)
	}
	if !strings.Contains(log, "POST www.facebook.com"+submitPath+" 200\n") {
		t.Errorf("the log lacks the send:\n%s", log)
	}
}

func TestPagesProtectThemselves(t *testing.T) {
	s := started(t, Options{Scenario: "frame"})
	v := newVisitor(t, s, "en")
	policy := func(address string) string { return v.open(address).header.Get("Content-Security-Policy") }
	if got := policy(direct); !strings.Contains(got, "script-src https://"+staticHost+";") ||
		!strings.HasSuffix(got, "frame-ancestors 'none'") || strings.Contains(got, "unsafe") {
		t.Errorf("the form's page allows %q", got)
	}
	framed := policy("https://" + portalHost + "/forms/contact/" + formLong)
	if !strings.Contains(framed, "frame-ancestors https://"+mainHost) || strings.Contains(framed, evilHost) {
		t.Errorf("the framed form allows %q", framed)
	}
}

// TestFramedFormIsForItsScenario: elsewhere the portal has no such page.
func TestFramedFormIsForItsScenario(t *testing.T) {
	address := "https://" + portalHost + "/forms/contact/" + formLong
	for scenario, want := range map[string]int{"frame": 200, Ordinary: 404} {
		s := started(t, Options{Scenario: scenario})
		v := newVisitor(t, s, "fr")
		form := v.open(address)
		if form.status != want {
			t.Errorf("%s: %d, want %d", scenario, form.status, want)
		}
		if want != 200 {
			continue
		}
		v.send(form, "a@example.org")
		if got := s.Received(); len(got) != 1 || got[0].Host != portalHost || !got[0].Taken {
			t.Errorf("received %#v", got)
		}
	}
}

func TestAddresses(t *testing.T) {
	s := started(t, Options{})
	v := newVisitor(t, s, "en")
	for address, want := range map[string]string{
		"https://facebook.com/privacy/genai":                "200 https://www.facebook.com/privacy/genai",
		"https://www.facebook.com/":                         "200 https://www.facebook.com/privacy/center/",
		"https://www.facebook.com/help/contact/999":         "404 https://www.facebook.com/help/contact/999",
		"https://www.facebook.com/legal/terms/":             "404 https://www.facebook.com/legal/terms/",
		"https://accountscenter.facebook.com/":              "200 https://accountscenter.facebook.com/",
		"https://help.meta.com/requests/1":                  "404 https://help.meta.com/requests/1",
		"https://static.xx.fbcdn.net/rsrc.php/v5/form.js":   "200 https://static.xx.fbcdn.net/rsrc.php/v5/form.js",
		"https://static.xx.fbcdn.net/rsrc.php/v5/..%2fx":    "400 https://static.xx.fbcdn.net/rsrc.php/v5/..%2fx",
		"https://www.fbsbx.com/captcha/recaptcha/iframe/":   "200 https://www.fbsbx.com/captcha/recaptcha/iframe/",
		"https://" + evilHost + "/help/contact/" + formLong: "200 https://" + evilHost + "/help/contact/" + formLong,
	} {
		p := v.open(address)
		if got := fmt.Sprint(p.status, " ", p.url); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	if got := s.Visits(); !slices.Contains(got, "www.facebook.com/privacy/genai") || slices.Contains(got, "") {
		t.Errorf("visits %q", got)
	}
}

// TestNothingOfOursIsImported: see the package's comment. The screen that tests
// press on stands below this room and knows nothing of the program either.
func TestNothingOfOursIsImported(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imported := range parsed.Imports {
			path := strings.Trim(imported.Path.Value, `"`)
			if strings.HasPrefix(path, "opposer/") && path != "opposer/internal/rehearsal/screentest" {
				t.Errorf("%s imports %s", file, imported.Path.Value)
			}
		}
	}
}
