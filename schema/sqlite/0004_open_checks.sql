-- Checks that go on, with every step that was acknowledged: what a ward finds again after a crash.

CREATE TABLE open_check (
    node         TEXT NOT NULL,     -- whose check
    id           TEXT NOT NULL,     -- <node>/<number>
    cart         TEXT NOT NULL,     -- cart.id
    kind         TEXT NOT NULL,     -- full
    opened_at_ms INTEGER NOT NULL,  -- milliseconds since 1970
    opened_by    TEXT NOT NULL,     -- staff id
    checker      TEXT NOT NULL,     -- staff id of who has it now
    reviewed     INTEGER NOT NULL,  -- 1: what will be called missing has been shown
    PRIMARY KEY (node, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE check_step (
    node     TEXT NOT NULL,     -- as the check's
    check_id TEXT NOT NULL,     -- open_check.id
    number   INTEGER NOT NULL,  -- from 1
    at_ms    INTEGER NOT NULL,  -- milliseconds since 1970
    by       TEXT NOT NULL,     -- staff id
    action   TEXT NOT NULL,     -- line_counted, line_missing, …: schema/entries/check.<action>
    body     TEXT NOT NULL CHECK (json_valid(body)),  -- the action's own members, JSON
    undone   INTEGER NOT NULL,  -- 1: taken back
    PRIMARY KEY (node, check_id, number),
    FOREIGN KEY (node, check_id) REFERENCES open_check (node, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
