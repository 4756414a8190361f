-- +goose Up

-- Everything that happened, one row an event, in the order of id. What is
-- asked for often stands in columns; the whole event is JSON (journal.Encode).
CREATE TABLE event (
    id    INTEGER PRIMARY KEY,
    key   TEXT    NOT NULL CHECK (key <> ''),
    seq   INTEGER NOT NULL CHECK (seq >= 1),
    run   TEXT    NOT NULL,
    at    TEXT    NOT NULL, -- RFC 3339, UTC
    kind  TEXT    NOT NULL,
    state TEXT    NOT NULL CHECK (json_valid(state)),
    event TEXT    NOT NULL CHECK (json_valid(event)),
    UNIQUE (key, seq)
) STRICT;

-- No gap, no second event of one number, and no INSERT OR REPLACE: a
-- replacement deletes without asking the triggers for DELETE.
-- +goose StatementBegin
CREATE TRIGGER event_next BEFORE INSERT ON event
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE key = NEW.key)
  OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'another event came first');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END;
-- +goose StatementEnd
