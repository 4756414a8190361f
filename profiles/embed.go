// Package profiles holds what the program knows of each service, as data: one
// YAML file a service, one lexicon a language. README.md explains their
// language; package profile reads them.
package profiles

import "embed"

// FS holds the profiles at its root and the lexicons in lexicon/. It is
// read-only; laying a folder of one's own over it is profile.Overlay.
//
//go:embed *.yaml lexicon/*.yaml
var FS embed.FS
