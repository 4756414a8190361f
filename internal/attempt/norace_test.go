//go:build !race

package attempt

const underRace = false
