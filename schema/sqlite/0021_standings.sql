-- From when on each cart was ready, for figures of any days without going through the journal; and
-- what of a check counts for them.

CREATE TABLE cart_standing (
    node             TEXT NOT NULL,     -- whose cart
    cart             TEXT NOT NULL,     -- cart.id
    at_ms            INTEGER NOT NULL,  -- it stands so from then on, until its next row, milliseconds since 1970
    source           TEXT NOT NULL,     -- whose entry changed it: the cart's node, or the pharmacy
    station          TEXT NOT NULL,     -- station.id of the cart then
    listed           INTEGER NOT NULL,  -- 0: retired, it counts for nothing
    ready_until      TEXT,              -- last day on which it is ready untouched; null: not ready
    shift_checked_ms INTEGER,           -- of the checks asked for in each shift, the one made longest ago; null: none asked for
    shift_hours      TEXT NOT NULL CHECK (json_valid(shift_hours)),  -- hours at which shifts begin, JSON list
    PRIMARY KEY (node, cart, at_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE standing_clock (
    node  TEXT PRIMARY KEY,   -- whose entries
    at_ms INTEGER NOT NULL    -- none counts before that one which counted last, milliseconds since 1970
) STRICT, WITHOUT ROWID;

ALTER TABLE check_closed ADD COLUMN typed   INTEGER NOT NULL DEFAULT 0;  -- lines whose weakest evidence was typed
ALTER TABLE check_closed ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;  -- lines called missing without a step
ALTER TABLE check_closed ADD COLUMN voided  INTEGER NOT NULL DEFAULT 0;  -- 1: it counts for no figure: its day never was (somebody put the clock right), or the cart was retired

CREATE INDEX check_closed_kind ON check_closed (kind, working_day, node, cart, voided);
