// Package journaltest is the suite that every journal.Store passes
// ([Exercise]), and a store in memory for other rooms' tests ([Memory]).
//
// It is linked into tests only.
package journaltest
