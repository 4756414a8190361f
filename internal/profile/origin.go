package profile

import (
	"net/url"
	"strings"

	"opposer/internal/words"
)

// parseOrigin reads an exact web origin and gives it as RFC 6454 §6.2
// serialises it: lower case, no default port. A non-zero reason says why it is
// refused.
func parseOrigin(s string) (origin string, reason, remedy words.Text) {
	if strings.Contains(s, "*") {
		return "", words.T("an origin is one exact host, without a star"), words.T("name each host on a line of its own")
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Hostname() == "" || u.User != nil || !isASCII(u.Host) {
		return "", words.T("this is not a web origin"), words.T("write it as https://www.example.org")
	}
	if u.Path != "" || u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(s, "#") || strings.HasSuffix(s, "?") {
		return "", words.T("an origin has no path"), words.T("write only %s", u.Scheme+"://"+u.Host)
	}
	if reason, remedy := schemeOf(u); !reason.IsZero() {
		return "", reason, remedy
	}
	return serialise(u), words.Text{}, words.Text{}
}

// addressOrigin is the origin of an address; "" when it is none that a
// profile may name.
func addressOrigin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || !isASCII(u.Host) {
		return ""
	}
	if reason, _ := schemeOf(u); !reason.IsZero() {
		return ""
	}
	return serialise(u)
}

// schemeOf refuses all but https, and http to this computer itself, which
// W3C Secure Contexts §3.1 holds trustworthy too.
func schemeOf(u *url.URL) (reason, remedy words.Text) {
	switch u.Scheme {
	case "https":
		return words.Text{}, words.Text{}
	case "http":
		if isLoopback(u.Hostname()) {
			return words.Text{}, words.Text{}
		}
		return words.T("plain http is for this computer only (127.0.0.1, [::1], localhost)"), words.T("write https://")
	}
	return words.T("this is not a web origin"), words.T("write it as https://www.example.org")
}

func isLoopback(host string) bool {
	host = strings.ToLower(host)
	return host == "127.0.0.1" || host == "::1" || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func serialise(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		host = strings.TrimSuffix(host, ":443")
	case "http":
		host = strings.TrimSuffix(host, ":80")
	}
	return u.Scheme + "://" + strings.TrimSuffix(host, ":")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
