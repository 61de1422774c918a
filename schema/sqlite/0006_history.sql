-- What was, one row each: computed from the journal once, when it happened, and never changed.

CREATE TABLE check_closed (
    node         TEXT NOT NULL,     -- whose check
    id           TEXT NOT NULL,     -- <node>/<number>
    cart         TEXT NOT NULL,     -- cart.id
    station      TEXT NOT NULL,     -- station.id of the cart then
    kind         TEXT NOT NULL,     -- full
    opened_at_ms INTEGER NOT NULL,  -- milliseconds since 1970
    opened_by    TEXT NOT NULL,     -- staff id
    closed_at_ms INTEGER NOT NULL,  -- milliseconds since 1970
    closed_by    TEXT NOT NULL,     -- staff id of the signature
    duration_ms  INTEGER NOT NULL,  -- from opening to signature
    working_day  TEXT NOT NULL,     -- working day that it counts for
    readiness    TEXT NOT NULL,     -- ready, degraded, overdue, not_ready
    in_order     INTEGER NOT NULL,  -- lines and devices in full order …
    required     INTEGER NOT NULL,  -- … out of all: the readiness rate 完好率
    ready_until  TEXT,              -- last day on which it is ready untouched; null: not ready
    lines        INTEGER NOT NULL,  -- lines of the cart then
    devices      INTEGER NOT NULL,  -- devices of the cart then
    not_scanned  TEXT NOT NULL CHECK (json_valid(not_scanned)),  -- ids called missing without a step, JSON list
    steps        INTEGER NOT NULL,  -- steps taken
    undone       INTEGER NOT NULL,  -- steps taken back
    parked       INTEGER NOT NULL,  -- unknown codes kept
    seal         TEXT NOT NULL,     -- number of the seal that closed it; empty: none read
    seq          INTEGER NOT NULL,  -- number of the entry that closed it
    PRIMARY KEY (node, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX check_closed_day ON check_closed (working_day);
CREATE INDEX check_closed_cart ON check_closed (node, cart, closed_at_ms);

CREATE TABLE check_line (
    node      TEXT NOT NULL,     -- as the check's
    check_id  TEXT NOT NULL,     -- check_closed.id
    place     INTEGER NOT NULL,  -- order in the cart's list then, from 0
    line      TEXT NOT NULL,     -- line.id
    product   TEXT NOT NULL,     -- product.id then
    position  TEXT NOT NULL,     -- drawer and slot then
    par       INTEGER NOT NULL,  -- 基数 then
    critical  INTEGER NOT NULL,  -- 1: critical then
    result    TEXT NOT NULL,     -- counted, missing, taken_out, not_scanned
    quantity  INTEGER NOT NULL,  -- units counted, damaged ones included
    damaged   INTEGER NOT NULL,  -- damaged units of them
    taken_out INTEGER NOT NULL,  -- units taken out during the check
    evidence  TEXT,              -- the weakest of its lots: scanned, slot, typed, sealed; null: nothing counted
    lots      TEXT NOT NULL CHECK (json_valid(lots)),  -- what was counted, JSON list of holdings
    at_ms     INTEGER,           -- last step on it, milliseconds since 1970; null: none
    by        TEXT NOT NULL,     -- staff id of that step; empty: none
    PRIMARY KEY (node, check_id, place),
    FOREIGN KEY (node, check_id) REFERENCES check_closed (node, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE check_device (
    node     TEXT NOT NULL,     -- as the check's
    check_id TEXT NOT NULL,     -- check_closed.id
    place    INTEGER NOT NULL,  -- order in the cart's list then, from 0
    device   TEXT NOT NULL,     -- device.id
    critical INTEGER NOT NULL,  -- 1: critical then
    passed   INTEGER,           -- 1: its test passed, 0: failed; null: not tested
    PRIMARY KEY (node, check_id, place),
    FOREIGN KEY (node, check_id) REFERENCES check_closed (node, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    node            TEXT NOT NULL,     -- as the check's
    check_id        TEXT NOT NULL,     -- check_closed.id
    place           INTEGER NOT NULL,  -- order among the check's findings, from 0
    kind            TEXT NOT NULL,     -- shortage, expired, … as evaluate names them
    severity        TEXT NOT NULL,     -- critical, high, normal, notice
    line            TEXT NOT NULL,     -- line.id; empty: not of a line
    device          TEXT NOT NULL,     -- device.id; empty: not of a device
    accessory       TEXT NOT NULL,     -- accessory.id; empty: not of one
    product         TEXT NOT NULL,     -- product.id of the line then; empty: not of a line
    lot             TEXT,              -- lot of the holding; null: not of one
    quantity        INTEGER,           -- units short, over, or to take out; null: none
    recalled        INTEGER,           -- of a shortage: under recall; the four are null otherwise
    expired         INTEGER,           -- of a shortage: expired
    damaged         INTEGER,           -- of a shortage: damaged
    absent          INTEGER,           -- of a shortage: not there
    last_usable_day TEXT,              -- of what expires; null: not of that kind
    days_left       INTEGER,           -- days to it from the day judged; null: not of that kind
    band            INTEGER,           -- near-expiry band, days; null: not of that kind
    PRIMARY KEY (node, check_id, place),
    FOREIGN KEY (node, check_id) REFERENCES check_closed (node, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_history (
    entry_node     TEXT NOT NULL,     -- whose entry did it
    entry_seq      INTEGER NOT NULL,  -- that entry's number
    node           TEXT NOT NULL,     -- whose cart
    cart           TEXT NOT NULL,     -- cart.id
    subject        TEXT NOT NULL,     -- line.id or device.id
    episode        INTEGER NOT NULL,  -- as alert.episode
    step           TEXT NOT NULL,     -- raised, changed, accepted, handed_back, resolved, withdrawn
    at_ms          INTEGER NOT NULL,  -- when, milliseconds since 1970
    by             TEXT NOT NULL,     -- staff id, or system
    state          TEXT NOT NULL,     -- the alert's state after it
    line           TEXT NOT NULL,     -- line.id; empty: of a device
    device         TEXT NOT NULL,     -- device.id; empty: of a line
    product        TEXT NOT NULL,     -- product.id; empty: of a device
    severity       TEXT NOT NULL,     -- after it
    quantity       INTEGER NOT NULL,  -- units needed after it
    recalled       INTEGER NOT NULL,  -- of them: under recall
    expired        INTEGER NOT NULL,  -- of them: expired
    damaged        INTEGER NOT NULL,  -- of them: damaged
    absent         INTEGER NOT NULL,  -- of them: not there
    kinds          TEXT NOT NULL CHECK (json_valid(kinds)),  -- findings behind it, JSON list
    raised_at_ms   INTEGER NOT NULL,  -- when this episode was raised, milliseconds since 1970
    expected_at_ms INTEGER,           -- when it is expected on the ward; null: not said
    PRIMARY KEY (entry_node, entry_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_history_at ON alert_history (at_ms);
CREATE INDEX alert_history_alert ON alert_history (node, cart, subject, episode);
