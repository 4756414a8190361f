package attempt

import (
	"slices"
	"strings"

	"opposer/internal/locate"
	"opposer/internal/profile"
)

// decide says what to do next. It is asked again after every change of the
// page, first match wins: an answer that is waited for, an interrupt, the next
// step. A weak sign is believed only of a quiet page.
func decide(l look, w where) move {
	routes := l.job.Profile.Routes
	if w.route >= len(routes) {
		return next{cause{code: formMissing}}
	}
	if w.sent != nil {
		return awaitAnswer(l, w)
	}
	steps := routes[w.route].Steps
	if w.step < len(steps) {
		if s, ok := steps[w.step].(profile.Open); ok {
			return open{s.URL}
		}
	}
	if l.refused != "" {
		if w.touched || len(w.typed) > 0 {
			return away{cause{elsewhere, l.refused}}
		}
		return next{cause{elsewhere, l.refused}}
	}
	if origin := l.page.Main().Origin; !l.job.Profile.Knows(origin) {
		if origin == "null" || origin == "" {
			return wait{cause{code: formMissing}}
		}
		return next{cause{elsewhere, origin}}
	}
	if m := interrupt(l, w); m != nil {
		return m
	}
	if w.step < len(steps) {
		return routeStep(l, w, steps[w.step])
	}
	return formSteps(l, w)
}

func routeStep(l look, w where, s profile.Step) move {
	switch s := s.(type) {
	case profile.Follow:
		return followLink(l, w, s)
	case profile.Choose:
		if m := chooseOption(l, w, choice{step: -1 - w.step, Choose: s}); m != nil {
			return m
		}
		return advance{step: -1 - w.step} // chosen already: the step is behind us
	case profile.Check:
		if m := tickBox(l, w, -1-w.step, s); m != nil {
			return m
		}
		return advance{step: -1 - w.step}
	case profile.Submit:
		return goOn(l, w, s)
	case profile.Open, profile.Fill, profile.Expect:
		// Open is done before the page is read; the others stand in no route.
	}
	return next{cause{code: formMissing}}
}

func followLink(l look, w where, s profile.Follow) move {
	want := l.bound.Follow(s)
	v := locate.Find(l.page, want)
	missing := cause{linkMissing, sought(want.Words, l.job.Account.Language)}
	switch {
	case v.Is == locate.Chosen && (v.Strong || l.page.Quiet):
		return followed(l, v.Best().Node)
	case v.Is == locate.Ambiguous && v.Weak && w.route+1 < len(l.job.Profile.Routes):
		return wait{missing} // a person is not asked to guess while there is another way
	case v.Is == locate.Ambiguous && l.page.Quiet:
		return chooseLink(l, w, v)
	default:
		return wait{missing}
	}
}

func followed(l look, n locate.Node) follow {
	m := follow{node: n, word: n.Name}
	if f, ok := l.page.Frame(n.Frame); ok && n.Block >= 0 && n.Block < len(f.Blocks) {
		m.sentence = f.Blocks[n.Block].Text
	}
	return m
}

// sought names the words that were looked for, in the account's language, or
// all when it has none.
func sought(list []locate.Word, language string) string {
	primary, _, _ := strings.Cut(language, "-")
	var own, all []string
	for _, word := range list {
		if p, _, _ := strings.Cut(word.Language, "-"); p == primary {
			own = append(own, word.Text)
		}
		all = append(all, word.Text)
	}
	if len(own) == 0 {
		own = all
	}
	return strings.Join(slices.Compact(own), ", ")
}
