package locate

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// Signature is what a form means, told apart from how it looks: where it
// stands, what it is called, which fields it asks for and which of them it
// needs, the button that sends it and the sentence that led to it. It holds no
// value and nothing shaped like an e-mail address or a number, so that two
// accounts' forms have one signature.
type Signature struct {
	Hash     string      `json:"hash"` // hex SHA-256 of the rest; "" for the zero Signature
	Origin   string      `json:"origin"`
	Title    string      `json:"title,omitempty"`
	Fields   []FormField `json:"fields"`
	Button   string      `json:"button"`
	Sentence string      `json:"sentence,omitempty"`
}

// FormField is one field of a form as a person is shown it.
type FormField struct {
	Role     string `json:"role"`
	Label    string `json:"label"`
	Required bool   `json:"required,omitempty"`
}

// SignatureOf describes the form that these fields and this button make in
// the button's frame. sentence is the text around the link that led there, ""
// when none did. Labels are compared folded: capitals, spaces and line breaks
// do not change what a form means.
func SignatureOf(p *Page, fields []Node, button Node, sentence string) Signature {
	s := Signature{Button: impersonal(button.Name), Sentence: impersonal(sentence)}
	for _, f := range p.frames() {
		if f.ID == button.Frame {
			s.Origin = f.Origin
		}
	}
	if len(button.Headings) > 0 {
		s.Title = impersonal(button.Headings[len(button.Headings)-1])
	}
	for _, n := range fields {
		s.Fields = append(s.Fields, FormField{n.Role, impersonal(n.Name), n.Required})
	}
	s.Hash = s.sum()
	return s
}

// Lines is the form for a person and for a comparison, a line each.
func (s Signature) Lines() []string {
	lines := []string{"origin " + s.Origin, "title " + strconv.Quote(s.Title)}
	for _, f := range s.Fields {
		line := f.Role + " " + strconv.Quote(f.Label)
		if f.Required {
			line += " required"
		}
		lines = append(lines, line)
	}
	return append(lines, "button "+strconv.Quote(s.Button), "sentence "+strconv.Quote(s.Sentence))
}

// sum hashes the lines. Quoting keeps a label from imitating another line.
func (s Signature) sum() string {
	h := sha256.New()
	for _, l := range s.Lines() {
		_, _ = h.Write([]byte(l + "\n")) // never errors: hash.Hash
	}
	return hex.EncodeToString(h.Sum(nil))
}

// impersonal folds a text and blanks what is of one account only.
func impersonal(text string) string {
	folded := Fold(text)
	words := strings.Fields(folded)
	for i, w := range words {
		if at := strings.IndexByte(w, '@'); at > 0 && at < len(w)-1 {
			words[i] = "…@…"
		}
	}
	return numbers.ReplaceAllString(strings.Join(words, " "), "…")
}

// numbers matches what could be a phone, a code or an id: four digits or more,
// with the signs that people put between them.
var numbers = regexp.MustCompile(`\+?\d(?:[ ().-]?\d){3,}`)
