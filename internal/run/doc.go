// Package run decides what is done for which account ([NewPlan], pure, shown
// to the person before anything happens) and does it ([Runner]): one objection
// after another, at a person's pace, each claimed before it is attempted and
// released afterwards.
//
// It knows no browser: it is given the func that makes one attempt. It never
// attempts what is settled, unless a person asked for exactly that, and it
// never counts an objection as done on another ground than the journal's.
package run
