// Package profile is the language in which a service's form is described, and
// its reading: routes, steps, interrupts, outcomes, and the lexicons whose
// words they refer to by key.
//
// A profile is data and cannot act. It says which origins exist for it, where
// a value may be typed ([Profile.Admit] is the only maker of an [Admitted]),
// which click sends, and what an answer means. Files are decoded strictly; all
// of a file's [Problems] are reported at once, with their positions.
package profile

//go:generate go run -modfile=../../scripts/tools.mod -tags tools ./schemagen -out ../../profiles
