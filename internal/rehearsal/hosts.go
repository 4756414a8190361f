package rehearsal

import (
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
)

// The names the site answers to. All of them lead to the same port.
const (
	mainHost    = "www.facebook.com"
	bareHost    = "facebook.com"
	frenchHost  = "fr-fr.facebook.com"
	germanHost  = "de-de.facebook.com"
	mobileHost  = "m.facebook.com"
	portalHost  = "help.meta.com"
	centreHost  = "accountscenter.facebook.com"
	staticHost  = "static.xx.fbcdn.net" // scripts, styles
	captchaHost = "www.fbsbx.com"       // where Meta keeps what it does not trust in its own pages

	// Where the makers of captchas serve their frames from.
	hcaptchaHost  = "newassets.hcaptcha.com"
	turnstileHost = "challenges.cloudflare.com"
	arkoseHost    = "client-api.arkoselabs.com"
	friendlyHost  = "global.frcapi.com"

	// mailHost is nobody's: the mails are read there.
	mailHost = "mail.rehearsal.example"

	instagramHost       = "www.instagram.com"
	instagramBareHost   = "instagram.com"
	instagramCenterHost = "privacycenter.instagram.com"
	instagramHelpHost   = "help.instagram.com"

	whatsappHost     = "www.whatsapp.com"
	whatsappBareHost = "whatsapp.com"
	whatsappHelpHost = "faq.whatsapp.com"

	// evilHost looks like Meta's to a careless reader. The name is reserved for
	// examples (RFC 2606 §2), so nobody can own it.
	evilHost = "www.facebook.com.help-contact.example"
)

// languageHosts are Facebook's hosts whose name fixes the language.
func languageHosts() map[string]string {
	return map[string]string{
		frenchHost: "fr", germanHost: "de", "it-it.facebook.com": "it", "es-es.facebook.com": "es",
		"nl-nl.facebook.com": "nl", "pt-br.facebook.com": "pt-BR", "pl-pl.facebook.com": "pl",
	}
}

// pageHosts serve Facebook's own pages.
func pageHosts() []string {
	hosts := slices.AppendSeq([]string{mainHost, mobileHost}, maps.Keys(languageHosts()))
	slices.Sort(hosts[2:])
	return hosts
}

// instagramHosts serve Instagram's pages.
func instagramHosts() []string {
	return []string{instagramHost, instagramCenterHost, instagramHelpHost}
}

// postHosts are where a form may be sent, by Meta's intention.
func postHosts() []string {
	return append(pageHosts(), portalHost, instagramHelpHost, whatsappHost)
}

// bareHosts lead to where their www. is.
func bareHosts() map[string]string {
	return map[string]string{bareHost: mainHost, instagramBareHost: instagramHost, whatsappBareHost: whatsappHost}
}

// hostNames are all of them: the certificate names each, and each needs a rule.
func hostNames() []string {
	return slices.Concat(pageHosts(), instagramHosts(), []string{
		bareHost, portalHost, centreHost, staticHost, captchaHost, evilHost,
		instagramBareHost, whatsappHost, whatsappBareHost, whatsappHelpHost,
		mailHost, hcaptchaHost, turnstileHost, arkoseHost, friendlyHost,
	})
}

// hostOf is the host a request names, without a port.
func hostOf(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		return host
	}
	return r.Host
}

// jarOf is the domain whose cookies serve all of a service's hosts, or "" where
// a host keeps its own: one choice serves www., m. and the language hosts.
func jarOf(host string) string {
	for _, family := range []string{bareHost, instagramBareHost, whatsappBareHost} {
		if host == family || strings.HasSuffix(host, "."+family) {
			return family
		}
	}
	return ""
}
