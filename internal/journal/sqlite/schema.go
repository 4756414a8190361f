package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/pressly/goose/v3"

	"opposer/internal/journal"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versionTable keeps which migrations were applied. The name is part of every
// journal in the world: it stays.
const versionTable = "schema_version"

// schema is the number of the newest migration this program knows.
const schema = 1

// version is the number of the newest migration applied; 0 for a new file.
func version(ctx context.Context, db *sql.DB) (int64, error) {
	const exists = `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '` + versionTable + `')`
	var known bool
	if err := db.QueryRowContext(ctx, exists).Scan(&known); err != nil || !known {
		return 0, err
	}
	const newest = `SELECT coalesce(max(version_id), 0) FROM ` + versionTable
	var v int64
	err := db.QueryRowContext(ctx, newest).Scan(&v)
	return v, err
}

// check refuses a newer program's journal, whose events may mean what this
// program does not know.
func check(ctx context.Context, db *sql.DB) (int64, error) {
	v, err := version(ctx, db)
	if err != nil {
		return 0, err
	}
	if v > schema {
		return v, fmt.Errorf("%w: its format is %d, this program knows %d", journal.ErrNewerSchema, v, schema)
	}
	return v, nil
}

// migrate brings the file up to date. Two processes that open a new journal at
// once take turns.
func (s *Store) migrate(ctx context.Context) error {
	if v, err := check(ctx, s.db); err != nil || v == schema {
		return err
	}
	lock, err := lockFile(filepath.Join(s.locks, "setup.lock"), true)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Close() }() // nothing was written to it
	if v, err := check(ctx, s.db); err != nil || v == schema {
		return err
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.db, files,
		goose.WithTableName(versionTable), goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
