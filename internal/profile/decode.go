package profile

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"opposer/internal/words"
)

// reader decodes one file strictly and remembers where everything stands, so
// that what is checked afterwards can point at it.
type reader struct {
	file     string
	lines    []string
	places   map[string]*yaml.Node // by path: "routes[0].steps[1].follow.link"
	broken   map[string]bool       // paths whose value could not be decoded: nothing more is said of them
	short    bool                  // a bare text may stand for an [Entry]: a profile's own words
	problems Problems
}

// read decodes a file into a struct. What cannot be decoded is a problem and
// leaves its zero value, so that one look at a file finds all of them.
func read(file string, text []byte, into any, short bool) *reader {
	r := &reader{
		file: file, lines: linesOf(string(text)),
		places: map[string]*yaml.Node{}, broken: map[string]bool{}, short: short,
	}
	if isBlank(r.lines) {
		r.note(0, 0, words.T("the file is empty"), words.T("an example is in profiles/README.md"))
		return r
	}
	var doc yaml.Node
	if err := yaml.Load(text, &doc); err != nil {
		r.syntax(err)
		return r
	}
	for _, root := range doc.Content {
		r.value(root, reflect.ValueOf(into).Elem(), "")
	}
	return r
}

// linesOf splits a text where YAML 1.1 §5.4 counts lines.
func linesOf(text string) []string {
	breaks := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")
	return strings.Split(breaks.Replace(text), "\n")
}

// isBlank reports whether a file holds nothing but space and comments.
func isBlank(lines []string) bool {
	return !slices.ContainsFunc(lines, func(l string) bool {
		l = strings.TrimSpace(l)
		return l != "" && l[0] != '#'
	})
}

// syntax notes what the YAML parser says, where it says where.
func (r *reader) syntax(err error) {
	line, column, says := 0, 0, err.Error()
	if at, ok := errors.AsType[*yaml.LoadError](err); ok {
		says = at.Message
		line, column = at.Mark.Line, at.Mark.Column
	}
	r.note(line, column, words.T("this is not YAML: %s", strings.TrimPrefix(says, "yaml: ")), words.T("look at the line and the one above it: indents, colons, quotes"))
}

// flag notes a problem with what stands at a path, or where it would stand.
// What stands in something that could not be decoded is not told again.
func (r *reader) flag(path string, reason, remedy words.Text) {
	var place *yaml.Node
	for at := path; ; at = outer(at) {
		if r.broken[at] {
			return
		}
		if n, ok := r.places[at]; ok && place == nil {
			place = n
		}
		if at == "" {
			break
		}
	}
	if place == nil {
		place = &yaml.Node{}
	}
	r.note(place.Line, place.Column, reason, remedy)
}

// spoil flags what could not be decoded.
func (r *reader) spoil(path string, reason, remedy words.Text) {
	r.flag(path, reason, remedy)
	r.broken[path] = true
}

// outer is the path of what holds the thing at a path.
func outer(path string) string {
	return path[:max(0, strings.LastIndexByte(path, '.'), strings.LastIndexByte(path, '['))]
}

// note adds a problem at a place.
func (r *reader) note(line, column int, reason, remedy words.Text) {
	excerpt := ""
	if line > 0 && line <= len(r.lines) {
		excerpt = shorten(strings.TrimSpace(r.lines[line-1]))
	}
	r.problems = append(r.problems, Problem{r.file, line, column, excerpt, reason, remedy})
}

// shorten keeps an excerpt to one line of a terminal.
func shorten(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// value decodes a node into v.
func (r *reader) value(n *yaml.Node, v reflect.Value, path string) {
	r.places[path] = n
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		r.spoil(path, words.T("anchors and aliases are not read here"), words.T("write the value out"))
		return
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	switch {
	case v.Type() == reflect.TypeFor[Step]():
		r.step(n, v, path)
	case v.Type() == reflect.TypeFor[Entry]() && n.Kind == yaml.ScalarNode && r.short:
		v.Set(reflect.ValueOf(Entry{Text: n.Value, Source: ownSource, Confidence: "A"}))
	case v.Kind() == reflect.Struct:
		r.fields(n, v, path)
	case v.Kind() == reflect.Map:
		r.keys(n, v, path)
	case v.Kind() == reflect.Slice:
		r.list(n, v, path)
	default:
		r.scalar(n, v, path)
	}
}

// pairs yields a mapping's keys and values, each key once.
func (r *reader) pairs(n *yaml.Node, path string, yield func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.spoil(path, words.T("keys and values are expected here"), words.T("write it as «key: value», indented"))
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if first, ok := seen[k.Value]; ok {
			r.note(k.Line, k.Column, words.T("«%s» stands here twice, first on line %d", k.Value, first), words.T("keep one of the two"))
			continue
		}
		seen[k.Value] = k.Line
		yield(k, n.Content[i+1])
	}
}

// fields decodes a mapping into a struct by its yaml tags.
func (r *reader) fields(n *yaml.Node, v reflect.Value, path string) {
	known := map[string]int{}
	var names []string
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		known[name] = i
		names = append(names, name)
	}
	r.pairs(n, path, func(k, value *yaml.Node) {
		i, ok := known[k.Value]
		if !ok {
			r.broken[join(path, r.unknown(k, names))] = true // what was meant is not missing
			return
		}
		r.value(value, v.Field(i), join(path, k.Value))
	})
}

// unknown notes a key that does not exist, and gives the one that was likely
// meant; the key itself when none is near.
func (r *reader) unknown(k *yaml.Node, names []string) string {
	remedy := words.T("the keys here are: %s", strings.Join(names, ", "))
	near := words.Nearest(k.Value, names)
	if near != "" {
		remedy = words.T("did you mean %s?", near)
	}
	r.note(k.Line, k.Column, words.T("no such key: %s", k.Value), remedy)
	return cmp.Or(near, k.Value)
}

// keys decodes a mapping with free keys.
func (r *reader) keys(n *yaml.Node, v reflect.Value, path string) {
	v.Set(reflect.MakeMap(v.Type()))
	r.pairs(n, path, func(k, value *yaml.Node) {
		e := reflect.New(v.Type().Elem()).Elem()
		r.value(value, e, join(path, k.Value))
		v.SetMapIndex(reflect.ValueOf(k.Value), e)
	})
}

// list decodes a sequence.
func (r *reader) list(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.SequenceNode {
		r.spoil(path, words.T("a list is expected here"), words.T("write it as «[one, two]» or as lines that begin with «- »"))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, len(n.Content))) // an empty list is not the default
	for i, item := range n.Content {
		e := reflect.New(v.Type().Elem()).Elem()
		r.value(item, e, fmt.Sprintf("%s[%d]", path, i))
		v.Set(reflect.Append(v, e))
	}
}

// scalar decodes one plain value. A text is taken as it is typed: NO is
// Norway, not false.
func (r *reader) scalar(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.ScalarNode {
		r.spoil(path, words.T("one plain value is expected here"), words.T("write the value behind the colon"))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
	case reflect.Bool:
		if !slices.Contains([]string{"true", "false"}, n.Value) {
			r.spoil(path, words.T("true or false is expected here"), words.Text{})
			return
		}
		v.SetBool(n.Value == "true")
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if err != nil {
			r.spoil(path, words.T("a whole number is expected here"), words.Text{})
			return
		}
		v.SetInt(int64(i))
	}
}

// step decodes a mapping whose only key is the step's name.
func (r *reader) step(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		r.spoil(path, words.T("a step is one name and what belongs to it"), words.T("the steps are: %s", strings.Join(stepNames(), ", ")))
		return
	}
	k, value := n.Content[0], n.Content[1]
	made, ok := Steps()[k.Value]
	if !ok {
		r.unknown(k, stepNames())
		r.broken[path] = true
		return
	}
	inner := join(path, k.Value)
	at := reflect.New(made).Elem()
	switch made {
	case reflect.TypeFor[Open]():
		r.value(value, at.Field(0), inner)
	case reflect.TypeFor[Expect]():
		r.places[inner] = value
		if value.Value != "outcome" {
			r.spoil(inner, words.T("only an outcome can be expected"), words.T("write: expect: outcome"))
		}
		at.Field(0).SetBool(true)
	default:
		r.value(value, at, inner)
	}
	v.Set(at)
}

// join is a path with one more key.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
