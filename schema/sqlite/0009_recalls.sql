-- Recalls with their whole life: who issued and withdrew them and why, which ward answered with what
-- it held, and what was taken out. Filled again from the journal.

DROP TABLE recall;

CREATE TABLE recall (
    node             TEXT NOT NULL,     -- who issued it
    place            INTEGER NOT NULL,  -- order in which they were issued, from 0
    product          TEXT NOT NULL,     -- product.id
    lot              TEXT NOT NULL,     -- empty: every lot
    reason           TEXT NOT NULL,     -- why
    seq              INTEGER NOT NULL,  -- the entry that issued it
    at_ms            INTEGER NOT NULL,  -- when, milliseconds since 1970
    by               TEXT NOT NULL,     -- staff id
    withdrawn_at_ms  INTEGER,           -- when it was withdrawn; null: it is in force
    withdrawn_by     TEXT,              -- staff id; null with the time
    withdrawn_reason TEXT,              -- why; null with the time
    PRIMARY KEY (node, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE recall_answer (
    node   TEXT NOT NULL,     -- the ward that knows of the recall
    recall INTEGER NOT NULL,  -- recall.seq, of the pharmacy
    at_ms  INTEGER NOT NULL,  -- when it answered, milliseconds since 1970
    held   TEXT NOT NULL CHECK (json_valid(held)),  -- what it held then: JSON list of cart, line, position, lot, quantity
    PRIMARY KEY (node, recall)
) STRICT, WITHOUT ROWID;

CREATE TABLE recall_removal (
    node     TEXT NOT NULL,     -- whose cart
    place    INTEGER NOT NULL,  -- order in which they were signed for, from 0
    check_id TEXT NOT NULL,     -- the check that was signed
    cart     TEXT NOT NULL,     -- cart.id
    line     TEXT NOT NULL,     -- line.id
    position TEXT NOT NULL,     -- where it lay
    product  TEXT NOT NULL,     -- product.id
    lot      TEXT NOT NULL,     -- empty: not known
    quantity INTEGER NOT NULL,  -- units that were taken out
    evidence TEXT NOT NULL,     -- scanned: the lot's own code was read; typed: somebody said so
    by       TEXT NOT NULL,     -- staff id of the signature
    at_ms    INTEGER NOT NULL,  -- when, milliseconds since 1970
    PRIMARY KEY (node, place)
) STRICT, WITHOUT ROWID;
