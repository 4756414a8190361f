// Package gate is where the machine stops for a person: what is asked (a
// [Gate] of a [Kind]), who has the page (a [Lease]), what came back (an
// [Answer]), and how a person is met (a [Channel]).
//
// A gate is a lease, offered → taken → returned. While a lease is out the
// machine sends no input and no navigation to the page; afterwards everything
// remembered of it is thrown away and it is read afresh.
//
// This room knows no browser, no terminal, no clock of its own.
package gate
