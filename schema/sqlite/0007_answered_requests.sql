-- Requests that changed something and were answered, by the id that whoever asked gave them: one
-- that is made again because its answer was lost is answered as before and changes nothing. Kept
-- with the entries in one transaction; only the newest 1,024 are needed. Not part of the journal.

CREATE TABLE answered_request (
    place           INTEGER PRIMARY KEY,   -- order in which they were answered
    id              TEXT NOT NULL UNIQUE,  -- given by whoever asked, e.g. a page's Idempotency-Key
    fingerprint     TEXT NOT NULL,         -- of what was asked: the same id for something else is refused
    kind            TEXT NOT NULL,         -- of the reply: accept, attention, reject, command
    message         TEXT NOT NULL,         -- name of a text of the catalogues
    message_values  TEXT NOT NULL CHECK (json_valid(message_values)),  -- what fills it in: JSON object of texts
    verdict         TEXT,                  -- of a scan; null: none
    line            TEXT NOT NULL,         -- the line it speaks of; empty: none
    device          TEXT NOT NULL,         -- the device it speaks of; empty: none
    lot             TEXT NOT NULL,         -- empty: none
    last_usable_day TEXT,                  -- YYYY-MM-DD
    step            INTEGER NOT NULL       -- the step of the check that was recorded; 0: none
) STRICT;
