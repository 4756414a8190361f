package profile

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"opposer/internal/words"
)

// Load reads a folder: every *.yaml at its root is a profile, every *.yaml in
// lexicon/ a language. Decoding is strict, and all files are read before it
// gives up: the error is [Problems] with everything that is to mend, or what
// kept a file from being read at all. The Set is nil with any error.
func Load(fsys fs.FS) (*Set, error) {
	s := &Set{Profiles: map[string]*Profile{}, Lexicons: map[string]*Lexicon{}}
	var found Problems
	lexicons, err := readAll(fsys, "lexicon", func(file string, text []byte) *reader {
		l := &Lexicon{}
		r := read(file, text, l, false)
		r.checkLexicon(l)
		s.Lexicons[stem(file)] = l
		return r
	})
	if err != nil {
		return nil, err
	}
	profiles, err := readAll(fsys, ".", func(file string, text []byte) *reader {
		p := &Profile{}
		r := read(file, text, p, true)
		s.Profiles[stem(file)] = p
		return r
	})
	if err != nil {
		return nil, err
	}
	for _, r := range profiles {
		newChecker(s, r).all()
		found = append(found, r.problems...)
	}
	for _, r := range lexicons {
		found = append(found, r.problems...)
	}
	if len(found) > 0 {
		return nil, found.sorted()
	}
	s.lint(profiles, lexicons)
	return s, nil
}

// readAll gives every YAML file of a folder to a func, in the order of their
// names. A folder that is not there has no files.
func readAll(fsys fs.FS, dir string, each func(file string, text []byte) *reader) ([]*reader, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading profiles: %w", err)
	}
	var all []*reader
	for _, e := range entries {
		file := path.Join(dir, e.Name())
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		switch path.Ext(file) {
		case ".yml":
			r := &reader{file: file}
			r.note(0, 0, words.T("files that end in .yml are not read"), words.T("rename it so that it ends in .yaml"))
			all = append(all, r)
		case ".yaml":
			text, err := fs.ReadFile(fsys, file)
			if err != nil {
				return nil, fmt.Errorf("reading profiles: %w", err)
			}
			all = append(all, each(file, text))
		}
	}
	return all, nil
}

// stem is a file's name without folder and ending.
func stem(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// Services are the names of the profiles, sorted.
func (s *Set) Services() []string { return slices.Sorted(maps.Keys(s.Profiles)) }

// Languages are those that have a lexicon, sorted.
func (s *Set) Languages() []string { return slices.Sorted(maps.Keys(s.Lexicons)) }
