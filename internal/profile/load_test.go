package profile_test

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"opposer/internal/profile"
	"opposer/profiles"
)

func TestTheShippedProfilesHaveNoProblem(t *testing.T) {
	s, p := shipped(t)
	if p == nil || len(s.Lexicons) < 3 {
		t.Fatalf("services %v, %d lexicons", s.Services(), len(s.Lexicons))
	}
	// Nobody has quoted these in French or German yet.
	unquoted := []string{"link.shared-info", "choice.ours", "choice.page", "question.ai", "question.yes", "form.explanation", "form.country-code", "whatsapp.ai"}
	for _, gap := range s.Missing() {
		speaks := func(service string) bool {
			own := s.Profiles[service]
			return own.PageLanguage(gap.Language) == gap.Language
		}
		if slices.Contains(unquoted, gap.Key) || !slices.ContainsFunc(gap.Services, speaks) {
			continue
		}
		if slices.Contains([]string{"de", "en", "fr"}, gap.Language) && !strings.HasPrefix(gap.Key, "outcome.") {
			t.Errorf("%s lacks %s, which %v use", gap.Language, gap.Key, gap.Services)
		}
	}
	for _, r := range p.Routes {
		if r.Source == "" || r.Confidence == "" || r.Verified == "" {
			t.Errorf("route %s says nothing of its source", r.ID)
		}
	}
}

// TestNoWordIsSaidInAdvance: what Meta's form and box say before anything is
// sent must not read as an outcome (meta-flow of 2024 and 2025).
func TestNoWordIsSaidInAdvance(t *testing.T) {
	s, p := shipped(t)
	for _, sentence := range []string{
		"We'll review objection requests in accordance with relevant data protection laws. If your request is honored, it will be applied going forward.",
		"If you've already objected, you don't need to submit another request.",
		"If your objection is honoured, going forward we won't use your public information from Facebook and Instagram to develop and improve generative AI models.",
		"Wenn du bereits widersprochen hast, brauchst du keinen weiteren Antrag zu stellen.",
		"Wenn du einen Widerspruch einreichst, werden wir dir eine E-Mail mit der Bestätigung senden, dass",
		"Vous avez le droit de vous opposer à l'utilisation de vos informations",
		"Hai diritto di opporti all'uso delle tue informazioni per tali finalità",
		"Se presenti un'opposizione, riceverai un'e-mail a conferma che non useremo le tue interazioni con le funzioni dell'IA in Meta",
		"si nos comunicas tu oposición, te enviaremos un correo electrónico para confirmarte que, a partir de ese momento, no utilizaremos",
		"Se a tua oposição for aceite, não vamos utilizar as tuas interações com as funcionalidades de IA da Meta",
		"não utilizará as informações públicas do Facebook e do Instagram para desenvolver e melhorar os modelos de IA generativa",
		"Rozpatrzymy sprzeciw zgodnie z odpowiednimi przepisami o ochronie danych. Jeśli Twój sprzeciw zostanie uwzględniony, będzie miał zastosowanie w przyszłości.",
	} {
		for _, o := range p.Outcomes {
			if hit := holds(sentence, s.Bind(p, "en").Words(o.Words)); hit != "" {
				t.Errorf("%q reads as %s by %q", sentence, o.Means, hit)
			}
		}
	}
}

// TestAIWordsAreNoCommonWords: every language is tried on every page.
func TestAIWordsAreNoCommonWords(t *testing.T) {
	s, p := shipped(t)
	for _, sentence := range []string{
		"J’ai une question", "Ai tuoi amici", "Wer ist das? Ki az?", "Opposez-vous aux publicités", "Report a copyright infringement", "Einspruch einlegen",
		"Si quieres, si puedes", "Als je wilt, si", "Meta is een bedrijf", "Ia masa", "Sì, in Meta",
	} {
		if hit := holds(sentence, s.Bind(p, "fr").Words(p.About.Words)); hit != "" {
			t.Errorf("%q is about AI by %q", sentence, hit)
		}
	}
	for _, title := range []string{
		"Einspruch gegen die Verwendung deiner Informationen für KI bei Meta", "Object to your information being used for AI at Meta",
		"Opõe-te à utilização das tuas informações pela IA na Meta", "Gør indsigelse mod, at dine oplysninger bliver brugt til AI hos Meta",
		"Contesta l’uso delle tue informazioni per l’IA di Meta",
	} {
		if holds(title, s.Bind(p, "fr").Words(p.About.Words)) == "" {
			t.Errorf("%q is not about AI", title)
		}
	}
	third := "Data subject rights for third-party information used for AI at Meta"
	if holds(third, s.Bind(p, "fr").Words(p.About.Never)) == "" {
		t.Errorf("%q could be ours", third)
	}
}

// TestTheReadmesExampleLoads: what a stranger copies works.
func TestTheReadmesExampleLoads(t *testing.T) {
	text, err := os.ReadFile("../../profiles/README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(blocks) != 2 {
		t.Fatalf("%d examples", len(blocks))
	}
	lexicon := strings.ReplaceAll(blocks[1][1], "https://…", "https://www.example.org/")
	s, err := profile.Load(fstest.MapFS{
		"myform.yaml":     {Data: []byte(blocks[0][1])},
		"lexicon/fr.yaml": {Data: []byte(lexicon)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := s.Profiles["myform"]; p.Requires.Phone != profile.Unused || p.Routes[0].Title != "form" {
		t.Errorf("defaults: %+v %+v", p.Requires, p.Routes[0])
	}
	for name := range profile.Steps() {
		if !strings.Contains(string(text), "| `"+name+"` |") {
			t.Errorf("the step %s is not explained", name)
		}
	}
	for list, values := range profile.Closed() {
		for _, v := range values {
			if !regexp.MustCompile(`\b` + v + `\b`).Match(text) {
				t.Errorf("%s %s is not explained", list, v)
			}
		}
	}
}

// TestOverlay: one file of one's own is laid over the shipped ones.
func TestOverlay(t *testing.T) {
	facebook, err := fs.ReadFile(profiles.FS, "facebook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	mine := strings.Replace(string(facebook), "title: Facebook", "title: My Facebook", 1)
	over := fstest.MapFS{"facebook.yaml": {Data: []byte(mine)}}
	s, err := profile.Load(profile.Overlay(profiles.FS, over))
	if err != nil {
		t.Fatal(err)
	}
	if s.Profiles["facebook"].Title != "My Facebook" || s.Lexicons["de"] == nil {
		t.Errorf("title %q, %d lexicons", s.Profiles["facebook"].Title, len(s.Lexicons))
	}
	for name, over := range map[string]fs.FS{"empty": fstest.MapFS{}, "only a lexicon": fstest.MapFS{"lexicon/xx.txt": {Data: []byte("no")}}} {
		if _, err := profile.Load(profile.Overlay(profiles.FS, over)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file of one's own that cannot be read is told: the shipped one in its place
// would say what the person had changed.
func TestOverlayNeverFallsBackFromWhatCannotBeRead(t *testing.T) {
	base := fstest.MapFS{"facebook.yaml": {Data: []byte("shipped")}, "whatsapp.yaml": {Data: []byte("shipped")}}
	laid := profile.Overlay(base, locked{fstest.MapFS{"facebook.yaml": {Data: []byte("a longer one of mine")}}})
	if text, err := fs.ReadFile(laid, "facebook.yaml"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := fs.ReadFile(laid, "whatsapp.yaml"); err != nil || string(text) != "shipped" {
		t.Errorf("%q, %v", text, err)
	}
}

// locked is a folder that can be listed and whose files cannot be read.
type locked struct{ fstest.MapFS }

func (l locked) Open(name string) (fs.File, error) {
	if info, err := l.Stat(name); err == nil && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

func TestOverlayListsEachNameOnceAsItWillBeRead(t *testing.T) {
	base := fstest.MapFS{"a.yaml": {Data: []byte("shipped")}, "b.yaml": {Data: []byte("shipped")}}
	over := fstest.MapFS{"b.yaml": {Data: []byte("mine")}, "c.yaml": {Data: []byte("mine")}}
	laid := profile.Overlay(base, over)
	entries, err := fs.ReadDir(laid, ".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
		text, readErr := fs.ReadFile(laid, e.Name())
		info, statErr := e.Info()
		if err := errors.Join(readErr, statErr); err != nil || info.Size() != int64(len(text)) {
			t.Errorf("%s is listed as another file than the one read: %q, %v", e.Name(), text, err)
		}
	}
	if want := []string{"a.yaml", "b.yaml", "c.yaml"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}

// denied is a folder that cannot be read.
type denied struct{ fs.FS }

func (denied) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestAFolderThatCannotBeRead(t *testing.T) {
	for name, fsys := range map[string]fs.FS{"alone": denied{}, "over": profile.Overlay(profiles.FS, denied{}), "under": profile.Overlay(denied{}, fstest.MapFS{"a.yaml": {}})} {
		s, err := profile.Load(fsys)
		if s != nil || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %v, %v", name, s, err)
		}
	}
}

func TestAnEmptyFolderIsAnEmptySet(t *testing.T) {
	s, err := profile.Load(fstest.MapFS{})
	if err != nil || len(s.Services()) != 0 || s.Missing() != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestProblemsTellAPerson(t *testing.T) {
	_, err := profile.Load(fstest.MapFS{"b.yaml": {Data: []byte("servce: b\n")}, "a.yaml": {Data: []byte("\tx")}})
	var ps profile.Problems
	if !errors.As(err, &ps) {
		t.Fatal(err)
	}
	if file, line, column := ps.Position(); file != "a.yaml" || line != 1 || column != 1 {
		t.Errorf("at %s:%d:%d", file, line, column)
	}
	if ps.Remedy().IsZero() || !strings.HasPrefix(ps.Error(), "reading profiles: ") {
		t.Errorf("%v\n%v", ps.Remedy(), ps)
	}
	if !slices.ContainsFunc(ps, func(p profile.Problem) bool { return p.Remedy.In("fr") == "vouliez-vous dire service\u202f?" }) {
		t.Errorf("no French remedy in\n%v", ps)
	}
	if file, _, _ := (profile.Problems{}).Position(); file != "" || !(profile.Problems{}).Remedy().IsZero() {
		t.Error("no problem has a place or a remedy")
	}
}
