//go:build race

package attempt

// underRace is true where the race detector runs, which makes everything slower
// and finds nothing in the twentieth language, or at the fifth kind of gate, that
// it did not in the first. scripts/test goes through all without it.
const underRace = true

// leftOut reports whether the case at an index of a long table is not tried:
// with the race detector every sixth is.
func leftOut(i int) bool { return i%6 != 0 }
