-- What was sent for an alert, its silence, and which of its clocks have run out; the last emergency
-- that a cart was opened for. The table of alerts is made anew: every
-- table of present state is filled from the journal after a migration.

DROP TABLE alert;

CREATE TABLE alert (
    node           TEXT NOT NULL,     -- whose cart
    cart           TEXT NOT NULL,     -- cart.id
    subject        TEXT NOT NULL,     -- line.id or device.id
    episode        INTEGER NOT NULL,  -- numbers the alerts of one subject, from 1
    state          TEXT NOT NULL,     -- raised, accepted, resolved, withdrawn
    line           TEXT NOT NULL,     -- line.id; empty: of a device
    device         TEXT NOT NULL,     -- device.id; empty: of a line
    product        TEXT NOT NULL,     -- product.id; empty: of a device
    severity       TEXT NOT NULL,     -- critical, high, normal, notice
    quantity       INTEGER NOT NULL,  -- units needed; 0 for a device
    recalled       INTEGER NOT NULL,  -- of them: under recall
    expired        INTEGER NOT NULL,  -- of them: expired
    damaged        INTEGER NOT NULL,  -- of them: damaged
    absent         INTEGER NOT NULL,  -- of them: not there
    kinds          TEXT NOT NULL CHECK (json_valid(kinds)),  -- findings behind it, JSON list
    par            INTEGER NOT NULL,  -- units that belong there
    usable         INTEGER NOT NULL,  -- units that may be used
    raised_at_ms   INTEGER NOT NULL,  -- milliseconds since 1970
    changed_at_ms  INTEGER NOT NULL,  -- last change of need or state, milliseconds since 1970
    raised_seq     INTEGER NOT NULL,  -- the ward's entry that raised it
    changed_seq    INTEGER NOT NULL,  -- the ward's entry that changed it last
    worse_seq      INTEGER NOT NULL,  -- the ward's entry that raised it or made it worse last
    accepted_by    TEXT NOT NULL,     -- staff id; empty: not accepted
    accepted_at_ms INTEGER,           -- milliseconds since 1970; null: not accepted
    expected_at_ms INTEGER,           -- when it is expected on the ward; null: not said
    failed            TEXT NOT NULL CHECK (json_valid(failed)),  -- tests of a device that failed, JSON list
    worse_at_ms       INTEGER NOT NULL,  -- raised, or made worse, last, milliseconds since 1970
    critical_at_ms    INTEGER,           -- critical since, milliseconds since 1970; null: it is not
    dispatched        TEXT NOT NULL CHECK (json_valid(dispatched)),  -- all that was sent: lot, last_usable_day, quantity, serials, JSON list
    dispatched_by     TEXT NOT NULL,     -- staff id; empty: nothing was sent
    dispatched_at_ms  INTEGER,           -- milliseconds since 1970; null: nothing was sent
    short_reason      TEXT NOT NULL,     -- why fewer than asked were sent; empty: not fewer
    silenced_by       TEXT,              -- staff id; null: not silenced
    silence_reason    TEXT,              -- as it was said; null: not silenced
    silenced_until_ms INTEGER,           -- its end, milliseconds since 1970; null: not silenced
    escalated         TEXT NOT NULL CHECK (json_valid(escalated)),  -- clocks that ran out: rule, at, JSON list
    PRIMARY KEY (node, cart, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_state ON alert (state, severity);

ALTER TABLE cart ADD COLUMN use_check TEXT;             -- check in which it was scanned out what was used; null: never opened for one
ALTER TABLE cart ADD COLUMN use_by TEXT;                -- staff id of who opened it; null: never
ALTER TABLE cart ADD COLUMN use_opened_at_ms INTEGER;   -- milliseconds since 1970; null: never
ALTER TABLE cart ADD COLUMN use_checked INTEGER;        -- 1: a full check was closed since; null: never opened for one
ALTER TABLE cart ADD COLUMN use_ready_at_ms INTEGER;    -- the full check that found it ready again, milliseconds since 1970; null: not yet
