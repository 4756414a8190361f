package rehearsal

import (
	"encoding/json"
	"fmt"
)

// countries are those of the forms' lists (web/text/countries.json): where the
// objection is offered, and some where it is not.
type countries struct {
	Dial  map[string]string      `json:"dial"`  // calling code without plus, by ISO code
	Names map[string][][2]string `json:"names"` // ISO code and name, in the language's own order
}

// named is a country as a page shows it.
type named struct {
	ISO  string `json:"iso"`
	Dial string `json:"dial"`
	Name string `json:"name"`
}

func loadCountries() (countries, error) {
	var all countries
	raw, err := web.ReadFile("web/text/countries.json")
	if err == nil {
		err = json.Unmarshal(raw, &all)
	}
	if err != nil {
		return countries{}, fmt.Errorf("reading the countries: %w", err)
	}
	return all, nil
}

// in are the countries by their names in a language.
func (c countries) in(lang string) []named {
	var all []named
	for _, pair := range c.Names[lang] {
		all = append(all, named{ISO: pair[0], Dial: c.Dial[pair[0]], Name: pair[1]})
	}
	return all
}

// has says whether the lists hold the ISO code.
func (c countries) has(iso string) bool { return c.Dial[iso] != "" }
