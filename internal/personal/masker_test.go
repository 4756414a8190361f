package personal

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"testing"
)

const (
	theEmail  = "marie.dupont+fb@exemple-privé.org"
	theASCII  = "marie.dupont+fb@xn--exemple-priv-meb.org"
	thePhone  = "+33612345678"
	theReason = "J’exerce mon droit d'opposition :\nma santé, 100 % privée & \"à moi\"."
)

func email(t testing.TB, s string) Email {
	t.Helper()
	e, err := ParseEmail(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func phone(t testing.TB, s, country string) Phone {
	t.Helper()
	p, err := ParsePhone(s, country)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func marie(t testing.TB) Account {
	t.Helper()
	return Account{
		ID: "marie-fb", Service: "facebook", Country: "FR", Language: "fr",
		Email: email(t, theEmail), Phone: phone(t, thePhone, ""), Reason: NewReason(theReason),
	}
}

// encodings are the ways in which a form, a page, a mail or a log writes text.
func encodings() map[string]func(string) string {
	each := func(format string) func(string) string {
		return func(s string) string {
			var b strings.Builder
			for _, r := range s {
				fmt.Fprintf(&b, format, r)
			}
			return b.String()
		}
	}
	asJSON := func(s string) string {
		b, _ := json.Marshal(s)
		return string(b)
	}
	ascii := func(s string) string {
		var b strings.Builder
		for _, r := range asJSON(s) {
			if r < 0x80 && r != '@' && r != '+' {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, `\u%04x`, r)
			}
		}
		return b.String()
	}
	quoted := func(s string) string {
		var b strings.Builder
		w := quotedprintable.NewWriter(&b)
		_, _ = w.Write([]byte(s))
		_ = w.Close()
		return strings.ReplaceAll(b.String(), "@", "=40")
	}
	every := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			fmt.Fprintf(&b, "%%%02x", c)
		}
		return b.String()
	}
	wrapped := func(s string) string {
		long := base64.StdEncoding.EncodeToString([]byte("Subject: your objection\r\n\r\n" + s + ", and more text after it"))
		var b strings.Builder
		for len(long) > 40 {
			b.WriteString(long[:40] + "\r\n")
			long = long[40:]
		}
		return b.String() + long
	}
	all := map[string]func(string) string{
		"raw":              func(s string) string { return s },
		"upper case":       strings.ToUpper,
		"form":             url.QueryEscape,
		"path":             url.PathEscape,
		"every byte":       every,
		"json":             asJSON,
		"json ascii":       ascii,
		"json in json":     func(s string) string { return asJSON(ascii(s)) },
		"json in form":     func(s string) string { return url.QueryEscape(ascii(s)) },
		"form in form":     func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
		"html":             html.EscapeString,
		"html decimal":     each("&#%d;"),
		"html hexadecimal": each("&#x%x;"),
		"javascript":       each(`\u{%x}`),
		"quoted-printable": quoted,
		"wrapped base64":   wrapped,
		"json in base64":   func(s string) string { return base64.StdEncoding.EncodeToString([]byte(ascii(s))) },
		"base64 in form":   func(s string) string { return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte("x" + s))) },
	}
	for shift := range 3 {
		pad := strings.Repeat("~", shift)
		all[fmt.Sprintf("base64 shifted by %d", shift)] = func(s string) string { return base64.StdEncoding.EncodeToString([]byte(pad + s + "~")) }
		all[fmt.Sprintf("base64url shifted by %d", shift)] = func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(pad + s)) }
	}
	return all
}

// decodings undo an encoding, to see what is left of a value.
func stillThere(masked, value string) bool {
	found := false
	for _, l := range layers(layer{text: []byte(masked)}) {
		found = found || strings.Contains(strings.ToLower(string(l.text)), strings.ToLower(value))
	}
	return found
}

func TestAKnownValueIsFoundInEveryEncoding(t *testing.T) {
	m := NewMasker(marie(t))
	values := map[string]string{
		"e-mail": theEmail, "e-mail in punycode": theASCII, "phone": thePhone,
		"phone without +": "33612345678", "phone after 00": "0033612345678", "national": "0612345678",
		"spaced": "06 12 34 56 78", "dashed": "06-12-34-56-78", "dotted": "06.12.34.56.78",
		"spaced international": "+33 6 12 34 56 78", "with a trunk zero": "+33 (0)6 12 34 56 78",
		"narrow spaces": "06\u202f12\u202f34\u202f56\u202f78", "significant digits": "612345678", "reason": theReason,
	}
	for name, encode := range encodings() {
		for what, value := range values {
			for _, around := range []string{"%s", "q=1&v=%s&z=2", `{"a":"%s","b":3}`, "--b\r\nContent-Disposition: form-data; name=\"v\"\r\n\r\n%s\r\n--b--"} {
				if name == "quoted-printable" && strings.Contains(around, "=") {
					continue // a field's own = reads as an escape: no form is in quoted-printable
				}
				text := strings.Replace(around, "%s", encode(value), 1)
				if !m.Contains([]byte(text)) {
					t.Errorf("%s, %s: not found in %q", what, name, text)
				}
				masked := m.Mask(text)
				if stillThere(masked, value) || m.Contains([]byte(masked)) {
					t.Errorf("%s, %s: %q is masked as %q", what, name, text, masked)
				}
				if again := m.Mask(masked); again != masked {
					t.Errorf("%s, %s: %q masked again is %q", what, name, masked, again)
				}
			}
		}
	}
}

func TestMaskHidesShapes(t *testing.T) {
	m := NewMasker()
	for _, c := range []struct{ text, want string }{
		{"to jean@free.fr.", "to j•••@f•••.fr."},
		{"email=jean%40free.fr&x=1", "email=j•••@f•••.fr&x=1"},
		{`{"email":"jean\u0040free.fr"}`, `{"email":"j•••@f•••.fr"}`},
		{`{"v":"\u003cjean@free.fr\u003e"}`, `{"v":"\u003cj•••@f•••.fr\u003e"}`},
		{`a\nb@free.fr`, `a\nb•••@f•••.fr`},
		{"<o'neill@example.ie>", "<o•••@e•••.ie>"},
		{"'jean@free.fr'", "'j•••@f•••.fr'"},
		{"&lt;jean&#64;free.fr&gt;", "&lt;j•••@f•••.fr&gt;"},
		{"jean=40free.fr", "j•••@f•••.fr"},
		{"élise@café.fr", "é•••@c•••.fr"},
		{"mailto:jean@mail.free.fr?subject=x", "mailto:j•••@m•••.fr?subject=x"},
		{"+33612345678", "+33 ••• ••78"},
		{"tel=%2B33612345678;", "tel=+33 ••• ••78;"},
		{"+33 (0)6 12 34 56 78 at noon", "+33 ••• ••78 at noon"},
		{"+49 151 23456789", "+49 ••• ••89"},
		{"+1 (201) 555-0123", "+1 ••• ••23"},
		{"call (201) 555-0123", "call 20 ••• ••23"},
		{"call 201-555-0123.", "call 20 ••• ••23."},
		{"0033 6 12 34 56 78", "+33 ••• ••78"},
		{"0612345678", "06 ••• ••78"},
		{"06 12 34 56 78", "06 ••• ••78"},
		{"06.12.34.56.78", "06 ••• ••78"},
		{"0151 23456789", "01 ••• ••89"},
		{"030/1234567", "03 ••• ••67"},
		{"07700 900123", "07 ••• ••23"},
		{"079 123 45 67", "07 ••• ••67"},
		{"06 12 34 56 78 / +33 6 98 76 54 32", "06 ••• ••78 / +33 ••• ••32"},
	} {
		if got := m.Mask(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		if got := string(m.MaskBytes([]byte(c.text))); got != c.want {
			t.Errorf("bytes of %q: %q, want %q", c.text, got, c.want)
		}
		if m.Contains([]byte(c.text)) {
			t.Errorf("%q: a Masker that knows nobody says that it holds somebody's data", c.text)
		}
	}
}

func TestMaskLeavesALogReadable(t *testing.T) {
	m := NewMasker(marie(t))
	for _, text := range []string{
		"2026-11-24T05:04:00.123456789Z", "2026-11-24 05:04:00.012345678 +0100 CET m=+12.012345678",
		"24-11-2026 10:20", "05-11-2026 1234", "01.02.2026 12 34", "05/11/2026 0800",
		`{"level":"info","time":1764000000,"ms":41.0123456789}`, "took 1h2m3.012345678s", "0.012345678s",
		"127.0.0.1:41234", "192.168.100.200", "[::1]:8080", "10.0.0.12 10.0.0.13",
		"d3b07384d113edec49eaa6238ad5ff00", "0x0698765432ab", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"123e4567-e89b-12d3-a456-426614174000", "run k3m9x0", "reference 4471-88", "case 2011234567", "https://www.facebook.com/help/contact/712876720715583",
		"Chrome/156.0.7512.30", "modernc.org/sqlite@v1.62.0", "@types/node", "a @ b", "user@localhost", "x@", "@",
		"GMT+0200", "+01:00", "@@ -1,40 +12,70 @@", "1280,900", "60 s ± 50 %", "0 1 2 3 4 5 6 7 8 9",
		"sequence=1764000000123456", "-0698765432abc", "m•••@e•••.org +33 ••• ••78",
	} {
		if got := m.Mask(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestContainsKnowsOnlyTheAccounts(t *testing.T) {
	m := NewMasker(marie(t))
	for _, text := range []string{
		"", "jean@free.fr", "+33687654321", "marie", "marie.dupont+fb@exemple.org", "exemple-privé.org", "J’exerce mon droit", "06 12 34 56 79",
	} {
		if m.Contains([]byte(text)) {
			t.Errorf("%q is said to hold our data", text)
		}
	}
	short := NewMasker(Account{Reason: NewReason("privacy!!")})
	if short.Contains([]byte("our privacy!! policy")) {
		t.Error("a reason of nine characters is found in a page's own words")
	}
}

func TestReasonsOfEveryKind(t *testing.T) {
	for _, c := range []struct{ reason, text string }{
		{theReason, strings.ReplaceAll(theReason, "\n", "\r\n")},
		{"Mes photos d’enfants ne vous regardent en rien, merci", "Mes photos d'enfants ne vous regardent"},
		{"Это мои личные фотографии", url.QueryEscape("Это мои личные фотографии")},
		{"私の写真を学習に使わないでください", `"私の写真を学習に使わないでください"`},
		{"?!?! ?!?! ?!?!", "v=%3F%21%3F%21+%3F%21%3F%21+%3F%21%3F%21"},
		{"ma santé est privée", "ma sant\xe9 est priv\xe9e"}, // Latin-1
	} {
		m := NewMasker(Account{Reason: NewReason(c.reason)})
		if !m.Contains([]byte("a " + c.text + " b")) {
			t.Errorf("%q is not found in %q", c.reason, c.text)
		}
		if masked := m.Mask("a " + c.text + " b"); !strings.Contains(masked, "••• (") || m.Contains([]byte(masked)) {
			t.Errorf("%q is masked as %q", c.text, masked)
		}
	}
}

func TestOverlappingValuesLeaveNothing(t *testing.T) {
	long := Account{Email: email(t, "anne.marie@example.org")}
	short := Account{Email: email(t, "marie@example.org")}
	got := NewMasker(short, long).Mask("xanne.marie@example.orgmarie@example.org,+33612345678+33612345678")
	for _, part := range []string{"marie", "example", "612345678"} {
		if strings.Contains(got, part) {
			t.Errorf("%q stays in %q", part, got)
		}
	}
}

func TestAShortNumberIsFoundAloneOnly(t *testing.T) {
	m := NewMasker(Account{Phone: phone(t, "+24712345", "")})
	if !m.Contains([]byte("tel=12345&x")) || m.Contains([]byte("id 9123456")) {
		t.Error("a number of five digits has to stand alone, and then counts")
	}
}

func BenchmarkMaskALogLine(b *testing.B) {
	line := []byte(`{"level":"info","run":"k3m9x0","account":"marie-fb","service":"facebook","step":"form","field":"email","value":"m•••@e•••.org","ms":41,"time":"2026-11-24T15:08:12Z","message":"filled"}` + "\n")
	m := NewMasker(marie(b))
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		m.MaskBytes(line)
	}
}

func BenchmarkContainsInABigBody(b *testing.B) {
	body := []byte(strings.Repeat("av=0&__user=0&lsd=AVqbxe3J_YA&jazoest=21004&variables=%7B%22input%22%3A%7B%22id%22%3A%221764000000%22%7D%7D&", 1000))
	accounts := make([]Account, 30)
	for i := range accounts {
		accounts[i] = Account{Email: email(b, fmt.Sprintf("person%d@example.org", i)), Phone: phone(b, fmt.Sprintf("+336123456%02d", i), "")}
	}
	m := NewMasker(accounts...)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if m.Contains(body) {
			b.Fatal("found")
		}
	}
}

// A path's or a word's own letters run into what is encoded behind them.
func TestBase64IsReadWhereverItBegins(t *testing.T) {
	account := Account{Email: email(t, "ma??~~??rie~~~??~b@exemple.org"), Phone: phone(t, thePhone, "")}
	m := NewMasker(account)
	for _, value := range []string{account.Email.Reveal(ForMatching), thePhone} {
		for _, before := range []string{"", "a", "ab", "abc", "/v1/", "token=x"} {
			for pad := range 3 {
				for _, alphabet := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
					text := before + alphabet.EncodeToString([]byte(strings.Repeat("~", pad)+value))
					if !m.Contains([]byte(text)) {
						t.Errorf("%q is not found in %q", value, text)
					}
					if masked := m.Mask(text); m.Contains([]byte(masked)) {
						t.Errorf("%q is masked as %q", text, masked)
					}
				}
			}
		}
	}
}
