-- What may lie in place of what until when, by the pharmacy's word: present state, from the journal.

CREATE TABLE substitution (
    node             TEXT NOT NULL,     -- who published it
    place            INTEGER NOT NULL,  -- order in which they were published, from 0
    product          TEXT NOT NULL,     -- product.id that lists ask for
    substitute       TEXT NOT NULL,     -- product.id that may lie there
    until            TEXT NOT NULL,     -- the last day, YYYY-MM-DD
    warning          TEXT NOT NULL,     -- shown at every scan of the substitute
    cart             TEXT NOT NULL,     -- cart.id; empty: every cart
    line             TEXT NOT NULL,     -- line.id; empty: every line of the cart
    at_ms            INTEGER NOT NULL,  -- when it was published, milliseconds since 1970
    by               TEXT NOT NULL,     -- staff id
    withdrawn_at_ms  INTEGER,           -- when it was withdrawn; null: it was not
    withdrawn_by     TEXT,              -- staff id; null with the time
    withdrawn_reason TEXT,              -- why; null with the time
    PRIMARY KEY (node, place)
) STRICT, WITHOUT ROWID;

-- product.id of a substitute; empty: the line's own product.
ALTER TABLE holding ADD COLUMN product TEXT NOT NULL DEFAULT '';
