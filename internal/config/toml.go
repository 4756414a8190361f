package config

import (
	"errors"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// decodeTOML reads TOML 1.0: once by its library's parser, which knows where
// things stand, and once as the library decodes it, which finds the rest of
// what is wrong. A key that stands there twice is kept twice, to be told.
func decodeTOML(b []byte) (value, []fault) {
	var all map[string]any
	wrong := toml.Unmarshal(b, &all)
	w := tomlWalk{text: b}
	w.parser.Reset(b)
	root := value{kind: table, at: place{1, 1}}
	into := &root
	for w.parser.NextExpression() {
		e := w.parser.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			into = w.open(&root, e)
		case unstable.KeyValue:
			w.set(into, e, 0)
		default:
		}
	}
	if wrong == nil || w.twice && w.parser.Error() == nil {
		return root, w.faults
	}
	at := place{1, 1}
	if e, ok := errors.AsType[*toml.DecodeError](wrong); ok {
		at.line, at.column = e.Position()
	}
	return root, []fault{unclear(at, "TOML")}
}

type tomlWalk struct {
	text   []byte
	parser unstable.Parser
	faults []fault
	twice  bool // a key stands twice in one table
}

// open is the table that a header names, made where it is not there yet; of a
// list of tables its last one.
func (w *tomlWalk) open(root *value, e *unstable.Node) *value {
	into := root
	for key := e.Key(); key.Next(); {
		n := key.Node()
		v := w.at(into, n)
		if e.Kind == unstable.ArrayTable && key.IsLast() {
			v.kind = list
			v.items = append(v.items, value{kind: table, at: w.place(n)})
		} else if v.kind != list {
			v.kind = table
		}
		if v.kind == list && len(v.items) > 0 {
			v = &v.items[len(v.items)-1]
		}
		into = v
	}
	return into
}

// at is the value under a key of a table, made where it is not there yet.
func (w *tomlWalk) at(in *value, key *unstable.Node) *value {
	name := string(key.Data)
	for i := range in.fields {
		if in.fields[i].name == name {
			return &in.fields[i].value
		}
	}
	in.fields = append(in.fields, field{name: name, at: w.place(key), value: value{kind: table, at: w.place(key)}})
	return &in.fields[len(in.fields)-1].value
}

func (w *tomlWalk) set(into *value, e *unstable.Node, deep int) {
	at := into
	for key := e.Key(); key.Next(); {
		before := len(at.fields)
		in := at
		at = w.at(in, key.Node())
		if key.IsLast() && len(in.fields) == before {
			w.twice = true
			in.fields = append(in.fields, field{name: string(key.Node().Data), at: w.place(key.Node())})
			at = &in.fields[before].value
			at.at = in.fields[before].at
		}
	}
	where := at.at
	*at = w.value(e.Value(), deep+1)
	if at.at.line == 0 {
		at.at = where
	}
}

func (w *tomlWalk) value(n *unstable.Node, deep int) value {
	v := value{at: w.place(n)}
	if deep > depth {
		w.faults = append(w.faults, tooDeep(v.at))
		return v
	}
	switch n.Kind {
	case unstable.InlineTable:
		v.kind = table
		for c := n.Children(); c.Next(); {
			w.set(&v, c.Node(), deep)
		}
	case unstable.Array:
		v.kind = list
		for c := n.Children(); c.Next(); {
			v.items = append(v.items, w.value(c.Node(), deep+1))
		}
	case unstable.String:
		v.kind, v.text = text, string(n.Data)
	case unstable.Bool:
		v.kind, v.text = boolean, string(n.Data)
	default:
		v.kind, v.text = bare, string(n.Data)
	}
	return v
}

// place is where a node stands; the zero place for the ones whose text the
// parser does not keep (lists, inline tables).
func (w *tomlWalk) place(n *unstable.Node) place {
	if n.Raw.Length > 0 {
		return placeAt(w.text, int(n.Raw.Offset))
	}
	switch n.Kind {
	case unstable.Bool, unstable.Integer, unstable.Float, unstable.LocalDate, unstable.LocalTime, unstable.LocalDateTime, unstable.DateTime:
		if len(n.Data) > 0 {
			return placeAt(w.text, int(w.parser.Range(n.Data).Offset))
		}
	default:
	}
	return place{}
}
