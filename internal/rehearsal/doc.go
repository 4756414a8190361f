// Package rehearsal is a built-in copy of Meta's pages that a run can be tried
// on: Facebook, Instagram and WhatsApp, every known way to their objection forms,
// both looks of those (the classic help form and the request portal of 2026), and
// everything that is known to stand in the way, in eight languages. It is served over TLS on 127.0.0.1 under the real host
// names; a browser is led there by host-resolver rules ([Site.Hosts]) and trusts
// the throw-away certificate by its key ([Site.TrustedKeys]). Nothing leaves the
// machine.
//
// Terms it owns: a *scenario* is a named misbehaviour (or none), made of
// *traits*; several are joined with "+". *Received* is what a submit address
// got: the oracle of the tests, counted outside of what is tested. A *decoy* is
// a form or a link that looks like the right one and must never get anything.
// A *view* is one rendering of a form, known by its token. A *way* is how pages
// lead to a form; each can be forced by a scenario, and a form's own address works
// in all of them.
//
// It imports nothing of ours, and its pages are written from what is publicly
// known of Meta's, not from the words of our profiles: a copy made of those
// would only prove that we agree with ourselves. Whoever changes its words does
// not look at the profiles first.
//
// Where no source tells (numbers on the portal and of the form for messages with
// AIs on WhatsApp, names of fields, addresses that the portal posts to, most words
// in it, es, nl, pt-BR and pl) it is made up as Meta might have: a run that needs
// exactly these would not find its way at Meta either.
//
// What it cannot play: a crash of the page's own process. No page can cause one
// (chrome://crash is closed to pages), so a test asks Chrome for it
// (CDP Page.crash) on any page served here.
package rehearsal
