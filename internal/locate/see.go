package locate

// TitleBlock is the Block of a [Hit] that was seen in a frame's title.
const TitleBlock = -1

// See finds words in the page's visible text: a hit for every block that holds
// one as a whole phrase, folded, in reading order. Of several words in one
// block the one that says most is given. Text that a person cannot see is not
// on the page.
func See(p *Page, words []Word) []Hit {
	return see(p, compile(words), func(Block) bool { return true })
}

// SeeTitles is [See] for what a page says of itself: its frames' titles, its
// headings and the text of its dialogs.
func SeeTitles(p *Page, words []Word) []Hit {
	ph := compile(words)
	var hits []Hit
	for i := range p.frames() {
		f := &p.Frames[i]
		if !p.isSeen(f) {
			continue
		}
		if hit, ok := ph.best(Fold(f.Title)); ok {
			hits = append(hits, Hit{Word: hit.word, Frame: f.ID, Block: TitleBlock})
		}
	}
	return append(hits, see(p, ph, func(b Block) bool { return b.Role == "heading" || b.Dialog > 0 })...)
}

func see(p *Page, ph phrases, counts func(Block) bool) []Hit {
	var hits []Hit
	if ph.none() {
		return nil
	}
	for i := range p.frames() {
		f := &p.Frames[i]
		if !p.isSeen(f) {
			continue
		}
		for b, block := range f.Blocks {
			if !counts(block) {
				continue
			}
			if hit, ok := ph.best(Fold(block.Text)); ok {
				hits = append(hits, Hit{Word: hit.word, Frame: f.ID, Block: b})
			}
		}
	}
	return hits
}

// Holds reports whether a text holds one of the words as a whole phrase, and
// which says most.
func Holds(text string, words []Word) (Word, bool) {
	hit, ok := compile(words).best(Fold(text))
	return hit.word, ok
}

// FindOption says which of a select's options one of the words names: its
// index, and how sure that is. Exact labels go before longer ones that hold a
// word; two options that are equally good are [Ambiguous].
func FindOption(n Node, words []Word) (int, Decision) {
	p := Page{Frames: []Frame{{Visible: true}}}
	for i, o := range n.Options {
		p.Frames[0].Nodes = append(p.Frames[0].Nodes, Node{Role: "option", Name: o, Ref: i, Block: -1})
	}
	v := Find(&p, Want{Roles: []string{"option"}, Words: words})
	if v.Is != Chosen {
		return -1, v.Is
	}
	return v.Best().Node.Ref, Chosen
}
