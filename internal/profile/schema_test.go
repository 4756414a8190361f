package profile_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"opposer/internal/locate"
	"opposer/profiles"
)

// holds is the text of the first word that stands in a sentence, "" for none.
func holds(sentence string, words []locate.Word) string {
	w, _ := locate.Holds(sentence, words)
	return w.Text
}

// schema is as much of a JSON Schema as ours use.
type schema struct {
	Ref                  string             `json:"$ref"`
	Defs                 map[string]*schema `json:"$defs"`
	Type                 string             `json:"type"`
	Const                any                `json:"const"`
	Enum                 []string           `json:"enum"`
	Properties           map[string]*schema `json:"properties"`
	Required             []string           `json:"required"`
	Items                *schema            `json:"items"`
	OneOf                []*schema          `json:"oneOf"`
	AdditionalProperties json.RawMessage    `json:"additionalProperties"`
}

// TestFilesFollowTheirSchema: the checked-in files are what the checked-in
// schemas say, and name them where an editor looks.
func TestFilesFollowTheirSchema(t *testing.T) {
	files, err := fs.Glob(profiles.FS, "*.yaml")
	lexicons, err2 := fs.Glob(profiles.FS, "lexicon/*.yaml")
	if err := errors.Join(err, err2); err != nil || len(files)+len(lexicons) < 4 {
		t.Fatal(files, lexicons, err)
	}
	for _, file := range slices.Concat(files, lexicons) {
		text, err := fs.ReadFile(profiles.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		named, ok := strings.CutPrefix(first, "# yaml-language-server: $schema=")
		if !ok {
			t.Errorf("%s names no schema in its first line", file)
			continue
		}
		root := readSchema(t, path.Join("../../profiles", path.Dir(file), named))
		var doc yaml.Node
		if err := yaml.Load(text, &doc); err != nil {
			t.Fatal(err)
		}
		if err := root.check(root, doc.Content[0], ""); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestTheSchemaRefusesToo: a schema that allows everything would pass above.
func TestTheSchemaRefusesToo(t *testing.T) {
	root := readSchema(t, "../../profiles/schema.json")
	text, err := fs.ReadFile(profiles.FS, "facebook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{"title: Facebook", "titel: Facebook"},
		{"value: email", "value: mail"},
		{"- expect: outcome", "- expect: nothing"},
		{"- fill:", "- fyll:"},
		{"gate: captcha", "gate: capcha"},
		{"means: taken", "means: took"},
		{"paragraph: 2", "paragraph: two"},
	} {
		var doc yaml.Node
		if err := yaml.Load([]byte(strings.Replace(string(text), change[0], change[1], 1)), &doc); err != nil {
			t.Fatal(err)
		}
		if root.check(root, doc.Content[0], "") == nil {
			t.Errorf("the schema accepts %q", change[1])
		}
	}
}

func readSchema(t *testing.T, file string) *schema {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &schema{}
	if err := json.Unmarshal(text, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// check compares a node with a schema.
func (s *schema) check(root *schema, n *yaml.Node, at string) error {
	if s.Ref != "" {
		return root.Defs[path.Base(s.Ref)].check(root, n, at)
	}
	if len(s.OneOf) > 0 {
		var errs []error
		for _, one := range s.OneOf {
			errs = append(errs, one.check(root, n, at))
		}
		if slices.Contains(errs, nil) {
			return nil
		}
		return errors.Join(errs...)
	}
	if s.Const != nil && n.Value != s.Const || s.Enum != nil && !slices.Contains(s.Enum, n.Value) {
		return fmt.Errorf("%s: %q is not allowed", at, n.Value)
	}
	switch s.Type {
	case "object":
		return s.checkObject(root, n, at)
	case "array":
		for i, item := range n.Content {
			if err := s.Items.check(root, item, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case "integer", "boolean":
		if n.Tag != map[string]string{"integer": "!!int", "boolean": "!!bool"}[s.Type] {
			return fmt.Errorf("%s: %s is no %s", at, n.Value, s.Type)
		}
	}
	if kinds := map[string]yaml.Kind{"array": yaml.SequenceNode, "string": yaml.ScalarNode}; s.Type != "" && kinds[s.Type] != 0 && n.Kind != kinds[s.Type] {
		return fmt.Errorf("%s: no %s", at, s.Type)
	}
	return nil
}

func (s *schema) checkObject(root *schema, n *yaml.Node, at string) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("%s: no object", at)
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i].Value
		seen[key] = true
		value, more := s.Properties[key], &schema{}
		if value == nil {
			if json.Unmarshal(s.AdditionalProperties, more) != nil {
				return fmt.Errorf("%s: no key %s", at, key)
			}
			value = more
		}
		if err := value.check(root, n.Content[i+1], at+"."+key); err != nil {
			return err
		}
	}
	for _, key := range s.Required {
		if !seen[key] {
			return fmt.Errorf("%s: %s is missing", at, key)
		}
	}
	return nil
}
