// Command opposer files people's objections (GDPR Article 21) to the use of
// their data for training AI, in the forms that services offer for it.
//
// This package is where the rooms are joined (wire.go), where an error becomes
// a sentence and an exit code (explain.go), and where the process is touched
// (process.go); each command has a file of its own, as flags, options, run.
//
// Standard output is the result of a command, for people or with --json for
// programs; everything on the way goes to standard error.
package main
