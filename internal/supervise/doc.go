// Package supervise serves the supervision page: a page on this computer alone
// that shows how each account's objection stands, and where a person answers
// the gates of a run, in the live view of the page where one is needed. Who
// holds its link holds the run's logins, so it is guarded as they are: a
// loopback address, a link that is good for one entry, a cookie for no other
// site, and not one byte from elsewhere.
package supervise
