package attempt

import (
	"strconv"

	"opposer/internal/gate"
	"opposer/internal/locate"
	"opposer/internal/words"
)

// most is how many candidates a person is shown: more are no choice but a
// sign that the page is not understood.
const most = 6

// chooseLink asks which of several links is meant, or follows the one that the
// person named before, as long as the page still offers it.
func chooseLink(l look, w where, v locate.Verdict) move {
	if node, ok := chosenBefore(w.answers[linkKey], v); ok {
		return followed(l, node)
	}
	return askWhich(linkKey, v)
}

// linkKey is the choice of the link to the form.
const linkKey = "link"

func chosenBefore(answer string, v locate.Verdict) (locate.Node, bool) {
	if answer == "" {
		return locate.Node{}, false
	}
	for _, c := range v.Candidates {
		if fingerprint(c.Node) == answer {
			return c.Node, true
		}
	}
	return locate.Node{}, false
}

// fingerprint tells candidates of one page apart after it was read afresh.
func fingerprint(n locate.Node) string {
	return n.Role + "|" + locate.Fold(n.Name) + "|" + n.Href + "|" + n.IDAttr + "|" + n.NameAttr + "|" + strconv.Itoa(n.Block)
}

func askWhich(key string, v locate.Verdict) ask {
	a := ask{kind: gate.Choice, key: key, need: Needed(gate.Choice, "")}
	for i, c := range v.Candidates {
		if i == most {
			break
		}
		a.nodes = append(a.nodes, c.Node)
		a.options = append(a.options, gate.Option{
			ID: strconv.Itoa(i), Label: words.Verbatim(c.Node.Name), Detail: surroundings(c),
		})
	}
	return a
}

func surroundings(c locate.Candidate) string {
	if len(c.Node.Headings) > 0 {
		return c.Node.Headings[0]
	}
	return c.Node.Href
}
