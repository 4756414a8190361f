// Package attempt is one try at one objection: it reads the page, asks decide
// what to do, does that one thing, and reads the page afresh.
//
// decide is pure: a page, the profile, where we are and what the wire said go
// in, one move of a closed list comes out. Everything with an effect stands
// outside it, journaled before it begins. Nothing remembered of a page survives
// the next reading, so a re-rendered form, a radio set back by a script or a
// person's hand in between are seen as they are.
//
// This room never types outside an admitted frame, never presses the sending
// button without a permit, and never claims an outcome that page and wire do
// not both allow.
package attempt
