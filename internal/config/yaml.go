package config

import (
	"bytes"
	"errors"

	"go.yaml.in/yaml/v4"

	"opposer/internal/words"
)

// decodeYAML reads YAML 1.2. Plain scalars keep their text: 0612345670 is a
// phone, not an octal number.
func decodeYAML(b []byte) (value, []fault) {
	var doc yaml.Node
	if err := yaml.Load(b, &doc); err != nil {
		if isBlank(b) {
			return value{kind: table}, nil
		}
		at := place{1, 1}
		if e, ok := errors.AsType[*yaml.LoadError](err); ok {
			at = whereBroken(e, 1+bytes.Count(bytes.TrimSpace(b), []byte("\n")))
		}
		return value{}, []fault{unclear(at, "YAML")}
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return value{kind: table}, nil
	}
	w := yamlWalk{}
	v := w.value(doc.Content[0], 0)
	return v, w.faults
}

// isBlank reports whether a text holds nothing but space and comments.
func isBlank(b []byte) bool {
	for line := range bytes.Lines(b) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// whereBroken is where a text stops being YAML: of a quote that nothing closes,
// and whatever else is noticed at the end only, where it begins.
func whereBroken(e *yaml.LoadError, last int) place {
	mark := e.Mark
	if mark.Line > last && e.ContextMark.Line > 0 {
		mark = e.ContextMark
	}
	return place{max(mark.Line, 1), max(mark.Column, 1)}
}

type yamlWalk struct{ faults []fault }

func (w *yamlWalk) value(n *yaml.Node, deep int) value {
	v := value{at: place{n.Line, n.Column}}
	if deep > depth {
		w.faults = append(w.faults, tooDeep(v.at))
		return v
	}
	switch n.Kind {
	case yaml.MappingNode:
		v.kind = table
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			v.fields = append(v.fields, field{name: k.Value, at: place{k.Line, k.Column}, value: w.value(n.Content[i+1], deep+1)})
		}
	case yaml.SequenceNode:
		v.kind = list
		for _, c := range n.Content {
			v.items = append(v.items, w.value(c, deep+1))
		}
	case yaml.ScalarNode:
		v.kind, v.text = yamlScalar(n), n.Value
	default:
		w.faults = append(w.faults, fault{v.at, words.T("anchors and aliases are not used here"), words.T("write the value out")})
	}
	return v
}

// yamlScalar takes a plain number for the text that it is: the phone is
// checked as it stands.
func yamlScalar(n *yaml.Node) kind {
	switch n.Tag {
	case "!!null":
		return null
	case "!!bool":
		return boolean
	default:
		return text
	}
}
