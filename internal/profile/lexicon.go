package profile

import "opposer/internal/locate"

// Lexicon is the words of one language, by key, as pages use them.
type Lexicon struct {
	Language string             `yaml:"language"` // BCP 47: "fr", "pt-BR"; the file's name without .yaml
	Words    map[string][]Entry `yaml:"words"`    // by key: "link.object", "form.email"
}

// Entry is one phrase with where it was seen.
type Entry struct {
	Text       string `yaml:"text"`                 // as the page writes it; case, accents and signs around it do not matter
	Source     string `yaml:"source"`               // an address, "public code, November 2026", or "unsourced"
	Confidence string `yaml:"confidence,omitempty"` // A several sources quote it, B one, C told in a source's own words, D inferred; none when unsourced
}

// The sources that are no address.
const (
	unsourced = "unsourced"    // nobody knows where the words were seen
	ownSource = "this profile" // a bare text among a profile's own words: its author knows the page
)

// Weight is what a confidence letter is worth to [locate.Find]; unsourced
// words weigh too little to decide alone.
func (e Entry) Weight() float64 {
	if e.Source == unsourced {
		return locate.Unsourced
	}
	switch e.Confidence {
	case "A":
		return 1
	case "B":
		return 0.9
	case "C":
		return 0.7
	default:
		return 0.5
	}
}

// Set is what a folder holds: the profiles by service and the lexicons by
// language. It is read-only and safe for concurrent use.
type Set struct {
	Profiles map[string]*Profile
	Lexicons map[string]*Lexicon
	warnings Problems
}

// Warnings are what a careful author mends although it stops nothing: words
// whose source nobody knows, and keys that a language lacks.
func (s *Set) Warnings() Problems { return s.warnings }
