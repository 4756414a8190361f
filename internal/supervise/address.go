package supervise

import (
	"net"
	"net/netip"
	"strconv"

	"opposer/internal/words"
)

// AddressError says that a page was to be served to more than this computer.
type AddressError struct{ Addr string }

func (e *AddressError) Error() string {
	return "supervision page at " + e.Addr + ": not an address of this computer alone"
}

// Remedy says how the page is reached from another computer all the same.
func (e *AddressError) Remedy() words.Text {
	return words.T("The page is for this computer only. From another one, go through a tunnel: ssh -L %s:127.0.0.1:%s NAME@THIS-COMPUTER, then open the link there.", e.port(), e.port())
}

// port is the one that was asked for, or one to show in an example.
func (e *AddressError) port() string {
	if _, port, err := net.SplitHostPort(e.Addr); err == nil && isPort(port) && port != "0" {
		return port
	}
	return "8080"
}

// isPort reports whether it is a TCP port's number; 0 is any that is free.
func isPort(s string) bool {
	_, err := strconv.ParseUint(s, 10, 16)
	return err == nil
}

// checkAddress takes an address with a port whose host only this computer can
// reach; "" leaves the choice to [Start].
func checkAddress(addr string) error {
	if addr == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil || !isPort(port) {
		return &AddressError{Addr: addr}
	}
	if host == "localhost" {
		return nil
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return &AddressError{Addr: addr}
	}
	return nil
}
