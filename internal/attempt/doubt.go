package attempt

import (
	"slices"

	"opposer/internal/locate"
)

// beyondDoubt is the node a verdict leaves: the one that was chosen, or, on a
// form that a sourced word says to be ours, the only one there is when it is
// called exactly as the lexicon has it, though nobody knows where the word was
// seen. A word without source never decides alone: here the form's title does
// so with it, and a second candidate undoes it.
func beyondDoubt(l look, w where, v locate.Verdict, want locate.Want) (locate.Node, bool) {
	if v.Is == locate.Chosen {
		return v.Best().Node, true
	}
	if v.Is != locate.Ambiguous || !v.Faint || !l.page.Quiet || len(v.Candidates) != 1 {
		return locate.Node{}, false
	}
	n := v.Best().Node
	exact := func(word locate.Word) bool { return locate.Fold(word.Text) == locate.Fold(l.page.Label(n)) }
	return n, slices.ContainsFunc(want.Words, exact) && aboutAI(l, w, n) == nil
}
