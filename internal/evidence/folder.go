package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ErrSealed says that a folder was closed: nothing more goes into it.
var ErrSealed = errors.New("evidence is sealed")

// The modes of Unix; Windows keeps its own access lists.
const (
	fileMode   = 0o600
	folderMode = 0o700
)

// Of says what a folder is the evidence of.
type Of struct {
	Account string // the account's id from the config
	Service string
	Run     string
	// Mask hides personal data in a string; every string of a page or a fact
	// goes through it. Nil: they are written as given.
	Mask func(string) string
}

// Folder is the evidence of one attempt while it is gathered. Safe for
// concurrent use.
type Folder struct {
	path string
	of   Of
	at   time.Time

	mu     sync.Mutex
	files  []File
	sealed bool
}

// Create makes the folder of one attempt, dir/<account>/<time>-<run>, and what
// leads to it. Two attempts of one account in one second get folders of their
// own.
func Create(dir string, at time.Time, of Of) (*Folder, error) {
	parent := filepath.Join(dir, folderName(of.Account))
	if err := os.MkdirAll(parent, folderMode); err != nil {
		return nil, fmt.Errorf("making the evidence folder: %w", err)
	}
	name := at.UTC().Format("20060102T150405Z") + "-" + folderName(of.Run)
	path := filepath.Join(parent, name)
	for n := 2; ; n++ {
		err := os.Mkdir(path, folderMode)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) || n > 1000 {
			return nil, fmt.Errorf("making the evidence folder: %w", err)
		}
		path = filepath.Join(parent, name+"-"+strconv.Itoa(n))
	}
	if err := syncFolders(path, parent, dir); err != nil {
		return nil, err
	}
	return &Folder{path: path, of: of, at: at.UTC()}, nil
}

// Path is the folder's path, as dir was given.
func (f *Folder) Path() string { return f.path }

// Picture keeps a PNG that is masked already and gives its path. A name that
// was used before is counted up: filled.png, filled-2.png.
func (f *Folder) Picture(name string, png []byte) (string, error) {
	return f.add(name, ".png", png)
}

// Page keeps a masked copy of a page, as JSON.
func (f *Folder) Page(name string, page any) error {
	return f.keep(name, page)
}

// Facts keeps what was seen on the wire and what was made of it.
func (f *Folder) Facts(facts Facts) error {
	return f.keep("facts", facts)
}

func (f *Folder) keep(name string, v any) error {
	b, err := maskedJSON(v, f.of.Mask)
	if err != nil {
		return fmt.Errorf("keeping %s as evidence: %w", name, err)
	}
	_, err = f.add(name, ".json", b)
	return err
}

func (f *Folder) add(name, ext string, content []byte) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.sealed {
		return "", ErrSealed
	}
	full := f.free(folderName(name), ext)
	path := filepath.Join(f.path, full)
	if err := writeFile(path, content); err != nil {
		return "", fmt.Errorf("keeping %s as evidence: %w", full, err)
	}
	sum := sha256.Sum256(content)
	f.files = append(f.files, File{Name: full, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])})
	return path, nil
}

// free is the first name that no file of this folder has.
func (f *Folder) free(name, ext string) string {
	taken := func(s string) bool {
		for _, file := range f.files {
			if strings.EqualFold(file.Name, s) {
				return true
			}
		}
		return s == manifestName
	}
	full := name + ext
	for n := 2; taken(full); n++ {
		full = name + "-" + strconv.Itoa(n) + ext
	}
	return full
}

// folderName turns an id into one path element that every system accepts. An
// id that has to be changed keeps a few hexadecimal digits of its hash, so
// that two ids never share a folder. An id with an @ may be an address: only
// its hash is kept.
func folderName(id string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		default:
			return '_'
		}
	}, id)
	sum := sha256.Sum256([]byte(id))
	short := hex.EncodeToString(sum[:4])
	switch {
	case strings.Contains(id, "@") || strings.Trim(plain, "._") == "":
		return "id-" + short
	case plain != id || strings.HasSuffix(plain, ".") || len(plain) > 64:
		return strings.TrimRight(plain[:min(len(plain), 64)], ".") + "-" + short
	default:
		return plain
	}
}
