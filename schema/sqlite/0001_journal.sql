-- The truth: every entry of every node whose journal this database holds, in the order in which it
-- came. Nothing is ever updated or deleted here; all other tables but peer follow from it.

CREATE TABLE identity (
    one      INTEGER PRIMARY KEY CHECK (one = 1),  -- there is one row
    self     TEXT NOT NULL,                        -- name of the node that writes this database
    pharmacy TEXT NOT NULL                         -- name of its pharmacy's node; equal to self there
) STRICT;

CREATE TABLE entry (
    position INTEGER PRIMARY KEY,  -- order of arrival here, from 1
    node     TEXT NOT NULL,        -- whose journal it stands in
    seq      INTEGER NOT NULL,     -- number in that journal, from 1 without a gap
    at_ms    INTEGER NOT NULL,     -- when, milliseconds since 1970-01-01T00:00:00Z
    kind     TEXT NOT NULL,        -- what happened: schema/entries/<kind>.schema.json
    actor    TEXT NOT NULL,        -- staff id, or system
    body     TEXT NOT NULL,        -- JSON object in canonical form
    prev     TEXT NOT NULL,        -- hash of the entry before; 64 zeros before the first
    hash     TEXT NOT NULL,        -- SHA-256 of prev, node, seq, at, kind, actor, body
    UNIQUE (node, seq)
) STRICT;

CREATE TABLE head (
    node TEXT PRIMARY KEY,   -- whose journal
    seq  INTEGER NOT NULL,   -- its last entry held here
    hash TEXT NOT NULL       -- that entry's hash
) STRICT, WITHOUT ROWID;

CREATE TABLE peer (
    node         TEXT PRIMARY KEY,   -- name of the other node
    acknowledged INTEGER NOT NULL,   -- it has our entries up to this one on its disk
    contact_ms   INTEGER NOT NULL    -- when it last said so, milliseconds since 1970
) STRICT, WITHOUT ROWID;
