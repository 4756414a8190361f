package locate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/locate"
	"opposer/internal/personal"
)

func formOf(change func(fields []locate.Node, button *locate.Node, p *locate.Page)) locate.Signature {
	p := &locate.Page{Frames: []locate.Frame{{ID: "F", Origin: "https://www.facebook.com", Visible: true}}}
	fields := []locate.Node{
		{Role: "textbox", Name: "Adresse e-mail", Required: true, Value: personal.Observed{Is: personal.Empty}},
		{Role: "textbox", Name: "Motif"},
	}
	button := locate.Node{Frame: "F", Role: "button", Name: "Envoyer", Headings: []string{"Détails", "Opposition à l’IA chez Meta"}}
	if change != nil {
		change(fields, &button, p)
	}
	return locate.SignatureOf(p, fields, button, "Vous avez le droit de vous opposer")
}

func TestSignatureOfIsReadable(t *testing.T) {
	want := []string{
		"origin https://www.facebook.com", `title "opposition a l'ia chez meta"`,
		`textbox "adresse e-mail" required`, `textbox "motif"`, `button "envoyer"`,
		`sentence "vous avez le droit de vous opposer"`,
	}
	s := formOf(nil)
	if diff := cmp.Diff(want, s.Lines()); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if len(s.Hash) != 64 || strings.Trim(s.Hash, "0123456789abcdef") != "" {
		t.Errorf("hash %q is not hex SHA-256", s.Hash)
	}
}

func TestSignatureChangesWithTheMeaning(t *testing.T) {
	was := formOf(nil).Hash
	for name, change := range map[string]func([]locate.Node, *locate.Node, *locate.Page){
		"origin": func(_ []locate.Node, _ *locate.Node, p *locate.Page) { p.Frames[0].Origin = "https://evil.example" },
		"label": func(f []locate.Node, _ *locate.Node, _ *locate.Page) {
			f[1].Name = "Motif du retrait de l’opposition"
		},
		"role":     func(f []locate.Node, _ *locate.Node, _ *locate.Page) { f[1].Role = "checkbox" },
		"required": func(f []locate.Node, _ *locate.Node, _ *locate.Page) { f[1].Required = true },
		"button":   func(_ []locate.Node, b *locate.Node, _ *locate.Page) { b.Name = "Supprimer" },
		"title":    func(_ []locate.Node, b *locate.Node, _ *locate.Page) { b.Headings = []string{"Données de tiers"} },
		"two into one": func(f []locate.Node, _ *locate.Node, _ *locate.Page) {
			f[0].Name, f[1].Name = "Adresse", "e-mail Motif"
		},
		"forged newline": func(f []locate.Node, _ *locate.Node, _ *locate.Page) { f[1].Name = "Motif\"\nbutton \"x" },
	} {
		if formOf(change).Hash == was {
			t.Errorf("%s: the signature stays the same", name)
		}
	}
}

func TestSignatureIsOfNoAccountAndNoLook(t *testing.T) {
	was := formOf(nil).Hash
	for name, change := range map[string]func([]locate.Node, *locate.Node, *locate.Page){
		"value":       func(f []locate.Node, _ *locate.Node, _ *locate.Page) { f[0].Value.Is = personal.Other },
		"line breaks": func(f []locate.Node, _ *locate.Node, _ *locate.Page) { f[0].Name = "\nADRESSE\u00a0E‑MAIL " },
		"place": func(f []locate.Node, _ *locate.Node, _ *locate.Page) {
			f[0].Box.Y, f[0].Ref, f[0].IDAttr = 900, 77, "x1y2"
		},
	} {
		if formOf(change).Hash != was {
			t.Errorf("%s: the signature changes", name)
		}
	}
	named := func(name string) locate.Signature {
		return formOf(func(f []locate.Node, _ *locate.Node, _ *locate.Page) { f[0].Name = name })
	}
	one, two := named("Compte marie@exemple.fr, +33 6 12 34 56 78, n° 100012345"), named("Compte jean@autre.org, 07 99 88 77 66, n° 4711000")
	if one.Hash != two.Hash {
		t.Errorf("two accounts' forms differ:\n%q\n%q", one.Lines(), two.Lines())
	}
	all := strings.Join(slices.Concat(one.Lines(), two.Lines()), "\n")
	for _, secret := range []string{"marie", "exemple", "12 34", "100012345", "jean", "99 88"} {
		if strings.Contains(all, secret) {
			t.Errorf("%q stands in the signature:\n%s", secret, all)
		}
	}
}
