package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"opposer/internal/journal"
)

const (
	fileName = "journal.db"

	insertEvent = `INSERT INTO event (key, seq, run, at, kind, state, event) VALUES (?, ?, ?, ?, ?, ?, ?)`
	selectOne   = `SELECT key, seq, event FROM event WHERE key = ? ORDER BY seq`
	selectAll   = `SELECT key, seq, event FROM event ORDER BY id`
)

// Store is a journal in a file. It is a journal.Store.
type Store struct {
	db     *sql.DB
	insert *sql.Stmt // nil when open for reading only
	locks  string    // folder of the lock files
	copied string    // private folder of a copy that is read instead; "" when none
	empty  bool      // open for reading, and made by a process that ended before the schema stood
}

// Open opens the journal of a state folder, made when there is none (folder
// 0700, file 0600), and brings an older one up to date. Errors:
// journal.ErrNewerSchema, journal.ErrFull, journal.ErrReadOnly, or the file
// system's.
func Open(ctx context.Context, dir string) (*Store, error) {
	s, err := open(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("opening journal in %s: %w", dir, cause(err))
	}
	return s, nil
}

func open(ctx context.Context, dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{locks: filepath.Join(dir, "locks")}
	if err := os.MkdirAll(s.locks, 0o700); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, fileName)
	if err := private(file); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := s.begin(ctx, file)
		if err == nil {
			return s, nil
		}
		if !busy(err) || !pause(ctx) {
			return nil, err
		}
	}
}

// begin connects and prepares, or leaves nothing behind.
func (s *Store) begin(ctx context.Context, file string) error {
	var err error
	if s.db, err = connect(ctx, address(file, writing)); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}

// prepare makes the schema current and the statement that every event takes.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.migrate(ctx); err != nil {
		return err
	}
	var err error
	s.insert, err = s.db.PrepareContext(ctx, insertEvent)
	return err
}

// Append implements journal.Store. It is one statement, hence one immediate
// transaction, and one sync.
func (s *Store) Append(ctx context.Context, e journal.Event) error {
	if s.insert == nil {
		return fmt.Errorf("keeping an event: %w", journal.ErrReadOnly)
	}
	event, err := journal.Encode(e)
	if err != nil {
		return err
	}
	state, err := json.Marshal(e.State)
	if err != nil {
		return fmt.Errorf("encoding a state: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("keeping an event: %w", err)
	}
	// From here on it is kept or not, within busy_timeout: a cancellation in
	// the middle would leave the caller not knowing which.
	_, err = s.insert.ExecContext(context.WithoutCancel(ctx),
		string(e.Key), e.Seq, e.Run, e.At.UTC().Format(time.RFC3339Nano), string(e.Kind), string(state), string(event))
	if err != nil {
		return fmt.Errorf("keeping an event: %w", cause(err))
	}
	return nil
}

// History implements journal.Store. An event that cannot be read back as it was
// put in is journal.ErrDamaged.
func (s *Store) History(ctx context.Context, key journal.Key) ([]journal.Event, error) {
	if s.empty {
		return nil, ctx.Err()
	}
	query, args := selectAll, []any(nil)
	if key != "" {
		query, args = selectOne, []any{string(key)}
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", cause(err))
	}
	defer func() { _ = rows.Close() }() // rows.Err has the error that counts
	var events []journal.Event
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("reading events: %w", err)
		}
		events = append(events, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading events: %w", cause(err))
	}
	return events, nil
}

func scan(rows *sql.Rows) (journal.Event, error) {
	var key string
	var seq int64
	var raw []byte
	if err := rows.Scan(&key, &seq, &raw); err != nil {
		return journal.Event{}, err
	}
	e, err := journal.Decode(raw)
	if err != nil {
		return journal.Event{}, err
	}
	if string(e.Key) != key || e.Seq != seq {
		return journal.Event{}, fmt.Errorf("%w: event %d of %s stands as %d of %s", journal.ErrDamaged, e.Seq, e.Key, seq, key)
	}
	return e, nil
}

// Close implements journal.Store. The write-ahead log is folded into the file
// by whoever closes last.
func (s *Store) Close() error {
	var err error
	if s.insert != nil {
		err = s.insert.Close()
	}
	err = errors.Join(err, s.db.Close())
	if s.copied != "" {
		err = errors.Join(err, os.RemoveAll(s.copied))
	}
	if err != nil {
		return fmt.Errorf("closing journal: %w", err)
	}
	return nil
}

// cause turns SQLite's result codes (sqlite.org/rescode.html) into the errors
// that journal.Store names. The text of the database's error goes along.
func cause(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_TRIGGER, sqlite3.SQLITE_CONSTRAINT_UNIQUE:
		return fmt.Errorf("%w: %w", journal.ErrRaced, err)
	}
	switch e.Code() & 0xff { // the primary code
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %w", journal.ErrFull, err)
	case sqlite3.SQLITE_READONLY:
		return fmt.Errorf("%w: %w", journal.ErrReadOnly, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", journal.ErrDamaged, err)
	default:
		return err
	}
}
