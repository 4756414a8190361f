package words

import "strings"

// Nearest is the known name that a misspelt one was most likely meant to be, for
// a "did you mean"; "" when none is near.
func Nearest(name string, known []string) string {
	best, least := "", max(1, len(name)/3)+1
	for _, k := range known {
		if d := edits([]rune(strings.ToLower(name)), []rune(strings.ToLower(k))); d < least && d < len(name) {
			best, least = k, d
		}
	}
	return best
}

// edits is the Levenshtein distance with swapped neighbours counted once
// (optimal string alignment): "emial" is one edit from "email".
func edits(a, b []rune) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
