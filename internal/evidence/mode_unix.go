//go:build !windows

package evidence

import "io/fs"

// exposed reports whether anyone but the owner may read or change the file.
func exposed(stat fs.FileInfo) bool { return stat.Mode().Perm()&0o077 != 0 }
