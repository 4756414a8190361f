package profile

// Tally is how many phrases a language has, by how sure they are.
type Tally struct {
	Language string
	Of       map[string]int // by [Entry.Letter]
	Missing  int            // keys that a profile uses and the language lacks, see [Set.Missing]
}

// Total is how many phrases there are.
func (t Tally) Total() int {
	n := 0
	for _, of := range t.Of {
		n += of
	}
	return n
}

// Letters are what [Entry.Letter] can be, the surest first.
func Letters() []string { return append(Closed()["Entry.confidence"], unsourced) }

// Letter is how sure an entry is: its confidence, or "unsourced".
func (e Entry) Letter() string {
	if e.Source == unsourced {
		return unsourced
	}
	return e.Confidence
}

// Tally counts the phrases of every language, in the order of [Set.Languages].
// Words of the profiles' own are not counted.
func (s *Set) Tally() []Tally {
	missing := map[string]int{}
	for _, gap := range s.Missing() {
		missing[gap.Language]++
	}
	var all []Tally
	for _, l := range s.Languages() {
		t := Tally{Language: l, Of: map[string]int{}, Missing: missing[l]}
		for _, entries := range s.Lexicons[l].Words {
			for _, e := range entries {
				t.Of[e.Letter()]++
			}
		}
		all = append(all, t)
	}
	return all
}
