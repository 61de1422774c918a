-- Whether this node may be behind its own past: its disk was lost, or a backup was restored. Until it
-- has back what its peers hold of its journal, or a person ends the wait, it writes nothing of its own;
-- then what came meanwhile is put into an order in which it can have happened. Not part of the journal.

CREATE TABLE awaited_past (
    one            INTEGER PRIMARY KEY CHECK (one = 1),  -- there is at most one row
    reason         TEXT NOT NULL CHECK (reason IN ('restored', 'empty', 'behind')),  -- a backup was restored, there was nothing, or a peer held more
    since_position INTEGER NOT NULL,                     -- entries that came after this one are put in order at the end
    began_ms       INTEGER NOT NULL,                     -- when the wait began, milliseconds since 1970
    ended          INTEGER NOT NULL DEFAULT 0            -- 1: it is over
) STRICT;
