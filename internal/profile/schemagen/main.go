//go:build tools

// Command schemagen writes the JSON Schemas of profile and lexicon files from
// the Go types that decode them, so that editors complete and explain every
// key. Run it by go generate in internal/profile; scripts/test checks that what
// it writes is what is checked in.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"

	"opposer/internal/profile"
)

func main() {
	out := flag.String("out", ".", "folder to write to")
	source := flag.String("source", ".", "folder of package profile, for its comments")
	flag.Parse()
	for name, of := range map[string]any{"schema.json": &profile.Profile{}, "lexicon.schema.json": &profile.Lexicon{}} {
		if err := write(filepath.Join(*out, name), *source, of); err != nil {
			fmt.Fprintln(os.Stderr, "schemagen:", err)
			os.Exit(1)
		}
	}
}

// write makes one schema file.
func write(file, source string, of any) error {
	r := &jsonschema.Reflector{FieldNameTag: "yaml", Anonymous: true, Mapper: step}
	if err := r.AddGoComments("opposer/internal/profile", source); err != nil {
		return fmt.Errorf("reading comments: %w", err)
	}
	s := r.Reflect(of)
	delete(s.Definitions, "Step")
	if _, whole := of.(*profile.Profile); whole {
		for _, t := range profile.Steps() {
			if t != reflect.TypeFor[profile.Open]() && t != reflect.TypeFor[profile.Expect]() {
				maps.Copy(s.Definitions, r.ReflectFromType(t).Definitions)
			}
		}
		words, _ := s.Definitions["Profile"].Properties.Get("words")
		words.AdditionalProperties.Items = &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "string"}, ref("Entry")}}
	}
	narrow(s.Definitions)
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644) //nolint:gosec // a schema is for everyone to read
}

// narrow gives closed lists to the keys that have one, and comments a shape
// that reads well in an editor.
func narrow(definitions jsonschema.Definitions) {
	for list, values := range profile.Closed() {
		of, key, _ := strings.Cut(list, ".")
		if d := definitions[of]; d != nil {
			p, ok := d.Properties.Get(key)
			if !ok {
				continue
			}
			for _, v := range values {
				p.Enum = append(p.Enum, v)
			}
		}
	}
	for _, d := range definitions {
		d.Description = flat(d.Description)
		for p := d.Properties.Oldest(); p != nil; p = p.Next() {
			p.Value.Description = flat(p.Value.Description)
		}
	}
}

func flat(comment string) string { return strings.Join(strings.Fields(comment), " ") }

// step is the schema of the closed list of steps: one key, the step's name.
func step(t reflect.Type) *jsonschema.Schema {
	if t != reflect.TypeFor[profile.Step]() {
		return nil
	}
	s := &jsonschema.Schema{Description: "One step: its name, and what belongs to it."}
	kinds := profile.Steps()
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		one := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), Required: []string{name}, AdditionalProperties: jsonschema.FalseSchema}
		one.Properties.Set(name, argument(name, kinds[name]))
		s.OneOf = append(s.OneOf, one)
	}
	return s
}

// argument is what stands behind a step's name.
func argument(name string, t reflect.Type) *jsonschema.Schema {
	switch name {
	case "open":
		return &jsonschema.Schema{Type: "string", Format: "uri", Description: "An address on an origin that the profile names."}
	case "expect":
		return &jsonschema.Schema{Const: "outcome", Description: "Wait for the outcome of the send before it."}
	default:
		return ref(t.Name())
	}
}

func ref(definition string) *jsonschema.Schema {
	return &jsonschema.Schema{Ref: "#/$defs/" + definition}
}
