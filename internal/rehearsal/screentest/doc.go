// Package screentest gives tests a screen of their own ([Start]) and real hands
// on it ([Screen.Press], [Screen.Type], [Screen.Key]), and speaks to a Chrome
// that a test started itself ([Drive]).
//
// What the hands do goes through the window system: no page and no program can
// tell it from a person's. They know nothing of what is on the screen; where to
// press comes from outside, as from rehearsal's Site.Place.
//
// It is linked into tests only.
package screentest
