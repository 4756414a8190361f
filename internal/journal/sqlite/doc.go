// Package sqlite keeps the journal in one file, journal.db in the state folder,
// beside the key of its hashes and the folder of its locks.
//
// An event that was appended is on the disk: write-ahead log, one sync an
// event. The file itself refuses gaps, changes and deletions. An objection is
// held by a lock of the operating system on a file of its own, which ends with
// the process however that ends.
//
// It must never be moved to where two machines share it: neither the log nor
// the locks can be trusted on a network's file system.
package sqlite
