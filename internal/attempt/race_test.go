//go:build race

package attempt

// underRace is true where the race detector runs, which makes everything slower
// and finds nothing in the twentieth language that it did not in the first.
const underRace = true
