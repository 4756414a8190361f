package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	manifestName    = "manifest.json"
	manifestVersion = 1
)

// Manifest lists what a folder holds. Seal is the SHA-256 of the manifest's
// JSON with an empty Seal: it names the whole evidence in one line.
type Manifest struct {
	Version int       `json:"version"`
	Account string    `json:"account"`
	Service string    `json:"service"`
	Run     string    `json:"run"`
	Began   time.Time `json:"began"`
	Files   []File    `json:"files"`
	Seal    string    `json:"seal"`
}

// File is one file of a folder.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Close seals the folder: the manifest is written last and is durable when
// Close returns. A second Close is [ErrSealed]; after any other error it may
// be called again.
func (f *Folder) Close() (Manifest, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.sealed {
		return Manifest{}, ErrSealed
	}
	m := Manifest{
		Version: manifestVersion, Account: f.masked(f.of.Account), Service: f.of.Service, Run: f.of.Run,
		Began: f.at, Files: slices.Clone(f.files),
	}
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	var err error
	if m.Seal, err = m.seal(); err != nil {
		return Manifest{}, err
	}
	b, err := m.encode()
	if err != nil {
		return Manifest{}, err
	}
	if err := replaceFile(filepath.Join(f.path, manifestName), b); err != nil {
		return Manifest{}, fmt.Errorf("sealing the evidence: %w", err)
	}
	f.sealed = true
	return m, nil
}

func (f *Folder) masked(s string) string {
	if f.of.Mask == nil {
		return s
	}
	return f.of.Mask(s)
}

// seal is what Seal has to be.
func (m Manifest) seal() (string, error) {
	m.Seal = ""
	b, err := m.encode()
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), err
}

// encode is the one form in which a manifest is written and sealed.
func (m Manifest) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return nil, fmt.Errorf("encoding the manifest: %w", err)
	}
	return b.Bytes(), nil
}
