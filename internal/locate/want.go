package locate

// Word is one phrase a page may use, with how much it is to be trusted.
type Word struct {
	Text     string
	Language string  // the lexicon it comes from; the account's own come first
	Weight   float64 // 0 to 1, of its confidence letter; at [Unsourced] or less it never decides alone
}

// Want is what is looked for.
type Want struct {
	What  string   // for a person and the log: "the link to the form"
	Roles []string // any of; required
	Words []Word   // accessible names, best first; exact beats whole-word
	Never []Word   // a node whose name holds one of these is never taken

	Tokens []string // autocomplete tokens (HTML §4.10.18.7) that settle it: "email"
	Types  []string // input types that speak for it: "email", "tel"
	Hints  []string // parts of name, id, placeholder that speak for it

	Scope     []Word   // headings or sections it should stand under
	Paragraph int      // its paragraph under that heading, 1-based; 0 when not said
	Sentence  []Word   // words its sentence should hold
	Addresses []string // a link's destinations that speak for it, by prefix
	Shun      []string // a link's destinations that rule it out, by prefix
	Frames    []string // origins of the frames it may stand in; empty: any
}

// Candidate is one node with what speaks for and against it.
type Candidate struct {
	Node    Node
	Score   float64  // 0 to 1; see weigh.go for what each part is worth
	For     []string // "name is «opposer» (fr, A)", "2nd paragraph under …"
	Against []string
}

// Decision is what a verdict says.
type Decision string

// The verdicts.
const (
	Chosen    Decision = "chosen"    // one, well ahead
	Ambiguous Decision = "ambiguous" // a tie, or a weak best: ask a person
	Missing   Decision = "none"      // nothing that could be it
)

// Verdict is the result of a [Find], best candidate first.
type Verdict struct {
	Is         Decision
	Weak       bool // Ambiguous because too little speaks for the best, not because two are equally good
	Faint      bool // Weak, and only by its word: nobody knows its source, or few vouch for it
	Strong     bool // Chosen by an exact, sourced word in its place: may be acted on before the page is quiet
	Candidates []Candidate
	// Near are nodes that hold a sought word and came short of being a
	// candidate: for the trace of a page that changed, never to be acted on.
	Near []Candidate
}

// Best is the leading candidate; the zero one when there is none.
func (v Verdict) Best() Candidate {
	if len(v.Candidates) == 0 {
		return Candidate{}
	}
	return v.Candidates[0]
}

// Hit is a lexicon word seen in a page's visible text.
type Hit struct {
	Word  Word
	Frame string // the frame's id
	Block int    // index into its Blocks
}
