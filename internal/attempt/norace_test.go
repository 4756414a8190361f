//go:build !race

package attempt

// underRace is false: every language and every case of a table is tried.
const underRace = false

func leftOut(int) bool { return false }
