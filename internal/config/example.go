package config

import _ "embed"

//go:embed example.yaml
var example []byte

// Example is a config to start from, in YAML: it loads as it stands.
func Example() []byte { return append([]byte(nil), example...) }
