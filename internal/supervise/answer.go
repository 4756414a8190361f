package supervise

import (
	"net/http"
	"slices"
	"strings"

	"opposer/internal/gate"
	"opposer/internal/personal"
)

// understand reads a posted answer to g. The result is "" when it is one.
func understand(g gate.Gate, r *http.Request) (gate.Answer, result) {
	if err := r.ParseForm(); err != nil {
		return gate.Answer{}, misread
	}
	a := gate.Answer{Verb: gate.Verb(r.PostForm.Get("verb")), By: "web"}
	if !slices.Contains(verbs(g), a.Verb) {
		return gate.Answer{}, misread
	}
	switch a.Verb {
	case gate.Give:
		code := strings.TrimSpace(r.PostForm.Get("code"))
		if code == "" {
			return gate.Answer{}, noCode
		}
		a.Code = personal.NewCode(code)
	case gate.Pick:
		a.Option = r.PostForm.Get("option")
		if a.Option == "" {
			return gate.Answer{}, noOption
		}
		if !slices.ContainsFunc(g.Options, func(o gate.Option) bool { return o.ID == a.Option }) {
			return gate.Answer{}, misread
		}
	default:
	}
	return a, ""
}

// verbs are the answers that a gate takes from the page. What is done on the
// gate's own page is answered with Done only where that page can be seen.
func verbs(g gate.Gate) []gate.Verb {
	list := []gate.Verb{gate.GiveUp}
	switch {
	case g.Kind == gate.Code && !g.OnPage:
		list = append(list, gate.Give)
	case g.Kind == gate.Review:
		list = append(list, gate.Approve)
	case len(g.Options) > 0:
		list = append(list, gate.Pick)
	case g.OnPage && (g.Screen != nil || g.Window):
		list = append(list, gate.Done)
	}
	if g.Windows && !g.Window {
		list = append(list, gate.Show)
	}
	return list
}
