package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"opposer/internal/words"
)

func (c checker) checkRoutes() {
	if len(c.p.Routes) == 0 {
		c.flag("routes", words.T("there is no route to the form"), words.T("add a route with: - open: https://…"))
	}
	ids := make([]string, len(c.p.Routes))
	for i, r := range c.p.Routes {
		at := fmt.Sprintf("routes[%d]", i)
		c.need(at+".id", r.ID)
		c.once(at+".id", r.ID, ids)
		ids[i] = r.ID
		if r.Title == "" {
			c.p.Routes[i].Title = r.ID
		}
		if !r.isOwn() {
			c.need(at+".source", r.Source)
			c.oneOf(at+".confidence", r.Confidence, "Route.confidence")
			if !isDate(r.Verified) {
				c.flag(at+".verified", words.T("%q is not a date", r.Verified), words.T("write the day of the last look as 2026-11-23"))
			}
		}
		c.checkCountries(at+".countries", r.Countries)
		c.checkCountries(at+".except", r.Except)
		c.checkRoute(at+".steps", r.Steps)
	}
}

// checkRoute wants a route to begin by opening an address, and to send nothing.
func (c checker) checkRoute(at string, steps []Step) {
	if len(steps) == 0 {
		c.flag(at, words.T("a route has at least one step"), words.T("begin with: - open: https://…"))
	}
	for i, s := range steps {
		place := fmt.Sprintf("%s[%d]", at, i)
		if _, opens := s.(Open); i == 0 && !opens && s != nil {
			c.flag(place, words.T("a route begins by opening an address; what stands before it is never reached"), words.T("put before it: - open: https://…"))
		}
		switch s := s.(type) {
		case Expect, Fill:
			c.flag(place, words.T("this step belongs to the form, not to a route"), words.T("move it to form:"))
		case Submit:
			if s.Commits != "" {
				c.flag(place, words.T("a route sends nothing"), words.T("move the step to form:, or remove commits"))
			}
		case Open, Follow, Choose, Check, nil:
		}
		c.checkStep(place, s)
	}
}

// checkForms looks at the form in each of its looks.
func (c checker) checkForms() {
	var sent []string
	all := c.p.forms()
	for _, at := range slices.Sorted(maps.Keys(all)) {
		sent = append(sent, c.checkForm(at, all[at])...)
	}
	for i, s := range c.p.Sends {
		if len(sent) > 0 && s.Name != "" && !slices.Contains(sent, s.Name) {
			c.flag(fmt.Sprintf("sends[%d]", i), words.T("no step causes the send %q", s.Name), words.T("add commits: %s to a submit step, or remove the send", s.Name))
		}
	}
	for i, l := range c.p.Looks {
		c.key(fmt.Sprintf("looks[%d].about.words", i), l.About.Words)
		c.key(fmt.Sprintf("looks[%d].about.never", i), l.About.Never)
		at := fmt.Sprintf("looks[%d].at", i)
		if len(l.At) == 0 {
			c.need(at, "")
		}
		for j, origin := range l.At {
			if !slices.Contains(c.p.Origins.Type, origin) {
				c.flag(fmt.Sprintf("%s[%d]", at, j), words.T("nothing may be typed on this origin"), words.T("add it to origins: type:, or remove it here"))
			}
		}
	}
}

// checkForm wants every commit to be followed by what is expected of it, and
// nothing to stand where no answer leads. It gives the sends of the form.
func (c checker) checkForm(path string, form []Step) []string {
	var sent []string
	due := "" // the send whose answer has to be expected next
	for i, s := range form {
		at := fmt.Sprintf("%s[%d]", path, i)
		c.checkStep(at, s)
		_, expects := s.(Expect)
		switch {
		case s == nil:
		case expects && due == "":
			c.flag(at, words.T("nothing was sent whose outcome could be expected"), words.T("put before it: - submit: {button: …, commits: …}"))
		case !expects && due != "":
			c.flag(at, words.T("this step is never reached: after sending %q its outcome comes first", due), words.T("put before it: - expect: outcome"))
			due = ""
		case !expects && len(sent) > 0 && !slices.ContainsFunc(form[i:], commits):
			c.flag(at, words.T("this step is never reached: the last send is answered before it"), words.T("move it before the send, or remove it"))
		}
		switch s := s.(type) {
		case Submit:
			if s.Commits != "" {
				c.checkCommit(at, s.Commits, sent)
				sent, due = append(sent, s.Commits), s.Commits
			}
		case Expect:
			due = ""
		case Open, Follow:
			c.flag(at, words.T("this step belongs to a route, not to the form"), words.T("move it to routes:"))
		case Fill, Choose, Check, nil:
		}
	}
	c.checkEnd(path, due, sent)
	return sent
}

// checkEnd looks at a form from its end.
func (c checker) checkEnd(path, due string, sent []string) {
	if due != "" {
		c.flag(path, words.T("after sending %q nothing waits for its outcome", due), words.T("end with: - expect: outcome"))
	}
	if len(sent) == 0 {
		c.flag(path, words.T("no step sends the form"), words.T("add: - submit: {button: …, commits: …}"))
	}
}

func commits(s Step) bool {
	submit, ok := s.(Submit)
	return ok && submit.Commits != ""
}

func (c checker) checkCommit(at, name string, sent []string) {
	names := make([]string, len(c.p.Sends))
	for i, s := range c.p.Sends {
		names[i] = s.Name
	}
	if !slices.Contains(names, name) {
		c.flag(at+".submit.commits", words.T("no such send: %s", name), c.meant(name, names))
	}
	c.once(at+".submit.commits", name, sent)
}

// checkStep checks what a step refers to, wherever it stands.
func (c checker) checkStep(at string, s Step) {
	switch s := s.(type) {
	case Open:
		c.checkAddress(at+".open", s.URL, false)
	case Follow:
		c.checkFollow(at+".follow", s)
	case Fill:
		c.checkFill(at+".fill", s)
	case Choose:
		c.need(at+".choose.option", s.Option)
		if s.Option != FillCountry && s.Option != ChooseCallingCode {
			c.key(at+".choose.option", s.Option)
		}
		c.key(at+".choose.group", s.Group)
	case Check:
		c.need(at+".check.label", s.Label)
		c.key(at+".check.label", s.Label)
	case Submit:
		c.need(at+".submit.button", s.Button)
		c.key(at+".submit.button", s.Button)
		c.key(at+".submit.never", s.Never)
	case Expect, nil:
	}
}

func (c checker) checkFollow(at string, f Follow) {
	c.need(at+".link", f.Link)
	for name, key := range map[string]string{"link": f.Link, "scope": f.Scope, "sentence": f.Sentence, "never": f.Never} {
		c.key(at+"."+name, key)
	}
	if f.Paragraph < 0 {
		c.flag(at+".paragraph", words.T("paragraphs are counted from 1"), words.Text{})
	}
	for i, a := range f.To {
		c.checkAddress(fmt.Sprintf("%s.to[%d]", at, i), a, true)
	}
	for i, a := range f.Shun {
		if !strings.HasPrefix(a, "/") && addressOrigin(a) == "" {
			c.flag(fmt.Sprintf("%s.shun[%d]", at, i), words.T("this is not an address"), words.T("write it as https://www.example.org/path, or as /path for every host"))
		}
	}
}

func (c checker) checkFill(at string, f Fill) {
	c.oneOf(at+".value", f.Value, "Fill.value")
	c.key(at+".label", f.Label)
	c.key(at+".never", f.Never)
	tokens, types := f.markup()
	if f.Label == "" && len(tokens)+len(types) == 0 && slices.Contains(Closed()["Fill.value"], f.Value) {
		c.flag(at, words.T("nothing tells which field this is"), words.T("give its label, a key of the lexicon"))
	}
	need := map[string]Need{FillEmail: c.p.Requires.Email, FillPhone: c.p.Requires.Phone, FillNational: c.p.Requires.Phone}[f.Value]
	if need == Unused {
		c.flag(at+".value", words.T("the form asks for %s, but requires says that it is not used", f.Value), words.T("write under requires: %s: required, or optional", f.Value))
	}
}

// checkAddress wants an address on an origin that the profile names.
func (c checker) checkAddress(at, address string, orPath bool) {
	if orPath && strings.HasPrefix(address, "/") {
		return
	}
	switch origin := addressOrigin(address); {
	case origin == "":
		c.flag(at, words.T("this is not an address"), words.T("write it as https://www.example.org/path"))
	case !c.p.Knows(origin):
		c.flag(at, words.T("the profile does not allow %s", origin), words.T("name it in origins: read, or in origins: type when something is typed there"))
	}
}
