package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// decodeJSON reads JSON (RFC 8259) token by token, so that every value keeps
// its place and every number its digits.
func decodeJSON(b []byte) (value, []fault) {
	if len(bytes.TrimSpace(b)) == 0 {
		return value{kind: table}, nil
	}
	w := jsonWalk{text: b, dec: json.NewDecoder(bytes.NewReader(b))}
	w.dec.UseNumber()
	v, err := w.value(0)
	if err == nil {
		if _, more := w.dec.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	if err != nil {
		if len(w.faults) > 0 {
			return value{}, w.faults
		}
		return value{}, []fault{unclear(w.broken(err), "JSON")}
	}
	return v, w.faults
}

type jsonWalk struct {
	text   []byte
	dec    *json.Decoder
	faults []fault
}

// broken is where the text stops being JSON.
func (w *jsonWalk) broken(err error) place {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return placeAt(w.text, int(e.Offset)-1)
	}
	return placeAt(w.text, int(w.dec.InputOffset()))
}

// next is where the next token begins.
func (w *jsonWalk) next() place {
	at := int(w.dec.InputOffset())
	for at < len(w.text) && bytes.IndexByte([]byte(" \t\r\n,:"), w.text[at]) >= 0 {
		at++
	}
	return placeAt(w.text, at)
}

var errDeep = errors.New("nested too deep")

func (w *jsonWalk) value(deep int) (value, error) {
	v := value{at: w.next()}
	if deep > depth {
		w.faults = append(w.faults, tooDeep(v.at))
		return v, errDeep
	}
	token, err := w.dec.Token()
	if err != nil {
		return v, err
	}
	switch t := token.(type) {
	case json.Delim:
		return w.inside(v, t, deep)
	case string:
		v.kind, v.text = text, t
	case json.Number:
		v.kind, v.text = bare, t.String()
	case bool:
		v.kind, v.text = boolean, map[bool]string{true: "true", false: "false"}[t]
	default:
		v.kind = null
	}
	return v, nil
}

// inside reads a list or a table up to its end.
func (w *jsonWalk) inside(v value, open json.Delim, deep int) (value, error) {
	v.kind = list
	if open == '{' {
		v.kind = table
	}
	for w.dec.More() {
		at, name := w.next(), ""
		if v.kind == table {
			key, err := w.dec.Token()
			if err != nil {
				return v, err
			}
			name, _ = key.(string)
		}
		item, err := w.value(deep + 1)
		if err != nil {
			return v, err
		}
		if v.kind == table {
			v.fields = append(v.fields, field{name: name, at: at, value: item})
		} else {
			v.items = append(v.items, item)
		}
	}
	_, err := w.dec.Token()
	return v, err
}
