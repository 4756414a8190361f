// Package words holds every sentence the program says to a person, in the
// languages it speaks (the words of the *pages* are data of the profiles).
//
// A [Text] is an English format and its arguments. It is turned into a language
// only at the edge, by [Text.In]; its String is English, for logs. Every format
// given to [T] or [N] anywhere in the program is a literal and has its French
// twin in this package: a test reads the sources and fails otherwise.
//
// This room imports nothing of ours, touches no process, reads no environment.
package words
