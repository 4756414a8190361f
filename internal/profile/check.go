package profile

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"opposer/internal/words"
)

// checker finds what decoding cannot: references that lead nowhere, steps that
// are never reached, origins that are not exact.
type checker struct {
	*reader
	p    *Profile
	keys []string // of every lexicon and of the profile's own words, sorted
}

func newChecker(s *Set, r *reader) checker {
	p := s.Profiles[stem(r.file)]
	if p == nil {
		p = &Profile{}
	}
	known := map[string]bool{}
	for _, l := range s.Lexicons {
		for k := range l.Words {
			known[k] = true
		}
	}
	for k := range p.Words {
		known[k] = true
	}
	return checker{r, p, slices.Sorted(maps.Keys(known))}
}

// all runs every check of a profile that could be decoded at all.
func (c checker) all() {
	if len(c.places) == 0 {
		return
	}
	c.checkHead()
	c.checkOrigins()
	c.checkAbout()
	c.checkCovers()
	c.checkSpeaks()
	c.checkSends()
	c.checkRoutes()
	c.checkForms()
	c.checkInterrupts()
	c.checkOutcomes()
	for _, k := range slices.Sorted(maps.Keys(c.p.Words)) {
		c.checkEntries("words."+k, c.p.Words[k])
	}
}

func (c checker) checkHead() {
	if name := stem(c.file); c.p.Service != name {
		c.flag("service", words.T("the service is called %q and its file %q", c.p.Service, name), words.T("write: service: %s", name))
	}
	c.need("title", c.p.Title)
	if _, ok := c.places["requires"]; !ok {
		c.need("requires", "")
	}
	for name, need := range map[string]*Need{"email": &c.p.Requires.Email, "phone": &c.p.Requires.Phone, "country": &c.p.Requires.Country} {
		if *need == "" {
			*need = Unused
		}
		c.oneOf("requires."+name, string(*need), "Requires."+name)
	}
	c.checkCountries("countries", c.p.Countries)
}

func (c checker) checkCovers() {
	if len(c.p.Covers.Services) == 0 {
		return
	}
	c.need("covers.source", c.p.Covers.Source)
	c.oneOf("covers.confidence", c.p.Covers.Confidence, "Covers.confidence")
}

// checkSpeaks wants languages as [Profile.PageLanguage] gives them to a browser.
func (c checker) checkSpeaks() {
	for i, l := range c.p.Speaks {
		if tag, err := language.Parse(l); err != nil || tag.String() != l {
			c.flag(fmt.Sprintf("speaks[%d]", i), words.T("%q is not a language's code", l), words.T("write it as fr or pt-BR"))
		}
	}
}

func (c checker) checkCountries(at string, list []string) {
	for i, code := range list {
		region, err := language.ParseRegion(code)
		if err != nil || !region.IsCountry() || region.Canonicalize().String() != code || len(code) != 2 {
			c.flag(fmt.Sprintf("%s[%d]", at, i), words.T("%s is not a country's code", code), words.T("write its two capital letters, as FR or GB"))
		}
	}
}

func (c checker) checkOrigins() {
	if len(c.p.Origins.Type) == 0 {
		c.flag("origins.type", words.T("no origin is named where something may be typed"), words.T("add origins: type: [https://…]"))
	}
	c.checkOriginList("origins.type", c.p.Origins.Type)
	c.checkOriginList("origins.read", c.p.Origins.Read)
	if c.p.Login != "" {
		c.checkAddress("login", c.p.Login, false)
	}
}

func (c checker) checkOriginList(path string, list []string) {
	for i, s := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		origin, reason, remedy := parseOrigin(s)
		switch {
		case !reason.IsZero():
			c.flag(at, reason, remedy)
		case slices.Contains(list[:i], origin):
			c.flag(at, words.T("this origin stands here twice"), words.T("keep one of the two"))
		default:
			list[i] = origin
		}
	}
}

func (c checker) checkAbout() {
	c.need("about.words", c.p.About.Words)
	c.key("about.words", c.p.About.Words)
	c.key("about.never", c.p.About.Never)
}

func (c checker) checkSends() {
	names := make([]string, len(c.p.Sends))
	for i, s := range c.p.Sends {
		at := fmt.Sprintf("sends[%d]", i)
		c.need(at+".name", s.Name)
		c.once(at+".name", s.Name, names)
		names[i] = s.Name
		for j, a := range s.Addresses {
			if !slices.Contains(c.p.Origins.Type, addressOrigin(a)) {
				c.flag(fmt.Sprintf("%s.addresses[%d]", at, j), words.T("this address is not on an origin where something may be typed"), words.T("its origin has to stand in origins: type"))
			}
		}
		c.checkReference(at+".answer.reference", s.Answer.Reference)
		for part, list := range map[string][]string{"taken": s.Answer.Taken, "not-taken": s.Answer.NotTaken, "refused": s.Answer.Refused} {
			c.noEmpty(at+".answer."+part, list)
		}
	}
}

// checkReference wants an RE2 expression with one group.
func (c checker) checkReference(path, expr string) {
	if expr == "" {
		return
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		c.flag(path, words.T("this is not a regular expression as RE2 reads it: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: ")), words.T("the syntax is at https://github.com/google/re2/wiki/Syntax"))
		return
	}
	if re.NumSubexp() != 1 {
		c.flag(path, words.T("the expression has %d groups where one is needed", re.NumSubexp()), words.T("put ( ) around the reference number, (?: ) around the rest"))
	}
}

func (c checker) checkInterrupts() {
	names := make([]string, len(c.p.Interrupts))
	for i, in := range c.p.Interrupts {
		at := fmt.Sprintf("interrupts[%d]", i)
		c.need(at+".name", in.Name)
		c.once(at+".name", in.Name, names)
		names[i] = in.Name
		c.checkWhen(at+".when", in.When)
		c.checkAction(at, in)
	}
}

func (c checker) checkAction(at string, in Interrupt) {
	actions := 0
	for _, set := range []bool{in.Press != "", in.Gate != "", in.Stop != "", in.Next} {
		if set {
			actions++
		}
	}
	if actions != 1 {
		c.flag(at, words.T("an interrupt does exactly one thing, here it is told %d", actions), words.T("give one of: press, gate, stop, next"))
	}
	c.key(at+".press", in.Press)
	c.key(at+".never", in.Never)
	if in.Gate != "" {
		c.oneOf(at+".gate", in.Gate, "Interrupt.gate")
	}
	if in.Reopen && (in.Next || in.Stop != "") {
		c.flag(at+".reopen", words.T("after this the route is not begun again"), words.T("remove reopen, or give press or gate"))
	}
	if in.Never != "" && in.Press == "" {
		c.flag(at+".never", words.T("never is for buttons, and nothing is pressed here"), words.T("remove never, or give press"))
	}
}

func (c checker) checkWhen(at string, w When) {
	if len(w.Paths)+len(w.Fields)+len(w.Images)+len(w.Frames)+len(w.Status) == 0 && w.Words == "" && w.Title == "" && w.Button == "" {
		c.flag(at, words.T("nothing tells when this happens"), words.T("give one of: paths, words, title, fields, images, frames, status"))
	}
	c.key(at+".words", w.Words)
	c.key(at+".title", w.Title)
	c.key(at+".button", w.Button)
	for i, p := range w.Paths {
		if !strings.HasPrefix(p, "/") {
			c.flag(fmt.Sprintf("%s.paths[%d]", at, i), words.T("a path begins with /"), words.T("write only what follows the host"))
		}
	}
	for part, list := range map[string][]string{"fields": w.Fields, "images": w.Images, "frames": w.Frames} {
		c.noEmpty(at+"."+part, list)
	}
	for i, n := range w.Status {
		if n < 100 || n > 599 {
			c.flag(fmt.Sprintf("%s.status[%d]", at, i), words.T("%d is not an HTTP status", n), words.T("a status lies between 100 and 599"))
		}
	}
}

func (c checker) checkOutcomes() {
	if !slices.ContainsFunc(c.p.Outcomes, func(o Outcome) bool { return o.Means == Taken }) {
		c.flag("outcomes", words.T("no outcome says that the objection is taken"), words.T("add: - {means: taken, words: …}"))
	}
	for i, o := range c.p.Outcomes {
		at := fmt.Sprintf("outcomes[%d]", i)
		c.oneOf(at+".means", string(o.Means), "Outcome.means")
		c.need(at+".words", o.Words)
		c.key(at+".words", o.Words)
	}
}

// isDate reports whether s is a day as ISO 8601 writes it.
func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
