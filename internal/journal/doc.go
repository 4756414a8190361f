// Package journal is what is known to have happened to each objection, in
// events that are durable before the action whose start they record.
//
// [Next] is the whole state machine. [Journal] checks every event by it, syncs
// it, and alone mints the permissions without which nothing is sent: a [Claim]
// (this process has the objection), a [Permit] (`sending` is durable: the click
// may follow), a [Departure] (`left` is durable: the held request may go).
//
// It holds no e-mail and no phone: objections are named by keyed hashes, and
// what a person is shown is masked before it comes here.
package journal
