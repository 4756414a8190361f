// Package locate is a page as a person perceives it, and the finding of things
// in it: candidates, scores, and the courage to abstain.
//
// [Page] is plain data with a JSON form: chrome makes it of a live page, tests
// make it of a file. [Find] weighs its nodes against a [Want] and gives a
// [Verdict]: chosen, ambiguous or none. What a person cannot see is never a
// candidate. Nothing here touches a browser, a clock or the network.
package locate
