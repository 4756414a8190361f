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
		if len(bytes.TrimSpace(b)) == 0 {
			return value{kind: table}, nil
		}
		at := place{1, 1}
		if e, ok := errors.AsType[*yaml.LoadError](err); ok && e.Mark.Line > 0 {
			at = place{e.Mark.Line, max(e.Mark.Column, 1)}
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
			v.fields = append(v.fields, field{k.Value, place{k.Line, k.Column}, w.value(n.Content[i+1], deep+1)})
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
