//go:build race

package attempt

// underRace is true where the race detector runs, which makes everything slower
// and finds nothing in the twentieth language, or at the fifth kind of gate, that
// it did not in the first.
const underRace = true
