package profile

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Overlay is base with the files of over laid on it, file by file: what over
// has is read from there, all else from base. So a folder of a person's own
// may hold one profile, or a mended lexicon, and nothing more.
func Overlay(base, over fs.FS) fs.FS { return overlay{base, over} }

type overlay struct{ base, over fs.FS }

// Open implements [fs.FS].
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}

// ReadDir implements [fs.ReadDirFS]: the names of both, each once.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	below, errBelow := fs.ReadDir(o.base, name)
	on, errOn := fs.ReadDir(o.over, name)
	if errors.Is(errOn, fs.ErrNotExist) {
		return below, errBelow
	}
	if errOn != nil {
		return nil, errOn
	}
	if errBelow != nil && !errors.Is(errBelow, fs.ErrNotExist) {
		return nil, errBelow
	}
	byName := map[string]fs.DirEntry{}
	for _, e := range slices.Concat(below, on) {
		byName[e.Name()] = e
	}
	return slices.SortedFunc(maps.Values(byName), func(a, b fs.DirEntry) int {
		return strings.Compare(a.Name(), b.Name())
	}), nil
}
