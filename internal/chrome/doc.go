// Package chrome is everything we know about a browser: how one is found and
// started, how it is spoken to (the DevTools protocol over a pipe), its
// contexts, tabs, frames and sessions, what it shows, how it is acted on, and
// the hold on what it sends.
//
// Terms: a [Browser] is one Chrome process of ours; a [Context] is one jar of
// cookies in it, one an account; a [Tab] is one page with its frames and the
// pop-ups it opened; the hold is the pausing of every request of the browser
// before it leaves; [Held] is a paused request that is about to be a send; an
// [Exchange] is one request and its answer as seen on the wire; a [Guard] is
// what a tab may do and where.
//
// What it must never do: let a request with a person's values leave for an
// origin that the guard does not name; let one leave that the journal does not
// know (a [Tab.Send] needs a journal.Permit, a [Tab.Release] a
// journal.Departure); act while a lease is out; open a port; hide that it is
// automation; run a script of ours in a page's own world.
//
// rod serves as protocol library only (transport, typed calls); its element
// layer is not used. Its errors end here: their text may hold the page.
package chrome
