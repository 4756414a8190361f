package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"opposer/internal/words"
)

// Trouble is what can be wrong with a folder, as a stable word.
type Trouble string

// The troubles.
const (
	Unsealed   Trouble = "unsealed"   // no manifest: the attempt was interrupted, or it was removed
	BrokenSeal Trouble = "seal"       // the manifest is not what was sealed
	Unreadable Trouble = "unreadable" // the manifest is no manifest, or of a version not known here
	Missing    Trouble = "missing"    // a file of the manifest is gone
	Changed    Trouble = "changed"    // a file is not what it was
	Added      Trouble = "added"      // a file that the manifest does not know
	Exposed    Trouble = "exposed"    // others may read it
)

// Finding is one thing wrong with a folder.
type Finding struct {
	File string // its name in the folder; "" for the folder itself
	Is   Trouble
	Text words.Text
}

// manifestLimit is far above any manifest of ours: an attempt keeps tens of
// files of a hundred bytes each.
const manifestLimit = 1 << 20

// Verify compares a folder with its manifest. No findings: it is as it was
// sealed. The error says that the folder could not be read at all.
func Verify(dir string) ([]Finding, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("verifying evidence: %w", err)
	}
	b, err := readLimited(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return []Finding{{Is: Unsealed, Text: words.T("The evidence was never sealed: the attempt was interrupted, or the manifest was removed.")}}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("verifying evidence: %w", err)
	}
	m, findings := readManifest(b)
	if m == nil {
		return findings, nil
	}
	for _, file := range m.Files {
		f, err := verifyFile(dir, file)
		if err != nil {
			return nil, fmt.Errorf("verifying evidence: %w", err)
		}
		findings = append(findings, f...)
	}
	return append(findings, strangers(m, entries)...), nil
}

func readManifest(b []byte) (*Manifest, []Finding) {
	unreadable := []Finding{{File: manifestName, Is: Unreadable, Text: words.T("The manifest cannot be read.")}}
	var m Manifest
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil || m.Version != manifestVersion {
		return nil, unreadable
	}
	for _, file := range m.Files {
		if !plainName(file.Name) {
			return nil, unreadable
		}
	}
	// Compared with the bytes on the disk, too: JSON has many ways to write
	// one value, and a second key of one name would hide the first.
	if again, err := m.encode(); err != nil || !bytes.Equal(again, b) {
		return &m, []Finding{{File: manifestName, Is: BrokenSeal, Text: words.T("The manifest was changed after it was sealed.")}}
	}
	if want, err := m.seal(); err != nil || want != m.Seal {
		return &m, []Finding{{File: manifestName, Is: BrokenSeal, Text: words.T("The manifest was changed after it was sealed.")}}
	}
	return &m, nil
}

// plainName refuses a name that leads out of the folder.
func plainName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsAny(name, `/\`) && filepath.IsLocal(name)
}

func verifyFile(dir string, want File) ([]Finding, error) {
	path := filepath.Join(dir, want.Name)
	stat, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []Finding{{want.Name, Missing, words.T("%s is gone.", want.Name)}}, nil
	case err != nil:
		return nil, err
	case !stat.Mode().IsRegular():
		return []Finding{{want.Name, Changed, words.T("%s is not what it was when it was sealed.", want.Name)}}, nil
	}
	var out []Finding
	if exposed(stat) {
		out = append(out, Finding{want.Name, Exposed, words.T("%s can be read by others on this computer.", want.Name)})
	}
	sum, err := hashFile(path)
	if err != nil {
		return nil, err
	}
	if sum != want.SHA256 || stat.Size() != want.Size {
		out = append(out, Finding{want.Name, Changed, words.T("%s is not what it was when it was sealed.", want.Name)})
	}
	return out, nil
}

func strangers(m *Manifest, entries []fs.DirEntry) []Finding {
	var out []Finding
	for _, e := range entries {
		known := slices.ContainsFunc(m.Files, func(f File) bool { return f.Name == e.Name() })
		if !known && e.Name() != manifestName {
			out = append(out, Finding{e.Name(), Added, words.T("%s was added after the evidence was sealed.", e.Name())})
		}
	}
	return out
}

func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, file)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, file.Close())
}

func readLimited(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(file, manifestLimit))
	return b, errors.Join(err, file.Close())
}
