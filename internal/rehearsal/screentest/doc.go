// Package screentest is a screen of its own for tests, with a mouse and a
// keyboard that are pressed from outside every browser: what a person does in
// a window reaches Chrome that way and in no other. Its tests are skipped where
// Xvfb, xdotool or Chromium is missing.
package screentest
