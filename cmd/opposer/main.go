package main

import (
	"os"

	"github.com/go-rod/rod/lib/defaults"
)

func main() {
	// Linking rod gives every program a hidden flag -rod=…, read before main,
	// that can name another browser, a proxy, or open a monitor on the network.
	defaults.Reset()
	os.Exit(execute(osProcess()))
}
