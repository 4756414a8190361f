package run

import (
	"net/netip"
	"net/url"
	"strings"
	"time"

	"opposer/internal/profile"
)

// Pace is how long a person would wait between two objections to one service.
// The zero Pace does not wait.
type Pace struct {
	Between time.Duration
	Spread  float64        // how far the wait strays from Between, as a part of it: 0.5 is ± 50 %
	Draw    func() float64 // uniform in [0, 1); nil: always Between itself
}

// PersonsPace is the default between objections to the real services.
const PersonsPace = 60 * time.Second

// next is the pause before the next objection to that profile's service.
func (p Pace) next(prof *profile.Profile) time.Duration {
	if p.Between <= 0 || loopback(prof) {
		return 0
	}
	if p.Draw == nil || p.Spread <= 0 {
		return p.Between
	}
	return time.Duration(float64(p.Between) * (1 + p.Spread*(2*p.Draw()-1)))
}

// loopback reports whether the service is on this computer alone, as W3C
// Secure Contexts has it: 127.0.0.0/8, ::1, localhost and names below it.
func loopback(p *profile.Profile) bool {
	if len(p.Origins.Type) == 0 {
		return false
	}
	for _, origin := range p.Origins.Type {
		u, err := url.Parse(origin)
		if err != nil || !loopbackHost(u.Hostname()) {
			return false
		}
	}
	return true
}

func loopbackHost(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
