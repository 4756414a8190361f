package locate_test

import (
	"testing"

	"opposer/internal/locate"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"only space", " \t\n\u00a0", ""},
		{"already folded", "opposer", "opposer"},
		{"capitals", "Envoyer LA Demande", "envoyer la demande"},
		{"accents", "Déposer une opposition à l'élève", "deposer une opposition a l'eleve"},
		{"composed and decomposed", "e\u0301te\u0301", "ete"},
		{"no-break space before a sign", "navigateur\u00a0?", "navigateur ?"},
		{"narrow no-break space", "25\u202f%", "25 %"},
		{"line breaks and tabs", "Decline\r\n\t optional  cookies", "decline optional cookies"},
		{"apostrophes", "l’IA lʼIA l´IA l`IA l′IA", "l'ia l'ia l'ia l'ia l'ia"},
		{"ASCII apostrophe and backtick", "l'IA l`IA", "l'ia l'ia"},
		{"quotation marks", "« opposer » „widersprechen“ “object”", `" opposer " "widersprechen" "object"`},
		{"dashes", "e‑mail e–mail e−mail", "e-mail e-mail e-mail"},
		{"soft hyphen and zero width", "wider\u00adspre\u200bchen\ufeff\u200d", "widersprechen"},
		{"direction marks", "\u200eobject\u200f", "object"},
		{"sharp s", "Maßnahmen GROẞ", "massnahmen gross"},
		{"Romanian cedilla and comma", "opţionale opționale şi și", "optionale optionale si si"},
		{"letters that stay whole in NFKD", "Łódź Øre Đura Œuvre Æsel", "lodz ore dura oeuvre aesel"},
		{"Turkish dotless and dotted", "ISTANBUL İstanbul ıslak", "istanbul istanbul islak"},
		{"Greek final sigma", "ΌΡΟΣ όρος", "οροσ οροσ"},
		{"full width", "ＯＢＪＥＣＴ", "object"},
		{"ligature", "ﬁchier", "fichier"},
		{"ellipsis", "suite…", "suite..."},
		{"not UTF-8", "a\xffb", "ab"},
		{"Japanese", "異議を申し立てる", "異議を申し立てる"},
		{"voiced kana stay themselves", "データで", "データで"},
		{"Cyrillic and Greek", "Отклонить ΑΠΌΡΡΙΨΗ", "отклонить απορριψη"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := locate.Fold(c.in); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// FuzzFold: folding again changes nothing, or two readings of one page could
// disagree.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Vous avez le droit de vous « opposer »", "İı ẞß ﬁ ´`", "\u0345Α\u0345", "e\u0301\u00ad"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := locate.Fold(s)
		if twice := locate.Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, then %q", s, once, twice)
		}
	})
}
