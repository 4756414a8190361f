// Package evidence keeps what an attempt saw: masked pictures, masked copies
// of pages, the facts of requests and answers, each attempt in a folder of its
// own, sealed at its end by a manifest with the SHA-256 of every file.
//
// The seal shows that nothing was changed, lost or added by accident or by a
// hand that does not recompute it. It is no signature: who can write the
// folder can also write another seal.
//
// Files are 0600 in folders 0700 and on the disk (fsync) when a call returns.
// This room never holds a request's body, and it masks every string once more
// on its way to the disk, whatever the caller did.
package evidence
