package chrome

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"opposer/internal/locate"
	"opposer/internal/personal"
)

// fixtures serves testdata, one page a behaviour.
func fixtures(t testing.TB) *site {
	t.Helper()
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	pages := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		pages["/"+filepath.Base(f)] = string(b)
	}
	return newSite(t, pages)
}

// fail ends a test with what a script of ours threw, which the error hides.
func fail(t testing.TB, err error) {
	t.Helper()
	if e, ok := errors.AsType[*scriptError](err); ok {
		t.Log(e.text)
	}
	t.Fatal(err)
}

// settled reads a tab when it has become quiet.
func settled(t testing.TB, tab *Tab) *locate.Page {
	t.Helper()
	ctx := within(t)
	for {
		p, err := tab.Read(ctx)
		if err != nil {
			fail(t, err)
		}
		if p.Quiet {
			return p
		}
		if err := tab.Changed(ctx); err != nil {
			t.Fatalf("the page never was quiet: %v", err)
		}
	}
}

// texts are the blocks of a frame, each with what it is.
func texts(f locate.Frame) []string {
	var out []string
	for _, b := range f.Blocks {
		kind := b.Role
		if b.Dialog > 0 {
			kind += " in dialog"
		}
		out = append(out, strings.TrimSpace(kind+": "+b.Text))
	}
	return out
}

func TestReadGivesTheTextInReadingOrder(t *testing.T) {
	t.Parallel()
	p := settled(t, visit(t, shared(t, shell), fixtures(t), "/look.html"))
	want := []string{
		"heading: L’IA chez Meta", ": Un premier paragraphe.", "heading: Vos droits", ": Vous pouvez lire ceci.",
		": Vous avez le droit de vous opposer : vous opposer.", "heading: Autre chose", ": Avec un lien", ": Encore un.",
		"label: Adresse e-mail", "label: Téléphone", "label: Mot de passe Pays", "label: Que voulez-vous ?", "label: Oui Non",
		"label: Je suis sûr", "button: Envoyer", "button: Plus tard", "button: Tout refuser", "button: Tout autoriser",
		": Texte visible suite", ": un", ": deux", "alert: Attention : ici",
		"heading in dialog: Cookies", "in dialog: Nous en utilisons.", "button in dialog: Refuser", "button: Plus",
	}
	if diff := cmp.Diff(want, texts(p.Main())); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if f := p.Main(); f.Title != "Centre de confidentialité" || f.Lang != "fr" || !f.Visible {
		t.Errorf("frame is %q in %q, visible %v", f.Title, f.Lang, f.Visible)
	}
}

// TestADocumentWithoutAnElementIsRead: between two documents, and where a script
// took everything away, there is no root element to measure.
func TestADocumentWithoutAnElementIsRead(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"/empty": "<!doctype html><p>text</p><script>document.documentElement.remove()</script>"})
	p, err := visit(t, shared(t, shell), s, "/empty").Read(within(t))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.Main().Blocks); n != 0 {
		t.Errorf("%d blocks of nothing", n)
	}
}

func TestReadPlacesALink(t *testing.T) {
	t.Parallel()
	p := settled(t, visit(t, shared(t, shell), fixtures(t), "/look.html"))
	n := named(t, p, "link", "vous opposer")
	if diff := cmp.Diff([]string{"Vos droits", "L’IA chez Meta"}, n.Headings); diff != "" {
		t.Error(diff)
	}
	if n.Paragraph != 2 || !strings.Contains(p.Main().Blocks[n.Block].Text, "le droit de vous opposer") {
		t.Errorf("paragraph %d, block %d", n.Paragraph, n.Block)
	}
	if !strings.HasSuffix(n.Href, "/form?x=1") {
		t.Errorf("href is %s", n.Href)
	}
	if n := named(t, p, "link", "un lien"); n.Headings[0] != "Autre chose" || n.Paragraph != 1 {
		t.Errorf("the other link is under %v, paragraph %d", n.Headings, n.Paragraph)
	}
}

func TestReadTellsWhatAFieldIs(t *testing.T) {
	t.Parallel()
	p := settled(t, visit(t, shared(t, shell), fixtures(t), "/look.html"))
	mail := named(t, p, "textbox", "Adresse e-mail")
	if mail.Type != "email" || mail.Autocomplete != "email" || !mail.Required || mail.MaxLength != 80 || !strings.HasSuffix(mail.Action, "/send") {
		t.Errorf("e-mail box is %+v", mail)
	}
	if mail.Value.Is != personal.Other || strings.Contains(mail.Value.Masked, "marie") {
		t.Errorf("its value is %+v", mail.Value)
	}
	if pw := named(t, p, "textbox", "Mot de passe"); pw.Value != (personal.Observed{}) {
		t.Errorf("a password was read: %+v", pw.Value)
	}
	if s := named(t, p, "combobox", "Pays"); cmp.Diff([]string{"Choisir", "France", "Espagne"}, s.Options) != "" || s.Selected != 2 {
		t.Errorf("options are %v, selected %d", s.Options, s.Selected)
	}
	if r := named(t, p, "radio", "Non"); !r.Checked || r.Group != "Que voulez-vous ?" {
		t.Errorf("radio is %+v", r)
	}
	for _, name := range []string{"Envoyer", "Plus tard"} {
		if b := named(t, p, "button", name); !b.Disabled {
			t.Errorf("%s is not disabled", name)
		}
	}
	if a := named(t, p, "textbox", "Raison"); !a.ReadOnly {
		t.Error("the read-only box is not")
	}
}

func TestReadHoldsNoValue(t *testing.T) {
	t.Parallel()
	s := fixtures(t)
	tab := openTab(t, shared(t, shell), Guard{Type: []string{s.URL}, Account: account(t), Masker: carrier(planted)})
	if _, err := tab.Navigate(within(t), s.URL+"/look.html?who="+strings.ReplaceAll(planted, "@", "%40")); err != nil {
		t.Fatal(err)
	}
	p := settled(t, tab)
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{planted, "marie.curie", "secret"} {
		if strings.Contains(string(b), secret) {
			t.Errorf("%q stands in the page that was read", secret)
		}
	}
	if n := named(t, p, "textbox", "Adresse e-mail"); n.Value.Is != personal.Ours {
		t.Errorf("our own address is %v", n.Value.Is)
	}
}

func account(t testing.TB) personal.Account {
	t.Helper()
	e, err := personal.ParseEmail(planted)
	if err != nil {
		t.Fatal(err)
	}
	return personal.Account{ID: "a", Email: e}
}

// In testdata/hidden.html the first word of a name is the reason.
func TestHiddenReasons(t *testing.T) {
	t.Parallel()
	p := settled(t, visit(t, shared(t, shell), fixtures(t), "/hidden.html"))
	for _, n := range p.Main().Nodes {
		want, _, _ := strings.Cut(n.Name, " ")
		if want == "visible" {
			want = ""
		}
		if n.Hidden != want {
			t.Errorf("%q is hidden by %q, want %q", n.Name, n.Hidden, want)
		}
		if want == "" && n.Covered != "" {
			t.Errorf("%q is covered by %s", n.Name, n.Covered)
		}
	}
	if len(p.Main().Nodes) < 30 {
		t.Errorf("only %d nodes", len(p.Main().Nodes))
	}
}

func TestHiddenTextIsNotRead(t *testing.T) {
	t.Parallel()
	p := settled(t, visit(t, shared(t, shell), fixtures(t), "/hidden.html"))
	for _, b := range p.Main().Blocks {
		if b.Role == "button" && !strings.HasPrefix(b.Text, "visible") && !strings.HasPrefix(b.Text, "aria-hidden") &&
			!strings.HasPrefix(b.Text, "inert") && !strings.HasPrefix(b.Text, "covered") {
			t.Errorf("%q was read although nobody can see it", b.Text)
		}
	}
}

func TestAPageCannotLieToAReading(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/lies.html")
	p := settled(t, tab)
	if got := strings.Join(texts(p.Main()), " "); strings.Contains(got, "confirmed") || !strings.Contains(got, "The truth.") {
		t.Errorf("the page made us read %s", got)
	}
	if n := named(t, p, "textbox", "E-mail"); n.IDAttr != "email" || n.Box.W < 10 {
		t.Errorf("the e-mail box is %+v", n)
	}
	if n := named(t, p, "textbox", "last"); !strings.HasSuffix(n.Action, "/right") {
		t.Errorf("a field called action hid the form's: %s", n.Action)
	}
	if err := tab.Click(within(t), named(t, p, "button", "Send")); err != nil {
		fail(t, err)
	}
}

func TestClosedShadowRoots(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/closed.html")
	p := settled(t, tab)
	named(t, p, "link", "closed link")
	named(t, p, "button", "Open")
	deep := named(t, p, "textbox", "Deep")
	want := []string{": Before", "heading: Inside", ": Closed closed link", "label: Deep", "button: Deeper", "button: Open"}
	if diff := cmp.Diff(want, texts(p.Main())); diff != "" {
		t.Error(diff)
	}
	if err := tab.Click(within(t), named(t, p, "button", "Deeper")); err != nil {
		fail(t, err)
	}
	if got, err := tab.Fill(within(t), allow(t, p, deep), deep, "x@example.org"); err != nil || got.Is != personal.Other {
		t.Errorf("filled %v, %v", got, err)
	}
	if title := read(t, tab).Main().Title; title != "clicked true" {
		t.Errorf("title is %q", title)
	}
}

// What a style sheet or an embedded control adds is all that Chrome's own
// names may have more.
func TestNamesAgreeWithTheAccessibilityTree(t *testing.T) {
	t.Parallel()
	tab := visit(t, shared(t, shell), fixtures(t), "/names.html")
	p := settled(t, tab)
	count := 0
	for _, n := range p.Main().Nodes {
		w, err := tab.at(within(t), n)
		if err != nil {
			t.Fatal(err)
		}
		id, err := w.element(within(t), js("handle", n.Document, n.Ref))
		if err != nil {
			t.Fatal(err)
		}
		ax, err := w.accessible(within(t), id)
		if err != nil {
			t.Fatal(err)
		}
		count++
		if ax.ignored && n.Role == "img" {
			continue // an empty alt makes it decoration; it may be a captcha all the same
		}
		if squeeze(ax.name) != squeeze(n.Name) || roleOf(ax.role) != n.Role {
			t.Errorf("%s %q (%s %s): the accessibility tree says %s %q", n.Role, n.Name, n.Tag, n.Type, ax.role, ax.name)
		}
	}
	if count < 40 {
		t.Errorf("only %d elements compared", count)
	}
}
